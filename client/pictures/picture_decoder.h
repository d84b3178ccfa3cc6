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

/// Cut to its shape, with its corners taken off. A picture smaller than its shape stays small, for
/// the scene graph to scale.
QImage shaped(const QImage &image, const PictureShape &shape);

/// Decodes files on threads, the latest wish first, and remembers some of the results. GUI thread.
class PictureDecoder {
public:
    /// A null image when the file cannot be shown. On the GUI thread.
    using Done = std::function<void(const QImage &)>;
    /// The wish; destroyed, done is not called any more.
    using Wish = std::shared_ptr<void>;

    /// What was decoded before; null when it is not remembered.
    static QImage remembered(const QString &file, const PictureShape &shape);
    [[nodiscard]] static Wish decode(const QString &file, const PictureShape &shape, Done done);
};

} // namespace dunlin::client
