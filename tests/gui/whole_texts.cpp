// SPDX-License-Identifier: Apache-2.0
#include "whole_texts.h"

namespace dunlin::test {
namespace {

void collect(QQuickItem *item, QList<QQuickItem *> &found)
{
    if (!item->isVisible() || item->opacity() == 0)
        return;
    if (item->property("truncated").isValid() && !item->property("text").toString().isEmpty())
        found.append(item);
    const auto children = item->childItems();
    for (QQuickItem *child : children)
        collect(child, found);
}

bool isInside(const QQuickItem *item, const QStringList &names)
{
    for (; item != nullptr; item = item->parentItem()) {
        if (names.contains(item->objectName()))
            return true;
    }
    return false;
}

} // namespace

QList<QQuickItem *> visibleTexts(const QQuickWindow &window)
{
    QList<QQuickItem *> found;
    collect(window.contentItem(), found);
    return found;
}

QStringList cutTexts(const QQuickWindow &window, const QStringList &may)
{
    QStringList cut;
    for (const QQuickItem *text : visibleTexts(window)) {
        if (isInside(text, may))
            continue;
        const QRectF place = text->mapRectToScene(text->boundingRect());
        const bool isBeyond = place.left() < 0 || place.right() > window.width();
        if (text->property("truncated").toBool() || isBeyond)
            cut.append(text->property("text").toString());
    }
    return cut;
}

} // namespace dunlin::test
