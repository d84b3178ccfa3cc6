// SPDX-License-Identifier: Apache-2.0
#include "tray_icon.h"

#include <QApplication>
#include <QCoroDBusPendingCall>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QPainter>
#include <QPointer>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

const QString watcherName = QStringLiteral("org.kde.StatusNotifierWatcher");
const QString watcherPath = QStringLiteral("/StatusNotifierWatcher");
/// A panel that starts with the session is there by then.
constexpr auto patience = 5s;
/// How long a window may be hidden in a tray of X11 that is gone.
constexpr auto x11LookInterval = 2s;
/// Red on any panel, light or dark.
constexpr QRgb markColor = 0xffe5484d;

} // namespace

QIcon markedIcon(const QIcon &icon)
{
    QIcon marked;
    constexpr double radiusPart = 0.26;
    for (const int size : {16, 22, 24, 32, 48, 64}) {
        QPixmap pixmap = icon.pixmap(QSize(size, size), 1.0);
        if (pixmap.isNull())
            continue;
        const double radius = pixmap.width() * radiusPart;
        const QPointF center(pixmap.width() - radius, radius);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        // A gap around it tells it from the icon.
        painter.setCompositionMode(QPainter::CompositionMode_Clear);
        painter.setBrush(Qt::black);
        painter.drawEllipse(center, radius + 1, radius + 1);
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
        painter.setBrush(QColor::fromRgba(markColor));
        painter.drawEllipse(center, radius, radius);
        painter.end();
        marked.addPixmap(pixmap);
    }
    return marked;
}

TrayIcon::TrayIcon(QDBusConnection bus, QObject *parent) : QObject(parent), m_bus(std::move(bus))
{
    m_open = m_menu.addAction(QString());
    connect(m_open, &QAction::triggered, this, &TrayIcon::openWanted);
    m_doNotDisturb = m_menu.addAction(QString());
    m_doNotDisturb->setCheckable(true);
    connect(m_doNotDisturb, &QAction::triggered, this, &TrayIcon::doNotDisturbWanted);
    m_menu.addSeparator();
    m_quit = m_menu.addAction(QString());
    connect(m_quit, &QAction::triggered, this, &TrayIcon::quitWanted);
    retranslate();

    m_watcher.setConnection(m_bus);
    m_watcher.addWatchedService(watcherName);
    m_watcher.setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &TrayIcon::look);
    for (const char *signal : {"StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"})
        m_bus.connect(watcherName, watcherPath, watcherName, QLatin1String(signal), this,
                      SLOT(look()));
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { decide(false); });
    m_patience.start(patience);
    // Qt knows when such a tray goes and comes, and has no signal for it.
    connect(&m_x11Look, &QTimer::timeout, this,
            [this] { setAvailable(QSystemTrayIcon::isSystemTrayAvailable()); });
    look();
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::look()
{
    askWatcher();
}

QCoro::Task<void> TrayIcon::askWatcher()
{
    const QPointer<TrayIcon> guard(this);
    QDBusMessage question = QDBusMessage::createMethodCall(
            watcherName, watcherPath, QStringLiteral("org.freedesktop.DBus.Properties"),
            QStringLiteral("Get"));
    question << watcherName << QStringLiteral("IsStatusNotifierHostRegistered");
    // A watcher is not started for us: who shows a tray has one.
    question.setAutoStartService(false);
    const auto call = m_bus.asyncCall(question);
    const QDBusMessage answer = co_await call;
    if (!guard)
        co_return;
    const bool hasHost = answer.type() == QDBusMessage::ReplyMessage
            && answer.arguments().value(0).value<QDBusVariant>().variant().toBool();
    if (hasHost || !m_bus.isConnected())
        decide(hasHost);
    if (m_icon && !m_isOfX11)
        setAvailable(hasHost);
}

void TrayIcon::decide(bool hasHost)
{
    m_patience.stop();
    if (m_isDecided)
        return;
    m_isDecided = true;
    if (QSystemTrayIcon::isSystemTrayAvailable()) {
        m_isOfX11 = !hasHost;
        makeIcon();
        setAvailable(true);
        if (m_isOfX11)
            m_x11Look.start(x11LookInterval);
    }
    Q_EMIT decided();
}

void TrayIcon::makeIcon()
{
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setContextMenu(&m_menu);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason != QSystemTrayIcon::Context)
                    Q_EMIT openWanted();
            });
    update();
    m_icon->show();
}

void TrayIcon::setUnread(int count)
{
    m_unread = count;
    update();
}

void TrayIcon::setDoNotDisturb(bool isOn)
{
    m_doNotDisturb->setChecked(isOn);
}

void TrayIcon::retranslate()
{
    m_open->setText(tr("Open Dunlin"));
    m_doNotDisturb->setText(tr("Do not disturb"));
    m_quit->setText(tr("Quit"));
    update();
}

void TrayIcon::update()
{
    if (!m_icon)
        return;
    const QIcon icon = QApplication::windowIcon();
    m_icon->setIcon(m_unread > 0 ? markedIcon(icon) : icon);
    m_icon->setToolTip(m_unread > 0 ? tr("Dunlin, %Ln unread conversations", nullptr, m_unread)
                                    : tr("Dunlin"));
}

void TrayIcon::setAvailable(bool isAvailable)
{
    if (m_isAvailable == isAvailable)
        return;
    m_isAvailable = isAvailable;
    Q_EMIT availableChanged();
}

} // namespace dunlin::client
