// SPDX-License-Identifier: Apache-2.0
#include "progress_ring.h"

#include <QPainter>

#include <algorithm>

namespace dunlin::client {
namespace {

/// QPainter counts angles in sixteenths of a degree.
constexpr int fullCircle = 360 * 16;
constexpr int top = 90 * 16;

} // namespace

ProgressRing::ProgressRing(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

template <typename T> void ProgressRing::change(T &field, const T &value)
{
    if (field == value)
        return;
    field = value;
    Q_EMIT changed();
    update();
}

void ProgressRing::setValue(qreal value)
{
    change(m_value, std::clamp(value, 0.0, 1.0));
}

void ProgressRing::setThickness(qreal thickness)
{
    change(m_thickness, thickness);
}

void ProgressRing::setColor(const QColor &color)
{
    change(m_color, color);
}

void ProgressRing::setTrackColor(const QColor &color)
{
    change(m_trackColor, color);
}

void ProgressRing::paint(QPainter *painter)
{
    const QRectF ring = boundingRect().adjusted(m_thickness / 2, m_thickness / 2, -m_thickness / 2,
                                                -m_thickness / 2);
    painter->setPen(QPen(m_trackColor, m_thickness));
    painter->drawEllipse(ring);
    painter->setPen(QPen(m_color, m_thickness, Qt::SolidLine, Qt::RoundCap));
    painter->drawArc(ring, top, -int(m_value * fullCircle));
}

} // namespace dunlin::client
