// SPDX-License-Identifier: Apache-2.0
#include "messaging/conversation_service.h"

#include "dunlin/limits.h"
#include "dunlin/validation.h"
#include "messaging/conversation_reader.h"
#include "messaging/message_reader.h"
#include "people/user_rows.h"
#include "updates/update_log.h"

#include <QDateTime>

#include <algorithm>

namespace dunlin::messaging {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

const Statement findDirectStatement{"direct_find", R"(
    SELECT conversation_id FROM direct_conversations WHERE user_id = $1 AND peer_id = $2
)"};
// Who comes second waits here for the first to commit, and then gets no row.
const Statement insertDirectStatement{"direct_insert", R"(
    INSERT INTO direct_conversations (user_id, peer_id, conversation_id) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING
)"};
const Statement insertConversationStatement{"conversations_insert", R"(
    INSERT INTO conversations (conversation_id, kind, encryption_key, read_receipts_hidden_by)
    VALUES ($1, 1, nullif($2, ''::bytea), $3)
)"};
const Statement countHidingStatement{"users_hiding_receipts", R"(
    SELECT count(*) FROM users WHERE user_id = ANY ($1::bigint[]) AND hides_read_receipts
)"};
const Statement insertMembersStatement{"members_insert", R"(
    INSERT INTO members (conversation_id, user_id) SELECT $1, unnest($2::bigint[])
)"};
const Statement insertUserConversationsStatement{"user_conversations_insert", R"(
    INSERT INTO user_conversations (user_id, conversation_id) SELECT unnest($1::bigint[]), $2
)"};
const Statement setPinnedStatement{"user_conversations_pinned", R"(
    UPDATE user_conversations SET is_pinned = $3
    WHERE user_id = $1 AND conversation_id = $2
    RETURNING is_pinned, muted_until_ms
)"};
const Statement muteStatement{"user_conversations_muted", R"(
    UPDATE user_conversations SET muted_until_ms = $3
    WHERE user_id = $1 AND conversation_id = $2
    RETURNING is_pinned, muted_until_ms
)"};
// No row when it is there already.
const Statement saveDraftStatement{"user_conversations_draft", R"(
    UPDATE user_conversations
    SET draft_text = nullif($3, ''), draft_reply_to_seq = nullif($4, 0), draft_saved_at = $5
    WHERE user_id = $1 AND conversation_id = $2
      AND (coalesce(draft_text, ''), coalesce(draft_reply_to_seq, 0)) <> ($3, $4)
)"};
const Statement lastSeqStatement{"conversations_last_seq", R"(
    SELECT c.last_seq, c.first_seq FROM conversations c
    JOIN members m ON m.conversation_id = c.conversation_id AND m.user_id = $2
    WHERE c.conversation_id = $1
)"};
// By the unique index on (conversation_id, message_id).
const Statement seqOfStatement{"messages_seq_of", R"(
    SELECT seq FROM messages WHERE conversation_id = $1 AND message_id = $2
)"};

// Times rise with seq, as nearly as the clocks of servers agree: halving the range finds the place
// by some twenty look-ups of the primary key, where an index on the time would cost every post.
const Statement seqFromTimeStatement{"messages_seq_from_time", R"(
    WITH RECURSIVE halves (low, high) AS (
        SELECT $2::bigint, $3::bigint + 1
        UNION ALL
        SELECT CASE WHEN is_earlier THEN middle + 1 ELSE low END,
               CASE WHEN is_earlier THEN high ELSE middle END
        FROM (SELECT h.low, h.high, (h.low + h.high) / 2 AS middle,
                     coalesce((SELECT m.sent_at < $4 FROM messages m
                               WHERE m.conversation_id = $1 AND m.seq = (h.low + h.high) / 2),
                              true) AS is_earlier
              FROM halves h WHERE h.low < h.high) probe
    )
    SELECT max(low) FROM halves
)"};

// The end of the year 9999: beyond it lies what PostgreSQL's timestamps cannot say.
constexpr std::int64_t lastTimeMs = 253'402'300'799'999;

/// Takes what is farthest from anchor out of a page of more than limits::pageBytes.
void shorten(HistoryPage &page, MessageSeq anchor)
{
    std::size_t bytes = 0;
    for (const Message &message : page.messages)
        bytes += bytesOf(message);
    auto begin = page.messages.begin();
    auto end = page.messages.end();
    while (bytes > limits::pageBytes && end - begin > 1) {
        const auto last = end - 1;
        if (anchor.value - begin->seq.value > last->seq.value - anchor.value) {
            bytes -= bytesOf(*begin);
            ++begin;
            page.hasBefore = true;
        } else {
            bytes -= bytesOf(*last);
            end = last;
            page.hasAfter = true;
        }
    }
    page.messages.erase(end, page.messages.end());
    page.messages.erase(page.messages.begin(), begin);
}

auto notFound()
{
    return failure(ErrorCode::ConversationNotFound, "there is no such conversation");
}

/// Seqs are dense from the first that is left: a page is a range, whose ends are known before it is
/// read.
std::pair<std::int64_t, std::int64_t> rangeOf(const HistoryQuery &query, std::int64_t oldest,
                                              std::int64_t last)
{
    const std::int64_t limit =
            query.limit == 0 ? limits::historyPageDefault : std::int64_t{query.limit};
    const std::int64_t seq = query.seq.value;
    std::int64_t first = oldest;
    switch (query.position) {
    case HistoryQuery::Position::Before: {
        const std::int64_t end = seq == 0 ? last : std::min(seq - 1, last);
        return {std::max(oldest, end - limit + 1), end};
    }
    case HistoryQuery::Position::After:
        first = std::max(oldest, std::min(seq, last) + 1);
        break;
    case HistoryQuery::Position::Around:
    case HistoryQuery::Position::FromTime:
        first = std::max(oldest, std::min(seq, last + 1) - limit / 2);
        break;
    }
    return {first, std::min(last, first + limit - 1)};
}

} // namespace

