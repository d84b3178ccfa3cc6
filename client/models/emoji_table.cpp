// SPDX-License-Identifier: Apache-2.0
#include "emoji_table.h"

#include <QFile>

#include <algorithm>
#include <map>
#include <utility>

namespace dunlin::client {
namespace {

constexpr char32_t variationSelector = 0xFE0F;
constexpr char32_t firstTone = 0x1F3FB;
constexpr char32_t lastTone = 0x1F3FF;

bool isTone(char32_t c)
{
    return c >= firstTone && c <= lastTone;
}

/// What all tones and spellings of an emoji have in common.
QString baseOf(const QString &text)
{
    QList<char32_t> base;
    for (const uint c : text.toUcs4()) {
        if (c != variationSelector && !isTone(c))
            base.append(c);
    }
    return QString::fromUcs4(base.constData(), base.size());
}

/// 0: none, 1 to 5: light to dark, -1: several that differ.
int toneOf(const QString &text)
{
    int tone = 0;
    for (const uint c : text.toUcs4()) {
        if (!isTone(c))
            continue;
        const int found = int(c - firstTone) + 1;
        if (tone != 0 && tone != found)
            return -1;
        tone = found;
    }
    return tone;
}

QString textOf(const QString &codePoints)
{
    QList<char32_t> text;
    for (const QString &code : codePoints.split(QLatin1Char(' ')))
        text.append(code.toUInt(nullptr, 16));
    return QString::fromUcs4(text.constData(), text.size());
}

/// Small letters and digits without accents, each word after a space.
QString wordsOf(const QString &text)
{
    QString words;
    bool isInside = false;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD)) {
        if (c.isMark() || c == QChar(0x2019) || c == QLatin1Char('\''))
            continue;
        if (!c.isLetterOrNumber()) {
            isInside = false;
            continue;
        }
        if (!std::exchange(isInside, true))
            words += QLatin1Char(' ');
        words += c.toLower();
    }
    return words;
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

const EmojiTable &EmojiTable::in(const QString &language)
{
    static std::map<QString, EmojiTable> tables; // what is referred to stays
    const auto known = tables.find(language);
    if (known != tables.end())
        return known->second;
    EmojiTable table = parse(contentOf(QStringLiteral(":/dunlin/emoji.txt")));
    const QString names = QStringLiteral(":/dunlin/emoji.%1.txt");
    table.addNames(contentOf(names.arg(language)));
    return tables.emplace(language, std::move(table)).first->second;
}

EmojiTable EmojiTable::parse(const QByteArray &lines)
{
    EmojiTable table;
    QString kind;
    for (const QString &line : QString::fromUtf8(lines).split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1Char('='))) {
            table.m_groups.append(line.mid(1));
        } else if (line.startsWith(QLatin1Char('~'))) {
            kind = wordsOf(line.mid(1));
        } else if (!table.m_groups.isEmpty()) {
            const qsizetype tab = line.indexOf(QLatin1Char('\t'));
            if (tab > 0)
                table.add(textOf(line.left(tab)), line.mid(tab + 1), kind);
        }
    }
    return table;
}

void EmojiTable::addNames(const QByteArray &lines)
{
    for (const QString &line : QString::fromUtf8(lines).split(QLatin1Char('\n'))) {
        const qsizetype tab = line.indexOf(QLatin1Char('\t'));
        const int place = tab > 0 && toneOf(line.left(tab)) == 0 ? placeOf(line.left(tab)) : -1;
        if (place < 0)
            continue;
        Emoji &emoji = m_emoji[place];
        const QString text = line.mid(tab + 1);
        if (text.startsWith(QLatin1Char('='))) {
            emoji.name = text.mid(1);
            emoji.words.prepend(wordsOf(emoji.name)); // by which it is found first
        } else {
            emoji.words += wordsOf(text);
        }
    }
}

void EmojiTable::add(const QString &text, const QString &name, const QString &kind)
{
    const QString base = baseOf(text);
    const int tone = toneOf(text);
    const int place = m_places.value(base, -1);
    if (tone == 0 && place < 0) {
        m_places.insert(base, int(m_emoji.size()));
        m_emoji.append({.text = text,
                        .name = name,
                        .group = int(m_groups.size()) - 1,
                        .words = wordsOf(name) + kind});
    } else if (tone > 0 && place >= 0 && m_emoji[place].tones.size() == tone - 1) {
        m_emoji[place].tones.append(text);
    }
}

int EmojiTable::placeOf(const QString &text) const
{
    return m_places.value(baseOf(text), -1);
}

QList<int> EmojiTable::search(const QString &query) const
{
    const QString wanted = wordsOf(query);
    QStringList prefixes;
    for (const QString &word : wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        prefixes.append(QLatin1Char(' ') + word);
    QList<int> first;
    QList<int> others;
    for (int place = 0; place < m_emoji.size() && !prefixes.isEmpty(); ++place) {
        const QString &words = m_emoji[place].words;
        if (words.startsWith(wanted))
            first.append(place);
        else if (std::all_of(prefixes.begin(), prefixes.end(),
                             [&](const QString &prefix) { return words.contains(prefix); }))
            others.append(place);
    }
    return first + others;
}

} // namespace dunlin::client
