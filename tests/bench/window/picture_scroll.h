// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app_controller.h"
#include "frames.h"

namespace dunlin::bench {

/// Moves the list of messages with every frame: direction -1 towards what is older, 1 to what is
/// newer. Ends where nothing moves any more, or after framesMax frames (0: never).
void scroll(QQuickItem *list, FrameRecorder &recorder, int direction, int framesMax = 0);

/// From the newest picture to the oldest and back: how long the frames took.
QJsonObject scrollThroughPictures(client::AppController &app, QQuickWindow &window);

} // namespace dunlin::bench
