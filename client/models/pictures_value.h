// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types.h"

#include <QVariantMap>

namespace dunlin::client {

/// The pictures of a message for QML: {width, height, items, words}, see AlbumLayout, each item
/// with its place {x, y, w, h} and what PictureItem takes. Empty without pictures.
QVariantMap picturesValue(const QList<Image> &images);

bool isAnimation(const Image &image);

/// "Photo", "3 photos", "GIF": what stands in the list for pictures without words.
QString picturesText(int count);

} // namespace dunlin::client
