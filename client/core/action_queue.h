// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.h"
#include "local_store.h"
#include "retry_timer.h"
#include "sync_engine.h"

namespace dunlin::client {

/// What the user does to messages that are sent: edits, deletions, reactions, pins; what is chosen
/// for a conversation, and drafts.
/// Seen at once and kept in the store until the server has done it, in order, one at a time, over
/// lost links and restarts. What the server refuses is taken back. Lives on the GUI thread.
class ActionQueue : public QObject {
    Q_OBJECT
public:
    ActionQueue(LocalStore &store, Connection &connection, SyncEngine &sync,
                QObject *parent = nullptr);

    /// All of these are durable when done. Errors: INTERNAL; edit() also MESSAGE_TOO_LONG.
    QCoro::Task<Result<void>> edit(ConversationId id, MessageSeq seq, QString text);
    /// forEveryone: own messages only.
    QCoro::Task<Result<void>> remove(ConversationId id, QList<MessageSeq> seqs, bool forEveryone);
    /// Empty: takes the reaction back.
    QCoro::Task<Result<void>> react(ConversationId id, MessageSeq seq, QString emoji);
    QCoro::Task<Result<void>> pin(ConversationId id, MessageSeq seq, bool isPinned);
    /// To the top of the user's list.
    QCoro::Task<Result<void>> pinConversation(ConversationId id, bool isPinned);
    /// untilMs: 0 not muted, the largest qint64 until unmuted.
    QCoro::Task<Result<void>> mute(ConversationId id, qint64 untilMs);
    /// On each change that is to be kept; the server is told some seconds later.
    QCoro::Task<Result<void>> saveDraft(ConversationId id, Draft draft);

Q_SIGNALS:
    /// The server said no; what was shown is what it was again.
    void refused(dunlin::ConversationId conversation, dunlin::ErrorCode code);

private:
    QCoro::Task<Result<void>> queue(v1::ClientFrame request);
    QCoro::Task<void> pump();
    QCoro::Task<bool> sendActions();
    QCoro::Task<bool> sendDrafts();
    QCoro::Task<bool> takeBack(PendingAction action, ErrorCode code);
    void wake();

    LocalStore &m_store;
    Connection &m_connection;
    SyncEngine &m_sync;
    bool m_isPumping = false;
    bool m_isWakeWanted = false;
    bool m_isDraftWanted = true;
    QTimer m_draftTimer;
    RetryTimer m_retryTimer;
};

} // namespace dunlin::client
