// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"
#include "message_status.h"

#include <QAbstractListModel>
#include <QSet>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// The conversations: pinned first, then by latest activity. Rows move and change one by one, so
/// that scrolling and the selection stay. An empty conversation is listed once this device has
/// opened it.
class ConversationListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int unread READ unread NOTIFY unreadChanged)
    Q_PROPERTY(bool isLoaded READ isLoaded NOTIFY countChanged)

public:
    enum Role {
        ConversationIdRole = Qt::UserRole + 1,
        NameRole,
        InitialsRole,
        ColorIndexRole,
        AvatarBlobIdRole,
        PreviewRole,
        StatusRole,
        TimeTextRole,
        UnreadRole,
        IsMutedRole,
        IsPinnedRole,
        DraftRole,
        IsOnlineRole,
        IsTypingRole
    };

    explicit ConversationListModel(Client &client, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    /// Conversations that are not muted and have something unread.
    [[nodiscard]] int unread() const;
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    [[nodiscard]] const QList<ConversationSummary> &rows() const { return m_rows; }

    /// Reads everything anew; empties the model when nobody is signed in.
    void reload();
    /// Lists it even when it is empty.
    void show(const ConversationSummary &summary);

    /// -1 when it is not listed.
    Q_INVOKABLE int rowOf(const QString &conversationId) const;
    Q_INVOKABLE QString idAt(int row) const;
    /// On all of the user's devices. Neither changes the other.
    Q_INVOKABLE void setPinned(const QString &conversationId, bool isPinned);
    /// Until it is unmuted.
    Q_INVOKABLE void setMuted(const QString &conversationId, bool isMuted);

Q_SIGNALS:
    void countChanged();
    void unreadChanged();
    /// The settings were not changed, and why.
    void failed(const QString &text);

private:
    QCoro::Task<void> tellFailure(QCoro::Task<Result<void>> change);
    QCoro::Task<void> load();
    QCoro::Task<void> refresh(ConversationId id);
    void onChanged(const ChangeSet &changes);
    void put(const ConversationSummary &summary);
    [[nodiscard]] bool isListed(const ConversationSummary &summary) const;
    [[nodiscard]] int rowOf(ConversationId id) const;
    [[nodiscard]] qsizetype placeOf(const ConversationSummary &summary, int exceptRow) const;
    void rowChanged(int row);
    void followPeers();

    Client &m_client;
    QList<ConversationSummary> m_rows;
    QSet<ConversationId> m_shown;
    bool m_isLoaded = false;
    QTimer m_minuteTimer; ///< The words for times grow old.
    QTimer m_followTimer;
};

} // namespace dunlin::client
