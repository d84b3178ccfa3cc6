// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"
#include "store_database.h"

#include <QDateTime>

namespace dunlin::client {

void StoreDatabase::queueAction(const v1::ClientFrame &request)
{
    applyHere(request);
    const QByteArray bytes = QByteArray::fromStdString(request.SerializeAsString());
    run(QLatin1String("INSERT INTO actions (conversation_id, request) VALUES (?, ?)"),
        {sqlValue(conversationOf(request)), bytes});
}

QList<PendingAction> StoreDatabase::actions()
{
    auto query = run(QLatin1String("SELECT action_id, request FROM actions ORDER BY action_id"));
    QList<PendingAction> found;
    while (query.next()) {
        PendingAction action{.id = query.value(0).toLongLong()};
        const QByteArray bytes = query.value(1).toByteArray();
        if (action.request.ParseFromArray(bytes.constData(), static_cast<int>(bytes.size())))
            found.append(action);
    }
    return found;
}

void StoreDatabase::finishAction(qint64 actionId)
{
    run(QLatin1String("DELETE FROM actions WHERE action_id = ?"), {actionId});
}

void StoreDatabase::refuseAction(const PendingAction &action)
{
    finishAction(action.id);
    const ConversationId id = conversationOf(action.request);
    for (const MessageSeq seq : seqsOf(action.request)) {
        run(QLatin1String("UPDATE messages SET epoch = -1 WHERE conversation_id = ? AND seq = ?"),
            {sqlValue(id), sqlValue(seq)});
    }
    if (action.request.has_pin_message())
        setPinned(id, MessageSeq{action.request.pin_message().seq()},
                  !action.request.pin_message().is_pinned());
    if (action.request.has_change_conversation_settings())
        showSettings(id);
    touchMessages(id);
}

/// As it will be once the server has done it.
void StoreDatabase::applyHere(const v1::ClientFrame &request)
{
    const ConversationId id = conversationOf(request);
    if (request.has_edit_message()) {
        const auto &edit = request.edit_message();
        run(QLatin1String("UPDATE messages SET text = ?, edited_at_ms = ?"
                          " WHERE conversation_id = ? AND seq = ? AND text <> ?"),
            {toQString(edit.text()), QDateTime::currentMSecsSinceEpoch(), sqlValue(id),
             sqlValue(edit.seq()), toQString(edit.text())});
    } else if (request.has_delete_messages() && request.delete_messages().for_everyone()) {
        deleteForEveryone(id, request.delete_messages().seqs());
    } else if (request.has_delete_messages()) {
        hide(id, request.delete_messages().seqs());
    } else if (request.has_set_reaction()) {
        react(request.set_reaction());
    } else if (request.has_pin_message()) {
        setPinned(id, MessageSeq{request.pin_message().seq()}, request.pin_message().is_pinned());
    } else if (request.has_change_conversation_settings()) {
        choose(id, request.change_conversation_settings());
        return; // no message is another
    }
    touchMessages(id);
}

void StoreDatabase::choose(ConversationId id, const v1::ChangeConversationSettings &change)
{
    if (change.has_is_pinned())
        run(QLatin1String("UPDATE conversations SET is_pinned = ? WHERE conversation_id = ?"),
            {change.is_pinned(), sqlValue(id)});
    else
        run(QLatin1String("UPDATE conversations SET muted_until_ms = ? WHERE conversation_id = ?"),
            {sqlValue(change.muted_until_ms()), sqlValue(id)});
    touch(id);
}

QList<v1::ClientFrame> StoreDatabase::actionsOn(ConversationId id)
{
    auto query = run(QLatin1String("SELECT request FROM actions WHERE conversation_id = ?"
                                   " ORDER BY action_id"),
                     {sqlValue(id)});
    QList<v1::ClientFrame> found;
    while (query.next()) {
        v1::ClientFrame request;
        const QByteArray bytes = query.value(0).toByteArray();
        if (request.ParseFromArray(bytes.constData(), static_cast<int>(bytes.size())))
            found.append(std::move(request));
    }
    return found;
}

/// What was done here and the server has not done yet stays to be seen, whatever the server tells
/// of the message meanwhile.
void StoreDatabase::repeatActions(ConversationId id, MessageSeq seq)
{
    for (const v1::ClientFrame &request : actionsOn(id)) {
        if (seqsOf(request).contains(seq))
            applyHere(request);
    }
}

void StoreDatabase::hide(ConversationId id, const Seqs &seqs)
{
    for (const std::int64_t seq : seqs) {
        run(QLatin1String("UPDATE messages SET is_hidden = 1, text = '', images = x'',"
                          " reactions = x'' WHERE conversation_id = ? AND seq = ?"),
            {sqlValue(id), sqlValue(seq)});
    }
    touchMessages(id);
}

void StoreDatabase::deleteForEveryone(ConversationId id, const Seqs &seqs)
{
    for (const std::int64_t seq : seqs) {
        run(QLatin1String("UPDATE messages SET is_deleted = 1, text = '', images = x'',"
                          " reactions = x'', edited_at_ms = 0, reply_to_seq = 0,"
                          " forwarded_from = 0 WHERE conversation_id = ? AND seq = ?"),
            {sqlValue(id), sqlValue(seq)});
        setPinned(id, MessageSeq{seq}, false);
    }
    touchMessages(id);
}

void StoreDatabase::setPinned(ConversationId id, MessageSeq seq, bool isPinned)
{
    run(QLatin1String(isPinned ? "INSERT OR IGNORE INTO pins (conversation_id, seq) VALUES (?, ?)"
                               : "DELETE FROM pins WHERE conversation_id = ? AND seq = ?"),
        {sqlValue(id), sqlValue(seq)});
    touch(id);
}

void StoreDatabase::react(const v1::SetReaction &reaction)
{
    const QVariantList place{sqlValue(reaction.conversation_id()), sqlValue(reaction.seq())};
    auto query = run(QLatin1String("SELECT reactions FROM messages"
                                   " WHERE conversation_id = ? AND seq = ?"),
                     place);
    if (!query.next())
        return;
    WireReactions kept;
    for (const v1::Reaction &other : decodeReactions(query.value(0).toByteArray())) {
        if (other.user_id() != selfId())
            *kept.Add() = other;
    }
    if (!reaction.emoji().empty()) {
        v1::Reaction &own = *kept.Add();
        own.set_user_id(selfId());
        own.set_emoji(reaction.emoji());
    }
    run(QLatin1String("UPDATE messages SET reactions = ? WHERE conversation_id = ? AND seq = ?"),
        {encodeReactions(kept), place[0], place[1]});
}

void StoreDatabase::touchMessages(ConversationId id)
{
    touch(id);
    if (!m_changes.changedMessages.contains(id))
        m_changes.changedMessages.append(id);
}

} // namespace dunlin::client
