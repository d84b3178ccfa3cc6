// SPDX-License-Identifier: Apache-2.0
#include "image_reading.h"

#include "dunlin/limits.h"

#include <QBuffer>
#include <QColorSpace>
#include <QFile>

#include <algorithm>
#include <array>

namespace dunlin::client {
namespace {

// What is sent, then what is taken from the user as well.
constexpr std::array formats{"jpeg", "png", "webp", "gif", "bmp", "tiff"};
constexpr std::ptrdiff_t formatsSent = 4;
constexpr int previewSideMax = 64;
/// In MiB, of one decoded picture: picturePixelsMax has to fit. Qt's own is 128.
constexpr int allocationLimit = 256;

bool isKnown(const QByteArray &format, PictureOrigin origin)
{
    const auto *end = origin == PictureOrigin::Own ? formats.end() : formats.begin() + formatsSent;
    return std::find(formats.begin(), end, format) != end;
}

/// Ready for factsOf().
void prepare(QImageReader &reader, QIODevice &device)
{
    [[maybe_unused]] static const bool isLimitSet = [] {
        QImageReader::setAllocationLimit(allocationLimit);
        return true;
    }();
    reader.setDevice(&device);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
}

bool isTurned(const QImageReader &reader)
{
    return (reader.transformation() & QImageIOHandler::TransformationRotate90) != 0;
}

PictureResult<PictureFacts> factsOf(QImageReader &reader, PictureOrigin origin)
{
    if (reader.device() == nullptr || !reader.device()->isReadable())
        return tl::unexpected(PictureProblem::CannotRead);
    const QByteArray format = reader.format();
    if (!isKnown(format, origin))
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

PictureResult<PictureFacts> inspectPicture(const QString &file, PictureOrigin origin)
{
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        return tl::unexpected(PictureProblem::CannotRead);
    QImageReader reader;
    prepare(reader, device);
    return factsOf(reader, origin);
}

PictureResult<QImage> readPicture(const QString &file, QSize bound, PictureOrigin origin)
{
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        return tl::unexpected(PictureProblem::CannotRead);
    QImageReader reader;
    prepare(reader, device);
    const auto facts = factsOf(reader, origin);
    if (!facts)
        return tl::unexpected(facts.error());
    // Scaled while it is decoded, which for JPEG saves most of the work.
    const QSize wanted = fittedSize(facts->size, bound);
    if (wanted != facts->size)
        reader.setScaledSize(isTurned(reader) ? wanted.transposed() : wanted);
    QImage image = reader.read();
    // Of some GIFs Qt decodes another size than it tells beforehand.
    if (image.size() != wanted)
        return tl::unexpected(PictureProblem::Damaged);
    const QColorSpace srgb(QColorSpace::SRgb);
    if (image.colorSpace().isValid() && image.colorSpace() != srgb)
        image.convertToColorSpace(srgb);
    return image;
}

QImage readPreview(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "jpeg");
    reader.setAutoDetectImageFormat(false);
    const QSize size = reader.size();
    if (size.isEmpty() || size.width() > previewSideMax || size.height() > previewSideMax)
        return {};
    return reader.read();
}

} // namespace dunlin::client
