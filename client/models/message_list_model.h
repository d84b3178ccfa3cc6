// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"
#include "message_status.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// A window on the messages of one conversation, newest first (row 0 stands at the bottom of the
/// screen), with what waits in the outbox below. Pages are added at either end when the view comes
/// near it, and dropped at the other, so that a million messages cost as much as some hundred.
class MessageListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the conversation controller")
    Q_PROPERTY(bool isLoaded READ isLoaded NOTIFY loadedChanged)
    Q_PROPERTY(int count READ count NOTIFY loadedChanged)
    Q_PROPERTY(bool hasNewer READ hasNewer NOTIFY loadedChanged)
    /// The row that stands in the middle of the view; asked for with replacing().
    Q_PROPERTY(int rowInView MEMBER m_rowInView)

public:
    enum Role {
        TextRole = Qt::UserRole + 1,
        HtmlRole,
        IsOwnRole,
        TimeTextRole,
        FullTimeTextRole,
        StatusRole,
        FailureTextRole,
        IsFirstOfGroupRole,
        IsLastOfGroupRole,
        DayTextRole,
        IsFirstUnreadRole,
        IsOnlyEmojiRole,
        LocalIdRole,
        SeqRole,
        SenderNameRole,
        PicturesRole, ///< See picturesValue().
        UploadProgressRole, ///< 0 to 1; -1: nothing is uploaded.
        QuoteRole, ///< See quoteValue().
        ReactionsRole, ///< See reactionsValue().
        ForwardedFromRole, ///< Says who wrote it first; empty: not forwarded.
        IsEditedRole,
        IsDeletedRole, ///< For everyone: a stub is shown.
        IsHiddenRole, ///< Takes no room.
        IsPinnedRole,
        IsSelectedRole
    };

    static constexpr int pageSize = 60;
    static constexpr int residentMax = 480;

    explicit MessageListModel(Client &client, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(m_messages.size()); }
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    /// Row 0 is not the newest message.
    [[nodiscard]] bool hasNewer() const { return m_hasNewer; }

    /// Shows the newest messages, or those around a place. An id of 0 empties the model.
    void open(ConversationId id, MessageSeq around = {});
    /// Shows the messages around another place of this conversation, or the newest; what is there
    /// stays until they are. moved() or moveFailed() follows, unless it was moved or opened again.
    void moveTo(MessageSeq around);
    [[nodiscard]] ConversationId conversation() const { return m_conversation; }
    [[nodiscard]] MessageSeq newestSeq() const;
    /// As the user knows the sender: "You", or the other's name.
    [[nodiscard]] QString nameOf(UserId sender) const;
    /// nullptr when there is none.
    [[nodiscard]] const StoredMessage *messageAt(int row) const;

    Q_INVOKABLE void loadOlder();
    Q_INVOKABLE void loadNewer();
    /// -1 when it is not here.
    Q_INVOKABLE int rowOfSeq(qint64 seq) const;
    /// The row of the first message from seq on, or of the last one before it; -1: there is none.
    [[nodiscard]] int rowFrom(MessageSeq seq) const { return rowFrom(m_messages, seq); }
    Q_INVOKABLE qint64 seqAt(int row) const;
    Q_INVOKABLE int firstUnreadRow() const;
    Q_INVOKABLE bool isHiddenAt(int row) const;
    /// The day of the message at row, in words.
    Q_INVOKABLE QString dayAt(int row) const;
    /// When the message at row was sent; invalid when there is none.
    Q_INVOKABLE QDateTime timeAt(int row) const;

    /// Seqs of the messages that are selected.
    [[nodiscard]] const QSet<qint64> &selected() const { return m_selected; }
    void setSelected(qint64 seq, bool isSelected);
    void clearSelected();
    /// Not shown, until they are deleted or brought back.
    void setVanished(const QList<MessageSeq> &seqs);

    /// The divider stands above the first of the other's messages after seq; none for 0.
    void setUnreadAfter(MessageSeq seq, bool hasUnread);

Q_SIGNALS:
    void loadedChanged();
    void selectionChanged();
    /// Other messages are about to be put into the rows.
    void replacing();
    void moved(MessageSeq around);
    void moveFailed(ErrorCode code);

private:
    QCoro::Task<void> load(ConversationId id, MessageSeq around);
    QCoro::Task<Result<MessagePage>> pageAround(ConversationId id, MessageSeq around);
    QCoro::Task<void> move(MessageSeq around);
    void replace(const QList<StoredMessage> &messages, MessageSeq around);
    void catchUp();
    QCoro::Task<void> fetchOlder();
    QCoro::Task<void> fetchNewer();
    QCoro::Task<void> refresh();
    QCoro::Task<void> reread();
    QCoro::Task<void> fetchWhatIsMissing();
    QCoro::Task<void> fetchPeople(QList<UserId> people);
    [[nodiscard]] QVariant actionData(const StoredMessage &message, int role) const;
    void takeReread(const QList<StoredMessage> &rows);
    void removeRowsNotIn(const QList<StoredMessage> &rows, MessageSeq oldest, MessageSeq newest);
    void onChanged(const ChangeSet &changes);
    void onProgressed(qint64 localId);
    void takeTail(const QList<StoredMessage> &tail);
    [[nodiscard]] qsizetype placeOf(int row) const { return m_messages.size() - 1 - row; }
    [[nodiscard]] int rowOf(qsizetype place) const { return count() - 1 - static_cast<int>(place); }
    [[nodiscard]] bool isOwn(const StoredMessage &message) const;
    [[nodiscard]] bool isSameGroup(qsizetype older, qsizetype newer) const;
    [[nodiscard]] bool isNewDay(qsizetype place) const;
    [[nodiscard]] bool isHidden(const StoredMessage &message) const;
    /// The next place that is shown; step is 1 or -1. Outside of the messages when there is none.
    [[nodiscard]] qsizetype shownFrom(qsizetype place, int step) const;
    [[nodiscard]] qsizetype committed() const { return committed(m_messages); }
    static qsizetype committed(const QList<StoredMessage> &messages);
    static int rowFrom(const QList<StoredMessage> &messages, MessageSeq seq);
    void dropOldest();
    void dropNewest();
    void allChanged(const QList<int> &roles);

    Client &m_client;
    ConversationId m_conversation;
    ConversationSummary m_summary;
    QList<StoredMessage> m_messages; ///< Oldest first; what is queued at the end.
    MessageSeq m_firstUnread;
    QSet<qint64> m_selected;
    QSet<qint64> m_vanished;
    QSet<qint64> m_askedFor; ///< Answered messages, asked for once.
    MessageSeq m_staleAskedFor; ///< From here on, what became stale was asked for.
    QHash<UserId, Person> m_people; ///< Beside the two who talk.
    int m_rowInView = 0;
    bool m_isRereading = false;
    bool m_isRereadWanted = false;
    bool m_hasOlder = false;
    bool m_hasNewer = false;
    bool m_isLoaded = false;
    bool m_isFetching = false;
    bool m_isRefreshing = false;
    bool m_isRefreshWanted = false;
    quint64 m_generation = 0; ///< Answers for what was open before are not for now.
};

} // namespace dunlin::client
