// SPDX-License-Identifier: Apache-2.0
#include "people/privacy_service.h"

#include "updates/update_log.h"

namespace dunlin::people {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

constexpr int triesMax = 10;

const Statement readStatement{"privacy_read", R"(
    SELECT hides_read_receipts, hides_last_seen FROM users WHERE user_id = $1
)"};
// A range of the primary key, ascending.
const Statement conversationsStatement{"privacy_conversations", R"(
    SELECT conversation_id FROM user_conversations WHERE user_id = $1 ORDER BY conversation_id
)"};
// In the order of the array, by primary key.
const Statement countStatement{"privacy_count", R"(
    UPDATE conversations c
    SET read_receipts_hidden_by = c.read_receipts_hidden_by + n.difference
    FROM unnest($1::bigint[], $2::bigint[]) AS n (conversation_id, difference)
    WHERE c.conversation_id = n.conversation_id
)"};
// No row when another device has changed it since it was read.
const Statement changeStatement{"privacy_change", R"(
    UPDATE users SET hides_read_receipts = $2, hides_last_seen = $3
    WHERE user_id = $1 AND hides_read_receipts = $4 AND hides_last_seen = $5
)"};
const Statement lastSeenStatement{"privacy_last_seen", R"(
    SELECT user_id, coalesce(last_seen_at, 'epoch'), hides_last_seen FROM users
    WHERE user_id = ANY ($1::bigint[])
)"};

Query queryOf(const Statement &statement, UserId user)
{
    Query query{.statement = &statement, .parameters = {}};
    query.parameters.add(user);
    return query;
}

std::vector<std::int64_t> numbersOf(const store::Rows &rows)
{
    std::vector<std::int64_t> numbers;
    for (int row = 0; row < rows.count(); ++row)
        numbers.push_back(rows.int64At(row, 0));
    return numbers;
}

/// Counts the user in or out of those who hide receipts in the conversations, and writes the
/// settings; then reads the conversations again. The count comes first: conversations are locked
/// before users.
std::vector<Query> changes(UserId user, Privacy before, Privacy after,
                           const std::vector<std::int64_t> &conversations)
{
    std::vector<Query> queries;
    if (before.hidesReadReceipts != after.hidesReadReceipts) {
        const std::vector<std::int64_t> differences(conversations.size(),
                                                    after.hidesReadReceipts ? 1 : -1);
        queries.push_back({.statement = &countStatement, .parameters = {}});
        queries.back().parameters.addInt64Array(conversations).addInt64Array(differences);
    }
    queries.push_back(queryOf(changeStatement, user));
    queries.back()
            .parameters.add(after.hidesReadReceipts)
            .add(after.hidesLastSeen)
            .add(before.hidesReadReceipts)
            .add(before.hidesLastSeen);
    queries.push_back(queryOf(conversationsStatement, user));
    return queries;
}

} // namespace

PrivacyService::PrivacyService(store::Database &database, Publish publish)
    : database_(database), publish_(std::move(publish))
{ }

QCoro::Task<Result<Privacy>> PrivacyService::change(UserId user, Privacy privacy)
{
    for (int tries = 1;; ++tries) {
        const auto changed = co_await tryChange(user, privacy);
        if (changed && *changed)
            co_return **changed;
        const bool canRetry =
                changed || changed.error().kind == store::DatabaseError::Kind::Retryable;
        if (canRetry && tries < triesMax)
            continue;
        if (!changed)
            co_return tl::unexpected(store::toError(changed.error()));
        co_return failure(ErrorCode::Unavailable, "other devices change the privacy",
                          std::chrono::seconds(1));
    }
}

QCoro::Task<store::DbResult<std::optional<Privacy>>> PrivacyService::tryChange(UserId user,
                                                                               Privacy privacy)
{
    std::vector<Query> look;
    look.push_back(queryOf(readStatement, user));
    look.push_back(queryOf(conversationsStatement, user));
    const auto seen = co_await database_.runAll(std::move(look));
    if (!seen)
        co_return tl::unexpected(seen.error());
    if (seen->front().isEmpty())
        co_return std::optional<Privacy>();
    const Privacy before{.hidesReadReceipts = seen->front().boolAt(0, 0),
                         .hidesLastSeen = seen->front().boolAt(0, 1)};
    if (before == privacy)
        co_return std::optional<Privacy>(before);
    const std::vector<std::int64_t> conversations = numbersOf(seen->back());

    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return tl::unexpected(transaction.error());
    const auto changed =
            co_await transaction->runAll(changes(user, before, privacy, conversations));
    if (!changed)
        co_return tl::unexpected(changed.error());
    // The user's row is locked now, and with it the user's conversations: one that came since would
    // not have been counted.
    const store::Rows &settings = (*changed)[changed->size() - 2];
    if (settings.affected() == 0 || numbersOf(changed->back()) != conversations)
        co_return std::optional<Privacy>();
    std::vector<updates::Entry> entries;
    entries.push_back({.user = user,
                       .kind = updates::Kind::PrivacyChanged,
                       .position = privacy.hidesReadReceipts ? 1 : 0,
                       .readPosition = privacy.hidesLastSeen ? 1 : 0});
    const auto appended = co_await updates::appendAndCommit(*transaction, std::move(entries));
    if (!appended)
        co_return tl::unexpected(appended.error());
    std::vector<decltype(Update::event)> events;
    events.emplace_back(PrivacyChanged{privacy});
    publish_(updates::toPublish(*appended, std::move(events)));
    co_return std::optional<Privacy>(before);
}

QCoro::Task<Result<std::vector<LastSeen>>> PrivacyService::lastSeen(std::vector<UserId> users)
{
    std::vector<std::int64_t> ids;
    for (const UserId user : users)
        ids.push_back(user.value);
    Parameters parameters;
    parameters.addInt64Array(ids);
    const auto rows = co_await database_.run(lastSeenStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    std::vector<LastSeen> seen;
    for (int row = 0; row < rows->count(); ++row) {
        seen.push_back({.user = UserId{rows->int64At(row, 0)},
                        .atMs = rows->timestampAt(row, 1),
                        .isHidden = rows->boolAt(row, 2)});
    }
    co_return seen;
}

} // namespace dunlin::people
