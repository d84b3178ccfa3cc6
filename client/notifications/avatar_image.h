// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob_cache.h"
#include "types.h"

#include <QColor>
#include <QImage>
#include <QList>

namespace dunlin::client {

/// Initials on a colour of the palette, in a circle; as in the list.
QImage initialsImage(const Person &person, const QList<QColor> &palette);

/// The person's picture in a circle, when this device has it; else the initials, and the picture is
/// fetched for the next time. The picture is decoded on another thread.
QCoro::Task<QImage> avatarImage(BlobCache &blobs, Person person, QList<QColor> palette);

} // namespace dunlin::client
