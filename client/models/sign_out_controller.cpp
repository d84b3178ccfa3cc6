// SPDX-License-Identifier: Apache-2.0
#include "sign_out_controller.h"

#include <QPointer>

namespace dunlin::client {

SignOutController::SignOutController(Client &client, QObject *parent)
    : QObject(parent), m_client(client)
{
    // Also when another device did it.
    connect(&client.session(), &Session::signedOut, this, &SignOutController::cancel);
}

void SignOutController::ask()
{
    m_isAsking = true;
    m_unsent = 0;
    Q_EMIT changed();
    count();
}

QCoro::Task<void> SignOutController::count()
{
    const QPointer<SignOutController> guard(this);
    const auto rows = co_await m_client.store().outbox();
    if (!guard || !rows)
        co_return;
    m_unsent = static_cast<int>(rows->size());
    Q_EMIT changed();
}

void SignOutController::cancel()
{
    m_isAsking = false;
    Q_EMIT changed();
}

void SignOutController::confirm()
{
    if (!m_isAsking || m_isBusy)
        return;
    Q_EMIT confirmed();
    signOut();
}

QCoro::Task<void> SignOutController::signOut()
{
    const QPointer<SignOutController> guard(this);
    m_isBusy = true;
    Q_EMIT changed();
    const auto done = co_await m_client.signOutAndWipe();
    if (!guard)
        co_return;
    m_isBusy = false;
    m_isAsking = false;
    Q_EMIT changed();
    if (done)
        co_return;
    if (done.error().code == ErrorCode::Internal)
        Q_EMIT told(tr("You are signed out, but not everything could be deleted here."));
    else
        Q_EMIT told(tr("You are signed out here. The server could not be told: remove this device "
                       "in the settings of another one."));
}

} // namespace dunlin::client
