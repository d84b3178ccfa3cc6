// SPDX-License-Identifier: Apache-2.0
#include "desktop_settings.h"

namespace dunlin::client {
namespace {

constexpr auto notificationsKey = "notifications";
constexpr auto hideContentKey = "hideContent";
constexpr auto doNotDisturbKey = "doNotDisturb";
constexpr auto closeToTrayKey = "closeToTray";
constexpr auto startMinimisedKey = "startMinimised";
constexpr auto trayHintKey = "toldOfTray";

QString pathOf(const char *name)
{
    return QLatin1String("desktop/") + QLatin1String(name);
}

} // namespace

DesktopSettings::DesktopSettings(const QString &directory, QObject *parent)
    : QObject(parent), m_settings(directory + QLatin1String("/settings.ini"), QSettings::IniFormat),
      m_autostart(directory)
{ }

bool DesktopSettings::value(const char *name, bool otherwise) const
{
    return m_settings.value(pathOf(name), otherwise).toBool();
}

bool DesktopSettings::setValue(const char *name, bool before, bool now)
{
    if (before == now)
        return false;
    m_settings.setValue(pathOf(name), now);
    return true;
}

bool DesktopSettings::notificationsEnabled() const
{
    return value(notificationsKey, true);
}

void DesktopSettings::setNotificationsEnabled(bool isEnabled)
{
    if (setValue(notificationsKey, notificationsEnabled(), isEnabled))
        Q_EMIT notificationsChanged();
}

bool DesktopSettings::hideContent() const
{
    return value(hideContentKey, false);
}

void DesktopSettings::setHideContent(bool isHidden)
{
    if (setValue(hideContentKey, hideContent(), isHidden))
        Q_EMIT notificationsChanged();
}

bool DesktopSettings::doNotDisturb() const
{
    return value(doNotDisturbKey, false);
}

void DesktopSettings::setDoNotDisturb(bool isOn)
{
    if (setValue(doNotDisturbKey, doNotDisturb(), isOn))
        Q_EMIT notificationsChanged();
}

bool DesktopSettings::closeToTray() const
{
    return value(closeToTrayKey, true);
}

void DesktopSettings::setCloseToTray(bool isOn)
{
    if (!setValue(closeToTrayKey, closeToTray(), isOn))
        return;
    Q_EMIT generalChanged();
    Q_EMIT trayChanged();
}

void DesktopSettings::setAutostart(bool isOn)
{
    if (autostart() == isOn)
        return;
    if (isOn)
        writeAutostart();
    else
        m_autostart.disable();
    Q_EMIT generalChanged();
}

bool DesktopSettings::startMinimised() const
{
    return autostart() ? m_autostart.isMinimised() : value(startMinimisedKey, true);
}

void DesktopSettings::setStartMinimised(bool isOn)
{
    if (startMinimised() == isOn)
        return;
    m_settings.setValue(pathOf(startMinimisedKey), isOn);
    if (autostart())
        writeAutostart();
    Q_EMIT generalChanged();
}

void DesktopSettings::writeAutostart()
{
    m_hasAutostartFailed = !m_autostart.enable(value(startMinimisedKey, true));
}

void DesktopSettings::setTrayAvailable(bool isAvailable)
{
    if (m_isTrayAvailable == isAvailable)
        return;
    m_isTrayAvailable = isAvailable;
    Q_EMIT trayChanged();
}

bool DesktopSettings::takeTrayHint()
{
    return setValue(trayHintKey, value(trayHintKey, false), true);
}

} // namespace dunlin::client
