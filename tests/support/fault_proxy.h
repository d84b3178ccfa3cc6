// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTcpServer>
#include <QUrl>

namespace dunlin::test {

/// Stands between clients and a server on the loopback, and breaks what goes through when told to.
class FaultProxy : public QObject {
    Q_OBJECT

public:
    explicit FaultProxy(quint16 serverPort);

    [[nodiscard]] QUrl webSocketUrl() const;

    /// Resets every connection there is.
    void cutAll();
    /// Refuses new connections, or takes them again.
    void setOpen(bool isOpen);

private:
    void onConnection();

    const quint16 serverPort_;
    QTcpServer server_;
    quint16 port_ = 0;
};

} // namespace dunlin::test
