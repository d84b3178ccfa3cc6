// SPDX-License-Identifier: Apache-2.0
#include "emoji_model.h"

#include <algorithm>
#include <utility>

namespace dunlin::client {
namespace {

const QString usedKey = QStringLiteral("emoji/used");
const QString toneKey = QStringLiteral("emoji/tone");
/// With each use of another one. After twelve others a use counts half.
constexpr double fading = 0.944;

QString shownForm(QString emoji)
{
    emoji.replace(QStringLiteral("\uFE0F\u200D"), QStringLiteral("\u200D"));
    emoji.replace(QStringLiteral("\uFE0F\u20E3"), QStringLiteral("\u20E3"));
    return emoji;
}

/// Groups that Unicode adds later keep their English name.
QString translatedGroup(const QString &name)
{
    static const QHash<QString, const char *> known{
            {QStringLiteral("Smileys & Emotion"),
             QT_TRANSLATE_NOOP("dunlin::client::EmojiModel", "Smileys and emotion")},
            {QStringLiteral("People & Body"),
             QT_TRANSLATE_NOOP("dunlin::client::EmojiModel", "People and body")},
            {QStringLiteral("Animals & Nature"),
             QT_TRANSLATE_NOOP("dunlin::client::EmojiModel", "Animals and nature")},
            {QStringLiteral("Food & Drink"),
             QT_TRANSLATE_NOOP("dunlin::client::EmojiModel", "Food and drink")},
            {QStringLiteral("Travel & Places"),
             QT_TRANSLATE_NOOP("dunlin::client::EmojiModel", "Travel and places")},
            {QStringLiteral("Activities"),
             QT_TRANSLATE_NOOP("dunlin::client::EmojiModel", "Activities")},
            {QStringLiteral("Objects"), QT_TRANSLATE_NOOP("dunlin::client::EmojiModel", "Objects")},
            {QStringLiteral("Symbols"), QT_TRANSLATE_NOOP("dunlin::client::EmojiModel", "Symbols")},
            {QStringLiteral("Flags"), QT_TRANSLATE_NOOP("dunlin::client::EmojiModel", "Flags")}};
    const char *text = known.value(name);
    return text == nullptr ? name : EmojiModel::tr(text);
}

} // namespace

EmojiModel::EmojiModel(QSettings &settings, QObject *parent)
    : QAbstractListModel(parent), m_settings(settings)
{ }

int EmojiModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant EmojiModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    switch (role) {
    case EmojiRole:
        return emojiAt(index.row());
    case NameRole:
        return nameAt(index.row());
    case ShownRole:
        return shownForm(emojiAt(index.row()));
    default:
        return {};
    }
}

QHash<int, QByteArray> EmojiModel::roleNames() const
{
    return {{EmojiRole, "emoji"}, {ShownRole, "shown"}, {NameRole, "name"}};
}

QStringList EmojiModel::groupNames() const
{
    if (!m_isLoaded)
        return {};
    QStringList names{tr("Used lately")};
    for (const QString &group : table().groups())
        names.append(translatedGroup(group));
    return names;
}

QStringList EmojiModel::groupSigns() const
{
    if (!m_isLoaded)
        return {};
    QStringList signs{QStringLiteral("\U0001F552")};
    const EmojiTable &emojis = table();
    for (int group = 0; group < emojis.groups().size(); ++group) {
        const auto first =
                std::find_if(emojis.emoji().begin(), emojis.emoji().end(),
                             [group](const Emoji &emoji) { return emoji.group == group; });
        signs.append(first == emojis.emoji().end() ? QString() : first->text);
    }
    return signs;
}

void EmojiModel::setLanguage(const QString &code)
{
    m_language = code;
    if (!m_isLoaded)
        return;
    Q_EMIT loaded();
    show();
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), {NameRole});
}

void EmojiModel::setGroup(int group)
{
    if (m_group == group)
        return;
    m_group = group;
    Q_EMIT groupChanged();
    show();
}

