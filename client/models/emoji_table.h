// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace dunlin::client {

/// An emoji of Unicode's list, without a skin tone.
struct Emoji {
    /// As it is sent.
    QString text;
    QString name;
    /// Place in EmojiTable::groups().
    int group = 0;
    /// The same from light to dark; empty when it has none.
    QStringList tones = {};
    /// What it is found by, each word after a space: those of its name, of Unicode's English name
    /// and of the kind it is of, and others for the same.
    QString words = {};
};

/// All emoji in Unicode's order, with their names in one language. Made of two files that are made
/// at build time: of emoji-test.txt (cmake/EmojiTable.cmake) and of the CLDR's annotations
/// (cmake/EmojiNames.cmake). A value, on any thread.
class EmojiTable {
public:
    static constexpr int toneCount = 5;

    /// In a language of the app, such as "de"; English for others. Read when it is first asked for,
    /// which takes some milliseconds. GUI thread.
    static const EmojiTable &in(const QString &language);
    /// Lines that are not understood are passed over.
    static EmojiTable parse(const QByteArray &lines);
    /// Takes names and other words; what was found by its words still is.
    void addNames(const QByteArray &lines);

    /// Unicode's English names.
    [[nodiscard]] const QStringList &groups() const { return m_groups; }
    [[nodiscard]] const QList<Emoji> &emoji() const { return m_emoji; }
    /// Place in emoji(), of a tone that of its base; -1 for what is none.
    [[nodiscard]] int placeOf(const QString &text) const;
    /// Places of those that have, for each word of query, a word that begins with it. Those whose
    /// name begins with the query come first.
    [[nodiscard]] QList<int> search(const QString &query) const;

private:
    void add(const QString &text, const QString &name, const QString &kind);

    QStringList m_groups;
    QList<Emoji> m_emoji;
    /// By the text without variation selectors and tones.
    QHash<QString, int> m_places;
};

} // namespace dunlin::client
