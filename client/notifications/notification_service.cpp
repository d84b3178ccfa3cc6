// SPDX-License-Identifier: Apache-2.0
#include "notification_service.h"

#include <QCoroDBusPendingCall>
#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QLoggingCategory>
#include <QPointer>

namespace dunlin::client {

/// The specification's image-data, (iiibiiay).
struct NotificationImage {
    QImage image;
};

// NOLINTBEGIN(misc-use-anonymous-namespace): QtDBus finds them by the type's namespace.
static QDBusArgument &operator<<(QDBusArgument &argument, const NotificationImage &data)
{
    constexpr int bitsPerSample = 8;
    constexpr int channels = 4;
    const QImage image = data.image.convertToFormat(QImage::Format_RGBA8888);
    const QByteArray bytes(reinterpret_cast<const char *>(image.constBits()), image.sizeInBytes());
    argument.beginStructure();
    argument << image.width() << image.height() << static_cast<int>(image.bytesPerLine()) << true
             << bitsPerSample << channels << bytes;
    argument.endStructure();
    return argument;
}

static const QDBusArgument &operator>>(const QDBusArgument &argument, NotificationImage & /*data*/)
{
    return argument; // we only send it
}
// NOLINTEND(misc-use-anonymous-namespace)

namespace {

Q_LOGGING_CATEGORY(notificationLog, "dunlin.notifications")

const QString serviceName = QStringLiteral("org.freedesktop.Notifications");
const QString servicePath = QStringLiteral("/org/freedesktop/Notifications");
const QString defaultAction = QStringLiteral("default");
const QString markAsReadAction = QStringLiteral("mark-as-read");
const QString replyAction = QStringLiteral("reply");
/// Plasma's, with a field in the notification.
const QString inlineReplyAction = QStringLiteral("inline-reply");
constexpr qsizetype longestText = 400;

QDBusMessage methodCall(const QString &method)
{
    return QDBusMessage::createMethodCall(serviceName, servicePath, serviceName, method);
}

QString shortened(const QString &text)
{
    if (text.size() <= longestText)
        return text;
    QString head = text.left(longestText);
    if (head.back().isHighSurrogate())
        head.chop(1);
    return head + QChar(0x2026); // an ellipsis
}

} // namespace

NotificationService::NotificationService(QDBusConnection bus, QObject *parent)
    : QObject(parent), m_bus(std::move(bus))
{
    qDBusRegisterMetaType<NotificationImage>();
    const auto listen = [this](const char *signal, const char *slot) {
        m_bus.connect(serviceName, servicePath, serviceName, QLatin1String(signal), this, slot);
    };
    listen("ActionInvoked", SLOT(onActionInvoked(uint, QString)));
    listen("NotificationReplied", SLOT(onNotificationReplied(uint, QString)));
    listen("NotificationClosed", SLOT(onNotificationClosed(uint, uint)));
    listen("ActivationToken", SLOT(onActivationToken(uint, QString)));
    m_watcher.setConnection(m_bus);
    m_watcher.addWatchedService(serviceName);
    m_watcher.setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this] { onDesktopChanged(); });
}

NotificationService::~NotificationService()
{
    withdrawAll();
}

/// Another desktop knows nothing of what the one before has shown.
void NotificationService::onDesktopChanged()
{
    m_capabilities.reset();
    QStringList gone;
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
        if (entry->id != 0)
            gone.append(entry.key());
        entry->id = 0;
    }
    for (const QString &key : std::as_const(gone)) {
        if (!m_entries[key].isSending)
            m_entries.remove(key);
        Q_EMIT closed(key);
    }
}

void NotificationService::show(const QString &key, Notification notification)
{
    Entry &entry = m_entries[key];
    entry.isWithdrawn = false;
    entry.next = std::move(notification);
    if (!entry.isSending)
        send(key);
}

void NotificationService::withdraw(const QString &key)
{
    const auto entry = m_entries.find(key);
    if (entry == m_entries.end())
        return;
    if (entry->isSending) {
        entry->isWithdrawn = true; // once its id is known
        entry->next.reset();
        return;
    }
    close(entry->id);
    m_entries.erase(entry);
}

void NotificationService::withdrawAll()
{
    const QStringList keys = m_entries.keys();
    for (const QString &key : keys)
        withdraw(key);
}

