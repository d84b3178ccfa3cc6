// SPDX-License-Identifier: Apache-2.0
#include "retention/retention_service.h"

#include "blobs/blob_uses.h"
#include "dunlin/limits.h"
#include "log/log.h"
#include "messaging/conversation_reader.h"
#include "messaging/images.h"
#include "messaging/retention_rows.h"
#include "metrics/metrics.h"
#include "retention/due.h"
#include "updates/update_log.h"

#include <QDateTime>

#include <algorithm>

namespace dunlin::retention {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

constexpr std::int64_t conversationsAtOnce = 200;
constexpr std::int64_t messagesAtOnce = 500;
constexpr std::int64_t rowsAtOnce = 2000;
/// What a device has not heard of is looked through this far.
constexpr std::int64_t unheardMax = 1000;

const Statement setStatement{"retention_set", R"(
    UPDATE conversations SET until_delivered = $2, retention_days = $3::bigint
    WHERE conversation_id = $1 AND (until_delivered, retention_days) IS DISTINCT FROM ($2, $3)
    RETURNING )" DUNLIN_RETENTION_COLUMNS};

// The next conversations, by primary key or by conversations_with_retention, and whether something
// in them may be due: one look-up in messages by primary key for each.
#define DUNLIN_NEXT_CONVERSATIONS                                                                  \
    "SELECT c.conversation_id,"                                                                    \
    "       (c.is_delivered_enough AND c.last_seq >= c.first_seq)"                                 \
    "       OR coalesce(c.days > 0 AND (c.handed_over_at < now() - c.days * interval '1 day'"      \
    "           OR (SELECT m.sent_at FROM messages m WHERE m.conversation_id = c.conversation_id"  \
    "               AND m.seq = c.first_seq) < now() - c.days * interval '1 day'), false)"         \
    " FROM (SELECT conversation_id, first_seq, last_seq, handed_over_at,"                          \
    "              until_delivered OR $3 AS is_delivered_enough,"                                  \
    "              CASE WHEN $2 = 0 THEN retention_days WHEN retention_days = 0 THEN $2"           \
    "                   ELSE least($2, retention_days) END AS days"                                \
    "       FROM conversations WHERE conversation_id > $1 "
#define DUNLIN_NEXT_CONVERSATIONS_END " ORDER BY conversation_id LIMIT $4) AS c"
const Statement allStatement{"retention_all",
                             DUNLIN_NEXT_CONVERSATIONS DUNLIN_NEXT_CONVERSATIONS_END};
const Statement withSettingStatement{
        "retention_with_setting",
        DUNLIN_NEXT_CONVERSATIONS
        " AND (retention_days > 0 OR until_delivered)" DUNLIN_NEXT_CONVERSATIONS_END};

const Statement stateStatement{"retention_state",
                               "SELECT " DUNLIN_RETENTION_COLUMNS
                               ", coalesce(handed_over_at, 'epoch')"
                               " FROM conversations WHERE conversation_id = $1"};
const Statement deliveredStatement{"retention_delivered", R"(
    SELECT user_id, delivered_seq FROM members WHERE conversation_id = $1 ORDER BY user_id
)"};
// By primary keys: what the slowest device of each member has not heard of. One that is behind the
// log gets a snapshot, and is not waited for.
const Statement unheardStatement{"retention_unheard", R"(
    SELECT u.user_id, u.deleted_at IS NOT NULL, e.number, coalesce(e.first_seq, 0)
    FROM unnest($1::bigint[]) AS p (user_id)
    JOIN users u USING (user_id)
    CROSS JOIN LATERAL (
        SELECT min(d.cursor_seq) AS seq FROM devices d
        WHERE d.user_id = u.user_id AND d.cursor_seq >= u.update_tail_seq) AS slowest
    CROSS JOIN LATERAL (
        SELECT count(*) AS number,
               min(x.position) FILTER (WHERE x.kind = 1 AND x.conversation_id = $2) AS first_seq
        FROM (SELECT kind, conversation_id, position FROM updates
              WHERE user_id = u.user_id AND seq > coalesce(slowest.seq, u.last_update_seq)
              ORDER BY seq
              LIMIT $3) AS x) AS e
)"};
// A range of the primary key.
const Statement oldestStatement{"retention_oldest", R"(
    SELECT seq, sender_id, sent_at, coalesce(images, ''::bytea) FROM messages
    WHERE conversation_id = $1 AND seq >= $2
    ORDER BY seq
    LIMIT $3
)"};

// Under the conversation's lock, by primary keys. No row: another has been there first.
const Statement lockStatement{"retention_lock", R"(
    SELECT first_seq FROM conversations
    WHERE conversation_id = $1 AND first_seq = $2 AND until_delivered = $3 AND retention_days = $4
    FOR UPDATE
)"};
// Locked, so that a deletion of the account at the same time takes none of it back twice.
const Statement imagesStatement{"retention_images", R"(
    SELECT images FROM messages
    WHERE conversation_id = $1 AND seq >= $2 AND seq <= $3 AND images IS NOT NULL
    FOR UPDATE
)"};
const Statement eraseStatement{"retention_erase", R"(
    UPDATE messages
    SET removed_at = now(), body = '', images = NULL, edited_at = NULL, deleted_at = NULL,
        reply_to_seq = NULL, forwarded_from = NULL, reactions = NULL, pinned_at = NULL
    WHERE conversation_id = $1 AND seq >= $2 AND seq <= $3
)"};
const Statement eraseVersionsStatement{"retention_erase_versions", R"(
    DELETE FROM message_edits WHERE conversation_id = $1 AND seq >= $2 AND seq <= $3
)"};
const Statement eraseHiddenStatement{"retention_erase_hidden", R"(
    DELETE FROM hidden_messages
    WHERE user_id = ANY ($4::bigint[]) AND conversation_id = $1 AND seq >= $2 AND seq <= $3
)"};
const Statement advanceStatement{"retention_advance", R"(
    UPDATE conversations
    SET first_seq = $2,
        expired_before = greatest(expired_before, nullif($3, 'epoch'::timestamptz)),
        handed_over_at = nullif($4, 'epoch'::timestamptz)
    WHERE conversation_id = $1
    RETURNING )" DUNLIN_RETENTION_COLUMNS};

// By the index messages_removed.
const Statement dropRowsStatement{"retention_drop_rows", R"(
    DELETE FROM messages m
    USING (SELECT conversation_id, seq FROM messages
           WHERE removed_at < now() - $1 * interval '1 second'
           ORDER BY removed_at
           LIMIT $2) AS old
    WHERE m.conversation_id = old.conversation_id AND m.seq = old.seq
)"};

/// An entry for each, and what they are told.
std::pair<std::vector<updates::Entry>, std::vector<decltype(Update::event)>>
changeFor(const std::vector<UserId> &members, ConversationId conversation)
{
    std::vector<updates::Entry> entries;
    for (const UserId member : members) {
        entries.push_back({.user = member,
                           .kind = updates::Kind::RetentionChanged,
                           .conversation = conversation});
    }
    return {std::move(entries), std::vector<decltype(Update::event)>(members.size())};
}

Query queryOf(const Statement &statement, ConversationId conversation)
{
    Query query{.statement = &statement, .parameters = {}};
    query.parameters.add(conversation);
    return query;
}

std::vector<Reception> receptionsIn(const store::Rows &delivered, const store::Rows &unheard)
{
    std::vector<Reception> members;
    for (int row = 0; row < delivered.count(); ++row) {
        Reception member{.user = UserId{delivered.int64At(row, 0)},
                         .delivered = MessageSeq{delivered.int64At(row, 1)},
                         .firstUnheard = MessageSeq{1}}; // unless it is there below
        for (int other = 0; other < unheard.count(); ++other) {
            if (unheard.int64At(other, 0) != member.user.value)
                continue;
            member.isDeleted = unheard.boolAt(other, 1);
            member.firstUnheard = MessageSeq{unheard.int64At(other, 3)};
            // Too far behind to be told: nothing is known to be heard of.
            if (!member.firstUnheard && unheard.int64At(other, 2) >= unheardMax)
                member.firstUnheard = MessageSeq{1};
        }
        members.push_back(member);
    }
    return members;
}

} // namespace

