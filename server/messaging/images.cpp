// SPDX-License-Identifier: Apache-2.0
#include "messaging/images.h"

#include "dunlin/limits.h"

#include <algorithm>
#include <array>

namespace dunlin::messaging {
namespace {

constexpr std::array<std::string_view, 4> contentTypes{"image/jpeg", "image/png", "image/webp",
                                                       "image/gif"};

Image imageOf(const v1::Image &from)
{
    return {.blob = BlobId::parse(from.blob_id()).value_or(BlobId{}),
            .contentType = from.content_type(),
            .byteSize = from.byte_size(),
            .width = from.width(),
            .height = from.height(),
            .preview = from.preview(),
            .thumbnail = BlobId::parse(from.thumbnail_blob_id()).value_or(BlobId{})};
}

bool isSide(std::uint32_t pixels)
{
    return pixels > 0 && pixels <= limits::imagePixelsPerSide;
}

Result<void> check(UserId sender, const v1::Image &given, const Image &image)
{
    const bool hasThumbnail = !given.thumbnail_blob_id().empty();
    if (!image.blob || image.blob.owner != sender
        || (hasThumbnail && (!image.thumbnail || image.thumbnail.owner != sender)))
        return failure(ErrorCode::InvalidImage, "an image shows a blob its sender has uploaded");
    if (std::find(contentTypes.begin(), contentTypes.end(), image.contentType)
        == contentTypes.end())
        return failure(ErrorCode::InvalidImage, "an image is a JPEG, PNG, WebP or GIF");
    if (!isSide(image.width) || !isSide(image.height))
        return failure(ErrorCode::InvalidImage, "an image has a size");
    if (image.preview.size() > limits::imagePreviewBytes)
        return failure(ErrorCode::InvalidImage, "a preview has at most 2 KiB");
    return {};
}

} // namespace

Result<std::vector<Image>> imagesFrom(UserId sender,
                                      const google::protobuf::RepeatedPtrField<v1::Image> &images)
{
    if (static_cast<std::size_t>(images.size()) > limits::imagesPerMessage)
        return failure(ErrorCode::InvalidImage, "a message has at most 10 images");
    std::vector<Image> all;
    for (const v1::Image &given : images) {
        all.push_back(imageOf(given));
        if (const auto checked = check(sender, given, all.back()); !checked)
            return tl::unexpected(checked.error());
    }
    return all;
}

std::set<BlobId> blobsOf(const std::vector<Image> &images)
{
    std::set<BlobId> blobs;
    for (const Image &image : images) {
        blobs.insert(image.blob);
        if (image.thumbnail)
            blobs.insert(image.thumbnail);
    }
    return blobs;
}

void fill(v1::Image &to, const Image &from)
{
    to.set_blob_id(from.blob.text());
    to.set_content_type(from.contentType);
    to.set_byte_size(from.byteSize);
    to.set_width(from.width);
    to.set_height(from.height);
    to.set_preview(from.preview);
    if (from.thumbnail)
        to.set_thumbnail_blob_id(from.thumbnail.text());
}

std::string encodeImages(const std::vector<Image> &images)
{
    v1::ImageList list;
    for (const Image &image : images)
        fill(*list.add_images(), image);
    return list.SerializeAsString();
}

std::vector<Image> decodeImages(std::string_view bytes)
{
    std::vector<Image> images;
    v1::ImageList list;
    if (bytes.empty() || !list.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return images;
    for (const v1::Image &image : list.images())
        images.push_back(imageOf(image));
    return images;
}

} // namespace dunlin::messaging
