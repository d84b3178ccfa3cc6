// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

class QQuickItem;

namespace dunlin::test {

/// The items below root that have this object name and are visible now, root itself included.
QList<QQuickItem *> visibleItems(QQuickItem *root, const QString &name);

/// The first of them, waited for: nobody sees an item in the very moment that it is wanted. The
/// test ends, and says the name, when none comes. Never nullptr.
QQuickItem *waitForItem(QQuickItem *root, const QString &name);

} // namespace dunlin::test
