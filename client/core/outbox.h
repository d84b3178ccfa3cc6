// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.h"
#include "local_store.h"

#include <QSet>

namespace dunlin::client {

/// What the user sent, until the server has it. Each conversation in order, one message on its way
/// at a time: were there two, the first could be refused for a moment and the second not. The same
/// client id each time. Lives on the GUI thread.
class Outbox : public QObject {
    Q_OBJECT
public:
    Outbox(LocalStore &store, Connection &connection, QObject *parent = nullptr);

    /// Durable when done. Errors: MESSAGE_EMPTY, MESSAGE_TOO_LONG, INVALID_ARGUMENT, INTERNAL (keep
    /// the text!).
    QCoro::Task<Result<qint64>> queue(ConversationId conversation, QString text);
    QCoro::Task<Result<void>> retry(qint64 localId);
    QCoro::Task<Result<void>> discard(qint64 localId);
    /// Sends what waits.
    void wake();

private:
    QCoro::Task<void> pump();
    QCoro::Task<void> sendConversation(ConversationId conversation, QList<OutboxRow> rows);
    QCoro::Task<bool> sendOne(OutboxRow row);

    LocalStore &m_store;
    Connection &m_connection;
    QSet<ConversationId> m_sending;
    bool m_isPumping = false;
    bool m_isWakeWanted = false;
    int m_failures = 0;
    QTimer m_retryTimer;
};

} // namespace dunlin::client
