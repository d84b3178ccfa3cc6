// SPDX-License-Identifier: Apache-2.0
#include "delete_account_controller.h"

#include <QPointer>

namespace dunlin::client {

DeleteAccountController::DeleteAccountController(Client &client, QObject *parent)
    : QObject(parent), m_client(client)
{
    connect(&client.session(), &Session::signedOut, this, &DeleteAccountController::cancel);
}

void DeleteAccountController::ask()
{
    setAsking(true);
}

void DeleteAccountController::cancel()
{
    setAsking(false);
}

void DeleteAccountController::setAsking(bool isAsking)
{
    m_isAsking = isAsking;
    m_errorText.clear();
    Q_EMIT changed();
}

void DeleteAccountController::confirm(const QString &password)
{
    if (m_isAsking && !m_isBusy)
        remove(password);
}

QCoro::Task<void> DeleteAccountController::remove(QString password)
{
    const QPointer<DeleteAccountController> guard(this);
    m_isBusy = true;
    m_errorText.clear();
    Q_EMIT changed();
    const auto removed = co_await m_client.deleteAccount(std::move(password));
    if (!guard)
        co_return;
    m_isBusy = false;
    if (removed) {
        Q_EMIT told(tr("Your account is deleted."));
    } else if (m_client.session().isSignedIn()) {
        m_errorText = removed.error().code == ErrorCode::WrongPassword
                ? tr("This is not the password of your account.")
                : client::errorText(removed.error().code);
    } else {
        Q_EMIT told(removed.error().code == ErrorCode::Internal
                            ? tr("Your account is deleted, but not everything of it could be "
                                 "deleted here.")
                            : client::errorText(removed.error().code));
    }
    Q_EMIT changed();
}

} // namespace dunlin::client
