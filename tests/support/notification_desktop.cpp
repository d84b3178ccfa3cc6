// SPDX-License-Identifier: Apache-2.0
#include "notification_desktop.h"

#include <QDBusArgument>
#include <QUuid>

namespace dunlin::test {
namespace {

enum ClosedReason : uint { ByUser = 2, ByCall = 3 };

QImage imageOf(const QVariant &hint)
{
    if (!hint.isValid())
        return {};
    const auto argument = hint.value<QDBusArgument>();
    int width = 0;
    int height = 0;
    int rowBytes = 0;
    bool hasAlpha = false;
    int bitsPerSample = 0;
    int channels = 0;
    QByteArray bytes;
    argument.beginStructure();
    argument >> width >> height >> rowBytes >> hasAlpha >> bitsPerSample >> channels >> bytes;
    argument.endStructure();
    if (!hasAlpha || bitsPerSample != 8 || channels != 4 || bytes.size() < rowBytes * height)
        return {};
    return QImage(reinterpret_cast<const uchar *>(bytes.constData()), width, height, rowBytes,
                  QImage::Format_RGBA8888)
            .copy();
}

} // namespace

NotificationDesktop::NotificationDesktop(const QString &address, QStringList capabilities)
    : m_bus(QDBusConnection::connectToBus(address, QUuid::createUuid().toString())),
      m_capabilities(std::move(capabilities))
{
    const bool isThere =
            m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                                 QDBusConnection::ExportAllSlots
                                         | QDBusConnection::ExportAllSignals)
            && m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
    if (!isThere)
        qFatal("no notifications on the bus");
}

NotificationDesktop::~NotificationDesktop()
{
    m_bus.unregisterObject(QStringLiteral("/org/freedesktop/Notifications"));
    QDBusConnection::disconnectFromBus(m_bus.name());
}

QString NotificationDesktop::GetServerInformation(QString &vendor, QString &version,
                                                  QString &specVersion) const
{
    vendor = QStringLiteral("Dunlin's tests");
    version = QStringLiteral("1");
    specVersion = QStringLiteral("1.2");
    return QStringLiteral("test desktop");
}

uint NotificationDesktop::Notify(const QString & /*app*/, uint replaced, const QString & /*icon*/,
                                 const QString &title, const QString &body,
                                 const QStringList &actions, const QVariantMap &hints,
                                 int /*timeout*/)
{
    ++m_calls;
    const uint id = replaced != 0 ? replaced : ++m_lastId;
    const int times = m_shown.contains(id) ? m_shown[id].times + 1 : 1;
    m_shown[id] = {.title = title,
                   .body = body,
                   .actions = actions,
                   .hints = hints,
                   .image = imageOf(hints.value(QStringLiteral("image-data"))),
                   .times = times};
    return id;
}

void NotificationDesktop::CloseNotification(uint id)
{
    if (m_shown.remove(id))
        Q_EMIT NotificationClosed(id, ByCall);
}

void NotificationDesktop::choose(const QString &action)
{
    Q_EMIT ActionInvoked(m_shown.keys().value(0), action);
}

void NotificationDesktop::reply(const QString &text)
{
    Q_EMIT NotificationReplied(m_shown.keys().value(0), text);
}

void NotificationDesktop::dismiss()
{
    const uint id = m_shown.keys().value(0);
    if (m_shown.remove(id))
        Q_EMIT NotificationClosed(id, ByUser);
}

} // namespace dunlin::test