void NotificationService::close(uint id)
{
    if (id == 0)
        return;
    QDBusMessage call = methodCall(QStringLiteral("CloseNotification"));
    call << id;
    m_bus.send(call);
}

QCoro::Task<void> NotificationService::readCapabilities()
{
    const QPointer<NotificationService> guard(this);
    const auto call = m_bus.asyncCall(methodCall(QStringLiteral("GetCapabilities")));
    const QDBusMessage answer = co_await call;
    if (!guard)
        co_return;
    m_capabilities.emplace();
    if (answer.type() == QDBusMessage::ReplyMessage && !answer.arguments().isEmpty())
        m_capabilities = answer.arguments().first().toStringList();
}

/// Sends the latest of a key, and then what came meanwhile.
QCoro::Task<void> NotificationService::send(QString key)
{
    const QPointer<NotificationService> guard(this);
    m_entries[key].isSending = true;
    if (!m_capabilities)
        co_await readCapabilities();
    while (guard && m_entries[key].next) {
        const Notification notification = *std::exchange(m_entries[key].next, std::nullopt);
        QDBusMessage question = methodCall(QStringLiteral("Notify"));
        question.setArguments(callFor(notification, m_entries[key].id));
        const auto call = m_bus.asyncCall(question);
        const QDBusMessage answer = co_await call;
        if (!guard)
            co_return;
        if (answer.type() == QDBusMessage::ReplyMessage && !answer.arguments().isEmpty()) {
            m_entries[key].id = answer.arguments().first().toUInt();
        } else {
            qCWarning(notificationLog) << "not shown:" << answer.errorName();
            m_entries[key].id = 0;
        }
    }
    if (!guard)
        co_return;
    const Entry entry = m_entries.value(key);
    m_entries[key].isSending = false;
    if (entry.isWithdrawn)
        close(entry.id);
    if (entry.isWithdrawn || entry.id == 0)
        m_entries.remove(key);
}

QVariantList NotificationService::callFor(const Notification &notification, uint replacedId) const
{
    const QStringList can = m_capabilities.value_or(QStringList());
    QString body = shortened(notification.text);
    if (can.contains(QLatin1String("body-markup")))
        body = body.toHtmlEscaped();
    QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("im.dunlin.dunlin")}};
    if (notification.isOfMessage)
        hints.insert(QStringLiteral("category"), QStringLiteral("im.received"));
    if (!notification.image.isNull())
        hints.insert(QStringLiteral("image-data"),
                     QVariant::fromValue(NotificationImage{notification.image}));
    QStringList actions;
    if (can.contains(QLatin1String("actions"))) {
        actions << defaultAction << tr("Open");
        if (notification.isOfMessage) {
            const bool isInline = can.contains(inlineReplyAction);
            actions << (isInline ? inlineReplyAction : replyAction) << tr("Reply");
            actions << markAsReadAction << tr("Mark as read");
        }
    }
    constexpr int desktopsOwnTime = -1;
    return {QStringLiteral("Dunlin"),
            replacedId,
            QStringLiteral("im.dunlin.dunlin"), // the icon's name
            notification.title,
            body,
            actions,
            hints,
            desktopsOwnTime};
}

QString NotificationService::keyOf(uint id) const
{
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
        if (entry->id == id && id != 0)
            return entry.key();
    }
    return {};
}

void NotificationService::onActionInvoked(uint id, const QString &action)
{
    const QString key = keyOf(id);
    if (key.isEmpty())
        return; // of another app: all hear all
    if (action == markAsReadAction)
        Q_EMIT markAsReadChosen(key);
    else if (action == replyAction)
        Q_EMIT replyChosen(key, {});
    else if (action == defaultAction)
        Q_EMIT activated(key);
}

void NotificationService::onNotificationReplied(uint id, const QString &text)
{
    const QString key = keyOf(id);
    if (!key.isEmpty())
        Q_EMIT replyChosen(key, text);
}

void NotificationService::onNotificationClosed(uint id, uint /*reason*/)
{
    const QString key = keyOf(id);
    if (key.isEmpty())
        return;
    if (m_entries[key].isSending)
        m_entries[key].id = 0; // the next one is new
    else
        m_entries.remove(key);
    Q_EMIT closed(key);
}

/// Comes before the action, and lets the window take the focus under Wayland.
void NotificationService::onActivationToken(uint id, const QString &token)
{
    if (!keyOf(id).isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
}

} // namespace dunlin::client
