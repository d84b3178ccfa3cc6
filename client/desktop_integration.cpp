// SPDX-License-Identifier: Apache-2.0
#include "desktop_integration.h"

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

constexpr auto trayGrace = 5s;
const QString trayHintKey = QStringLiteral("tray-hint");

} // namespace

DesktopIntegration::DesktopIntegration(AppController &app, DesktopSettings &settings,
                                       QQuickWindow &window, QList<QColor> palette, bool isHidden)
    : m_app(app), m_settings(settings), m_window(window), m_notifier(app.client(), m_notifications)
{
    m_notifier.setPalette(std::move(palette));
    connect(&settings, &DesktopSettings::notificationsChanged, this,
            &DesktopIntegration::applySettings);
    applySettings();
    connect(app.conversation(), &ConversationController::isInViewChanged, this,
            &DesktopIntegration::updateInView);
    connect(app.conversation(), &ConversationController::opened, this,
            &DesktopIntegration::updateInView);
    connect(app.conversations(), &ConversationListModel::unreadChanged, this,
            &DesktopIntegration::updateUnread);
    connect(&m_notifier, &MessageNotifier::openWanted, this, &DesktopIntegration::onOpenWanted);
    connect(&m_notifications, &NotificationService::activated, this, [this](const QString &key) {
        if (key == trayHintKey)
            raise();
    });

    connect(app.language(), &LanguageController::changed, &m_tray, &TrayIcon::retranslate);
    connect(&m_tray, &TrayIcon::openWanted, this, &DesktopIntegration::raise);
    connect(&m_tray, &TrayIcon::doNotDisturbWanted, &settings, &DesktopSettings::setDoNotDisturb);
    connect(&m_tray, &TrayIcon::quitWanted, this, &DesktopIntegration::quitWanted);
    connect(&m_tray, &TrayIcon::availableChanged, this, &DesktopIntegration::onTrayChanged);
    connect(&window, &QWindow::visibleChanged, this, &DesktopIntegration::onVisibleChanged);
    m_trayGrace.setSingleShot(true);
    m_trayGrace.setInterval(trayGrace);
    connect(&m_trayGrace, &QTimer::timeout, this, &DesktopIntegration::showMinimised);
    if (isHidden)
        connect(&m_tray, &TrayIcon::decided, this, [this] {
            if (!m_tray.isAvailable())
                showMinimised();
        });
}

void DesktopIntegration::applySettings()
{
    m_notifier.setEnabled(m_settings.notificationsEnabled() && !m_settings.doNotDisturb());
    m_notifier.setContentHidden(m_settings.hideContent());
    m_tray.setDoNotDisturb(m_settings.doNotDisturb());
}

void DesktopIntegration::updateInView()
{
    const bool isInView = m_app.conversation()->isInView();
    const qint64 id = isInView ? m_app.conversation()->conversationId().toLongLong() : 0;
    m_notifier.setInView(ConversationId{id});
}

void DesktopIntegration::updateUnread()
{
    const int unread = m_app.conversations()->unread();
    m_tray.setUnread(unread);
    m_launcher.setCount(unread);
}

void DesktopIntegration::onTrayChanged()
{
    m_settings.setTrayAvailable(m_tray.isAvailable());
    if (m_tray.isAvailable())
        m_trayGrace.stop();
    else if (!m_window.isVisible())
        m_trayGrace.start(); // the window is never where nobody finds it
}

void DesktopIntegration::onVisibleChanged()
{
    if (m_window.isVisible() || !m_settings.hidesOnClose())
        return;
    if (m_settings.takeTrayHint())
        m_notifications.show(trayHintKey,
                             {.title = tr("Dunlin keeps running"),
                              .text = tr("You find it in the tray, and can quit it there."),
                              .image = {},
                              .isOfMessage = false});
}

void DesktopIntegration::showMinimised()
{
    if (!m_window.isVisible())
        m_window.showMinimized();
}

void DesktopIntegration::raise()
{
    m_notifications.withdraw(trayHintKey);
    if (m_window.visibility() == QWindow::Minimized)
        m_window.showNormal();
    else
        m_window.show();
    m_window.raise();
    m_window.requestActivate();
}

void DesktopIntegration::onOpenWanted(ConversationId conversation)
{
    raise();
    if (conversation)
        m_app.conversation()->open(QString::number(conversation.value));
}

} // namespace dunlin::client
