// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"

namespace dunlin::client {

QByteArray toByteArray(const ClientId &id)
{
    const auto view = id.view();
    return QByteArray(view.data(), qsizetype(view.size()));
}

Person toPerson(const v1::User &user)
{
    return {.id = UserId{user.user_id()},
            .userName = toQString(user.user_name()),
            .displayName = toQString(user.display_name()),
            .about = toQString(user.about()),
            .avatarColor = int(user.avatar_color()),
            .avatarBlobId = toQString(user.avatar_blob_id())};
}

QList<Image> toImages(const WireImages &images)
{
    QList<Image> all;
    for (const v1::Image &image : images)
        all.append({.blobId = toQString(image.blob_id()),
                    .contentType = toQString(image.content_type()),
                    .byteSize = image.byte_size(),
                    .width = int(image.width()),
                    .height = int(image.height()),
                    .preview = QByteArray::fromStdString(image.preview()),
                    .thumbnailBlobId = toQString(image.thumbnail_blob_id())});
    return all;
}

void fill(WireImages &to, const QList<Image> &images)
{
    for (const Image &from : images) {
        v1::Image &image = *to.Add();
        image.set_blob_id(from.blobId.toStdString());
        image.set_content_type(from.contentType.toStdString());
        image.set_byte_size(from.byteSize);
        image.set_width(static_cast<std::uint32_t>(from.width));
        image.set_height(static_cast<std::uint32_t>(from.height));
        image.set_preview(from.preview.toStdString());
        image.set_thumbnail_blob_id(from.thumbnailBlobId.toStdString());
    }
}

QByteArray encodeImages(const WireImages &images)
{
    if (images.empty())
        return QByteArray("");
    v1::ImageList list;
    *list.mutable_images() = images;
    return QByteArray::fromStdString(list.SerializeAsString());
}

QList<Image> decodeImages(const QByteArray &bytes)
{
    v1::ImageList list;
    if (bytes.isEmpty() || !list.ParseFromArray(bytes.constData(), static_cast<int>(bytes.size())))
        return {};
    return toImages(list.images());
}

Presence toPresence(const v1::Presence &presence)
{
    return {.user = UserId{presence.user_id()},
            .isOnline = presence.is_online(),
            .lastSeenMs = presence.last_seen_ms()};
}

Device toDevice(const v1::Device &device)
{
    return {.id = DeviceId{device.device_id()},
            .name = toQString(device.name()),
            .createdAtMs = device.created_at_ms(),
            .lastActiveAtMs = device.last_active_at_ms(),
            .isCurrent = device.is_current(),
            .isOnline = device.is_online()};
}

} // namespace dunlin::client
