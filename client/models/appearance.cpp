// SPDX-License-Identifier: Apache-2.0
#include "appearance.h"

#include <algorithm>

namespace dunlin::client {
namespace {

const QString textPercentKey = QStringLiteral("appearance/textPercent");
const QString accentKey = QStringLiteral("appearance/accent");
const QString motionKey = QStringLiteral("appearance/reducedMotion");
constexpr int textPercentNormal = 100;

int heldPercent(int percent)
{
    return std::clamp(percent, Appearance::textPercentMin(), Appearance::textPercentMax());
}

} // namespace

Appearance::Appearance(QSettings &settings, QObject *parent)
    : QObject(parent), m_settings(settings),
      m_textPercent(heldPercent(settings.value(textPercentKey, textPercentNormal).toInt())),
      m_accent(std::clamp(settings.value(accentKey, 0).toInt(), 0, accentCount - 1)),
      m_isMotionReduced(settings.value(motionKey, false).toBool())
{ }

void Appearance::setTextPercent(int percent)
{
    percent = heldPercent(percent);
    if (m_textPercent == percent)
        return;
    m_textPercent = percent;
    m_settings.setValue(textPercentKey, percent);
    Q_EMIT textPercentChanged();
}

void Appearance::setAccent(int accent)
{
    accent = std::clamp(accent, 0, accentCount - 1);
    if (m_accent == accent)
        return;
    m_accent = accent;
    m_settings.setValue(accentKey, accent);
    Q_EMIT accentChanged();
}

void Appearance::setMotionReduced(bool isReduced)
{
    if (m_isMotionReduced == isReduced)
        return;
    m_isMotionReduced = isReduced;
    m_settings.setValue(motionKey, isReduced);
    Q_EMIT isMotionReducedChanged();
}

} // namespace dunlin::client
