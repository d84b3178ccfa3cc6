// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "autostart.h"

#include <QObject>
#include <QSettings>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// How the app behaves on this desktop, kept with the profile. GUI thread.
class DesktopSettings : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool notificationsEnabled READ notificationsEnabled WRITE setNotificationsEnabled
                       NOTIFY notificationsChanged)
    /// Notifications say who wrote, and not what.
    Q_PROPERTY(bool hideContent READ hideContent WRITE setHideContent NOTIFY notificationsChanged)
    /// No notifications for now.
    Q_PROPERTY(
            bool doNotDisturb READ doNotDisturb WRITE setDoNotDisturb NOTIFY notificationsChanged)
    /// Closing the window keeps the app running.
    Q_PROPERTY(bool closeToTray READ closeToTray WRITE setCloseToTray NOTIFY generalChanged)
    /// The app starts when the user logs in.
    Q_PROPERTY(bool autostart READ autostart WRITE setAutostart NOTIFY generalChanged)
    /// It then starts without its window.
    Q_PROPERTY(
            bool startMinimised READ startMinimised WRITE setStartMinimised NOTIFY generalChanged)
    /// The autostart file cannot be written.
    Q_PROPERTY(bool hasAutostartFailed READ hasAutostartFailed NOTIFY generalChanged)
    /// There is a tray to close to.
    Q_PROPERTY(bool isTrayAvailable READ isTrayAvailable NOTIFY trayChanged)
    /// Closing the window is to hide it.
    Q_PROPERTY(bool hidesOnClose READ hidesOnClose NOTIFY trayChanged)

public:
    /// directory: the profile's.
    explicit DesktopSettings(const QString &directory, QObject *parent = nullptr);

    [[nodiscard]] bool notificationsEnabled() const;
    void setNotificationsEnabled(bool isEnabled);
    [[nodiscard]] bool hideContent() const;
    void setHideContent(bool isHidden);
    [[nodiscard]] bool doNotDisturb() const;
    void setDoNotDisturb(bool isOn);
    [[nodiscard]] bool closeToTray() const;
    void setCloseToTray(bool isOn);
    [[nodiscard]] bool autostart() const { return m_autostart.isEnabled(); }
    void setAutostart(bool isOn);
    [[nodiscard]] bool startMinimised() const;
    void setStartMinimised(bool isOn);
    [[nodiscard]] bool hasAutostartFailed() const { return m_hasAutostartFailed; }
    [[nodiscard]] bool isTrayAvailable() const { return m_isTrayAvailable; }
    void setTrayAvailable(bool isAvailable);
    [[nodiscard]] bool hidesOnClose() const { return m_isTrayAvailable && closeToTray(); }
    /// True the first time: the user learns once where the window has gone.
    [[nodiscard]] bool takeTrayHint();

Q_SIGNALS:
    void notificationsChanged();
    void generalChanged();
    void trayChanged();

private:
    [[nodiscard]] bool value(const char *name, bool otherwise) const;
    /// True when it is another one than before.
    bool setValue(const char *name, bool before, bool now);
    void writeAutostart();

    QSettings m_settings;
    Autostart m_autostart;
    bool m_hasAutostartFailed = false;
    bool m_isTrayAvailable = false;
};

} // namespace dunlin::client
