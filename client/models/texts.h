// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types.h"

#include <QDateTime>
#include <QLocale>
#include <QString>

/// How the interface words times, names and messages. Pure functions.
namespace dunlin::client {

/// Of today 14:05, then Yesterday, Mon, 3 Mar, 3 Mar 2024. Empty for 0.
QString listTimeText(qint64 timeMs, const QDateTime &now, const QLocale &locale = {});
/// 14:05.
QString clockText(qint64 timeMs, const QLocale &locale = {});
/// Today, Yesterday, Monday, 3 March, 3 March 2024.
QString dayText(qint64 timeMs, const QDateTime &now, const QLocale &locale = {});
/// Day and time in full, for tooltips.
QString fullTimeText(qint64 timeMs, const QLocale &locale = {});
/// "online", "last seen 5 minutes ago", ...; empty when nothing is known.
QString presenceText(const Presence &presence, const QDateTime &now, const QLocale &locale = {});

/// What somebody else wrote, as a part of a sentence: its direction, whichever it is, leaves that
/// of the sentence alone (U+2068 and U+2069).
QString isolated(const QString &text);

/// The name to show: the display name, else the user name; of a deleted account, that it is one.
QString shownName(const Person &person);
/// Up to two letters.
QString initialsOf(const QString &name);
/// 1 to 8: the chosen colour, or one derived from the id.
int colorIndexOf(const Person &person);

/// True for one to six emoji and nothing else, which are shown large.
bool isOnlyEmoji(const QString &text);

} // namespace dunlin::client
