// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.h"
#include "local_store.h"
#include "retry_timer.h"
#include "uploader.h"

#include <QSet>

namespace dunlin::client {

/// What the user sent, until the server has it. Each conversation in order, one message on its way
/// at a time: were there two, the first could be refused for a moment and the second not. A message
/// with pictures takes its turn once they are uploaded, and what was written after it does not wait
/// for that. The same client id each time. Lives on the GUI thread.
class Outbox : public QObject {
    Q_OBJECT
public:
    Outbox(LocalStore &store, Connection &connection, Uploader &uploader,
           QObject *parent = nullptr);

    /// Durable when done. The images' files are moved into the outbox. Errors: MESSAGE_EMPTY,
    /// MESSAGE_TOO_LONG, INVALID_ARGUMENT, INVALID_IMAGE (a file is gone), STORAGE_FULL (the disk
    /// here), INTERNAL (keep text and files, which are where they were!).
    QCoro::Task<Result<qint64>> queue(ConversationId conversation, QString text,
                                      QList<Image> images = {}, References references = {});
    /// Sends a message's words and pictures on. Durable when done. Errors: MESSAGE_NOT_FOUND,
    /// INTERNAL.
    QCoro::Task<Result<qint64>> forward(ConversationId to, ConversationId from, MessageSeq seq);
    QCoro::Task<Result<void>> retry(qint64 localId);
    /// Takes a message back that is not sent yet.
    QCoro::Task<Result<void>> discard(qint64 localId);
    /// Sends what waits.
    void wake();

private:
    QCoro::Task<void> pump();
    QCoro::Task<void> sendConversation(ConversationId conversation, QList<OutboxRow> rows);
    QCoro::Task<bool> sendOne(OutboxRow row);
    Result<void> takeFiles(QList<Image> &images) const;
    static void giveBackFiles(const QList<Image> &taken, const QList<Image> &given);
    bool uploadAgain(const OutboxRow &row, const Error &error);

    LocalStore &m_store;
    Connection &m_connection;
    Uploader &m_uploader;
    QSet<qint64> m_uploadedAgain;
    QSet<qint64> m_discarded;
    QSet<ConversationId> m_sending;
    bool m_isPumping = false;
    bool m_isWakeWanted = false;
    RetryTimer m_retryTimer;
};

} // namespace dunlin::client
