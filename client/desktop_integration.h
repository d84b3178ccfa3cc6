// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app_controller.h"
#include "desktop_settings.h"
#include "launcher_count.h"
#include "message_notifier.h"
#include "tray_icon.h"

#include <QQuickWindow>
#include <QTimer>

namespace dunlin::client {

/// Puts the window and the desktop around it together: notifications, the tray, the number on the
/// launcher, hiding and coming back. GUI thread.
class DesktopIntegration : public QObject {
    Q_OBJECT
public:
    /// All of them outlive this. isHidden: the window is not shown until it is wanted, unless there
    /// is no tray to find it in.
    DesktopIntegration(AppController &app, DesktopSettings &settings, QQuickWindow &window,
                       QList<QColor> palette, bool isHidden);

    /// Shows the window in front of others, and asks for the focus.
    void raise();

Q_SIGNALS:
    /// The user wants the program to end.
    void quitWanted();

private:
    void applySettings();
    void updateInView();
    void updateUnread();
    void onTrayChanged();
    void onVisibleChanged();
    void onOpenWanted(ConversationId conversation);
    void showMinimised();

    AppController &m_app;
    DesktopSettings &m_settings;
    QQuickWindow &m_window;
    NotificationService m_notifications;
    MessageNotifier m_notifier;
    TrayIcon m_tray;
    LauncherCount m_launcher;
    QTimer m_trayGrace; ///< A panel that restarts is back soon.
};

} // namespace dunlin::client
