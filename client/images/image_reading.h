// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QImageReader>
#include <QSize>
#include <QString>

#include <tl/expected.hpp>

/// Reading pictures that may be anything: of a kind we know by their content, not their name, and
/// not larger than we decode. Any thread; these functions block.
namespace dunlin::client {

/// Why a picture cannot be used.
enum class PictureProblem {
    CannotRead, ///< The file is gone, or is not ours to read.
    NotAPicture, ///< Empty, or no format we know. SVG is a document with scripts, not a picture.
    Damaged,
    TooManyPixels, ///< It declares more than picturePixelsMax.
    TooLarge, ///< More bytes than the server takes.
    CannotWrite ///< The disk is full.
};
template <typename T> using PictureResult = tl::expected<T, PictureProblem>;

/// 256 MB once decoded.
inline constexpr qint64 picturePixelsMax = 64'000'000;

/// Whose file it is decides which decoders see it.
enum class PictureOrigin {
    Own, ///< Chosen by the user: also formats that are never sent.
    Peer ///< From somebody else: JPEG, PNG, WebP or GIF.
};

/// What a file declares, before anything of it is decoded.
struct PictureFacts {
    QByteArray format; ///< As QImageReader names it: "jpeg", "png", ...
    QSize size; ///< Pixels, upright.
    bool isAnimated = false;
};
PictureResult<PictureFacts> inspectPicture(const QString &file,
                                           PictureOrigin origin = PictureOrigin::Own);

/// The picture upright in sRGB, at most bound pixels large (empty: as it is). The first frame of an
/// animation.
PictureResult<QImage> readPicture(const QString &file, QSize bound = {},
                                  PictureOrigin origin = PictureOrigin::Own);

/// The few pixels that come with a message; null for anything but a JPEG of up to 64 by 64. Cheap
/// enough for the GUI thread.
QImage readPreview(const QByteArray &bytes);

/// As large as it fits into bound, never larger than it is.
QSize fittedSize(QSize size, QSize bound);

} // namespace dunlin::client
