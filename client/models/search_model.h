// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"

#include <QAbstractListModel>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

class ConversationListModel;

/// What the search field finds, as it is typed: people, then conversations, then message text.
/// Conversations and messages come from the local store, people also from the server.
class SearchModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(bool isActive READ isActive NOTIFY queryChanged)
    Q_PROPERTY(bool isSearching READ isSearching NOTIFY resultsChanged)
    Q_PROPERTY(int count READ count NOTIFY resultsChanged)
    /// Why the server was not asked; empty when it was.
    Q_PROPERTY(QString notice READ notice NOTIFY resultsChanged)

public:
    enum Kind { PersonKind, ConversationKind, MessageKind };
    Q_ENUM(Kind)
    enum Role {
        KindRole = Qt::UserRole + 1,
        SectionRole,
        TitleRole,
        SubtitleRole,
        InitialsRole,
        ColorIndexRole,
        AvatarBlobIdRole,
        TimeTextRole,
        UserIdRole,
        ConversationIdRole,
        SeqRole
    };

    SearchModel(Client &client, const ConversationListModel &conversations,
                QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString &query);
    [[nodiscard]] bool isActive() const { return !m_query.trimmed().isEmpty(); }
    [[nodiscard]] bool isSearching() const { return m_isSearching; }
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] QString notice() const { return m_notice; }

Q_SIGNALS:
    void queryChanged();
    void resultsChanged();

private:
    struct Row {
        Kind kind = PersonKind;
        Person person;
        QString title;
        QString subtitle;
        qint64 timeMs = 0;
        ConversationId conversation;
        MessageSeq seq;
    };

    QCoro::Task<void> search(QString query);
    void setRows(const QList<Row> &people, const QList<Row> &conversations,
                 const QList<Row> &messages);
    [[nodiscard]] QList<Row> findConversations(const QString &query) const;

    Client &m_client;
    const ConversationListModel &m_conversations;
    QString m_query;
    QString m_notice;
    QList<Row> m_rows;
    QTimer m_delay;
    bool m_isSearching = false;
    quint64 m_generation = 0;
};

} // namespace dunlin::client
