// SPDX-License-Identifier: Apache-2.0
#include "album_layout.h"

#include <algorithm>

namespace dunlin::client {
namespace {

constexpr qreal widthMax = 400;
constexpr qreal heightMax = 420;
/// Small enough to be an emoji, large enough for time and ticks.
constexpr qreal sideMin = 120;
/// Between pictures, in parts of the width.
constexpr qreal gap = 4 / widthMax;
/// Width by height of a picture in a row; what is narrower or wider is cut.
constexpr qreal narrowest = 0.66;
constexpr qreal widest = 1.8;

qreal aspectOf(QSize size)
{
    return size.isEmpty() ? 1 : qreal(size.width()) / size.height();
}

AlbumLayout layoutOne(QSize picture)
{
    const QSizeF largest = QSizeF(picture).scaled(QSizeF(widthMax, heightMax), Qt::KeepAspectRatio);
    const QSizeF size = QSizeF(picture).boundedTo(largest).expandedTo(QSizeF(sideMin, sideMin));
    AlbumLayout layout;
    layout.width = size.width();
    layout.height = size.height() / size.width();
    layout.places = {QRectF(0, 0, 1, layout.height)};
    return layout;
}

/// How many stand in each row: small rows first, so that the first pictures are large.
QList<qsizetype> rowsOf(qsizetype count)
{
    QList<qsizetype> rows;
    for (qsizetype left = count; left > 0;) {
        const bool isTwo = left == 2 || left == 4 || (left % 3 != 0 && left > 4);
        rows.append(std::min<qsizetype>(left, left == 3 && count == 3 ? 1 : isTwo ? 2 : 3));
        left -= rows.last();
    }
    return rows;
}

} // namespace

AlbumLayout layoutAlbum(const QList<QSize> &pictures)
{
    if (pictures.isEmpty())
        return {};
    if (pictures.size() == 1)
        return layoutOne(pictures.first());
    AlbumLayout layout;
    layout.width = widthMax;
    qreal y = 0;
    qsizetype next = 0;
    for (const qsizetype count : rowsOf(pictures.size())) {
        const auto aspectAt = [&](qsizetype i) {
            return std::clamp(aspectOf(pictures[next + i]), narrowest, widest);
        };
        qreal sum = 0;
        for (qsizetype i = 0; i < count; ++i)
            sum += aspectAt(i);
        const qreal height = (1 - gap * qreal(count - 1)) / sum;
        qreal x = 0;
        for (qsizetype i = 0; i < count; ++i) {
            const qreal width = height * aspectAt(i);
            layout.places.append(QRectF(x, y, width, height));
            x += width + gap;
        }
        y += height + gap;
        next += count;
    }
    layout.height = y - gap;
    return layout;
}

} // namespace dunlin::client
