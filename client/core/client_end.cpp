// SPDX-License-Identifier: Apache-2.0
// How an account leaves this device.
#include "client.h"

#include "conversions.h"

#include <QDir>
#include <QPointer>

namespace dunlin::client {

QCoro::Task<Result<void>> Client::signOutAndWipe()
{
    const QPointer<Client> guard(this);
    const auto signedOut = co_await m_session.signOut();
    if (!guard)
        co_return signedOut;
    const auto wiped = co_await wipe();
    if (!wiped)
        co_return wiped;
    co_return signedOut;
}

QCoro::Task<Result<void>> Client::deleteAccount(QString password)
{
    const QPointer<Client> guard(this);
    v1::ClientFrame request;
    request.mutable_delete_account()->set_password(password.toStdString());
    // This device is told of the end as all are, which comes before the answer or instead of it.
    QString endCode;
    const auto ended = connect(&m_session, &Session::signedOut, &m_session,
                               [&endCode](const QString &code) { endCode = code; });
    const auto answer = co_await m_connection.request(std::move(request));
    disconnect(ended);
    if (!answer && endCode != wireNameOf(ErrorCode::AccountDeleted))
        co_return tl::unexpected(answer.error());
    if (!guard)
        co_return Result<void>();
    m_session.endHere();
    co_return co_await wipe();
}

QCoro::Task<Result<void>> Client::wipe()
{
    const QPointer<Client> guard(this);
    const auto wiped = co_await m_store.wipe();
    if (!guard)
        co_return Result<void>();
    m_blobs.clear();
    QDir(preparedDirectory()).removeRecursively();
    QDir().mkpath(preparedDirectory());
    co_await m_uploader.sweep();
    co_return wiped;
}

} // namespace dunlin::client
