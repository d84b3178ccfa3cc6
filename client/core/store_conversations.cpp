// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"
#include "store_database.h"

namespace dunlin::client {

QList<ConversationSummary> StoreDatabase::conversations(ConversationId only)
{
    // Each subquery and join is one look-up in a primary key or unique index per conversation.
    // Unread are messages of others: all from first_seq on, and before it those that are here.
    auto query = run(QLatin1String(R"(
        SELECT c.conversation_id, c.peer_id, p.user_name, p.display_name, p.about, p.avatar_color,
               c.last_seq, coalesce(o.text, m.text), m.sender_id,
               coalesce(o.created_at_ms, m.sent_at_ms, 0), c.local_read, c.own_delivered,
               c.peer_delivered, c.peer_read,
               max(0, c.last_seq - max(c.local_read, c.first_seq - 1) - (
                   SELECT count(*) FROM messages s WHERE s.conversation_id = c.conversation_id
                   AND s.seq > max(c.local_read, c.first_seq - 1) AND s.sender_id = ?)) + (
                   SELECT count(*) FROM messages s WHERE s.conversation_id = c.conversation_id
                   AND s.seq > c.local_read AND s.seq < c.first_seq AND s.sender_id <> ?),
               c.is_pinned, c.muted_until_ms, d.text, c.created_at_ms, o.local_id, o.state,
               p.avatar_blob_id, coalesce(o.images, m.images), coalesce(m.seq, 0),
               coalesce(m.is_deleted, 0), d.reply_to_seq,
               c.until_delivered, c.retention_days, coalesce(p.is_deleted, 0)
        FROM conversations c
        LEFT JOIN people p ON p.user_id = c.peer_id
        LEFT JOIN messages m ON m.conversation_id = c.conversation_id AND m.seq = (
            SELECT s.seq FROM messages s WHERE s.conversation_id = c.conversation_id
            AND s.is_hidden = 0 ORDER BY s.seq DESC LIMIT 1)
        LEFT JOIN drafts d ON d.conversation_id = c.conversation_id
        LEFT JOIN outbox o ON o.local_id = (
            SELECT max(local_id) FROM outbox WHERE conversation_id = c.conversation_id)
        WHERE ? = 0 OR c.conversation_id = ?
        ORDER BY c.is_pinned DESC, max(coalesce(o.created_at_ms, 0), coalesce(m.sent_at_ms, 0),
                                       c.created_at_ms) DESC, c.conversation_id DESC)"),
                     {sqlValue(selfId()), sqlValue(selfId()), sqlValue(only), sqlValue(only)});
    QList<ConversationSummary> found;
    while (query.next()) {
        ConversationSummary summary;
        summary.id = idAt<ConversationId>(query, 0);
        summary.peer = {.id = idAt<UserId>(query, 1),
                        .userName = query.value(2).toString(),
                        .displayName = query.value(3).toString(),
                        .about = query.value(4).toString(),
                        .avatarColor = query.value(5).toInt(),
                        .avatarBlobId = query.value(21).toString(),
                        .isDeleted = query.value(28).toBool()};
        summary.lastSeq = idAt<MessageSeq>(query, 6);
        summary.previewText = query.value(7).toString();
        summary.previewImages = int(decodeImages(query.value(22).toByteArray()).size());
        const bool isQueuedLast = !query.value(19).isNull();
        summary.previewSeq = isQueuedLast ? MessageSeq{} : idAt<MessageSeq>(query, 23);
        summary.isPreviewDeleted = !isQueuedLast && query.value(24).toBool();
        summary.previewSender = isQueuedLast ? m_self : idAt<UserId>(query, 8);
        if (isQueuedLast)
            summary.previewState = SendState(query.value(20).toInt());
        summary.previewAtMs = query.value(9).toLongLong();
        summary.ownReadSeq = idAt<MessageSeq>(query, 10);
        summary.ownDeliveredSeq = idAt<MessageSeq>(query, 11);
        summary.peerDeliveredSeq = idAt<MessageSeq>(query, 12);
        summary.peerReadSeq = idAt<MessageSeq>(query, 13);
        summary.unread = std::max(0, query.value(14).toInt());
        summary.isPinned = query.value(15).toBool();
        summary.mutedUntilMs = query.value(16).toLongLong();
        summary.draft = {.text = query.value(17).toString(),
                         .replyTo = idAt<MessageSeq>(query, 25)};
        summary.lastActivityMs = std::max(summary.previewAtMs, query.value(18).toLongLong());
        summary.retention = {.untilDelivered = query.value(26).toBool(),
                             .days = query.value(27).toInt()};
        if (only)
            summary.pinned = pinned(only);
        found.append(summary);
    }
    return found;
}

QList<MessageSeq> StoreDatabase::pinned(ConversationId id)
{
    auto query = run(QLatin1String("SELECT seq FROM pins WHERE conversation_id = ? ORDER BY seq"),
                     {sqlValue(id)});
    QList<MessageSeq> seqs;
    while (query.next())
        seqs.append(idAt<MessageSeq>(query, 0));
    return seqs;
}

Person StoreDatabase::person(UserId id)
{
    auto query = run(QLatin1String("SELECT user_name, display_name, about, avatar_color,"
                                   " avatar_blob_id, is_deleted FROM people WHERE user_id = ?"),
                     {sqlValue(id)});
    if (!query.next())
        return {};
    return {.id = id,
            .userName = query.value(0).toString(),
            .displayName = query.value(1).toString(),
            .about = query.value(2).toString(),
            .avatarColor = query.value(3).toInt(),
            .avatarBlobId = query.value(4).toString(),
            .isDeleted = query.value(5).toBool()};
}

void StoreDatabase::setDraft(ConversationId id, const Draft &draft)
{
    run(QLatin1String("INSERT OR REPLACE INTO drafts"
                      " (conversation_id, text, reply_to_seq, is_pending) VALUES (?, ?, ?, 1)"),
        {sqlValue(id), draft.text, sqlValue(draft.replyTo)});
    touch(id);
}

/// Of another device. What was written here since and not told yet is newer.
void StoreDatabase::applyDraft(ConversationId id, const Draft &draft)
{
    ensureConversation(id);
    if (draft.isEmpty())
        run(QLatin1String("DELETE FROM drafts WHERE conversation_id = ? AND is_pending = 0"),
            {sqlValue(id)});
    else
        run(QLatin1String("INSERT INTO drafts (conversation_id, text, reply_to_seq, is_pending)"
                          " VALUES (?, ?, ?, 0) ON CONFLICT (conversation_id) DO UPDATE SET"
                          " text = excluded.text, reply_to_seq = excluded.reply_to_seq"
                          " WHERE is_pending = 0"),
            {sqlValue(id), draft.text, sqlValue(draft.replyTo)});
}

QList<PendingDraft> StoreDatabase::pendingDrafts()
{
    auto query = run(QLatin1String("SELECT conversation_id, text, reply_to_seq FROM drafts"
                                   " WHERE is_pending = 1"));
    QList<PendingDraft> drafts;
    while (query.next())
        drafts.append({.conversation = idAt<ConversationId>(query, 0),
                       .draft = {.text = query.value(1).toString(),
                                 .replyTo = idAt<MessageSeq>(query, 2)}});
    return drafts;
}

void StoreDatabase::confirmDraft(const PendingDraft &sent)
{
    const QVariantList values{sqlValue(sent.conversation), sent.draft.text,
                              sqlValue(sent.draft.replyTo)};
    run(QLatin1String(sent.draft.isEmpty()
                              ? "DELETE FROM drafts WHERE conversation_id = ? AND text = ?"
                                " AND reply_to_seq = ?"
                              : "UPDATE drafts SET is_pending = 0 WHERE conversation_id = ?"
                                " AND text = ? AND reply_to_seq = ?"),
        values);
}

void StoreDatabase::applySettings(ConversationId id, const v1::ConversationSettings &settings)
{
    ensureConversation(id);
    run(QLatin1String("UPDATE conversations SET server_is_pinned = ?, server_muted_until_ms = ?"
                      " WHERE conversation_id = ?"),
        {settings.is_pinned(), sqlValue(settings.muted_until_ms()), sqlValue(id)});
    showSettings(id);
}

/// What the server has, and over it what was chosen here and the server does not know yet.
void StoreDatabase::showSettings(ConversationId id)
{
    run(QLatin1String("UPDATE conversations SET is_pinned = server_is_pinned,"
                      " muted_until_ms = server_muted_until_ms WHERE conversation_id = ?"),
        {sqlValue(id)});
    for (const v1::ClientFrame &request : actionsOn(id)) {
        if (request.has_change_conversation_settings())
            choose(id, request.change_conversation_settings());
    }
    touch(id);
}

void StoreDatabase::markRead(ConversationId id, MessageSeq seq)
{
    auto query = run(QLatin1String("UPDATE conversations SET local_read = min(last_seq, ?)"
                                   " WHERE conversation_id = ? AND local_read < min(last_seq, ?)"),
                     {sqlValue(seq), sqlValue(id), sqlValue(seq)});
    if (query.numRowsAffected() > 0)
        touch(id);
}

QList<PendingWatermark> StoreDatabase::pendingWatermarks()
{
    auto query = run(QLatin1String("SELECT conversation_id, max(synced_seq, own_delivered),"
                                   " local_read FROM conversations"
                                   " WHERE synced_seq > own_delivered OR local_read > own_read"));
    QList<PendingWatermark> marks;
    while (query.next())
        marks.append({.conversation = idAt<ConversationId>(query, 0),
                      .delivered = idAt<MessageSeq>(query, 1),
                      .read = idAt<MessageSeq>(query, 2)});
    return marks;
}

void StoreDatabase::confirmWatermark(const PendingWatermark &mark)
{
    run(QLatin1String("UPDATE conversations SET own_delivered = max(own_delivered, ?),"
                      " own_read = max(own_read, ?) WHERE conversation_id = ?"),
        {sqlValue(mark.delivered), sqlValue(mark.read), sqlValue(mark.conversation)});
}

} // namespace dunlin::client
