// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include "conversions.h"

#include <QDateTime>
#include <QPointer>

namespace dunlin::client {
namespace {

const QString serverKey = QStringLiteral("server");

} // namespace

Session::Session(LocalStore &store, Connection &connection, TokenStore &tokens,
                 const AccountFile &account, QObject *parent)
    : QObject(parent), m_store(store), m_connection(connection), m_tokens(tokens),
      m_account(account)
{
    connect(&store, &LocalStore::rebuilt, this, &Session::onStoreRebuilt);
    connect(&connection, &Connection::signedOut, this, &Session::forget);
    connect(&connection, &Connection::tokensChanged, this, &Session::keepTokens);
    // The profile may have been changed on another device.
    connect(&store, &LocalStore::changed, this, [this](const ChangeSet &changes) {
        if (isSignedIn() && changes.people.contains(m_self.id))
            reloadSelf();
    });
}

QCoro::Task<void> Session::reloadSelf()
{
    const QPointer<Session> guard(this);
    const auto self = co_await m_store.account();
    if (guard && self && isSignedIn() && self->id == m_self.id)
        setSelf(*self);
}

/// In the store, so that everything in it is this account's, and beside it.
QCoro::Task<Result<void>> Session::keepAccount(Person self, QUrl server)
{
    m_account.save({.self = self, .server = server});
    const QString address = server.toString();
    auto kept = co_await m_store.setAccount(self);
    if (kept)
        kept = co_await m_store.setMeta(serverKey, address);
    co_return kept;
}

void Session::onStoreRebuilt()
{
    if (isSignedIn())
        keepAccount(m_self, m_server);
}

void Session::setSelf(Person self)
{
    if (m_self == self)
        return;
    m_self = std::move(self);
    Q_EMIT selfChanged();
}

QCoro::Task<Result<bool>> Session::restore()
{
    const QPointer<Session> guard(this);
    auto self = co_await m_store.account();
    if (!self)
        co_return tl::unexpected(self.error());
    auto server = co_await m_store.meta(serverKey);
    if (!server)
        co_return tl::unexpected(server.error());
    if (!guard)
        co_return false;
    const auto remembered = m_account.load();
    if (self->id && !server->isEmpty() && !remembered)
        m_account.save({.self = *self, .server = QUrl(*server)}); // of a profile from before it
    if ((!self->id || server->isEmpty()) && remembered) {
        *self = remembered->self;
        *server = remembered->server.toString();
        const auto kept = co_await keepAccount(remembered->self, remembered->server);
        if (!kept)
            co_return tl::unexpected(kept.error());
        if (!guard)
            co_return false;
    }
    m_server = QUrl(*server);
    m_tokenProblem.reset();
    // A keychain is not asked for what it cannot have.
    if (!self->id || !m_server.isValid() || m_server.isEmpty())
        co_return false;
    const auto token = co_await m_tokens.load();
    if (!guard || isSignedIn())
        co_return false;
    if (!token)
        m_tokenProblem = token.error();
    if (!token || token->isEmpty())
        co_return false;
    m_deviceTokens = DeviceTokens::fromText(*token);
    setSelf(*self);
    Q_EMIT signedIn();
    m_connection.start(m_server, m_deviceTokens);
    co_return true;
}

QCoro::Task<Result<void>> Session::registerAccount(QUrl server, QString userName,
                                                   QString displayName, QString password,
                                                   QString deviceName)
{
    v1::ClientFrame request;
    auto &account = *request.mutable_register_account();
    account.set_user_name(userName.toStdString());
    account.set_display_name(displayName.toStdString());
    account.set_password(password.toStdString());
    account.set_device_name(deviceName.toStdString());
    return enter(std::move(server), std::move(request));
}

QCoro::Task<Result<void>> Session::signIn(QUrl server, QString userName, QString password,
                                          QString deviceName)
{
    v1::ClientFrame request;
    auto &credentials = *request.mutable_sign_in();
    credentials.set_user_name(userName.toStdString());
    credentials.set_password(password.toStdString());
    credentials.set_device_name(deviceName.toStdString());
    return enter(std::move(server), std::move(request));
}

QCoro::Task<Result<void>> Session::enter(QUrl server, v1::ClientFrame request)
{
    const QPointer<Session> guard(this);
    const auto info = co_await m_connection.enter(server, std::move(request));
    if (!info)
        co_return tl::unexpected(info.error());
    if (!guard)
        co_return Result<void>();
    const Person self = toPerson(info->user());
    const auto tokens = DeviceTokens::from(*info, QDateTime::currentMSecsSinceEpoch());
    auto kept = co_await keep(server, self, tokens.toText());
    if (!guard)
        co_return Result<void>();
    if (!kept) {
        m_connection.stop();
        co_return tl::unexpected(kept.error());
    }
    m_server = server;
    m_deviceTokens = tokens;
    m_tokenProblem.reset();
    setSelf(self);
    Q_EMIT signedIn();
    m_connection.goOnline(*info);
    co_return Result<void>();
}

/// Before anything of this account is stored: another account's data goes first.
QCoro::Task<Result<void>> Session::keep(QUrl server, Person self, QString token)
{
    const QPointer<Session> guard(this);
    const auto before = co_await m_store.account();
    auto kept = co_await keepAccount(self, server);
    if (guard && before && before->id && before->id != self.id)
        Q_EMIT accountReplaced();
    if (!guard || !kept)
        co_return kept;
    const auto isTokenKept = co_await m_tokens.save(token);
    if (!isTokenKept)
        co_return failure(ErrorCode::Internal, "the token cannot be kept");
    co_return Result<void>();
}

QCoro::Task<TokenResult<void>> Session::moveToken()
{
    if (m_deviceTokens.isEmpty())
        co_return TokenResult<void>();
    co_return co_await m_tokens.save(m_deviceTokens.toText());
}

QCoro::Task<Result<void>> Session::signOut()
{
    const QPointer<Session> guard(this);
    v1::ClientFrame request;
    request.mutable_sign_out();
    const auto answer = co_await m_connection.request(std::move(request));
    if (guard)
        endHere();
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return Result<void>();
}

void Session::endHere()
{
    if (!isSignedIn())
        return;
    m_connection.stop();
    forget({});
}

/// Before they are used for the first time: until then the ones before work as well.
QCoro::Task<void> Session::keepTokens(DeviceTokens tokens)
{
    const QPointer<Session> guard(this);
    const auto kept = co_await m_tokens.save(tokens.toText());
    if (!guard || !isSignedIn())
        co_return;
    if (!kept)
        qWarning("the device's new tokens cannot be kept");
    m_deviceTokens = tokens;
    Q_EMIT tokenChanged();
}

void Session::forget(const QString &code)
{
    m_tokens.clear();
    m_deviceTokens = {};
    m_account.clear();
    setSelf({});
    Q_EMIT signedOut(code);
}

} // namespace dunlin::client
