// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// Whether the desktop asks for less motion: DUNLIN_REDUCED_MOTION=1 (or 0) says so, else the
/// desktop's settings as org.freedesktop.portal.Settings tells them, now and when they change.
/// Asked after the window is there; until there is an answer, and where there is none, false. GUI
/// thread.
class SystemMotion : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(bool isReduced READ isReduced NOTIFY isReducedChanged)

public:
    explicit SystemMotion(QObject *parent = nullptr);

    [[nodiscard]] bool isReduced() const { return m_isReduced; }

Q_SIGNALS:
    void isReducedChanged();

private:
    void ask();
    void setReduced(bool isReduced);

    bool m_isReduced = false;
};

} // namespace dunlin::client