void EmojiModel::setQuery(const QString &query)
{
    if (m_query == query)
        return;
    m_query = query;
    Q_EMIT queryChanged();
    show();
}

void EmojiModel::setDefaultTone(int tone)
{
    tone = std::clamp(tone, 0, EmojiTable::toneCount);
    if (m_tone == tone)
        return;
    m_tone = tone;
    m_settings.setValue(toneKey, tone);
    Q_EMIT defaultToneChanged();
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), {EmojiRole, ShownRole});
}

void EmojiModel::load()
{
    if (!m_isLoaded) {
        m_isLoaded = true;
        m_tone = std::clamp(m_settings.value(toneKey, 0).toInt(), 0, EmojiTable::toneCount);
        readUsed();
        Q_EMIT defaultToneChanged();
        Q_EMIT loaded();
    }
    m_query.clear();
    m_group = m_used.isEmpty() ? recentGroup + 1 : recentGroup;
    Q_EMIT queryChanged();
    Q_EMIT groupChanged();
    show();
}

/// Kept as words, an emoji and its weight in turn.
void EmojiModel::readUsed()
{
    const QStringList kept = m_settings.value(usedKey).toStringList();
    for (qsizetype i = 0; i + 1 < kept.size(); i += 2) {
        if (table().placeOf(kept[i]) >= 0)
            m_used.append({kept[i], kept[i + 1].toDouble()});
    }
}

void EmojiModel::show()
{
    if (!m_isLoaded)
        return;
    const EmojiTable &emojis = table();
    QList<int> places;
    QStringList recent;
    if (!m_query.trimmed().isEmpty()) {
        places = emojis.search(m_query);
    } else if (m_group == recentGroup) {
        for (const Used &used : std::as_const(m_used)) {
            places.append(emojis.placeOf(used.emoji));
            recent.append(used.emoji);
        }
    } else {
        for (int place = 0; place < emojis.emoji().size(); ++place) {
            if (emojis.emoji()[place].group == m_group - 1)
                places.append(place);
        }
    }
    // What is there already is not made again.
    if (places == m_places && recent == m_recent)
        return;
    beginResetModel();
    m_places = std::move(places);
    m_recent = std::move(recent);
    endResetModel();
    Q_EMIT countChanged();
}

QString EmojiModel::toned(const Emoji &emoji) const
{
    return m_tone > 0 && emoji.tones.size() >= m_tone ? emoji.tones[m_tone - 1] : emoji.text;
}

QString EmojiModel::emojiAt(int row) const
{
    if (row < 0 || row >= count())
        return {};
    return m_recent.isEmpty() ? toned(table().emoji()[m_places[row]]) : m_recent[row];
}

QString EmojiModel::nameAt(int row) const
{
    return row < 0 || row >= count() ? QString() : table().emoji()[m_places[row]].name;
}

QStringList EmojiModel::tonesAt(int row) const
{
    if (row < 0 || row >= count())
        return {};
    const Emoji &emoji = table().emoji()[m_places[row]];
    return emoji.tones.isEmpty() ? QStringList() : QStringList{emoji.text} + emoji.tones;
}

void EmojiModel::use(const QString &emoji)
{
    if (table().placeOf(emoji) < 0)
        return;
    if (!m_isLoaded)
        load();
    double weight = 1;
    for (auto used = m_used.begin(); used != m_used.end();) {
        if (used->emoji == emoji) {
            weight += used->weight;
            used = m_used.erase(used);
        } else {
            used->weight *= fading;
            ++used;
        }
    }
    // Of the same weight the latest is first.
    const auto place = std::find_if(m_used.begin(), m_used.end(),
                                    [weight](const Used &used) { return used.weight <= weight; });
    m_used.insert(place, {emoji, weight});
    if (m_used.size() > recentMax)
        m_used.resize(recentMax);
    QStringList kept;
    for (const Used &used : std::as_const(m_used))
        kept << used.emoji << QString::number(used.weight, 'g', 6);
    m_settings.setValue(usedKey, kept);
}

} // namespace dunlin::client
