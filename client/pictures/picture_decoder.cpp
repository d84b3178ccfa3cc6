// SPDX-License-Identifier: Apache-2.0
#include "picture_decoder.h"

#include "image_reading.h"

#include <QCache>
#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <QThreadPool>

#include <algorithm>
#include <atomic>

namespace dunlin::client {
namespace {

constexpr int threads = 2;
/// The frames of an animation are decoded on the GUI thread.
constexpr qint64 playedPixelsMax = 2'000'000;
/// A preview has no details: its corners are taken off at this size, which costs next to nothing.
constexpr int previewSide = 96;
/// For scrolling back a little without decoding again.
constexpr int rememberedKilobytes = 16 * 1024;

QCache<QString, DecodedPicture> &cache()
{
    static QCache<QString, DecodedPicture> images(rememberedKilobytes);
    return images;
}

QString keyOf(const QString &file, const PictureShape &shape)
{
    return QStringLiteral("%1|%2x%3|%4|%5")
            .arg(file)
            .arg(shape.size.width())
            .arg(shape.size.height())
            .arg(shape.radius)
            .arg(shape.isFitted);
}

QThreadPool &pool()
{
    // Ends with the application, after what runs in it.
    static auto *instance = [] {
        auto *made = new QThreadPool(QCoreApplication::instance());
        made->setMaxThreadCount(threads);
        return made;
    }();
    return *instance;
}

DecodedPicture decodeNow(const QString &file, const PictureShape &shape)
{
    const auto facts = inspectPicture(file, PictureOrigin::Peer);
    if (!facts)
        return {};
    const QSize bound = shape.isFitted
            ? shape.size
            : facts->size.scaled(shape.size, Qt::KeepAspectRatioByExpanding);
    const auto image = readPicture(file, bound, PictureOrigin::Peer);
    if (!image)
        return {};
    const bool isPlayable = facts->isAnimated
            && qint64(facts->size.width()) * facts->size.height() <= playedPixelsMax;
    return {.image = shaped(*image, shape),
            .playableFormat = isPlayable ? facts->format : QByteArray()};
}

} // namespace

QImage shaped(const QImage &image, const PictureShape &shape)
{
    if (image.isNull() || shape.size.isEmpty())
        return image;
    QRectF from(QPointF(0, 0), image.size());
    if (!shape.isFitted) {
        const QSizeF part = QSizeF(shape.size).scaled(image.size(), Qt::KeepAspectRatio);
        from = QRectF((image.width() - part.width()) / 2, (image.height() - part.height()) / 2,
                      part.width(), part.height());
    }
    const QSize size = from.size().toSize().boundedTo(shape.size).expandedTo(QSize(1, 1));
    const bool isPlain = shape.radius <= 0 && size == image.size() && !image.hasAlphaChannel();
    if (isPlain)
        return image.convertToFormat(QImage::Format_RGB32);
    QImage result(size, QImage::Format_ARGB32_Premultiplied);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    if (shape.radius > 0) {
        const qreal radius = shape.radius * size.width() / std::max(1, shape.size.width());
        QPainterPath corners;
        corners.addRoundedRect(QRectF(QPointF(0, 0), size), radius, radius);
        painter.setClipPath(corners);
    }
    painter.drawImage(QRectF(QPointF(0, 0), size), image, from);
    return result;
}

QImage shapedPreview(const QImage &preview, const PictureShape &shape)
{
    if (preview.isNull() || shape.size.isEmpty() || shape.isFitted)
        return preview;
    const QSizeF box(previewSide, previewSide);
    const QSize size =
            QSizeF(shape.size).scaled(box, Qt::KeepAspectRatio).toSize().expandedTo({1, 1});
    const QSizeF part = QSizeF(size).scaled(preview.size(), Qt::KeepAspectRatio);
    const QPointF begin((preview.width() - part.width()) / 2,
                        (preview.height() - part.height()) / 2);
    QImage larger(size, QImage::Format_RGB32);
    QPainter painter(&larger);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(QPointF(0, 0), size), preview, QRectF(begin, part));
    painter.end();
    const qreal radius = shape.radius * size.width() / shape.size.width();
    return shaped(larger, {.size = size, .radius = radius});
}

DecodedPicture PictureDecoder::remembered(const QString &file, const PictureShape &shape)
{
    const DecodedPicture *picture = cache().object(keyOf(file, shape));
    return picture == nullptr ? DecodedPicture() : *picture;
}

PictureDecoder::Wish PictureDecoder::decode(const QString &file, const PictureShape &shape,
                                            Done done)
{
    static int wishes = 0;
    const auto callback = std::make_shared<Done>(std::move(done));
    const std::weak_ptr<Done> weak = callback;
    const auto work = [file, shape, weak] {
        if (weak.expired())
            return; // scrolled away before its turn came
        const DecodedPicture picture = decodeNow(file, shape);
        const auto deliver = [file, shape, weak, picture] {
            if (!picture.image.isNull())
                cache().insert(keyOf(file, shape), new DecodedPicture(picture), // it owns that
                               int(picture.image.sizeInBytes() / 1024));
            if (const auto alive = weak.lock())
                (*alive)(picture);
        };
        QMetaObject::invokeMethod(QCoreApplication::instance(), deliver, Qt::QueuedConnection);
    };
    pool().start(work, ++wishes);
    return callback;
}

} // namespace dunlin::client
