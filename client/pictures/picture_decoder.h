// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QSize>
#include <QString>

#include <functional>
#include <memory>

namespace dunlin::client {

/// How a picture is to fill its place.
struct PictureShape {
    /// Device pixels.
    QSize size;
    qreal radius = 0;
    /// All of it within size, rather than its middle filling size.
    bool isFitted = false;

    bool operator==(const PictureShape &) const = default;
};

/// A decoded file.
struct DecodedPicture {
    /// Null when the file cannot be shown.
    QImage image;
    /// What QMovie is to read it as; empty for a still, and for what is too large to be played.
    QByteArray playableFormat;
};

/// A preview in this shape: of few pixels, to be scaled by the scene graph.
QImage shapedPreview(const QImage &preview, const PictureShape &shape);

/// Cut to its shape, with its corners taken off. A picture smaller than its shape stays small, for
/// the scene graph to scale.
QImage shaped(const QImage &image, const PictureShape &shape);

/// Decodes files on threads, the latest wish first, and remembers some of the results. GUI thread.
class PictureDecoder {
public:
    /// On the GUI thread.
    using Done = std::function<void(const DecodedPicture &)>;
    /// The wish; destroyed, done is not called any more.
    using Wish = std::shared_ptr<void>;

    /// What was decoded before; a null image when it is not remembered.
    static DecodedPicture remembered(const QString &file, const PictureShape &shape);
    [[nodiscard]] static Wish decode(const QString &file, const PictureShape &shape, Done done);
};

} // namespace dunlin::client