ConversationService::ConversationService(store::Database &database, IdGenerator &ids,
                                         Publish publish)
    : database_(database), ids_(ids), publish_(std::move(publish))
{ }

QCoro::Task<Result<ConversationId>> ConversationService::findDirect(UserId user, UserId peer)
{
    Parameters pair;
    pair.add(std::min(user, peer)).add(std::max(user, peer));
    const auto found = co_await database_.run(findDirectStatement, std::move(pair));
    if (!found)
        co_return tl::unexpected(store::toError(found.error()));
    co_return found->isEmpty() ? ConversationId{} : ConversationId{found->int64At(0, 0)};
}

QCoro::Task<Result<OpenedConversation>> ConversationService::openDirect(UserId user, UserId peer,
                                                                        std::string encryptionKey)
{
    if (encryptionKey.size() > limits::encryptionKeyBytes)
        co_return failure(ErrorCode::InvalidArgument, "the encryption key is too long");
    auto id = co_await findDirect(user, peer);
    if (!id)
        co_return tl::unexpected(id.error());
    bool isNew = false;
    if (!*id) {
        const ConversationId made{ids_.next()};
        const auto created = co_await createDirect(made, user, peer, std::move(encryptionKey));
        if (!created)
            co_return tl::unexpected(created.error());
        isNew = *created;
        id = made;
        if (!isNew)
            id = co_await findDirect(user, peer);
        if (!id)
            co_return tl::unexpected(id.error());
    }
    std::vector<ConversationId> ids{*id};
    auto conversations = co_await readConversations(database_, user, std::move(ids));
    if (!conversations)
        co_return tl::unexpected(store::toError(conversations.error()));
    if (conversations->empty())
        co_return notFound();
    co_return OpenedConversation{.conversation = std::move(conversations->front()), .isNew = isNew};
}

