// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "emoji_table.h"

#include <QAbstractListModel>
#include <QSettings>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// The emoji that the picker shows: those of a group, those used lately, or what a search finds, in
/// the skin tone the user prefers. What was used and the tone are kept in the profile's settings.
/// Nothing is read before load().
class EmojiModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    /// In the order of group, the first for those used lately.
    Q_PROPERTY(QStringList groupNames READ groupNames NOTIFY loaded)
    /// An emoji for each group.
    Q_PROPERTY(QStringList groupSigns READ groupSigns NOTIFY loaded)
    Q_PROPERTY(int group READ group WRITE setGroup NOTIFY groupChanged)
    /// While there is one the group does not matter.
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    /// 0: none, 1 to 5: light to dark.
    Q_PROPERTY(int defaultTone READ defaultTone WRITE setDefaultTone NOTIFY defaultToneChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    /// ShownRole: as Qt 6.4 draws it. A variation selector inside of a sequence would tear it
    /// apart.
    enum Role { EmojiRole = Qt::UserRole + 1, ShownRole, NameRole };
    static constexpr int recentGroup = 0;
    static constexpr int recentMax = 36;

    /// settings outlives the model.
    explicit EmojiModel(QSettings &settings, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] QStringList groupNames() const;
    [[nodiscard]] QStringList groupSigns() const;
    [[nodiscard]] int group() const { return m_group; }
    void setGroup(int group);
    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString &query);
    [[nodiscard]] int defaultTone() const { return m_tone; }
    void setDefaultTone(int tone);
    [[nodiscard]] int count() const { return int(m_places.size()); }

    /// Call when it is about to be shown: without a query, at what was used lately if there is any.
    Q_INVOKABLE void load();
    Q_INVOKABLE QString emojiAt(int row) const;
    Q_INVOKABLE QString nameAt(int row) const;
    /// The emoji of a row without a tone and in each of the five; empty when it has none.
    Q_INVOKABLE QStringList tonesAt(int row) const;
    /// Names and searches in this language of the app, such as "de".
    void setLanguage(const QString &code);
    /// Remembers that this one was picked.
    Q_INVOKABLE void use(const QString &emoji);

Q_SIGNALS:
    void loaded();
    void groupChanged();
    void queryChanged();
    void defaultToneChanged();
    void countChanged();

private:
    struct Used {
        QString emoji;
        /// Rises with each use and fades with those of others.
        double weight = 0;
    };

    void readUsed();
    void show();
    [[nodiscard]] const EmojiTable &table() const { return EmojiTable::in(m_language); }
    [[nodiscard]] QString toned(const Emoji &emoji) const;

    QSettings &m_settings;
    QString m_language = QStringLiteral("en");
    bool m_isLoaded = false;
    int m_group = recentGroup;
    int m_tone = 0;
    QString m_query;
    QList<int> m_places;
    /// What is shown of those used lately, in the tone they were used in.
    QStringList m_recent;
    QList<Used> m_used;
};

} // namespace dunlin::client
