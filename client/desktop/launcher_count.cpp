// SPDX-License-Identifier: Apache-2.0
#include "launcher_count.h"

#include <QDBusMessage>
#include <QVariantMap>

namespace dunlin::client {

LauncherCount::~LauncherCount()
{
    setCount(0);
}

void LauncherCount::setCount(int count)
{
    if (m_count == count)
        return;
    m_count = count;
    QDBusMessage update = QDBusMessage::createSignal(
            QStringLiteral("/com/canonical/unity/launcherentry/dunlin"),
            QStringLiteral("com.canonical.Unity.LauncherEntry"), QStringLiteral("Update"));
    update << QStringLiteral("application://im.dunlin.dunlin.desktop")
           << QVariantMap{{QStringLiteral("count"), qint64(count)},
                          {QStringLiteral("count-visible"), count > 0}};
    m_bus.send(update);
}

} // namespace dunlin::client
