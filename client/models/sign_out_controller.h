// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"

#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// Signing out, which removes everything of the account from this computer and is asked about
/// first. GUI thread.
class SignOutController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    Q_PROPERTY(bool isAsking READ isAsking NOTIFY changed)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed)
    /// Messages that would be lost, since the server does not have them.
    Q_PROPERTY(int unsent READ unsent NOTIFY changed)

public:
    explicit SignOutController(Client &client, QObject *parent = nullptr);

    [[nodiscard]] bool isAsking() const { return m_isAsking; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] int unsent() const { return m_unsent; }

    Q_INVOKABLE void ask();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void confirm();

Q_SIGNALS:
    void changed();
    /// It begins; what waits to be written is written now or never.
    void confirmed();
    /// Something the user should know after it.
    void told(const QString &text);

private:
    QCoro::Task<void> count();
    QCoro::Task<void> signOut();

    Client &m_client;
    bool m_isAsking = false;
    bool m_isBusy = false;
    int m_unsent = 0;
};

} // namespace dunlin::client