/// What is to be removed of a conversation by one transaction, and what that was decided on.
struct RetentionService::Due {
    RetentionState state;
    std::vector<UserId> members;
    /// Before state.first: nothing but what only devices have.
    MessageSeq last = {};
    std::set<BlobId> blobs = {};
    std::int64_t expiredBeforeMs = 0;
    std::int64_t handedOverAtMs = 0;
    bool isAll = true;
};

RetentionService::RetentionService(store::Database &database, Retention policy, Publish publish)
    : database_(database), policy_(policy), publish_(std::move(publish))
{ }

QCoro::Task<Result<void>> RetentionService::set(UserId user, ConversationId conversation,
                                                Retention retention)
{
    if (retention.days < 0 || retention.days > limits::retentionDaysMax)
        co_return failure(ErrorCode::InvalidArgument, "messages are kept for 1 to 365 days");
    const auto members = co_await messaging::readMembers(database_, conversation);
    if (!members)
        co_return tl::unexpected(store::toError(members.error()));
    if (std::find(members->begin(), members->end(), user) == members->end())
        co_return failure(ErrorCode::ConversationNotFound, "there is no such conversation");
    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return tl::unexpected(store::toError(transaction.error()));
    Parameters parameters;
    parameters.add(conversation).add(retention.untilDelivered).add(std::int64_t{retention.days});
    const auto changed = co_await transaction->run(setStatement, std::move(parameters));
    if (!changed)
        co_return tl::unexpected(store::toError(changed.error()));
    if (changed->isEmpty())
        co_return Result<void>(); // as it is already
    auto [entries, events] = changeFor(*members, conversation);
    for (auto &event : events) {
        event = RetentionChanged{.conversation = conversation,
                                 .state = messaging::retentionAt(*changed, 0, 0)};
    }
    const auto appended = co_await updates::appendAndCommit(*transaction, std::move(entries));
    if (!appended)
        co_return tl::unexpected(store::toError(appended.error()));
    publish_(updates::toPublish(*appended, std::move(events)));
    co_return Result<void>();
}

