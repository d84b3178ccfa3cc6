// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"
#include "store_database.h"

#include <QDateTime>

namespace dunlin::client {

OutboxRow StoreDatabase::queue(ConversationId id, const QString &text, const QList<Image> &images,
                               const References &references)
{
    const bool isForwarded = bool(references.forwardedSeq);
    OutboxRow row;
    row.references = references;
    if (isForwarded)
        row.forwardedFrom = authorOf(references.forwardedConversation, references.forwardedSeq);
    row.conversation = id;
    row.clientId = ClientId::random();
    row.text = text;
    row.images = images;
    row.isUploaded = images.isEmpty() || isForwarded;
    row.createdAtMs = QDateTime::currentMSecsSinceEpoch();
    WireImages wire;
    fill(wire, images);
    auto query = run(QLatin1String("INSERT INTO outbox (conversation_id, client_id, text, images,"
                                   " created_at_ms, state, failure_code, reply_to_seq,"
                                   " forwarded_conversation, forwarded_seq, forwarded_from)"
                                   " VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?)"),
                     {sqlValue(id), toByteArray(row.clientId), text, encodeImages(wire),
                      row.createdAtMs, int(SendState::Queued), sqlValue(references.replyTo),
                      sqlValue(references.forwardedConversation), sqlValue(references.forwardedSeq),
                      sqlValue(row.forwardedFrom)});
    row.localId = query.lastInsertId().toLongLong();
    if (!isForwarded)
        addTransfers(row.localId, images);
    touch(id);
    return row;
}

QList<OutboxRow> StoreDatabase::outbox(ConversationId only)
{
    auto query = run(QLatin1String("SELECT local_id, conversation_id, client_id, text,"
                                   " created_at_ms, state, failure_code, images, reply_to_seq,"
                                   " forwarded_conversation, forwarded_seq, forwarded_from"
                                   " FROM outbox"
                                   " WHERE ? = 0 OR conversation_id = ? ORDER BY local_id"),
                     {sqlValue(only), sqlValue(only)});
    QList<OutboxRow> rows;
    while (query.next()) {
        OutboxRow row;
        row.localId = query.value(0).toLongLong();
        row.conversation = idAt<ConversationId>(query, 1);
        const auto clientId = query.value(2).toByteArray();
        row.clientId = ClientId::fromBytes(clientId.toStdString()).value_or(ClientId{});
        row.text = query.value(3).toString();
        row.createdAtMs = query.value(4).toLongLong();
        row.state = SendState(query.value(5).toInt());
        row.failureCode = query.value(6).toString();
        row.images = decodeImages(query.value(7).toByteArray());
        row.references = {.replyTo = idAt<MessageSeq>(query, 8),
                          .forwardedConversation = idAt<ConversationId>(query, 9),
                          .forwardedSeq = idAt<MessageSeq>(query, 10)};
        row.forwardedFrom = idAt<UserId>(query, 11);
        row.isUploaded = row.images.isEmpty() || row.references.forwardedSeq
                || fillTransfers(row.localId, row.images);
        rows.append(row);
    }
    return rows;
}

QList<StoredMessage> StoreDatabase::queuedMessages(ConversationId id)
{
    QList<StoredMessage> messages;
    for (const auto &row : outbox(id)) {
        StoredMessage message;
        message.conversation = row.conversation;
        message.sender = m_self;
        message.sentAtMs = row.createdAtMs;
        message.text = row.text;
        message.images = row.images;
        message.clientId = row.clientId;
        message.state = row.state;
        message.failureCode = row.failureCode;
        message.localId = row.localId;
        message.forwardedFrom = row.forwardedFrom;
        message.quote = quoteOf(row.conversation, row.references.replyTo);
        messages.append(message);
    }
    return messages;
}

void StoreDatabase::markSent(const OutboxRow &row, const v1::MessagePosted &posted)
{
    v1::Message message;
    message.set_conversation_id(row.conversation.value);
    message.set_seq(posted.seq());
    message.set_message_id(posted.message_id());
    message.set_sender_id(selfId());
    message.set_sent_at_ms(posted.sent_at_ms());
    message.set_text(row.text.toStdString());
    message.set_client_id(row.clientId.toBytes());
    fill(*message.mutable_images(), row.images);
    message.set_reply_to_seq(row.references.replyTo.value);
    message.set_forwarded_from(row.forwardedFrom.value);
    addMessage(message);
    raiseLastSeq(row.conversation, MessageSeq{posted.seq()}, false);
}

Quote StoreDatabase::quoteOf(ConversationId id, MessageSeq seq)
{
    if (!seq)
        return {};
    const auto found = messagesBetween(id, seq, seq);
    if (found.isEmpty())
        return {.seq = seq, .isRemoved = seq < firstSeq(id)};
    const StoredMessage &message = found.first();
    return {.seq = seq,
            .isKnown = true,
            .isDeleted = message.isDeleted || message.isHidden,
            .sender = message.sender,
            .text = message.text,
            .images = message.images};
}

UserId StoreDatabase::authorOf(ConversationId id, MessageSeq seq)
{
    const auto found = messagesBetween(id, seq, seq);
    if (found.isEmpty())
        return {};
    return found.first().forwardedFrom ? found.first().forwardedFrom : found.first().sender;
}

void StoreDatabase::touchOutboxRow(qint64 localId)
{
    auto query =
            run(QLatin1String("SELECT conversation_id FROM outbox WHERE local_id = ?"), {localId});
    if (query.next())
        touch(idAt<ConversationId>(query, 0));
}

void StoreDatabase::setState(qint64 localId, SendState state, const QString &failureCode)
{
    touchOutboxRow(localId);
    run(QLatin1String("UPDATE outbox SET state = ?, failure_code = ? WHERE local_id = ?"),
        {int(state), failureCode, localId});
}

void StoreDatabase::discard(qint64 localId)
{
    touchOutboxRow(localId);
    run(QLatin1String("DELETE FROM outbox WHERE local_id = ?"), {localId});
}

} // namespace dunlin::client
