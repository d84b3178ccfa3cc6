// SPDX-License-Identifier: Apache-2.0
#include "messaging/message_service.h"

#include "blobs/blob_uses.h"
#include "dunlin/limits.h"
#include "dunlin/validation.h"
#include "messaging/conversation_reader.h"
#include "messaging/images.h"
#include "messaging/message_reader.h"
#include "messaging/reactions.h"

#include <QDateTime>

#include <algorithm>

namespace dunlin::messaging {

using store::Query;
using store::Statement;

namespace {

// All by primary keys, under the lock of the conversation.
const Statement keepVersionStatement{"message_keep_version", R"(
    INSERT INTO message_edits (conversation_id, seq, version, written_at, body)
    SELECT m.conversation_id, m.seq,
           1 + coalesce((SELECT max(e.version) FROM message_edits e
                         WHERE e.conversation_id = m.conversation_id AND e.seq = m.seq), 0),
           coalesce(m.edited_at, m.sent_at), m.body
    FROM messages m
    WHERE m.conversation_id = $1 AND m.seq = $2
)"};
const Statement editStatement{"message_edit", R"(
    UPDATE messages SET body = $3, edited_at = $4 WHERE conversation_id = $1 AND seq = $2
)"};
const Statement eraseStatement{"messages_erase", R"(
    UPDATE messages m
    SET deleted_at = now(), body = '', images = NULL, edited_at = NULL, reply_to_seq = NULL,
        forwarded_from = NULL, reactions = NULL, pinned_at = NULL
    FROM unnest($1::bigint[], $2::bigint[]) AS p (conversation_id, seq)
    WHERE m.conversation_id = p.conversation_id AND m.seq = p.seq
)"};
const Statement eraseVersionsStatement{"messages_erase_versions", R"(
    DELETE FROM message_edits e
    USING unnest($1::bigint[], $2::bigint[]) AS p (conversation_id, seq)
    WHERE e.conversation_id = p.conversation_id AND e.seq = p.seq
)"};
const Statement hideStatement{"messages_hide", R"(
    INSERT INTO hidden_messages (user_id, conversation_id, seq) SELECT $1, $2, unnest($3::bigint[])
)"};
const Statement reactStatement{"message_react", R"(
    UPDATE messages SET reactions = nullif($3, ''::bytea) WHERE conversation_id = $1 AND seq = $2
)"};
const Statement pinStatement{"message_pin", R"(
    UPDATE messages SET pinned_at = CASE WHEN $3 THEN now() END
    WHERE conversation_id = $1 AND seq = $2
)"};
// By the index messages_pinned.
const Statement countPinnedStatement{"messages_count_pinned", R"(
    SELECT count(*) FROM messages WHERE conversation_id = $1 AND pinned_at IS NOT NULL
)"};

tl::unexpected<Error> noMessage()
{
    return failure(ErrorCode::MessageNotFound, "there is no such message");
}

Query queryOf(const Statement &statement, ConversationId conversation, MessageSeq seq)
{
    Query query{.statement = &statement, .parameters = {}};
    query.parameters.add(conversation).add(seq);
    return query;
}

std::vector<std::int64_t> seqsOf(const std::vector<Message> &messages)
{
    std::vector<std::int64_t> seqs;
    for (const Message &message : messages)
        seqs.push_back(message.seq.value);
    return seqs;
}

Result<std::set<MessageSeq>> toDelete(const std::vector<MessageSeq> &seqs)
{
    if (seqs.empty() || seqs.size() > limits::deleteMessagesMax)
        return failure(ErrorCode::InvalidArgument, "1 to 100 messages are deleted at once");
    return std::set<MessageSeq>(seqs.begin(), seqs.end());
}

/// What takes all that was in the messages out of the database.
std::vector<Query> erasures(const MessageChange &change)
{
    const std::vector<std::int64_t> seqs = seqsOf(change.messages);
    const std::vector<std::int64_t> conversations(seqs.size(), change.conversation.value);
    std::vector<Query> queries;
    for (const Statement *statement : {&eraseStatement, &eraseVersionsStatement}) {
        queries.push_back({.statement = statement, .parameters = {}});
        queries.back().parameters.addInt64Array(conversations).addInt64Array(seqs);
    }
    std::vector<blobs::BlobUse> uses;
    for (const Message &message : change.messages) {
        for (const BlobId &blob : blobsOf(message.images))
            uses.push_back({.blob = blob, .conversation = change.conversation});
    }
    for (Query &query : blobs::release(uses))
        queries.push_back(std::move(query));
    return queries;
}

/// As erasures() leaves it.
void erase(Message &message)
{
    message = {.conversation = message.conversation,
               .seq = message.seq,
               .id = message.id,
               .sender = message.sender,
               .sentAtMs = message.sentAtMs,
               .clientId = message.clientId,
               .isDeleted = true};
}

/// False when it is so already.
bool setReaction(std::vector<Reaction> &reactions, UserId user, const std::string &emoji)
{
    const auto own = std::find_if(reactions.begin(), reactions.end(),
                                  [user](const Reaction &one) { return one.user == user; });
    const bool hasOne = own != reactions.end();
    if (hasOne ? own->emoji == emoji : emoji.empty())
        return false;
    if (hasOne)
        reactions.erase(own);
    if (!emoji.empty())
        reactions.push_back({.user = user, .emoji = emoji});
    return true;
}

} // namespace

MessageService::MessageService(store::Database &database, Publish publish)
    : database_(database), publish_(std::move(publish))
{ }

Result<void> MessageService::publish(Result<std::vector<UserUpdates>> committed)
{
    if (!committed)
        return tl::unexpected(committed.error());
    publish_(std::move(*committed));
    return {};
}

QCoro::Task<Result<Message>> MessageService::forwardable(UserId user, ConversationId conversation,
                                                         MessageSeq seq)
{
    const auto members = co_await readMembers(database_, conversation);
    if (!members)
        co_return tl::unexpected(store::toError(members.error()));
    if (std::find(members->begin(), members->end(), user) == members->end())
        co_return failure(ErrorCode::ConversationNotFound, "there is no such conversation");
    std::vector<MessagePlace> places;
    places.emplace_back(conversation, seq);
    auto messages = co_await readMessages(database_, user, std::move(places));
    if (!messages)
        co_return tl::unexpected(store::toError(messages.error()));
    if (messages->empty() || messages->front().isDeleted || messages->front().isHidden)
        co_return noMessage();
    co_return std::move(messages->front());
}

QCoro::Task<Result<MessageChange>>
MessageService::beginVisible(UserId user, ConversationId conversation, MessageSeq seq)
{
    std::set<MessageSeq> seqs;
    seqs.insert(seq);
    auto change =
            co_await beginChange(database_, user, conversation, std::move(seqs), BlobLock::None);
    if (!change)
        co_return tl::unexpected(change.error());
    if (change->messages.front().isDeleted || change->hidden.contains({user, seq}))
        co_return noMessage();
    co_return std::move(*change);
}

QCoro::Task<Result<void>> MessageService::edit(UserId user, ConversationId conversation,
                                               MessageSeq seq, std::string text)
{
    const auto checked = validation::checkMessageText(text);
    if (!checked && !text.empty()) // empty: as long as it has images
        co_return tl::unexpected(checked.error());
    auto change = co_await beginVisible(user, conversation, seq);
    if (!change)
        co_return tl::unexpected(change.error());
    Message &message = change->messages.front();
    if (message.sender != user || message.forwardedFrom)
        co_return failure(ErrorCode::Forbidden, "only words of one's own can be edited");
    if (!checked && message.images.empty())
        co_return tl::unexpected(checked.error());
    if (message.text == text)
        co_return Result<void>();
    message.text = std::move(text);
    message.editedAtMs = QDateTime::currentMSecsSinceEpoch();
    std::vector<Query> writes;
    writes.push_back(queryOf(keepVersionStatement, conversation, seq));
    writes.push_back(queryOf(editStatement, conversation, seq));
    writes.back().parameters.addText(message.text).addTimestamp(message.editedAtMs);
    co_return publish(co_await commit(std::move(*change), std::move(writes)));
}

QCoro::Task<Result<void>> MessageService::deleteForEveryone(UserId user,
                                                            ConversationId conversation,
                                                            std::vector<MessageSeq> seqs)
{
    auto wanted = toDelete(seqs);
    if (!wanted)
        co_return tl::unexpected(wanted.error());
    auto change = co_await beginChange(database_, user, conversation, std::move(*wanted),
                                       BlobLock::Shown);
    if (!change)
        co_return tl::unexpected(change.error());
    std::vector<Message> &messages = change->messages;
    if (std::any_of(messages.begin(), messages.end(),
                    [user](const Message &message) { return message.sender != user; }))
        co_return failure(ErrorCode::Forbidden, "only one's own are deleted for everyone");
    std::erase_if(messages, [](const Message &message) { return message.isDeleted; });
    if (messages.empty())
        co_return Result<void>();
    std::vector<Query> writes = erasures(*change);
    for (Message &message : messages)
        erase(message);
    co_return publish(co_await commit(std::move(*change), std::move(writes)));
}

QCoro::Task<Result<void>> MessageService::hide(UserId user, ConversationId conversation,
                                               std::vector<MessageSeq> seqs)
{
    auto wanted = toDelete(seqs);
    if (!wanted)
        co_return tl::unexpected(wanted.error());
    auto change =
            co_await beginChange(database_, user, conversation, std::move(*wanted), BlobLock::None);
    if (!change)
        co_return tl::unexpected(change.error());
    std::erase_if(change->messages, [&](const Message &message) {
        return change->hidden.contains({user, message.seq});
    });
    if (change->messages.empty())
        co_return Result<void>();
    std::vector<Query> writes;
    writes.push_back({.statement = &hideStatement, .parameters = {}});
    writes.back().parameters.add(user).add(conversation).addInt64Array(seqsOf(change->messages));
    co_return publish(co_await commitHidden(std::move(*change), user, std::move(writes)));
}

QCoro::Task<Result<void>> MessageService::react(UserId user, ConversationId conversation,
                                                MessageSeq seq, std::string emoji)
{
    if (const auto checked = validation::checkReaction(emoji); !checked && !emoji.empty())
        co_return tl::unexpected(checked.error());
    auto change = co_await beginVisible(user, conversation, seq);
    if (!change)
        co_return tl::unexpected(change.error());
    std::vector<Reaction> &reactions = change->messages.front().reactions;
    if (!setReaction(reactions, user, emoji))
        co_return Result<void>();
    std::vector<Query> writes;
    writes.push_back(queryOf(reactStatement, conversation, seq));
    writes.back().parameters.addBytes(encodeReactions(reactions));
    co_return publish(co_await commit(std::move(*change), std::move(writes)));
}

QCoro::Task<Result<void>> MessageService::pin(UserId user, ConversationId conversation,
                                              MessageSeq seq, bool isPinned)
{
    auto change = co_await beginVisible(user, conversation, seq);
    if (!change)
        co_return tl::unexpected(change.error());
    Message &message = change->messages.front();
    if (message.isPinned == isPinned)
        co_return Result<void>();
    if (isPinned) {
        store::Parameters parameters;
        parameters.add(conversation);
        const auto pinned =
                co_await change->transaction.run(countPinnedStatement, std::move(parameters));
        if (!pinned)
            co_return tl::unexpected(store::toError(pinned.error()));
        if (pinned->int64At(0, 0) >= limits::pinnedMessagesMax)
            co_return failure(ErrorCode::TooManyPins, "at most 50 messages are pinned");
    }
    message.isPinned = isPinned;
    std::vector<Query> writes;
    writes.push_back(queryOf(pinStatement, conversation, seq));
    writes.back().parameters.add(isPinned);
    co_return publish(co_await commit(std::move(*change), std::move(writes)));
}

} // namespace dunlin::messaging
