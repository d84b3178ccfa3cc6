// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.h"
#include "local_store.h"

#include <QTimer>

#include <deque>

namespace dunlin::client {

/// Keeps the store in step with the user's update log: applies live updates that follow the cursor,
/// asks Sync otherwise, reports watermarks and the cursor. Lives on the GUI thread.
class SyncEngine : public QObject {
    Q_OBJECT
public:
    SyncEngine(LocalStore &store, Connection &connection, QObject *parent = nullptr);

    [[nodiscard]] UpdateSeq cursor() const { return m_cursor; }
    /// Online, and everything the server has told of is in the store.
    [[nodiscard]] bool isCaughtUp() const { return m_isCaughtUp; }

    /// Kept in the store at once, told to the server when it can be reached.
    QCoro::Task<Result<void>> markRead(ConversationId conversation, MessageSeq seq);

    /// Pages from the store; a gap is filled from the server first. Offline: what is there.
    QCoro::Task<Result<MessagePage>> messagesBefore(ConversationId id, MessageSeq seq, int limit);
    QCoro::Task<Result<MessagePage>> messagesAfter(ConversationId id, MessageSeq seq, int limit);
    QCoro::Task<Result<MessagePage>> messagesAround(ConversationId id, MessageSeq seq, int limit);

    /// The first message that was sent at this time or later, the last one when there is none: from
    /// the store when it is certain there, else from the server. Offline: as far as is known here.
    QCoro::Task<Result<MessageSeq>> seqFromTime(ConversationId id, qint64 timeMs);

    /// Asks the server for messages first to last, at most 200, which are not here or stale.
    /// Errors: UNAVAILABLE offline, the server's.
    QCoro::Task<Result<void>> refresh(ConversationId id, MessageSeq first, MessageSeq last);

Q_SIGNALS:
    void caughtUpChanged();

private:
    void onFrame(const v1::ServerFrame &frame);
    void onNewestUpdate(UpdateSeq newest);
    QCoro::Task<void> begin();
    QCoro::Task<void> pump();
    QCoro::Task<bool> syncOnce();
    QCoro::Task<bool> applySnapshotPage(v1::SyncPage page);
    QCoro::Task<bool> applyLive();
    void advance(UpdateSeq cursor);
    QCoro::Task<void> acknowledge();
    QCoro::Task<void> flushWatermarks();
    QCoro::Task<Result<void>> fetch(v1::GetHistory query);
    using ReadPage = std::function<QCoro::Task<Result<MessagePage>>(LocalStore &)>;
    /// nullopt: nothing is missing.
    using MissingPart = std::function<std::optional<v1::GetHistory>(const MessagePage &)>;
    QCoro::Task<Result<MessagePage>> filled(ReadPage read, MissingPart missing);
    [[nodiscard]] bool isOnline() const;
    void updateCaughtUp();

    LocalStore &m_store;
    Connection &m_connection;
    UpdateSeq m_cursor;
    UpdateSeq m_acknowledged;
    UpdateSeq m_newestKnown;
    QString m_snapshotToken;
    bool m_isReady = false; ///< The cursor has been read since the last sign-in.
    bool m_isSyncWanted = false;
    bool m_isPumping = false;
    bool m_isFlushing = false;
    bool m_isFlushWanted = false;
    bool m_isCaughtUp = false;
    int m_storesBegun = 0; ///< Goes up when the store is begun anew: answers from before are void.
    std::deque<v1::LiveUpdates> m_live;
    QTimer m_acknowledgeTimer;
    QTimer m_watermarkTimer;
    QTimer m_retryTimer;
};

} // namespace dunlin::client
