// SPDX-License-Identifier: Apache-2.0
#include "image_preparer.h"

#include "dunlin/limits.h"
#include "strip_metadata.h"

#include <QBuffer>
#include <QFile>
#include <QImageWriter>
#include <QPainter>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>
#include <cstring>

namespace dunlin::client {
namespace {

constexpr int jpegQuality = 87;
constexpr int originalQuality = 95;
constexpr int thumbnailQuality = 80;
constexpr int previewQuality = 60;
/// A picture that is no larger needs no thumbnail.
constexpr qsizetype noThumbnailBytes = 100 * 1024;
/// A drawing stays a PNG up to here, so that its edges stay sharp.
constexpr qsizetype drawingBytesMax = 1536 * 1024;

bool hasTransparency(const QImage &image)
{
    if (!image.hasAlphaChannel())
        return false;
    const QImage pixels = image.convertToFormat(QImage::Format_ARGB32);
    for (int y = 0; y < pixels.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(pixels.constScanLine(y));
        if (std::any_of(line, line + pixels.width(),
                        [](QRgb pixel) { return qAlpha(pixel) < 255; }))
            return true;
    }
    return false;
}

/// The pixels and nothing else: texts, resolution and colour profile of an image would be written
/// with it.
QImage freshCopy(const QImage &image, bool isTransparent)
{
    const auto format = isTransparent ? QImage::Format_ARGB32 : QImage::Format_RGB32;
    const QImage from = image.convertToFormat(format);
    QImage fresh(from.size(), format);
    if (fresh.isNull())
        return fresh;
    for (int y = 0; y < from.height(); ++y)
        std::memcpy(fresh.scanLine(y), from.constScanLine(y), std::size_t(from.width()) * 4);
    return fresh;
}

QByteArray encoded(const QImage &image, const char *format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    return writer.write(image) ? bytes : QByteArray();
}

QImage scaledInto(const QImage &image, int side)
{
    const QSize size = fittedSize(image.size(), QSize(side, side));
    return size == image.size()
            ? image
            : image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QImage onWhite(const QImage &image)
{
    QImage flat(image.size(), QImage::Format_RGB32);
    flat.fill(Qt::white);
    QPainter(&flat).drawImage(0, 0, image);
    return flat;
}

struct Encoding {
    QByteArray bytes;
    QString contentType;
};

Encoding encodingOf(const QImage &image, bool isTransparent, bool isOriginal, bool isPhoto)
{
    const int quality = isOriginal ? originalQuality : jpegQuality;
    const Encoding jpeg{.bytes = isTransparent ? QByteArray() : encoded(image, "jpeg", quality),
                        .contentType = QStringLiteral("image/jpeg")};
    if (isPhoto && !isTransparent)
        return jpeg;
    const Encoding png{.bytes = encoded(image, "png", -1),
                       .contentType = QStringLiteral("image/png")};
    const bool isPngFine = isTransparent || png.bytes.size() <= drawingBytesMax
            || png.bytes.size() <= jpeg.bytes.size();
    return isPngFine ? png : jpeg;
}

} // namespace

PictureResult<Image> ImagePreparer::prepareFile(const QString &file, bool isOriginal) const
{
    const auto facts = inspectPicture(file);
    if (!facts)
        return tl::unexpected(facts.error());
    if (facts->isAnimated)
        return prepareAnimation(file, *facts);
    const auto image = readPicture(file, isOriginal ? QSize() : QSize(sideMax, sideMax));
    if (!image)
        return tl::unexpected(image.error());
    const bool isPhoto = facts->format == "jpeg" || facts->format == "webp";
    return prepareStill(*image, isOriginal, isPhoto);
}

PictureResult<Image> ImagePreparer::prepareData(const QByteArray &bytes, bool isOriginal) const
{
    const auto file = write(bytes);
    if (!file)
        return tl::unexpected(file.error());
    const auto prepared = prepareFile(*file, isOriginal);
    QFile::remove(*file);
    return prepared;
}

PictureResult<Image> ImagePreparer::prepareBitmap(const QImage &bitmap, bool isOriginal) const
{
    if (bitmap.isNull())
        return tl::unexpected(PictureProblem::NotAPicture);
    return prepareStill(isOriginal ? bitmap : scaledInto(bitmap, sideMax), isOriginal, false);
}

PictureResult<Image> ImagePreparer::prepareStill(const QImage &image, bool isOriginal,
                                                 bool isPhoto) const
{
    const bool isTransparent = hasTransparency(image);
    const QImage pixels = freshCopy(image, isTransparent);
    if (pixels.isNull())
        return tl::unexpected(PictureProblem::TooManyPixels);
    const Encoding encoding = encodingOf(pixels, isTransparent, isOriginal, isPhoto);
    Image prepared{.contentType = encoding.contentType};
    if (const auto done = finish(prepared, encoding.bytes, pixels); !done)
        return tl::unexpected(done.error());
    return prepared;
}

PictureResult<Image> ImagePreparer::prepareAnimation(const QString &file,
                                                     const PictureFacts &facts) const
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return tl::unexpected(PictureProblem::CannotRead);
    if (source.size() > limits::blobBytes)
        return tl::unexpected(PictureProblem::TooLarge);
    const bool isGif = facts.format == "gif";
    if (!isGif && facts.format != "webp")
        return tl::unexpected(PictureProblem::NotAPicture);
    const QByteArray bytes = source.readAll();
    const auto stripped = isGif ? strippedGif(bytes) : strippedWebp(bytes);
    const auto firstFrame = readPicture(file);
    if (!stripped || !firstFrame)
        return tl::unexpected(PictureProblem::Damaged);
    Image prepared{.contentType =
                           isGif ? QStringLiteral("image/gif") : QStringLiteral("image/webp")};
    if (const auto done = finish(prepared, *stripped, *firstFrame); !done)
        return tl::unexpected(done.error());
    return prepared;
}

/// Writes the files, and says what the message has to say about them.
PictureResult<void> ImagePreparer::finish(Image &image, const QByteArray &bytes,
                                          const QImage &pixels) const
{
    if (bytes.isEmpty())
        return tl::unexpected(PictureProblem::Damaged);
    if (bytes.size() > limits::blobBytes)
        return tl::unexpected(PictureProblem::TooLarge);
    image.byteSize = bytes.size();
    image.width = pixels.width();
    image.height = pixels.height();
    image.preview = previewOf(pixels);
    const auto file = write(bytes);
    if (!file)
        return tl::unexpected(file.error());
    image.file = *file;
    const bool isSmall = std::max(image.width, image.height) <= thumbnailSide;
    if (isSmall && bytes.size() <= noThumbnailBytes)
        return {};
    const QImage small = scaledInto(pixels, thumbnailSide);
    const bool isTransparent = hasTransparency(small);
    const auto thumbnail =
            write(encoded(freshCopy(small, isTransparent), isTransparent ? "png" : "jpeg",
                          isTransparent ? -1 : thumbnailQuality));
    if (!thumbnail) {
        QFile::remove(image.file);
        return tl::unexpected(thumbnail.error());
    }
    image.thumbnailFile = *thumbnail;
    return {};
}

PictureResult<QString> ImagePreparer::write(const QByteArray &bytes) const
{
    QString path = m_directory + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    // On the disk and not only written: the outbox promises that it is there after a power cut.
    QSaveFile file(path);
    const bool isWritten =
            file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    if (!isWritten)
        return tl::unexpected(PictureProblem::CannotWrite);
    return path;
}

QByteArray ImagePreparer::previewOf(const QImage &image)
{
    for (int side = previewSide; side >= 4; side /= 2) {
        const QImage small = onWhite(scaledInto(image, side));
        QByteArray bytes = encoded(small, "jpeg", previewQuality);
        if (!bytes.isEmpty() && bytes.size() <= qsizetype(limits::imagePreviewBytes))
            return bytes;
    }
    return {};
}

PictureResult<QByteArray> ImagePreparer::prepareAvatar(const QString &file)
{
    const auto facts = inspectPicture(file);
    if (!facts)
        return tl::unexpected(facts.error());
    // So large that the shorter side has the avatar's pixels.
    const QSize covering =
            facts->size.scaled(QSize(avatarSide, avatarSide), Qt::KeepAspectRatioByExpanding);
    const auto image = readPicture(file, covering);
    if (!image)
        return tl::unexpected(image.error());
    const int side = std::min(image->width(), image->height());
    const QRect middle((image->width() - side) / 2, (image->height() - side) / 2, side, side);
    QByteArray bytes = encoded(onWhite(image->copy(middle)), "jpeg", jpegQuality);
    if (bytes.isEmpty())
        return tl::unexpected(PictureProblem::Damaged);
    return bytes;
}

} // namespace dunlin::client
