// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blobs/digest.h"
#include "dunlin/result.h"

#include <cstdint>
#include <optional>
#include <string_view>

/// Header fields of uploads (tus 1.0) and of downloads, as strangers write them. Pure functions.
namespace dunlin::api {

/// nullopt for anything but digits, or more of them than a size has.
std::optional<std::int64_t> numberFrom(std::string_view text);

/// Of Upload-Checksum: "sha1 BASE64"; nullopt when it is empty. Error: INVALID_ARGUMENT.
Result<std::optional<blobs::Checksum>> checksumFrom(std::string_view text);

struct ByteRange {
    std::int64_t begin = 0;
    std::int64_t end = 0; ///< The first byte behind.
};

/// Of Range, for something of this size (RFC 9110, section 14): one range of bytes. Anything else,
/// several ranges included, may be ignored and is: nullopt. Error: RANGE_NOT_SATISFIABLE.
Result<std::optional<ByteRange>> rangeFrom(std::string_view text, std::int64_t size);

} // namespace dunlin::api
