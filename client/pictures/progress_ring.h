// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QQuickPaintedItem>

namespace dunlin::client {

/// A ring that fills clockwise from the top. GUI thread.
class ProgressRing : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    /// 0 to 1.
    Q_PROPERTY(qreal value READ value WRITE setValue NOTIFY changed)
    Q_PROPERTY(qreal thickness READ thickness WRITE setThickness NOTIFY changed)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY changed)
    /// Of what is not filled yet.
    Q_PROPERTY(QColor trackColor READ trackColor WRITE setTrackColor NOTIFY changed)

public:
    explicit ProgressRing(QQuickItem *parent = nullptr);

    [[nodiscard]] qreal value() const { return m_value; }
    void setValue(qreal value);
    [[nodiscard]] qreal thickness() const { return m_thickness; }
    void setThickness(qreal thickness);
    [[nodiscard]] QColor color() const { return m_color; }
    void setColor(const QColor &color);
    [[nodiscard]] QColor trackColor() const { return m_trackColor; }
    void setTrackColor(const QColor &color);

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void changed();

private:
    template <typename T> void change(T &field, const T &value);

    qreal m_value = 0;
    qreal m_thickness = 2;
    QColor m_color = Qt::white;
    QColor m_trackColor = Qt::transparent;
};

} // namespace dunlin::client
