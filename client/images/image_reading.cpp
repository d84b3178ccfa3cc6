// SPDX-License-Identifier: Apache-2.0
#include "image_reading.h"

#include "dunlin/limits.h"

#include <QColorSpace>
#include <QFile>

#include <algorithm>
#include <array>

namespace dunlin::client {
namespace {

constexpr std::array formats{"jpeg", "png", "webp", "gif", "bmp", "tiff", "ppm", "xbm", "xpm"};

bool isKnown(const QByteArray &format)
{
    return std::find(formats.begin(), formats.end(), format) != formats.end();
}

bool isTurned(const QImageReader &reader)
{
    return (reader.transformation() & QImageIOHandler::TransformationRotate90) != 0;
}

PictureResult<PictureFacts> factsOf(QImageReader &reader)
{
    if (reader.device() == nullptr || !reader.device()->isReadable())
        return tl::unexpected(PictureProblem::CannotRead);
    const QByteArray format = reader.format();
    if (!isKnown(format))
        return tl::unexpected(PictureProblem::NotAPicture);
    const QSize size = reader.size();
    if (size.isEmpty())
        return tl::unexpected(PictureProblem::Damaged);
    const bool isTooLong = std::max(size.width(), size.height()) > int(limits::imagePixelsPerSide);
    if (isTooLong || qint64(size.width()) * size.height() > picturePixelsMax)
        return tl::unexpected(PictureProblem::TooManyPixels);
    return PictureFacts{.format = format,
                        .size = isTurned(reader) ? size.transposed() : size,
                        .isAnimated = reader.supportsAnimation() && reader.imageCount() > 1};
}

} // namespace

QSize fittedSize(QSize size, QSize bound)
{
    if (bound.isEmpty() || (size.width() <= bound.width() && size.height() <= bound.height()))
        return size;
    return size.scaled(bound, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
}

PictureResult<PictureFacts> inspectPicture(const QString &file)
{
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        return tl::unexpected(PictureProblem::CannotRead);
    QImageReader reader(&device);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    return factsOf(reader);
}

PictureResult<QImage> readPicture(const QString &file, QSize bound)
{
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        return tl::unexpected(PictureProblem::CannotRead);
    QImageReader reader(&device);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const auto facts = factsOf(reader);
    if (!facts)
        return tl::unexpected(facts.error());
    // Scaled while it is decoded, which for JPEG saves most of the work.
    const QSize wanted = fittedSize(facts->size, bound);
    if (wanted != facts->size)
        reader.setScaledSize(isTurned(reader) ? wanted.transposed() : wanted);
    QImage image = reader.read();
    if (image.isNull())
        return tl::unexpected(PictureProblem::Damaged);
    const QColorSpace srgb(QColorSpace::SRgb);
    if (image.colorSpace().isValid() && image.colorSpace() != srgb)
        image.convertToColorSpace(srgb);
    return image;
}

} // namespace dunlin::client
