// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "types/types.h"

#include "dunlin.pb.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

/// The pictures of a message: from the wire, to the wire, and as the column messages.images.
namespace dunlin::messaging {

/// Error: INVALID_IMAGE, for a picture that no client should show: too many, not one of the kinds,
/// without a size, with a preview that is too long, or of a blob that is not the sender's.
Result<std::vector<Image>> imagesFrom(UserId sender,
                                      const google::protobuf::RepeatedPtrField<v1::Image> &images);

/// All blobs the images show, thumbnails too.
std::set<BlobId> blobsOf(const std::vector<Image> &images);

void fill(v1::Image &to, const Image &from);

/// Empty for no images.
std::string encodeImages(const std::vector<Image> &images);
std::vector<Image> decodeImages(std::string_view bytes);

} // namespace dunlin::messaging
