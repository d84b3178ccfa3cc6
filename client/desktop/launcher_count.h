// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>

namespace dunlin::client {

/// The number on the app's icon in docks and task bars that know com.canonical.Unity.LauncherEntry
/// (Plasma, Ubuntu's dock, Dash to Dock). Nobody answers. GUI thread.
class LauncherCount {
public:
    explicit LauncherCount(QDBusConnection bus = QDBusConnection::sessionBus())
        : m_bus(std::move(bus))
    { }
    /// Takes the number away.
    ~LauncherCount();
    LauncherCount(const LauncherCount &) = delete;
    LauncherCount &operator=(const LauncherCount &) = delete;

    /// 0: none is shown.
    void setCount(int count);

private:
    QDBusConnection m_bus;
    int m_count = 0;
};

} // namespace dunlin::client
