// SPDX-License-Identifier: Apache-2.0
#include "visible_items.h"

#include <QQuickItem>
#include <QTest>

namespace dunlin::test {
namespace {

void collect(QQuickItem *item, const QString &name, QList<QQuickItem *> &found)
{
    if (!item->isVisible())
        return;
    if (item->objectName() == name)
        found.append(item);
    const auto children = item->childItems();
    for (QQuickItem *child : children)
        collect(child, name, found);
}

} // namespace

QList<QQuickItem *> visibleItems(QQuickItem *root, const QString &name)
{
    QList<QQuickItem *> found;
    collect(root, name, found);
    return found;
}

QQuickItem *waitForItem(QQuickItem *root, const QString &name)
{
    QQuickItem *item = nullptr;
    const auto isThere = [&] {
        item = visibleItems(root, name).value(0);
        return item != nullptr;
    };
    if (!QTest::qWaitFor(isThere))
        qFatal("there is no %s", qPrintable(name));
    return item;
}

} // namespace dunlin::test
