// SPDX-License-Identifier: Apache-2.0
#include "privacy_controller.h"

#include <QPointer>

namespace dunlin::client {

PrivacyController::PrivacyController(Client &client, QObject *parent)
    : QObject(parent), m_client(client)
{
    connect(&client, &Client::privacyChanged, this, &PrivacyController::privacyChanged);
}

void PrivacyController::setShowsReadReceipts(bool shows)
{
    Privacy wanted = m_client.privacy();
    wanted.hidesReadReceipts = !shows;
    change(wanted);
}

void PrivacyController::setShowsLastSeen(bool shows)
{
    Privacy wanted = m_client.privacy();
    wanted.hidesLastSeen = !shows;
    change(wanted);
}

QCoro::Task<void> PrivacyController::change(Privacy privacy)
{
    if (privacy == m_client.privacy())
        co_return;
    const QPointer<PrivacyController> guard(this);
    setErrorText({});
    const auto changed = co_await m_client.changePrivacy(privacy);
    if (guard && !changed)
        setErrorText(client::errorText(changed.error().code));
}

void PrivacyController::setErrorText(const QString &text)
{
    if (m_errorText == text)
        return;
    m_errorText = text;
    Q_EMIT errorTextChanged();
}

} // namespace dunlin::client
