// SPDX-License-Identifier: Apache-2.0
#include "icon_provider.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace dunlin::client {

QImage IconProvider::requestImage(const QString &id, QSize *size, const QSize &requestedSize)
{
    const QString name = id.section(QLatin1Char('/'), 0, 0);
    const QString color = id.section(QLatin1Char('/'), 1, 1);
    QFile file(QLatin1String(":/dunlin/icons/") + name + QLatin1String(".svg"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    svg.replace("currentColor", '#' + color.toLatin1());
    QImage image(requestedSize.isEmpty() ? QSize(24, 24) : requestedSize,
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter);
    if (size != nullptr)
        *size = image.size();
    return image;
}

} // namespace dunlin::client
