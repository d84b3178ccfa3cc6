// SPDX-License-Identifier: Apache-2.0
#include "api/upload_headers.h"

#include <QByteArray>

#include <algorithm>
#include <charconv>

namespace dunlin::api {

std::optional<std::int64_t> numberFrom(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

Result<std::optional<blobs::Checksum>> checksumFrom(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    const auto space = text.find(' ');
    const std::string_view name = text.substr(0, space);
    if (space == std::string_view::npos || (name != "sha1" && name != "sha256"))
        return failure(ErrorCode::InvalidArgument, "checksums are sha1 or sha256");
    const auto digest = QByteArray::fromBase64Encoding(
            QByteArray::fromStdString(std::string(text.substr(space + 1))),
            QByteArray::AbortOnBase64DecodingErrors);
    if (!digest)
        return failure(ErrorCode::InvalidArgument, "the checksum is not base64");
    return blobs::Checksum{.kind = name == "sha1" ? blobs::Digest::Kind::Sha1
                                                  : blobs::Digest::Kind::Sha256,
                           .digest = digest.decoded.toStdString()};
}

Result<std::optional<ByteRange>> rangeFrom(std::string_view text, std::int64_t size)
{
    constexpr std::string_view unit = "bytes=";
    if (!text.starts_with(unit))
        return std::nullopt;
    text.remove_prefix(unit.size());
    const auto dash = text.find('-');
    if (dash == std::string_view::npos)
        return std::nullopt;
    const auto first = numberFrom(text.substr(0, dash));
    const auto last = numberFrom(text.substr(dash + 1));
    const bool isSuffix = dash == 0;
    const bool isOpen = dash + 1 == text.size();
    if ((!first && !isSuffix) || (!last && !isOpen) || (!first && !last)
        || (first && last && *last < *first))
        return std::nullopt;
    ByteRange range{.begin = first.value_or(0), .end = size};
    if (isSuffix)
        range.begin = std::max<std::int64_t>(0, size - *last);
    else if (last)
        range.end = std::min(size - 1, *last) + 1;
    if (range.begin >= range.end)
        return failure(ErrorCode::RangeNotSatisfiable, "there are no such bytes");
    return range;
}

} // namespace dunlin::api