QCoro::Task<Result<std::int64_t>> RetentionService::remove(ConversationId conversation)
{
    const auto removed = co_await removeFrom(conversation);
    if (!removed)
        co_return tl::unexpected(store::toError(removed.error()));
    co_return *removed;
}

QCoro::Task<Result<std::int64_t>> RetentionService::removeAll()
{
    const bool isForAll = policy_.untilDelivered || policy_.days > 0;
    const Statement &statement = isForAll ? allStatement : withSettingStatement;
    std::int64_t removed = 0;
    std::int64_t conversations = 0;
    ConversationId after;
    for (;;) {
        Parameters place;
        place.add(after).add(std::int64_t{policy_.days}).add(policy_.untilDelivered);
        place.add(conversationsAtOnce);
        const auto rows = co_await database_.run(statement, std::move(place));
        if (!rows)
            co_return tl::unexpected(store::toError(rows.error()));
        if (rows->isEmpty())
            break;
        for (int row = 0; row < rows->count(); ++row) {
            after = ConversationId{rows->int64At(row, 0)};
            if (!rows->boolAt(row, 1))
                continue;
            const auto some = co_await removeFrom(after);
            if (!some)
                co_return tl::unexpected(store::toError(some.error()));
            removed += *some;
            conversations += *some > 0 ? 1 : 0;
        }
    }
    if (removed > 0)
        log::info("messages removed by retention",
                  {{"messages", removed}, {"conversations", conversations}});
    const auto dropped = co_await dropRows();
    if (!dropped)
        co_return tl::unexpected(store::toError(dropped.error()));
    co_return removed;
}

QCoro::Task<store::DbResult<std::int64_t>> RetentionService::removeFrom(ConversationId conversation)
{
    std::int64_t removed = 0;
    for (;;) {
        const auto due = co_await findDue(conversation);
        if (!due)
            co_return tl::unexpected(due.error());
        if (!*due)
            co_return removed;
        const auto some = co_await removeDue(conversation, **due);
        if (!some)
            co_return tl::unexpected(some.error());
        removed += *some;
        if ((*due)->isAll)
            co_return removed;
    }
}

QCoro::Task<store::DbResult<std::optional<RetentionService::Due>>>
RetentionService::findDue(ConversationId conversation)
{
    std::vector<Query> queries;
    queries.push_back(queryOf(stateStatement, conversation));
    queries.push_back(queryOf(deliveredStatement, conversation));
    const auto rows = co_await database_.runAll(std::move(queries));
    if (!rows)
        co_return tl::unexpected(rows.error());
    if (rows->front().isEmpty())
        co_return std::nullopt;
    Due due{.state = messaging::retentionAt(rows->front(), 0, 0), .members = {}};
    due.handedOverAtMs = rows->front().timestampAt(0, 4);
    std::vector<std::int64_t> users;
    for (int row = 0; row < rows->back().count(); ++row) {
        users.push_back(rows->back().int64At(row, 0));
        due.members.push_back(UserId{users.back()});
    }

    std::vector<Query> more;
    more.push_back({.statement = &unheardStatement, .parameters = {}});
    more.back().parameters.addInt64Array(users).add(conversation).add(unheardMax);
    more.push_back(queryOf(oldestStatement, conversation));
    more.back().parameters.add(due.state.first).add(messagesAtOnce);
    const auto found = co_await database_.runAll(std::move(more));
    if (!found)
        co_return tl::unexpected(found.error());
    const store::Rows &oldest = found->back();
    std::vector<Candidate> messages;
    for (int row = 0; row < oldest.count(); ++row) {
        messages.push_back({.seq = MessageSeq{oldest.int64At(row, 0)},
                            .sender = UserId{oldest.int64At(row, 1)},
                            .sentAtMs = oldest.timestampAt(row, 2)});
    }

    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    const Retention retention = both(policy_, due.state.retention);
    const std::vector<Reception> members = receptionsIn(rows->back(), found->front());
    const std::size_t count = countDue(messages, retention, members, now);
    due.expiredBeforeMs = expiredBefore(retention, now);
    // What only devices have goes when the newest of it has expired: the server knows no more.
    const bool isHandedOverExpired =
            due.handedOverAtMs > 0 && due.handedOverAtMs < due.expiredBeforeMs;
    if (isHandedOverExpired)
        due.handedOverAtMs = 0;
    if (count == 0 && !isHandedOverExpired)
        co_return std::nullopt;
    due.last = count > 0 ? messages[count - 1].seq : MessageSeq{due.state.first.value - 1};
    due.isAll = static_cast<std::int64_t>(count) < messagesAtOnce;
    for (std::size_t i = 0; i < count; ++i) {
        due.blobs.merge(messaging::blobsOf(
                messaging::decodeImages(oldest.bytesAt(static_cast<int>(i), 3))));
        if (messages[i].sentAtMs >= due.expiredBeforeMs)
            due.handedOverAtMs = std::max(due.handedOverAtMs, messages[i].sentAtMs);
    }
    co_return due;
}

