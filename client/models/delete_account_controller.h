// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"

#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// The end of the account, which the user is asked about and confirms with the password. GUI
/// thread.
class DeleteAccountController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    Q_PROPERTY(bool isAsking READ isAsking NOTIFY changed)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed)
    /// Why it was not done; empty otherwise.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    explicit DeleteAccountController(Client &client, QObject *parent = nullptr);

    [[nodiscard]] bool isAsking() const { return m_isAsking; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    Q_INVOKABLE void ask();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void confirm(const QString &password);

Q_SIGNALS:
    void changed();
    /// Something the user should know after it.
    void told(const QString &text);

private:
    QCoro::Task<void> remove(QString password);
    void setAsking(bool isAsking);

    Client &m_client;
    bool m_isAsking = false;
    bool m_isBusy = false;
    QString m_errorText;
};

} // namespace dunlin::client
