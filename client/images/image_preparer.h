// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image_reading.h"
#include "types.h"

namespace dunlin::client {

/// Makes pictures ready for sending: upright, in sRGB, with nothing in them but pixels (no place,
/// no camera), and not larger than a screen shows. Any thread; these functions block for up to a
/// second.
class ImagePreparer {
public:
    static constexpr int sideMax = 2560;
    static constexpr int thumbnailSide = 640;
    static constexpr int previewSide = 32;
    static constexpr int avatarSide = 512;

    /// directory: where the files are made, which are the caller's.
    explicit ImagePreparer(QString directory) : m_directory(std::move(directory)) { }

    /// isOriginal: with all of its pixels. Animated GIF and WebP stay as they are, without their
    /// metadata; anything else becomes JPEG, or PNG where it has transparent parts or is smaller
    /// so.
    [[nodiscard]] PictureResult<Image> prepareFile(const QString &file, bool isOriginal) const;
    [[nodiscard]] PictureResult<Image> prepareData(const QByteArray &bytes, bool isOriginal) const;
    [[nodiscard]] PictureResult<Image> prepareBitmap(const QImage &bitmap, bool isOriginal) const;

    /// The middle of a picture as a square JPEG.
    static PictureResult<QByteArray> prepareAvatar(const QString &file);

    /// A JPEG of a few pixels, at most limits::imagePreviewBytes.
    static QByteArray previewOf(const QImage &image);

private:
    [[nodiscard]] PictureResult<Image> prepareAnimation(const QString &file,
                                                        const PictureFacts &facts) const;
    [[nodiscard]] PictureResult<Image> prepareStill(const QImage &image, bool isOriginal,
                                                    bool isPhoto) const;
    PictureResult<void> finish(Image &image, const QByteArray &bytes, const QImage &pixels) const;
    [[nodiscard]] PictureResult<QString> write(const QByteArray &bytes) const;

    const QString m_directory;
};

} // namespace dunlin::client
