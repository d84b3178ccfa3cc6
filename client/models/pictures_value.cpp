// SPDX-License-Identifier: Apache-2.0
#include "pictures_value.h"

#include "album_layout.h"

#include <QCoreApplication>

namespace dunlin::client {
namespace {

/// What of a picture is shown in the conversation: its thumbnail, where it has one. An animation
/// is shown as it is.
QVariantMap itemOf(const Image &image, const QRectF &place)
{
    const bool isAnimated = isAnimation(image);
    const bool hasThumbnail =
            !isAnimated && !(image.thumbnailBlobId.isEmpty() && image.thumbnailFile.isEmpty());
    return {{QStringLiteral("x"), place.x()},
            {QStringLiteral("y"), place.y()},
            {QStringLiteral("w"), place.width()},
            {QStringLiteral("h"), place.height()},
            {QStringLiteral("blobId"), hasThumbnail ? image.thumbnailBlobId : image.blobId},
            {QStringLiteral("file"), hasThumbnail ? image.thumbnailFile : image.file},
            {QStringLiteral("preview"), image.preview},
            {QStringLiteral("isAnimated"), isAnimated}};
}

} // namespace

bool isAnimation(const Image &image)
{
    // A still WebP is sent as JPEG or PNG.
    return image.contentType == QLatin1String("image/gif")
            || image.contentType == QLatin1String("image/webp");
}

QVariantMap picturesValue(const QList<Image> &images)
{
    if (images.isEmpty())
        return {};
    QList<QSize> sizes;
    for (const Image &image : images)
        sizes.append(QSize(image.width, image.height));
    const AlbumLayout layout = layoutAlbum(sizes);
    QVariantList items;
    for (qsizetype i = 0; i < images.size(); ++i)
        items.append(itemOf(images[i], layout.places[i]));
    return {{QStringLiteral("width"), layout.width},
            {QStringLiteral("height"), layout.height},
            {QStringLiteral("items"), items},
            {QStringLiteral("words"), picturesText(int(images.size()))}};
}

QString picturesText(int count)
{
    if (count == 1)
        return QCoreApplication::translate("Pictures", "Photo");
    return QCoreApplication::translate("Pictures", "%Ln photos", nullptr, count);
}

} // namespace dunlin::client
