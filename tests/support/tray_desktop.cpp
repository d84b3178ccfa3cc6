// SPDX-License-Identifier: Apache-2.0
#include "tray_desktop.h"

#include <QUuid>

namespace dunlin::test {

TrayWatcher::TrayWatcher(const QString &address)
    : m_bus(QDBusConnection::connectToBus(address, QUuid::createUuid().toString()))
{
    const bool isRunning =
            m_bus.registerObject(QStringLiteral("/StatusNotifierWatcher"), this,
                                 QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals
                                         | QDBusConnection::ExportAllProperties)
            && m_bus.registerService(QStringLiteral("org.kde.StatusNotifierWatcher"));
    if (!isRunning)
        qFatal("no tray on the bus");
}

TrayWatcher::~TrayWatcher()
{
    m_bus.unregisterObject(QStringLiteral("/StatusNotifierWatcher"));
    QDBusConnection::disconnectFromBus(m_bus.name());
}

QStringList TrayWatcher::items() const
{
    const QMutexLocker locked(&m_mutex);
    return m_items;
}

void TrayWatcher::RegisterStatusNotifierItem(const QString &service)
{
    {
        const QMutexLocker locked(&m_mutex);
        m_items.append(service);
    }
    Q_EMIT StatusNotifierItemRegistered(service);
}

TrayDesktop::TrayDesktop(const QString &address)
{
    m_inThread.moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
            &m_inThread, [this, address] { m_watcher = std::make_unique<TrayWatcher>(address); },
            Qt::BlockingQueuedConnection);
}

TrayDesktop::~TrayDesktop()
{
    QMetaObject::invokeMethod(
            &m_inThread, [this] { m_watcher.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

} // namespace dunlin::test
