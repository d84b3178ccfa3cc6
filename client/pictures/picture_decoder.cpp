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
/// For scrolling back a little without decoding again.
constexpr int rememberedKilobytes = 16 * 1024;

QCache<QString, QImage> &cache()
{
    static QCache<QString, QImage> images(rememberedKilobytes);
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

QImage decodeNow(const QString &file, const PictureShape &shape)
{
    const auto facts = inspectPicture(file);
    if (!facts)
        return {};
    const QSize bound = shape.isFitted
            ? shape.size
            : facts->size.scaled(shape.size, Qt::KeepAspectRatioByExpanding);
    const auto image = readPicture(file, bound);
    return image ? shaped(*image, shape) : QImage();
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

QImage PictureDecoder::remembered(const QString &file, const PictureShape &shape)
{
    const QImage *image = cache().object(keyOf(file, shape));
    return image == nullptr ? QImage() : *image;
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
        const QImage image = decodeNow(file, shape);
        const auto deliver = [file, shape, weak, image] {
            if (!image.isNull())
                cache().insert(keyOf(file, shape), new QImage(image), // the cache owns it
                               int(image.sizeInBytes() / 1024));
            if (const auto alive = weak.lock())
                (*alive)(image);
        };
        QMetaObject::invokeMethod(QCoreApplication::instance(), deliver, Qt::QueuedConnection);
    };
    pool().start(work, ++wishes);
    return callback;
}

} // namespace dunlin::client