/// False when someone else was first.
QCoro::Task<Result<bool>> ConversationService::createDirect(ConversationId id, UserId user,
                                                            UserId peer, std::string encryptionKey)
{
    std::vector<std::int64_t> ids{std::min(user, peer).value};
    if (peer != user)
        ids.push_back(std::max(user, peer).value);
    std::vector<Query> usersQuery;
    usersQuery.push_back(people::readUsers(ids));
    const auto users = co_await database_.runAll(std::move(usersQuery));
    if (!users)
        co_return tl::unexpected(store::toError(users.error()));
    if (users->front().count() != static_cast<int>(ids.size()))
        co_return failure(ErrorCode::UserNotFound, "there is no such user");

    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return tl::unexpected(store::toError(transaction.error()));
    Parameters pair;
    pair.add(std::min(user, peer)).add(std::max(user, peer)).add(id);
    const auto first = co_await transaction->run(insertDirectStatement, std::move(pair));
    if (!first)
        co_return tl::unexpected(store::toError(first.error()));
    if (first->affected() == 0)
        co_return false;

    std::vector<updates::Entry> entries;
    for (const std::int64_t member : ids) {
        entries.push_back({.user = UserId{member},
                           .kind = updates::Kind::ConversationAdded,
                           .conversation = id});
    }
    // The users are locked first, since what they hide is counted in their conversations: who
    // changes it meanwhile waits and finds this one, or was first and is counted.
    std::vector<Query> lock;
    lock.push_back(updates::takeSeqs(entries));
    lock.push_back({.statement = &countHidingStatement, .parameters = {}});
    lock.back().parameters.addInt64Array(ids);
    const auto locked = co_await transaction->runAll(std::move(lock));
    if (!locked)
        co_return tl::unexpected(store::toError(locked.error()));
    if (!updates::assignSeqs(locked->front(), entries))
        co_return failure(ErrorCode::UserNotFound, "there is no such user");
    std::vector<Query> queries;
    queries.push_back({.statement = &insertConversationStatement, .parameters = {}});
    queries.back().parameters.add(id).addBytes(encryptionKey).add(locked->back().int64At(0, 0));
    queries.push_back({.statement = &insertMembersStatement, .parameters = {}});
    queries.back().parameters.add(id).addInt64Array(ids);
    queries.push_back({.statement = &insertUserConversationsStatement, .parameters = {}});
    queries.back().parameters.addInt64Array(ids).add(id);
    queries.push_back(updates::insertEntries(entries));
    const auto inserted = co_await transaction->runAll(std::move(queries));
    if (!inserted)
        co_return tl::unexpected(store::toError(inserted.error()));
    const auto committed = co_await transaction->commit();
    if (!committed)
        co_return tl::unexpected(store::toError(committed.error()));

    // The same for both at this moment: empty, no settings.
    std::vector<ConversationId> conversationIds{id};
    const auto made = co_await readConversations(database_, user, std::move(conversationIds));
    if (made && !made->empty()) {
        const auto shared = std::make_shared<const Conversation>(made->front());
        std::vector<decltype(Update::event)> events(entries.size(), ConversationAdded{shared});
        publish_(updates::toPublish(entries, std::move(events)));
    }
    co_return true;
}

QCoro::Task<Result<void>> ConversationService::setPinned(UserId user, ConversationId conversation,
                                                         bool isPinned)
{
    Parameters parameters;
    parameters.add(user).add(conversation).add(isPinned);
    return changeSettings(user, conversation, setPinnedStatement, std::move(parameters));
}

QCoro::Task<Result<void>> ConversationService::mute(UserId user, ConversationId conversation,
                                                    std::int64_t untilMs)
{
    if (untilMs < 0)
        co_return failure(ErrorCode::InvalidArgument, "a time is not negative");
    Parameters parameters;
    parameters.add(user).add(conversation).add(untilMs);
    co_return co_await changeSettings(user, conversation, muteStatement, std::move(parameters));
}

QCoro::Task<Result<void>> ConversationService::changeSettings(UserId user,
                                                              ConversationId conversation,
                                                              const Statement &statement,
                                                              Parameters parameters)
{
    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return tl::unexpected(store::toError(transaction.error()));
    const auto changed = co_await transaction->run(statement, std::move(parameters));
    if (!changed)
        co_return tl::unexpected(store::toError(changed.error()));
    if (changed->isEmpty())
        co_return notFound();
    const ConversationSettings settings{.isPinned = changed->boolAt(0, 0),
                                        .mutedUntilMs = changed->int64At(0, 1)};
    std::vector<updates::Entry> entries;
    entries.push_back({.user = user,
                       .kind = updates::Kind::SettingsChanged,
                       .conversation = conversation,
                       .position = settings.isPinned ? 1 : 0,
                       .readPosition = settings.mutedUntilMs});
    const auto appended = co_await updates::appendAndCommit(*transaction, std::move(entries));
    if (!appended)
        co_return tl::unexpected(store::toError(appended.error()));
    std::vector<decltype(Update::event)> events;
    events.emplace_back(SettingsChanged{.conversation = conversation, .settings = settings});
    publish_(updates::toPublish(*appended, std::move(events)));
    co_return Result<void>();
}

