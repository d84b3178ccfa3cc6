// SPDX-License-Identifier: Apache-2.0
#include "messaging/conversation_reader.h"

#include "messaging/drafts.h"
#include "messaging/message_reader.h"
#include "messaging/retention_rows.h"
#include "people/user_rows.h"

#include <algorithm>
#include <set>

namespace dunlin::messaging {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

const Statement settingsStatement{"conversations_settings", R"(
    SELECT conversation_id, is_pinned, muted_until_ms, )" DUNLIN_DRAFT_COLUMNS R"(
    FROM user_conversations
    WHERE user_id = $1 AND conversation_id = ANY ($2::bigint[])
)"};
const Statement conversationsStatement{"conversations_read", R"(
    SELECT conversation_id, created_at, last_seq, coalesce(encryption_key, ''::bytea),
           )" DUNLIN_RETENTION_COLUMNS R"(
    FROM conversations WHERE conversation_id = ANY ($1::bigint[])
)"};
const Statement watermarksStatement{"conversations_watermarks", R"(
    SELECT conversation_id, user_id, delivered_seq,
           CASE WHEN user_id = $2 THEN read_seq ELSE shown_read_seq END
    FROM members
    WHERE conversation_id = ANY ($1::bigint[])
    ORDER BY conversation_id, user_id
)"};
const Statement membersStatement{"conversations_members", R"(
    SELECT user_id FROM members WHERE conversation_id = $1
)"};
// By the index messages_pinned.
const Statement pinnedStatement{"conversations_pinned", R"(
    SELECT conversation_id, seq FROM messages
    WHERE conversation_id = ANY ($1::bigint[]) AND pinned_at IS NOT NULL
    ORDER BY conversation_id, seq
)"};

using Conversations = std::unordered_map<ConversationId, Conversation>;

void takeSettings(const store::Rows &rows, Conversations &conversations)
{
    for (int row = 0; row < rows.count(); ++row) {
        const ConversationId id{rows.int64At(row, 0)};
        conversations[id] = {
                .id = id,
                .settings = {.isPinned = rows.boolAt(row, 1), .mutedUntilMs = rows.int64At(row, 2)},
                .draft = draftAt(rows, row, 3)};
    }
}

void takeConversations(const store::Rows &rows, Conversations &conversations)
{
    for (int row = 0; row < rows.count(); ++row) {
        const auto found = conversations.find(ConversationId{rows.int64At(row, 0)});
        if (found == conversations.end())
            continue;
        found->second.createdAtMs = rows.timestampAt(row, 1);
        found->second.lastSeq = MessageSeq{rows.int64At(row, 2)};
        found->second.encryptionKey = std::string(rows.bytesAt(row, 3));
        found->second.retention = retentionAt(rows, row, 4);
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

void takePinned(const store::Rows &rows, Conversations &conversations)
{
    for (int row = 0; row < rows.count(); ++row) {
        const auto found = conversations.find(ConversationId{rows.int64At(row, 0)});
        if (found != conversations.end())
            found->second.pinnedSeqs.push_back(MessageSeq{rows.int64At(row, 1)});
    }
}

std::vector<MessagePlace> lastPlaces(const Conversations &conversations)
{
    std::vector<MessagePlace> places;
    for (const auto &[id, conversation] : conversations) {
        if (conversation.lastSeq)
            places.emplace_back(id, conversation.lastSeq);
    }
    return places;
}

std::vector<MessagePlace> pinnedPlaces(const Conversations &conversations)
{
    std::vector<MessagePlace> places;
    for (const auto &[id, conversation] : conversations) {
        for (const MessageSeq seq : conversation.pinnedSeqs)
            places.emplace_back(id, seq);
    }
    return places;
}

void takeMessages(std::vector<Message> messages, const std::set<MessagePlace> &hidden,
                  Conversations &conversations)
{
    for (auto &[id, conversation] : conversations) {
        std::erase_if(conversation.pinnedSeqs, [&](MessageSeq seq) {
            return hidden.contains({id, seq});
        });
    }
    for (Message &message : messages) {
        if (hidden.contains({message.conversation, message.seq}))
            hide(message);
        conversations[message.conversation].lastMessage = std::move(message);
    }
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
    queries.back().parameters.addInt64Array(numbers).add(user);
    queries.push_back({.statement = &pinnedStatement, .parameters = {}});
    queries.back().parameters.addInt64Array(numbers);
    const auto rows = co_await database.runAll(std::move(queries));
    if (!rows)
        co_return tl::unexpected(rows.error());

    Conversations conversations;
    takeSettings(rows->front(), conversations);
    takeConversations((*rows)[1], conversations);
    const std::vector<std::int64_t> userIds = takeWatermarks((*rows)[2], conversations);
    takePinned((*rows)[3], conversations);

    std::vector<MessagePlace> places = lastPlaces(conversations);
    std::vector<Query> referenced;
    referenced.push_back(people::readUsers(userIds));
    referenced.push_back(readMessagesAt(places));
    const std::vector<MessagePlace> pinned = pinnedPlaces(conversations);
    places.insert(places.end(), pinned.begin(), pinned.end());
    referenced.push_back(readHidden(user, places));
    const auto found = co_await database.runAll(std::move(referenced));
    if (!found)
        co_return tl::unexpected(found.error());
    takeUsers(found->front(), conversations);
    takeMessages(messagesIn((*found)[1]), hiddenIn((*found)[2]), conversations);

    std::vector<Conversation> sorted;
    for (auto &[id, conversation] : conversations)
        sorted.push_back(std::move(conversation));
    std::sort(sorted.begin(), sorted.end(),
              [](const Conversation &a, const Conversation &b) { return a.id < b.id; });
    co_return sorted;
}

} // namespace dunlin::messaging
