// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <optional>

/// Animations are sent as they are, since Qt writes none: but not what is in their files beside
/// the frames. Pure functions; nullopt for bytes that are not such a file from beginning to end.
namespace dunlin::client {

/// GIF89a (https://www.w3.org/Graphics/GIF/spec-gif89a.txt) without comments, texts, extensions of
/// applications other than the one that says how often to repeat, and whatever stands behind the
/// end.
std::optional<QByteArray> strippedGif(const QByteArray &bytes);

/// WebP (RFC 9649) without Exif, XMP, colour profile, unknown chunks, and whatever stands behind
/// the end.
std::optional<QByteArray> strippedWebp(const QByteArray &bytes);

} // namespace dunlin::client
