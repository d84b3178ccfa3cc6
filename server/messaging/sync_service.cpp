// SPDX-License-Identifier: Apache-2.0
#include "messaging/sync_service.h"

#include "dunlin/limits.h"
#include "messaging/conversation_reader.h"
#include "messaging/message_reader.h"
#include "messaging/update_resolver.h"

#include <optional>

namespace dunlin::messaging {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

// A range of the primary key.
const Statement nextConversationsStatement{"snapshot_conversations", R"(
    SELECT conversation_id FROM user_conversations
    WHERE user_id = $1 AND conversation_id > $2
    ORDER BY conversation_id
    LIMIT $3
)"};

constexpr std::size_t entriesResolvedAtOnce = 250;

/// Where a snapshot goes on: the cursor after it, and the last conversation that was given.
std::string tokenOf(UpdateSeq next, ConversationId after)
{
    return std::to_string(next.value) + '-' + std::to_string(after.value);
}

std::optional<std::pair<UpdateSeq, ConversationId>> parseToken(std::string_view token)
{
    const auto dash = token.find('-');
    if (dash == std::string_view::npos)
        return std::nullopt;
    const auto after = parsePositiveId(token.substr(dash + 1));
    const std::string_view next = token.substr(0, dash);
    const auto seq = next == "0" ? std::optional<std::int64_t>(0) : parsePositiveId(next);
    if (!after || !seq)
        return std::nullopt;
    return std::pair(UpdateSeq{*seq}, ConversationId{*after});
}

/// What makes an update or a conversation long.
std::size_t bytesOf(const Conversation &conversation)
{
    std::size_t bytes = conversation.encryptionKey.size();
    for (const User &member : conversation.members)
        bytes += member.about.size() + member.displayName.size();
    bytes += conversation.draft.text.size();
    return bytes + (conversation.lastMessage ? messaging::bytesOf(*conversation.lastMessage) : 0);
}

std::size_t bytesOf(const Update &update)
{
    if (const auto *added = std::get_if<MessageAdded>(&update.event))
        return messaging::bytesOf(*added->message);
    if (const auto *changed = std::get_if<MessageChanged>(&update.event))
        return messaging::bytesOf(*changed->message);
    if (const auto *changed = std::get_if<DraftChanged>(&update.event))
        return changed->draft.text.size();
    if (const auto *added = std::get_if<ConversationAdded>(&update.event))
        return bytesOf(*added->conversation);
    return 0;
}

} // namespace

QCoro::Task<Result<SyncPage>> SyncService::sync(UserId user, SyncQuery query)
{
    if (query.limit > limits::syncPageMax || query.since.value < 0)
        co_return failure(ErrorCode::InvalidArgument, "the page is too large or nowhere");
    if (!query.snapshotToken.empty()) {
        const auto place = parseToken(query.snapshotToken);
        if (!place)
            co_return failure(ErrorCode::InvalidArgument, "the snapshot token is not one of ours");
        co_return co_await snapshot(user, place->first, place->second);
    }
    const int limit = static_cast<int>(query.limit == 0 ? limits::syncPageDefault : query.limit);
    std::vector<Query> queries;
    queries.push_back(updates::readBounds(user));
    queries.push_back(updates::readEntries(user, query.since, limit));
    const auto rows = co_await database_.runAll(std::move(queries));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    const updates::Bounds bounds = updates::boundsOf(rows->front());
    std::vector<updates::Entry> entries = updates::entriesOf(user, rows->back());

    // A cursor beyond the log comes from another database: one that was restored.
    const bool isBeyond = query.since > bounds.newest;
    const bool isTooFarBehind = bounds.newest.value - query.since.value > updatesBehindMax;
    // The log was trimmed between the two reads, or before.
    const bool isGone = query.since < bounds.tail
            || (!entries.empty() && entries.front().seq.value != query.since.value + 1);
    if (isBeyond || isTooFarBehind || isGone)
        co_return co_await snapshot(user, bounds.newest, ConversationId{});

    SyncPage page{.next = query.since};
    const auto filled = co_await fill(page, user, std::move(entries));
    if (!filled)
        co_return tl::unexpected(store::toError(filled.error()));
    page.hasMore = page.next < bounds.newest;
    co_return page;
}

/// Until the page has the bytes it may have. What entries point to is read slice by slice, so that
/// little is read in vain where messages are long.
QCoro::Task<store::DbResult<void>> SyncService::fill(SyncPage &page, UserId user,
                                                     std::vector<updates::Entry> entries)
{
    std::size_t bytes = 0;
    for (std::size_t begin = 0; begin < entries.size(); begin += entriesResolvedAtOnce) {
        const std::size_t end = std::min(entries.size(), begin + entriesResolvedAtOnce);
        const UpdateSeq last = entries[end - 1].seq;
        std::vector<updates::Entry> slice(entries.begin() + static_cast<std::ptrdiff_t>(begin),
                                          entries.begin() + static_cast<std::ptrdiff_t>(end));
        auto resolved = co_await resolve(database_, user, std::move(slice));
        if (!resolved)
            co_return tl::unexpected(resolved.error());
        for (Update &update : *resolved) {
            bytes += bytesOf(update);
            if (bytes > limits::pageBytes && !page.updates.empty())
                co_return store::DbResult<void>();
            page.next = update.seq;
            page.updates.push_back(std::move(update));
        }
        page.next = last; // the last ones may point to nothing any more
    }
    co_return store::DbResult<void>();
}

QCoro::Task<Result<SyncPage>> SyncService::snapshot(UserId user, UpdateSeq next,
                                                    ConversationId after)
{
    Parameters place;
    place.add(user).add(after).add(std::int64_t{limits::snapshotPageConversations});
    const auto rows = co_await database_.run(nextConversationsStatement, std::move(place));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    std::vector<ConversationId> ids;
    for (int row = 0; row < rows->count(); ++row)
        ids.push_back(ConversationId{rows->int64At(row, 0)});
    SyncPage page{.next = next, .isSnapshot = true};
    page.hasMore = ids.size() == limits::snapshotPageConversations;
    if (page.hasMore)
        page.snapshotToken = tokenOf(next, ids.back());
    auto conversations = co_await readConversations(database_, user, std::move(ids));
    if (!conversations)
        co_return tl::unexpected(store::toError(conversations.error()));
    std::size_t bytes = 0;
    for (Conversation &conversation : *conversations) {
        bytes += bytesOf(conversation);
        if (bytes > limits::pageBytes && !page.conversations.empty()) {
            page.hasMore = true;
            page.snapshotToken = tokenOf(next, page.conversations.back().id);
            break;
        }
        page.conversations.push_back(std::move(conversation));
    }
    co_return page;
}

} // namespace dunlin::messaging
