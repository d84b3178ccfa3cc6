// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QRectF>
#include <QSize>

namespace dunlin::client {

/// Where the pictures of one message stand.
struct AlbumLayout {
    /// Device-independent pixels it would like to be wide.
    qreal width = 0;
    /// In parts of the width.
    qreal height = 0;
    /// One for each picture, in parts of the width.
    QList<QRectF> places;
};

/// A single picture keeps its shape, unless it is a stripe. Several fill rows of up to three, each
/// as high as the shapes of its pictures want. Pure.
AlbumLayout layoutAlbum(const QList<QSize> &pictures);

} // namespace dunlin::client
