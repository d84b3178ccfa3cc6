// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSettings>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// How the user wants the window to look, beside light or dark; kept in the profile's settings.
class Appearance : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    Q_PROPERTY(int textPercent READ textPercent WRITE setTextPercent NOTIFY textPercentChanged)
    /// Place in Theme.accents.
    Q_PROPERTY(int accent READ accent WRITE setAccent NOTIFY accentChanged)
    /// The user's wish; the system may have it as well.
    Q_PROPERTY(bool isMotionReduced READ isMotionReduced WRITE setMotionReduced NOTIFY
                       isMotionReducedChanged)
    Q_PROPERTY(int textPercentMin READ textPercentMin CONSTANT)
    Q_PROPERTY(int textPercentMax READ textPercentMax CONSTANT)

public:
    static constexpr int accentCount = 6;

    /// settings outlives it.
    explicit Appearance(QSettings &settings, QObject *parent = nullptr);

    [[nodiscard]] int textPercent() const { return m_textPercent; }
    /// What is beyond the limits is held at them.
    void setTextPercent(int percent);
    [[nodiscard]] static int textPercentMin() { return 80; }
    [[nodiscard]] static int textPercentMax() { return 160; }
    [[nodiscard]] int accent() const { return m_accent; }
    void setAccent(int accent);
    [[nodiscard]] bool isMotionReduced() const { return m_isMotionReduced; }
    void setMotionReduced(bool isReduced);

Q_SIGNALS:
    void textPercentChanged();
    void accentChanged();
    void isMotionReducedChanged();

private:
    QSettings &m_settings;
    int m_textPercent;
    int m_accent;
    bool m_isMotionReduced;
};

} // namespace dunlin::client
