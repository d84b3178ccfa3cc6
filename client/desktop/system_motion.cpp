// SPDX-License-Identifier: Apache-2.0
#include "system_motion.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>
#include <QTimer>

namespace dunlin::client {
namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString group = QStringLiteral("org.gnome.desktop.interface");
const QString key = QStringLiteral("enable-animations");

/// Where there is none, libdbus would start one, and take its time.
bool hasSessionBus()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
            || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QLatin1String("/bus"));
}

/// Portals wrap a value once or twice.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

SystemMotion::SystemMotion(QObject *parent) : QObject(parent)
{
    const QByteArray wish = qgetenv("DUNLIN_REDUCED_MOTION");
    if (!wish.isEmpty())
        m_isReduced = wish != "0";
    else
        QTimer::singleShot(0, this, &SystemMotion::ask);
}

void SystemMotion::ask()
{
    if (!hasSessionBus())
        return;
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    auto call = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    call << group << key;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        const QVariant isAnimated =
                reply.isValid() ? unwrapped(reply.value().variant()) : QVariant();
        if (isAnimated.isValid())
            setReduced(!isAnimated.toBool());
    });
}

void SystemMotion::setReduced(bool isReduced)
{
    if (m_isReduced == isReduced)
        return;
    m_isReduced = isReduced;
    Q_EMIT isReducedChanged();
}

} // namespace dunlin::client
