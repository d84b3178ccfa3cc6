// SPDX-License-Identifier: Apache-2.0
#include "texts.h"

#include <QCoreApplication>
#include <QTextBoundaryFinder>

namespace dunlin::client {
namespace {

constexpr int daysOfWeekNames = 7;
constexpr int emojiMax = 6;
constexpr int paletteSize = 8;

/// The context of their translations.
struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Texts)
};

/// Day and month, and of other years than this one the year. isLong: the month in full.
QString dateText(const QDate &day, const QDate &today, bool isLong, const QLocale &locale)
{
    const bool isThisYear = day.year() == today.year();
    const QString thisYear = isLong ? Texts::tr("d MMMM", "QLocale's format of 3 March")
                                    : Texts::tr("d MMM", "QLocale's format of 3 Mar");
    const QString otherYear = isLong ? Texts::tr("d MMMM yyyy", "QLocale's format of 3 March 2024")
                                     : Texts::tr("d MMM yyyy", "QLocale's format of 3 Mar 2024");
    return locale.toString(day, isThisYear ? thisYear : otherYear);
}

QDateTime toTime(qint64 timeMs)
{
    return QDateTime::fromMSecsSinceEpoch(timeMs);
}

bool isEmojiBase(char32_t c)
{
    return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF)
            || (c >= 0x1F1E6 && c <= 0x1F1FF) || (c >= 0x2B00 && c <= 0x2BFF)
            || (c >= 0x2190 && c <= 0x21FF) || c == 0x203C || c == 0x2049;
}

bool isEmojiModifier(char32_t c)
{
    return c == 0xFE0F || c == 0x200D || c == 0x20E3 || (c >= 0x1F3FB && c <= 0x1F3FF)
            || (c >= 0xE0020 && c <= 0xE007F);
}

} // namespace

QString clockText(qint64 timeMs, const QLocale &locale)
{
    if (timeMs == 0)
        return {};
    // Some locales put seconds into the short form.
    QString format = locale.timeFormat(QLocale::ShortFormat);
    format.remove(QLatin1String(":ss"));
    return locale.toString(toTime(timeMs).time(), format);
}

QString listTimeText(qint64 timeMs, const QDateTime &now, const QLocale &locale)
{
    if (timeMs == 0)
        return {};
    const QDate day = toTime(timeMs).date();
    const qint64 daysAgo = day.daysTo(now.date());
    if (daysAgo <= 0)
        return clockText(timeMs, locale);
    if (daysAgo == 1)
        return Texts::tr("Yesterday");
    if (daysAgo < daysOfWeekNames)
        return locale.dayName(day.dayOfWeek(), QLocale::ShortFormat);
    return dateText(day, now.date(), false, locale);
}

QString dayText(qint64 timeMs, const QDateTime &now, const QLocale &locale)
{
    const QDate day = toTime(timeMs).date();
    const qint64 daysAgo = day.daysTo(now.date());
    if (daysAgo == 0)
        return Texts::tr("Today");
    if (daysAgo == 1)
        return Texts::tr("Yesterday");
    if (daysAgo > 0 && daysAgo < daysOfWeekNames)
        return locale.dayName(day.dayOfWeek(), QLocale::LongFormat);
    return dateText(day, now.date(), true, locale);
}

QString fullTimeText(qint64 timeMs, const QLocale &locale)
{
    if (timeMs == 0)
        return {};
    return dateText(toTime(timeMs).date(), {}, true, locale) + QLatin1Char(' ')
            + locale.toString(toTime(timeMs).time(), QStringLiteral("HH:mm:ss"));
}

QString presenceText(const Presence &presence, const QDateTime &now, const QLocale &locale)
{
    if (presence.isOnline)
        return Texts::tr("online");
    if (presence.lastSeenMs == 0)
        return {};
    const qint64 minutes = toTime(presence.lastSeenMs).secsTo(now) / 60;
    if (minutes < 1)
        return Texts::tr("last seen just now");
    if (minutes < 60)
        return Texts::tr("last seen %Ln minutes ago", nullptr, int(minutes));
    const QDate day = toTime(presence.lastSeenMs).date();
    const QString clock = clockText(presence.lastSeenMs, locale);
    if (day == now.date())
        return Texts::tr("last seen today at %1").arg(clock);
    if (day.daysTo(now.date()) == 1)
        return Texts::tr("last seen yesterday at %1").arg(clock);
    return Texts::tr("last seen %1").arg(listTimeText(presence.lastSeenMs, now, locale));
}

QString isolated(const QString &text)
{
    return text.isEmpty() ? text : QChar(0x2068) + text + QChar(0x2069);
}

QString shownName(const Person &person)
{
    if (person.isDeleted)
        return Texts::tr("Deleted account");
    return person.displayName.isEmpty() ? person.userName : person.displayName;
}

QString initialsOf(const QString &name)
{
    QString initials;
    for (const QString &word : name.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        QTextBoundaryFinder letters(QTextBoundaryFinder::Grapheme, word);
        const qsizetype end = letters.toNextBoundary();
        if (initials.isEmpty() || !initials.endsWith(QLatin1Char(' ')))
            initials += word.left(end).toUpper();
        if (letters.position() < 0 || QStringView(initials).size() >= 2)
            break;
    }
    return initials;
}

int colorIndexOf(const Person &person)
{
    if (person.avatarColor > 0)
        return person.avatarColor;
    // The low bits of an id count within a millisecond: mixed, so that neighbours differ.
    const auto mixed = static_cast<quint64>(person.id.value) * 0x9E3779B97F4A7C15ULL;
    return static_cast<int>((mixed >> 32) % paletteSize) + 1;
}

bool isOnlyEmoji(const QString &text)
{
    bool hasBase = false;
    const auto characters = text.toUcs4();
    for (const char32_t c : characters) {
        if (isEmojiBase(c))
            hasBase = true;
        else if (!isEmojiModifier(c) && c != U' ')
            return false;
    }
    if (!hasBase)
        return false;
    QTextBoundaryFinder clusters(QTextBoundaryFinder::Grapheme, text);
    int count = 0;
    while (clusters.toNextBoundary() != -1)
        ++count;
    return count <= emojiMax;
}

} // namespace dunlin::client