QCoro::Task<store::DbResult<std::int64_t>> RetentionService::removeDue(ConversationId conversation,
                                                                       Due due)
{
    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return tl::unexpected(transaction.error());
    std::vector<Query> queries;
    if (!due.blobs.empty())
        queries.push_back(blobs::lockWhole(due.blobs));
    queries.push_back(queryOf(lockStatement, conversation));
    queries.back()
            .parameters.add(due.state.first)
            .add(due.state.retention.untilDelivered)
            .add(std::int64_t{due.state.retention.days});
    queries.push_back(queryOf(imagesStatement, conversation));
    queries.back().parameters.add(due.state.first).add(due.last);
    const auto locked = co_await transaction->runAll(std::move(queries));
    if (!locked)
        co_return tl::unexpected(locked.error());
    if ((*locked)[locked->size() - 2].isEmpty())
        co_return std::int64_t(0);

    std::vector<blobs::BlobUse> uses;
    const store::Rows &shown = locked->back();
    for (int row = 0; row < shown.count(); ++row) {
        for (const BlobId &blob :
             messaging::blobsOf(messaging::decodeImages(shown.bytesAt(row, 0))))
            uses.push_back({.blob = blob, .conversation = conversation});
    }
    std::vector<std::int64_t> users;
    for (const UserId member : due.members)
        users.push_back(member.value);
    std::vector<Query> writes;
    for (const Statement *statement :
         {&eraseStatement, &eraseVersionsStatement, &eraseHiddenStatement}) {
        writes.push_back(queryOf(*statement, conversation));
        writes.back().parameters.add(due.state.first).add(due.last);
    }
    writes.back().parameters.addInt64Array(users);
    for (Query &query : blobs::release(uses))
        writes.push_back(std::move(query));
    writes.push_back(queryOf(advanceStatement, conversation));
    writes.back()
            .parameters.add(due.last.value + 1)
            .addTimestamp(due.expiredBeforeMs)
            .addTimestamp(due.handedOverAtMs);
    const auto written = co_await transaction->runAll(std::move(writes));
    if (!written)
        co_return tl::unexpected(written.error());
    auto [entries, events] = changeFor(due.members, conversation);
    for (auto &event : events) {
        event = RetentionChanged{.conversation = conversation,
                                 .state = messaging::retentionAt(written->back(), 0, 0)};
    }
    const auto appended = co_await updates::appendAndCommit(*transaction, std::move(entries));
    if (!appended)
        co_return tl::unexpected(appended.error());
    publish_(updates::toPublish(*appended, std::move(events)));
    const std::int64_t removed = due.last.value - due.state.first.value + 1;
    metrics::add(metrics::Counter::MessagesRemoved, static_cast<std::uint64_t>(removed));
    co_return removed;
}

QCoro::Task<store::DbResult<void>> RetentionService::dropRows()
{
    for (;;) {
        Parameters parameters;
        parameters.add(std::int64_t{
                std::chrono::duration_cast<std::chrono::seconds>(limits::resendMemory).count()});
        parameters.add(rowsAtOnce);
        const auto dropped = co_await database_.run(dropRowsStatement, std::move(parameters));
        if (!dropped)
            co_return tl::unexpected(dropped.error());
        if (dropped->affected() < rowsAtOnce)
            co_return store::DbResult<void>();
    }
}

} // namespace dunlin::retention
