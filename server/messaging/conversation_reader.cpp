// SPDX-License-Identifier: Apache-2.0
#include "messaging/conversation_reader.h"

#include "messaging/images.h"
#include "people/user_rows.h"

#include <algorithm>
#include <set>

namespace dunlin::messaging {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

const Statement settingsStatement{"conversations_settings", R"(
    SELECT conversation_id, is_pinned, muted_until_ms FROM user_conversations
    WHERE user_id = $1 AND conversation_id = ANY ($2::bigint[])
)"};
const Statement conversationsStatement{"conversations_read", R"(
    SELECT conversation_id, created_at, last_seq, coalesce(encryption_key, ''::bytea)
    FROM conversations WHERE conversation_id = ANY ($1::bigint[])
)"};
const Statement watermarksStatement{"conversations_watermarks", R"(
    SELECT conversation_id, user_id, delivered_seq, read_seq FROM members
    WHERE conversation_id = ANY ($1::bigint[]) ORDER BY conversation_id, user_id
)"};
const Statement membersStatement{"conversations_members", R"(
    SELECT user_id FROM members WHERE conversation_id = $1
)"};
const Statement messagesStatement{"messages_at",
                                  "SELECT " DUNLIN_MESSAGE_COLUMNS
                                  " FROM unnest($1::bigint[], $2::bigint[])"
                                  "      AS p (conversation_id, seq)"
                                  " JOIN messages m USING (conversation_id, seq)"};

using Conversations = std::unordered_map<ConversationId, Conversation>;

void takeConversations(const store::Rows &rows, Conversations &conversations)
{
    for (int row = 0; row < rows.count(); ++row) {
        const auto found = conversations.find(ConversationId{rows.int64At(row, 0)});
        if (found == conversations.end())
            continue;
        found->second.createdAtMs = rows.timestampAt(row, 1);
        found->second.lastSeq = MessageSeq{rows.int64At(row, 2)};
        found->second.encryptionKey = std::string(rows.bytesAt(row, 3));
    }
}

std::vector<std::int64_t> takeWatermarks(const store::Rows &rows, Conversations &conversations)
{
    std::set<std::int64_t> users;
    for (int row = 0; row < rows.count(); ++row) {
        const auto found = conversations.find(ConversationId{rows.int64At(row, 0)});
        if (found == conversations.end())
            continue;
        const UserId user{rows.int64At(row, 1)};
        users.insert(user.value);
        found->second.members.push_back({.id = user});
        found->second.watermarks.push_back({.user = user,
                                            .delivered = MessageSeq{rows.int64At(row, 2)},
                                            .read = MessageSeq{rows.int64At(row, 3)}});
    }
    return {users.begin(), users.end()};
}

void takeUsers(const store::Rows &rows, Conversations &conversations)
{
    std::unordered_map<UserId, User> users;
    for (int row = 0; row < rows.count(); ++row) {
        const User user = people::userAt(rows, row);
        users[user.id] = user;
    }
    for (auto &[id, conversation] : conversations) {
        for (User &member : conversation.members) {
            if (const auto found = users.find(member.id); found != users.end())
                member = found->second;
        }
    }
}

} // namespace

std::size_t bytesOf(const Message &message)
{
    std::size_t bytes = message.text.size();
    for (const Image &image : message.images)
        bytes += image.preview.size();
    return bytes;
}

Message messageAt(const store::Rows &rows, int row)
{
    return {.conversation = ConversationId{rows.int64At(row, 0)},
            .seq = MessageSeq{rows.int64At(row, 1)},
            .id = MessageId{rows.int64At(row, 2)},
            .sender = UserId{rows.int64At(row, 3)},
            .sentAtMs = rows.timestampAt(row, 4),
            .text = std::string(rows.bytesAt(row, 5)),
            .clientId = ClientId::fromBytes(rows.bytesAt(row, 6)).value_or(ClientId{}),
            .images = decodeImages(rows.bytesAt(row, 7))};
}

QCoro::Task<store::DbResult<std::vector<Message>>>
readMessages(store::Database &database, std::vector<std::pair<ConversationId, MessageSeq>> places)
{
    std::vector<std::int64_t> conversations;
    std::vector<std::int64_t> seqs;
    for (const auto &[conversation, seq] : places) {
        conversations.push_back(conversation.value);
        seqs.push_back(seq.value);
    }
    Parameters parameters;
    parameters.addInt64Array(conversations).addInt64Array(seqs);
    const auto rows = co_await database.run(messagesStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(rows.error());
    std::vector<Message> messages;
    for (int row = 0; row < rows->count(); ++row)
        messages.push_back(messageAt(*rows, row));
    co_return messages;
}

QCoro::Task<store::DbResult<std::vector<UserId>>> readMembers(store::Database &database,
                                                              ConversationId conversation)
{
    Parameters parameters;
    parameters.add(conversation);
    const auto rows = co_await database.run(membersStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(rows.error());
    std::vector<UserId> members;
    for (int row = 0; row < rows->count(); ++row)
        members.push_back(UserId{rows->int64At(row, 0)});
    co_return members;
}

QCoro::Task<store::DbResult<std::vector<Conversation>>>
readConversations(store::Database &database, UserId user, std::vector<ConversationId> ids)
{
    std::vector<std::int64_t> numbers;
    for (const ConversationId id : ids)
        numbers.push_back(id.value);
    std::vector<Query> queries;
    queries.push_back({.statement = &settingsStatement, .parameters = {}});
    queries.back().parameters.add(user).addInt64Array(numbers);
    queries.push_back({.statement = &conversationsStatement, .parameters = {}});
    queries.back().parameters.addInt64Array(numbers);
    queries.push_back({.statement = &watermarksStatement, .parameters = {}});
    queries.back().parameters.addInt64Array(numbers);
    const auto rows = co_await database.runAll(std::move(queries));
    if (!rows)
        co_return tl::unexpected(rows.error());

    Conversations conversations;
    const store::Rows &settings = rows->front();
    for (int row = 0; row < settings.count(); ++row) {
        const ConversationId id{settings.int64At(row, 0)};
        conversations[id] = {.id = id,
                             .settings = {.isPinned = settings.boolAt(row, 1),
                                          .mutedUntilMs = settings.int64At(row, 2)}};
    }
    takeConversations((*rows)[1], conversations);
    const std::vector<std::int64_t> userIds = takeWatermarks((*rows)[2], conversations);

    std::vector<Query> usersQuery;
    usersQuery.push_back(people::readUsers(userIds));
    const auto users = co_await database.runAll(std::move(usersQuery));
    if (!users)
        co_return tl::unexpected(users.error());
    takeUsers(users->front(), conversations);

    std::vector<std::pair<ConversationId, MessageSeq>> places;
    for (const auto &[id, conversation] : conversations) {
        if (conversation.lastSeq)
            places.emplace_back(id, conversation.lastSeq);
    }
    const auto messages = co_await readMessages(database, std::move(places));
    if (!messages)
        co_return tl::unexpected(messages.error());
    for (const Message &message : *messages)
        conversations[message.conversation].lastMessage = message;

    std::vector<Conversation> found;
    for (auto &[id, conversation] : conversations)
        found.push_back(std::move(conversation));
    std::sort(found.begin(), found.end(), [](const Conversation &left, const Conversation &right) {
        return left.id < right.id;
    });
    co_return found;
}

} // namespace dunlin::messaging
