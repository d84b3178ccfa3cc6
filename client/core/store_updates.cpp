// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"
#include "store_database.h"

namespace dunlin::client {

void StoreDatabase::apply(const v1::Update &update)
{
    switch (update.event_case()) {
    case v1::Update::kMessageAdded: {
        const auto &message = update.message_added();
        addMessage(message);
        raiseLastSeq(ConversationId{message.conversation_id()}, MessageSeq{message.seq()}, true);
        break;
    }
    case v1::Update::kWatermarkRaised:
        applyWatermark(ConversationId{update.watermark_raised().conversation_id()},
                       update.watermark_raised().watermark());
        break;
    case v1::Update::kConversationAdded:
        apply(update.conversation_added());
        break;
    case v1::Update::kSettingsChanged:
        applySettings(ConversationId{update.settings_changed().conversation_id()},
                      update.settings_changed().settings());
        break;
    case v1::Update::kProfileChanged:
        putPerson(toPerson(update.profile_changed()));
        break;
    case v1::Update::kMessageChanged:
        changeMessage(update.message_changed());
        break;
    case v1::Update::kMessagesHidden:
        hide(ConversationId{update.messages_hidden().conversation_id()},
             update.messages_hidden().seqs());
        break;
    case v1::Update::kDraftChanged:
        applyDraft(ConversationId{update.draft_changed().conversation_id()},
                   toDraft(update.draft_changed().draft()));
        break;
    case v1::Update::kPrivacyChanged:
        setMeta(privacyKey, encodePrivacy(toPrivacy(update.privacy_changed())));
        touch(m_self);
        break;
    case v1::Update::kRetentionChanged:
        apply(update.retention_changed());
        break;
    case v1::Update::EVENT_NOT_SET:
        break; // of a newer server
    }
}

void StoreDatabase::apply(const v1::Conversation &conversation)
{
    const ConversationId id{conversation.conversation_id()};
    ensureConversation(id);
    UserId peer = m_self;
    for (const auto &member : conversation.members()) {
        putPerson(toPerson(member));
        if (member.user_id() != selfId())
            peer = UserId{member.user_id()};
    }
    run(QLatin1String("UPDATE conversations SET peer_id = ?, created_at_ms = ?"
                      " WHERE conversation_id = ?"),
        {sqlValue(peer), sqlValue(conversation.created_at_ms()), sqlValue(id)});
    if (conversation.first_seq() > 0) {
        v1::RetentionChanged retention;
        retention.set_conversation_id(id.value);
        *retention.mutable_retention() = conversation.retention();
        retention.set_first_seq(conversation.first_seq());
        retention.set_expired_before_ms(conversation.expired_before_ms());
        apply(retention);
    }
    if (conversation.has_last_message())
        addMessage(conversation.last_message());
    raiseLastSeq(id, MessageSeq{conversation.last_seq()}, true);
    for (const auto &mark : conversation.watermarks())
        applyWatermark(id, mark);
    applySettings(id, conversation.settings());
    run(QLatin1String("DELETE FROM pins WHERE conversation_id = ?"), {sqlValue(id)});
    for (const std::int64_t seq : conversation.pinned_seqs())
        setPinned(id, MessageSeq{seq}, true);
    applyDraft(id, toDraft(conversation.draft()));
}

/// One whose time has passed is not kept. A message that is here already stays as it is, as the log
/// of changes keeps it true, unless the log was left behind since.
void StoreDatabase::addMessage(const v1::Message &message)
{
    putMessage(message, false);
}

void StoreDatabase::changeMessage(const v1::Message &message)
{
    const ConversationId id{message.conversation_id()};
    const MessageSeq seq{message.seq()};
    putMessage(message, true);
    setPinned(id, seq, message.is_pinned());
    touchMessages(id);
    repeatActions(id, seq);
}

void StoreDatabase::putMessage(const v1::Message &message, bool isNewer)
{
    const ConversationId id{message.conversation_id()};
    ensureConversation(id);
    const auto clientId = QByteArray::fromStdString(message.client_id());
    // Another one at this place was lost with the database of a server that was restored.
    run(QLatin1String("DELETE FROM messages"
                      " WHERE conversation_id = ? AND seq = ? AND message_id <> ?"),
        {sqlValue(id), sqlValue(message.seq()), sqlValue(message.message_id())});
    auto put = run(
            QLatin1String("INSERT INTO messages (conversation_id, seq, message_id, sender_id,"
                          " sent_at_ms, text, client_id, images, edited_at_ms, is_deleted,"
                          " is_hidden, reply_to_seq, forwarded_from, reactions, epoch)"
                          " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
                          " FROM conversations"
                          " WHERE conversation_id = ? AND expired_before_ms <= ?"
                          " ON CONFLICT (conversation_id, seq) DO UPDATE SET text = excluded.text,"
                          " images = excluded.images, edited_at_ms = excluded.edited_at_ms,"
                          " is_deleted = excluded.is_deleted, is_hidden = excluded.is_hidden,"
                          " reply_to_seq = excluded.reply_to_seq,"
                          " forwarded_from = excluded.forwarded_from,"
                          " reactions = excluded.reactions, epoch = excluded.epoch"
                          " WHERE ? OR messages.epoch < excluded.epoch"),
            {sqlValue(id), sqlValue(message.seq()), sqlValue(message.message_id()),
             sqlValue(message.sender_id()), sqlValue(message.sent_at_ms()),
             toQString(message.text()), clientId.isNull() ? QByteArray("") : clientId,
             encodeImages(message.images()), sqlValue(message.edited_at_ms()), message.is_deleted(),
             message.is_hidden(), sqlValue(message.reply_to_seq()),
             sqlValue(message.forwarded_from()), encodeReactions(message.reactions()), m_epoch,
             sqlValue(id), sqlValue(message.sent_at_ms()), isNewer});
    if (put.numRowsAffected() > 0 && message.is_pinned())
        setPinned(id, MessageSeq{message.seq()}, true);
    if (message.sender_id() == selfId()) {
        run(QLatin1String("DELETE FROM outbox WHERE client_id = ?"), {clientId});
    } else {
        run(QLatin1String("UPDATE conversations SET peer_id = ?"
                          " WHERE conversation_id = ? AND peer_id = 0"),
            {sqlValue(message.sender_id()), sqlValue(id)});
    }
    touch(id);
}

void StoreDatabase::putPerson(const Person &person)
{
    const bool isNewlyDeleted = person.isDeleted && !this->person(person.id).isDeleted;
    run(QLatin1String("INSERT OR REPLACE INTO people (user_id, user_name, display_name, about,"
                      " avatar_color, avatar_blob_id, is_deleted) VALUES (?, ?, ?, ?, ?, ?, ?)"),
        {sqlValue(person.id), person.userName, person.displayName, person.about, person.avatarColor,
         person.avatarBlobId, person.isDeleted});
    touch(person.id);
    if (isNewlyDeleted)
        eraseMessagesOf(person.id);
}

/// As the server does with what a deleted account wrote. All that is here is looked through, once.
void StoreDatabase::eraseMessagesOf(UserId sender)
{
    auto found = run(QLatin1String("SELECT conversation_id, seq, images FROM messages"
                                   " WHERE sender_id = ? AND is_deleted = 0"),
                     {sqlValue(sender)});
    QHash<ConversationId, Seqs> seqs;
    while (found.next()) {
        seqs[idAt<ConversationId>(found, 0)].Add(found.value(1).toLongLong());
        noteGone(decodeImages(found.value(2).toByteArray()));
    }
    found.finish();
    for (auto one = seqs.cbegin(); one != seqs.cend(); ++one)
        deleteForEveryone(one.key(), one.value());
}

/// Their files are not needed any more.
void StoreDatabase::noteGone(const QList<Image> &images)
{
    for (const Image &image : images) {
        m_changes.goneBlobs += image.blobId;
        if (!image.thumbnailBlobId.isEmpty())
            m_changes.goneBlobs += image.thumbnailBlobId;
    }
}

/// Whatever is here of messages may be old: changes of them were missed.
void StoreDatabase::beginEpoch()
{
    ++m_epoch;
    setMeta(QStringLiteral("epoch"), QString::number(m_epoch));
}

/// A server whose database was restored from a backup has heard of less than it had confirmed, and
/// gives the same places to other messages. What this device had beyond goes: nobody else will ever
/// see it there, and what it was told about later messages would count for those. What is gone too
/// much is fetched again when it is looked at.
void StoreDatabase::rewind(const v1::Conversation &snapshot)
{
    const QVariant id = sqlValue(ConversationId{snapshot.conversation_id()});
    // What a peer has read is the server's word alone, at any time.
    run(QLatin1String("UPDATE conversations SET peer_delivered = 0, peer_read = 0"
                      " WHERE conversation_id = ?"),
        {id});
    std::int64_t delivered = 0;
    std::int64_t read = 0;
    for (const auto &mark : snapshot.watermarks()) {
        if (mark.user_id() == selfId()) {
            read = mark.read_seq();
            delivered = std::max(mark.delivered_seq(), read);
        }
    }
    const QVariant last = sqlValue(snapshot.last_seq());
    auto rewound =
            run(QLatin1String("UPDATE conversations SET last_seq = min(last_seq, ?),"
                              " synced_seq = min(synced_seq, ?), own_delivered = ?, own_read = ?,"
                              " local_read = min(local_read, ?)"
                              " WHERE conversation_id = ?"
                              " AND (last_seq > ? OR own_delivered > ? OR own_read > ?)"),
                {last, sqlValue(delivered), sqlValue(delivered), sqlValue(read), sqlValue(read), id,
                 last, sqlValue(delivered), sqlValue(read)});
    if (rewound.numRowsAffected() <= 0)
        return;
    run(QLatin1String("DELETE FROM messages WHERE conversation_id = ? AND seq > ?"),
        {id, sqlValue(delivered)});
    touchMessages(ConversationId{snapshot.conversation_id()});
}

void StoreDatabase::setCursor(UpdateSeq cursor)
{
    setMeta(QStringLiteral("cursor"), QString::number(cursor.value));
}

void StoreDatabase::ensureConversation(ConversationId id)
{
    run(QLatin1String("INSERT OR IGNORE INTO conversations (conversation_id) VALUES (?)"),
        {sqlValue(id)});
    touch(id);
}

void StoreDatabase::raiseLastSeq(ConversationId id, MessageSeq seq, bool isSynced)
{
    run(QLatin1String("UPDATE conversations SET last_seq = max(last_seq, ?),"
                      " synced_seq = max(synced_seq, ?) WHERE conversation_id = ?"),
        {sqlValue(seq), isSynced ? sqlValue(seq) : sqlValue(0), sqlValue(id)});
}

void StoreDatabase::applyWatermark(ConversationId id, const v1::Watermark &mark)
{
    ensureConversation(id);
    const auto read = sqlValue(mark.read_seq());
    const auto delivered = sqlValue(std::max(mark.delivered_seq(), mark.read_seq()));
    if (mark.user_id() == selfId()) {
        run(QLatin1String("UPDATE conversations SET own_delivered = max(own_delivered, ?),"
                          " own_read = max(own_read, ?), local_read = max(local_read, ?)"
                          " WHERE conversation_id = ?"),
            {delivered, read, read, sqlValue(id)});
    } else {
        run(QLatin1String("UPDATE conversations SET peer_delivered = max(peer_delivered, ?),"
                          " peer_read = max(peer_read, ?) WHERE conversation_id = ?"),
            {delivered, read, sqlValue(id)});
    }
}

} // namespace dunlin::client
