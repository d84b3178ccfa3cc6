// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QCoroTask>
#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

#include <memory>

namespace dunlin::client {

/// The icon in the tray, where there is one: StatusNotifierItem, or an X11 tray. Qt decides at the
/// first question, and for ever, whether there is a tray, so it is asked once one has been seen, or
/// has not for some seconds: after logging in the app may be there before the panel. GUI thread.
class TrayIcon : public QObject {
    Q_OBJECT
public:
    explicit TrayIcon(QDBusConnection bus = QDBusConnection::sessionBus(),
                      QObject *parent = nullptr);
    ~TrayIcon() override;

    /// The icon is in a tray that somebody shows at this moment.
    [[nodiscard]] bool isAvailable() const { return m_isAvailable; }
    /// Whether there is a tray is not known before.
    [[nodiscard]] bool isDecided() const { return m_isDecided; }

    /// Conversations with something unread.
    void setUnread(int count);
    void setDoNotDisturb(bool isOn);
    /// Words it in the language of now.
    void retranslate();

Q_SIGNALS:
    void availableChanged();
    void decided();
    void openWanted();
    void doNotDisturbWanted(bool isOn);
    void quitWanted();

private Q_SLOTS: // found by name by QtDBus
    void look();

private:
    QCoro::Task<void> askWatcher();
    void decide(bool hasHost);
    void makeIcon();
    void update();
    void setAvailable(bool isAvailable);

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QTimer m_patience;
    QTimer m_x11Look; ///< Only where the icon is in a tray of X11.
    QMenu m_menu;
    QAction *m_open = nullptr; ///< The menu's, as the next two.
    QAction *m_doNotDisturb = nullptr;
    QAction *m_quit = nullptr;
    std::unique_ptr<QSystemTrayIcon> m_icon;
    bool m_isOfX11 = false; ///< No watcher tells of it.
    bool m_isDecided = false;
    bool m_isAvailable = false;
    int m_unread = 0;
};

/// The app's icon with a mark for what is unread.
QIcon markedIcon(const QIcon &icon);

} // namespace dunlin::client
