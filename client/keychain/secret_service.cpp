// SPDX-License-Identifier: Apache-2.0
#include "secret_service.h"

#include <QCoroDBusPendingCall>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>

namespace dunlin::client {

QCoro::Task<SecretServiceState> secretServiceState()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        co_return SecretServiceState::Absent;
    QDBusMessage question = QDBusMessage::createMethodCall(
            QStringLiteral("org.freedesktop.secrets"),
            QStringLiteral("/org/freedesktop/secrets/aliases/default"),
            QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    const auto call = bus.asyncCall(question);
    const QDBusMessage answer = co_await call;
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty())
        co_return SecretServiceState::Absent;
    const auto isLocked = answer.arguments().first().value<QDBusVariant>().variant().toBool();
    co_return isLocked ? SecretServiceState::Locked : SecretServiceState::Unlocked;
}

} // namespace dunlin::client
