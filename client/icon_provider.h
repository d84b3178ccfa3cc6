// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQuickImageProvider>

namespace dunlin::client {

/// Draws the icons of qml/icons in any colour and size: image://icon/<name>/<rrggbb>. Called on the
/// threads that load images.
class IconProvider : public QQuickImageProvider {
public:
    IconProvider() : QQuickImageProvider(QQuickImageProvider::Image) { }
    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;
};

} // namespace dunlin::client
