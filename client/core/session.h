// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.h"
#include "local_store.h"
#include "token_store.h"

namespace dunlin::client {

/// Who is signed in on this device. Lives on the GUI thread.
class Session : public QObject {
    Q_OBJECT
public:
    Session(LocalStore &store, Connection &connection, TokenStore &tokens,
            QObject *parent = nullptr);

    [[nodiscard]] bool isSignedIn() const { return bool(m_self.id); }
    [[nodiscard]] const Person &self() const { return m_self; }
    [[nodiscard]] QUrl server() const { return m_server; }

    /// Signs in with what the last run kept; false when there is nothing. Works offline.
    QCoro::Task<Result<bool>> restore();
    QCoro::Task<Result<void>> registerAccount(QUrl server, QString userName, QString displayName,
                                              QString password, QString deviceName);
    QCoro::Task<Result<void>> signIn(QUrl server, QString userName, QString password,
                                     QString deviceName);
    /// Forgets the token here even when the server cannot be reached.
    QCoro::Task<Result<void>> signOut();
    void setSelf(Person self);

Q_SIGNALS:
    void selfChanged();
    /// The data of another account that was here before is gone.
    void accountReplaced();
    void signedIn();
    /// code is empty when the user signed out here.
    void signedOut(const QString &code);

private:
    QCoro::Task<Result<void>> enter(QUrl server, v1::ClientFrame request);
    void forget(const QString &code);
    QCoro::Task<void> reloadSelf();

    LocalStore &m_store;
    Connection &m_connection;
    TokenStore &m_tokens;
    Person m_self;
    QUrl m_server;
};

} // namespace dunlin::client
