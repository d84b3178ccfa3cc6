// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QMutex>
#include <QObject>
#include <QStringList>
#include <QThread>

#include <memory>

namespace dunlin::test {

/// org.kde.StatusNotifierWatcher on a bus; of the thread it is made in.
class TrayWatcher : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(QStringList RegisteredStatusNotifierItems READ items)
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ isThere)
    Q_PROPERTY(int ProtocolVersion READ protocolVersion)

public:
    explicit TrayWatcher(const QString &address);
    ~TrayWatcher() override;

    /// Any thread.
    [[nodiscard]] QStringList items() const;
    [[nodiscard]] bool isThere() const { return true; }
    [[nodiscard]] int protocolVersion() const { return 0; }

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString &service);
    void RegisterStatusNotifierHost(const QString & /*service*/) { }

Q_SIGNALS:
    void StatusNotifierItemRegistered(const QString &service);
    void StatusNotifierHostRegistered();
    void StatusNotifierHostUnregistered();

private:
    QDBusConnection m_bus;
    mutable QMutex m_mutex;
    QStringList m_items;
};

/// A desktop with a tray. It has a thread of its own, since Qt waits for its answers.
class TrayDesktop {
public:
    /// Takes the name on the bus at this address.
    explicit TrayDesktop(const QString &address);
    /// The tray vanishes.
    ~TrayDesktop();
    TrayDesktop(const TrayDesktop &) = delete;
    TrayDesktop &operator=(const TrayDesktop &) = delete;

    /// The bus names of what is in the tray.
    [[nodiscard]] QStringList items() const { return m_watcher->items(); }

private:
    QThread m_thread;
    QObject m_inThread; ///< What is called here runs there.
    std::unique_ptr<TrayWatcher> m_watcher;
};

} // namespace dunlin::test
