// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app_window.h"

#include <QJsonObject>

namespace dunlin::bench {

/// Scrolls the open conversation from its newest picture to its first and back down, as fast as a
/// wheel that is turned without pause, and tells how long each frame took.
QJsonObject scrollThroughPictures(client::AppController &app, QQuickWindow &window);

} // namespace dunlin::bench
