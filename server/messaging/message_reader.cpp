// SPDX-License-Identifier: Apache-2.0
#include "messaging/message_reader.h"

#include "messaging/images.h"
#include "messaging/reactions.h"

namespace dunlin::messaging {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

/// The columns messageAt() reads, for SELECT lists of messages AS m.
#define DUNLIN_MESSAGE_COLUMNS                                                                     \
    "m.conversation_id, m.seq, m.message_id, m.sender_id, m.sent_at, m.body, m.client_id, "        \
    "coalesce(m.images, ''::bytea), coalesce(m.edited_at, 'epoch'), m.deleted_at IS NOT NULL, "    \
    "coalesce(m.reply_to_seq, 0), coalesce(m.forwarded_from, 0), "                                 \
    "coalesce(m.reactions, ''::bytea), m.pinned_at IS NOT NULL"

const Statement messagesStatement{"messages_at",
                                  "SELECT " DUNLIN_MESSAGE_COLUMNS
                                  " FROM unnest($1::bigint[], $2::bigint[])"
                                  "      AS p (conversation_id, seq)"
                                  " JOIN messages m USING (conversation_id, seq)"
                                  " WHERE m.removed_at IS NULL"};
const Statement rangeStatement{"messages_range",
                               "SELECT " DUNLIN_MESSAGE_COLUMNS " FROM messages m"
                               " WHERE m.conversation_id = $1 AND m.seq >= $2 AND m.seq <= $3"
                               " AND m.removed_at IS NULL ORDER BY m.seq"};
// The user is in the array as well, so that each place is looked up by the whole key.
const Statement hiddenStatement{"hidden_at", R"(
    SELECT h.conversation_id, h.seq
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS p (user_id, conversation_id, seq)
    JOIN hidden_messages h USING (user_id, conversation_id, seq)
)"};
const Statement hiddenRangeStatement{"hidden_range", R"(
    SELECT conversation_id, seq FROM hidden_messages
    WHERE user_id = $1 AND conversation_id = $2 AND seq >= $3 AND seq <= $4
)"};

Message messageAt(const store::Rows &rows, int row)
{
    return {.conversation = ConversationId{rows.int64At(row, 0)},
            .seq = MessageSeq{rows.int64At(row, 1)},
            .id = MessageId{rows.int64At(row, 2)},
            .sender = UserId{rows.int64At(row, 3)},
            .sentAtMs = rows.timestampAt(row, 4),
            .text = std::string(rows.bytesAt(row, 5)),
            .clientId = ClientId::fromBytes(rows.bytesAt(row, 6)).value_or(ClientId{}),
            .images = decodeImages(rows.bytesAt(row, 7)),
            .editedAtMs = rows.timestampAt(row, 8),
            .isDeleted = rows.boolAt(row, 9),
            .replyToSeq = MessageSeq{rows.int64At(row, 10)},
            .forwardedFrom = UserId{rows.int64At(row, 11)},
            .reactions = decodeReactions(rows.bytesAt(row, 12)),
            .isPinned = rows.boolAt(row, 13)};
}

QCoro::Task<store::DbResult<std::vector<Message>>> readBoth(store::Database &database,
                                                            std::vector<Query> queries)
{
    const auto rows = co_await database.runAll(std::move(queries));
    if (!rows)
        co_return tl::unexpected(rows.error());
    std::vector<Message> messages = messagesIn(rows->front());
    const std::set<MessagePlace> hidden = hiddenIn(rows->back());
    for (Message &message : messages) {
        if (hidden.contains({message.conversation, message.seq}))
            hide(message);
    }
    co_return messages;
}

} // namespace

std::size_t bytesOf(const Message &message)
{
    std::size_t bytes = message.text.size();
    for (const Image &image : message.images)
        bytes += image.preview.size();
    for (const Reaction &reaction : message.reactions)
        bytes += reaction.emoji.size();
    return bytes;
}

void hide(Message &message)
{
    message = {.conversation = message.conversation,
               .seq = message.seq,
               .id = message.id,
               .sender = message.sender,
               .sentAtMs = message.sentAtMs,
               .clientId = message.clientId,
               .isHidden = true};
}

Query readMessagesAt(std::span<const MessagePlace> places)
{
    std::vector<std::int64_t> conversations;
    std::vector<std::int64_t> seqs;
    for (const auto &[conversation, seq] : places) {
        conversations.push_back(conversation.value);
        seqs.push_back(seq.value);
    }
    Query query{.statement = &messagesStatement, .parameters = {}};
    query.parameters.addInt64Array(conversations).addInt64Array(seqs);
    return query;
}

std::vector<Message> messagesIn(const store::Rows &rows)
{
    std::vector<Message> messages;
    for (int row = 0; row < rows.count(); ++row)
        messages.push_back(messageAt(rows, row));
    return messages;
}

Query readHidden(UserId user, std::span<const MessagePlace> places)
{
    const std::vector<std::int64_t> users(places.size(), user.value);
    std::vector<std::int64_t> conversations;
    std::vector<std::int64_t> seqs;
    for (const auto &[conversation, seq] : places) {
        conversations.push_back(conversation.value);
        seqs.push_back(seq.value);
    }
    Query query{.statement = &hiddenStatement, .parameters = {}};
    query.parameters.addInt64Array(users).addInt64Array(conversations).addInt64Array(seqs);
    return query;
}

std::set<MessagePlace> hiddenIn(const store::Rows &rows)
{
    std::set<MessagePlace> hidden;
    for (int row = 0; row < rows.count(); ++row)
        hidden.emplace(ConversationId{rows.int64At(row, 0)}, MessageSeq{rows.int64At(row, 1)});
    return hidden;
}

QCoro::Task<store::DbResult<std::vector<Message>>>
readMessages(store::Database &database, UserId user, std::vector<MessagePlace> places)
{
    std::vector<Query> queries;
    queries.push_back(readMessagesAt(places));
    queries.push_back(readHidden(user, places));
    co_return co_await readBoth(database, std::move(queries));
}

QCoro::Task<store::DbResult<std::vector<Message>>> readRange(store::Database &database, UserId user,
                                                             ConversationId conversation,
                                                             MessageSeq first, MessageSeq last)
{
    std::vector<Query> queries;
    queries.push_back({.statement = &rangeStatement, .parameters = {}});
    queries.back().parameters.add(conversation).add(first).add(last);
    queries.push_back({.statement = &hiddenRangeStatement, .parameters = {}});
    queries.back().parameters.add(user).add(conversation).add(first).add(last);
    co_return co_await readBoth(database, std::move(queries));
}

} // namespace dunlin::messaging
