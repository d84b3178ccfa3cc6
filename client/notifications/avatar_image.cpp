// SPDX-License-Identifier: Apache-2.0
#include "avatar_image.h"

#include "image_reading.h"
#include "texts.h"

#include <QCoroFuture>
#include <QPainter>
#include <QPainterPath>
#include <QtConcurrentRun>

namespace dunlin::client {
namespace {

/// Pixels; desktops scale it to 32 to 64.
constexpr int side = 96;
constexpr double initialsPart = 0.38;

QImage emptyCircle(QPainterPath &circle)
{
    QImage image(side, side, QImage::Format_RGBA8888);
    image.fill(Qt::transparent);
    circle.addEllipse(0, 0, side, side);
    return image;
}

/// The middle of the picture.
QImage inCircle(const QImage &picture)
{
    QPainterPath circle;
    QImage image = emptyCircle(circle);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setClipPath(circle);
    const int part = std::min(picture.width(), picture.height());
    const QRect middle((picture.width() - part) / 2, (picture.height() - part) / 2, part, part);
    painter.drawImage(image.rect(), picture, middle);
    return image;
}

} // namespace

QImage initialsImage(const Person &person, const QList<QColor> &palette)
{
    QPainterPath circle;
    QImage image = emptyCircle(circle);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const int index = std::max(0, colorIndexOf(person) - 1);
    painter.fillPath(circle,
                     palette.isEmpty() ? QColor(Qt::darkGray) : palette[index % palette.size()]);
    QFont font = painter.font();
    font.setPixelSize(static_cast<int>(side * initialsPart));
    font.setWeight(QFont::Medium);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(image.rect(), Qt::AlignCenter, initialsOf(shownName(person)));
    return image;
}

QCoro::Task<QImage> avatarImage(BlobCache &blobs, Person person, QList<QColor> palette)
{
    if (person.avatarBlobId.isEmpty())
        co_return initialsImage(person, palette);
    const QString file = blobs.file(person.avatarBlobId);
    if (file.isEmpty()) {
        blobs.fetch(person.avatarBlobId);
        co_return initialsImage(person, palette);
    }
    const auto work = [file] {
        constexpr int bound = 4 * side; // a wide one still fills the circle
        const auto picture = readPicture(file, QSize(bound, bound), PictureOrigin::Peer);
        return picture ? inCircle(*picture) : QImage();
    };
    const auto future = QtConcurrent::run(work);
    const QImage image = co_await future;
    co_return image.isNull() ? initialsImage(person, palette) : image;
}

} // namespace dunlin::client
