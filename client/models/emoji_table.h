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
    /// Unicode's English name.
    QString name;
    /// Place in EmojiTable::groups().
    int group = 0;
    /// The same from light to dark; empty when it has none.
    QStringList tones = {};
    /// The words of its name and of the kind it is of, each after a space.
    QString words = {};
};

/// All emoji in Unicode's order, from the file that is made of emoji-test.txt at build time (see
/// cmake/EmojiTable.cmake). A value, on any thread.
class EmojiTable {
public:
    static constexpr int toneCount = 5;

    /// Of the app; read when it is first asked for, which takes some milliseconds.
    static const EmojiTable &instance();
    /// Lines that are not understood are passed over.
    static EmojiTable parse(const QByteArray &lines);

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
