// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQuickItem>
#include <QQuickWindow>
#include <QStringList>

namespace dunlin::test {

/// The visible texts of the window.
QList<QQuickItem *> visibleTexts(const QQuickWindow &window);

/// The texts that do not fit: elided, or in part beyond the window. may: names of items in which
/// they may.
QStringList cutTexts(const QQuickWindow &window, const QStringList &may = {});

} // namespace dunlin::test