QCoro::Task<Result<void>> ConversationService::saveDraft(UserId user, ConversationId conversation,
                                                         Draft draft)
{
    if (const auto checked = validation::checkDraftText(draft.text); !checked)
        co_return tl::unexpected(checked.error());
    if (draft.replyToSeq.value < 0)
        co_return failure(ErrorCode::InvalidArgument, "a place is not negative");
    const auto isMember = co_await members(user, conversation);
    if (!isMember)
        co_return tl::unexpected(isMember.error());
    draft.savedAtMs = QDateTime::currentMSecsSinceEpoch();
    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return tl::unexpected(store::toError(transaction.error()));
    Parameters parameters;
    parameters.add(user).add(conversation).addText(draft.text).add(draft.replyToSeq);
    parameters.addTimestamp(draft.savedAtMs);
    const auto saved = co_await transaction->run(saveDraftStatement, std::move(parameters));
    if (!saved)
        co_return tl::unexpected(store::toError(saved.error()));
    if (saved->affected() == 0)
        co_return Result<void>();
    std::vector<updates::Entry> entries;
    entries.push_back(
            {.user = user, .kind = updates::Kind::DraftChanged, .conversation = conversation});
    const auto appended = co_await updates::appendAndCommit(*transaction, std::move(entries));
    if (!appended)
        co_return tl::unexpected(store::toError(appended.error()));
    std::vector<decltype(Update::event)> events;
    events.emplace_back(DraftChanged{.conversation = conversation, .draft = std::move(draft)});
    publish_(updates::toPublish(*appended, std::move(events)));
    co_return Result<void>();
}

QCoro::Task<Result<HistoryPage>> ConversationService::history(UserId user, HistoryQuery query)
{
    if (query.limit > limits::historyPageMax || query.seq.value < 0 || query.fromTimeMs < 0
        || query.fromTimeMs > lastTimeMs)
        co_return failure(ErrorCode::InvalidArgument, "the page is too large or nowhere");
    Parameters place;
    place.add(query.conversation).add(user);
    const auto found = co_await database_.run(lastSeqStatement, std::move(place));
    if (!found)
        co_return tl::unexpected(store::toError(found.error()));
    if (found->isEmpty())
        co_return notFound();
    const std::int64_t last = found->int64At(0, 0);
    const std::int64_t oldest = found->int64At(0, 1);
    if (query.position == HistoryQuery::Position::FromTime) {
        Parameters time;
        time.add(query.conversation).add(oldest).add(last).addTimestamp(query.fromTimeMs);
        const auto from = co_await database_.run(seqFromTimeStatement, std::move(time));
        if (!from)
            co_return tl::unexpected(store::toError(from.error()));
        query.seq = MessageSeq{from->int64At(0, 0)};
    }
    const auto [begin, end] = rangeOf(query, oldest, last);
    HistoryPage page{.hasBefore = begin > oldest,
                     .hasAfter = end < last,
                     .firstSeq = MessageSeq{oldest},
                     .lastSeq = MessageSeq{last}};
    if (begin > end)
        co_return page;
    auto messages = co_await readRange(database_, user, query.conversation, MessageSeq{begin},
                                       MessageSeq{end});
    if (!messages)
        co_return tl::unexpected(store::toError(messages.error()));
    page.messages = std::move(*messages);
    const bool isNewest = query.position == HistoryQuery::Position::Before && !query.seq;
    shorten(page, isNewest ? page.lastSeq : query.seq);
    co_return page;
}

QCoro::Task<Result<std::vector<UserId>>> ConversationService::members(UserId user,
                                                                      ConversationId conversation)
{
    auto members = co_await readMembers(database_, conversation);
    if (!members)
        co_return tl::unexpected(store::toError(members.error()));
    if (std::find(members->begin(), members->end(), user) == members->end())
        co_return notFound();
    co_return std::move(*members);
}

QCoro::Task<Result<MessageSeq>> ConversationService::seqOf(UserId user, ConversationId conversation,
                                                           MessageId message)
{
    const auto isMember = co_await members(user, conversation);
    if (!isMember)
        co_return tl::unexpected(isMember.error());
    Parameters parameters;
    parameters.add(conversation).add(message);
    const auto rows = co_await database_.run(seqOfStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    if (rows->isEmpty())
        co_return failure(ErrorCode::MessageNotFound, "there is no such message");
    co_return MessageSeq{rows->int64At(0, 0)};
}

} // namespace dunlin::messaging
