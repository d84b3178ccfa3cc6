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
    /// Resets every connection, once, when this many more bytes have gone through either way.
    void cutAfter(qint64 bytes) { bytesUntilCut_ = bytes; }
    /// What has gone through, either way.
    [[nodiscard]] qint64 bytesPassed() const { return bytesPassed_; }

private:
    void onConnection();
    void connectWay(QTcpSocket &from, QTcpSocket &to);
    void pass(QTcpSocket &from, QTcpSocket &to);

    const quint16 serverPort_;
    QTcpServer server_;
    quint16 port_ = 0;
    qint64 bytesPassed_ = 0;
    qint64 bytesUntilCut_ = -1; ///< Negative: it is not cut.
};

} // namespace dunlin::test
