// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "account_file.h"
#include "connection.h"
#include "local_store.h"
#include "token_store.h"

namespace dunlin::client {

/// Who is signed in on this device. Lives on the GUI thread.
class Session : public QObject {
    Q_OBJECT
public:
    /// All outlive it.
    Session(LocalStore &store, Connection &connection, TokenStore &tokens,
            const AccountFile &account, QObject *parent = nullptr);

    [[nodiscard]] bool isSignedIn() const { return bool(m_self.id); }
    [[nodiscard]] const Person &self() const { return m_self; }
    [[nodiscard]] QUrl server() const { return m_server; }
    /// For requests beside the connection. Empty when nobody is signed in.
    [[nodiscard]] const QString &token() const { return m_deviceTokens.token; }
    /// Why restore() could not read the token of who is signed in here; it can be tried again.
    [[nodiscard]] std::optional<TokenProblem> tokenProblem() const { return m_tokenProblem; }

    /// Signs in with what the last run kept; false when there is nothing. Works offline.
    QCoro::Task<Result<bool>> restore();
    QCoro::Task<Result<void>> registerAccount(QUrl server, QString userName, QString displayName,
                                              QString password, QString deviceName);
    QCoro::Task<Result<void>> signIn(QUrl server, QString userName, QString password,
                                     QString deviceName);
    /// Keeps the token where the store has been told to since.
    QCoro::Task<TokenResult<void>> moveToken();
    /// Forgets the token here even when the server cannot be reached.
    QCoro::Task<Result<void>> signOut();
    /// The same, when the server has ended the device already.
    void endHere();
    void setSelf(Person self);

Q_SIGNALS:
    void selfChanged();
    /// The data of another account that was here before is gone.
    void accountReplaced();
    void signedIn();
    /// There is another token() than before.
    void tokenChanged();
    /// code is empty when the user signed out here.
    void signedOut(const QString &code);

private:
    QCoro::Task<Result<void>> enter(QUrl server, v1::ClientFrame request);
    QCoro::Task<Result<void>> keep(QUrl server, Person self, QString token);
    void forget(const QString &code);
    QCoro::Task<void> keepTokens(DeviceTokens tokens);
    QCoro::Task<void> reloadSelf();
    QCoro::Task<Result<void>> keepAccount(Person self, QUrl server);
    void onStoreRebuilt();

    LocalStore &m_store;
    Connection &m_connection;
    TokenStore &m_tokens;
    const AccountFile &m_account;
    Person m_self;
    QUrl m_server;
    DeviceTokens m_deviceTokens;
    std::optional<TokenProblem> m_tokenProblem;
};

} // namespace dunlin::client
