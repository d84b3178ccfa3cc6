// SPDX-License-Identifier: Apache-2.0
#include "updates/update_log.h"

#include <map>
#include <unordered_map>

namespace dunlin::updates {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

// By the primary key, one look-up a user in the order of the array, which is ascending: the locks
// are taken in that order.
const Statement takeSeqsStatement{"updates_take_seqs", R"(
    UPDATE users u
    SET last_update_seq = u.last_update_seq + n.count
    FROM unnest($1::bigint[], $2::bigint[]) AS n (user_id, count)
    WHERE u.user_id = n.user_id
    RETURNING u.user_id, u.last_update_seq
)"};

const Statement insertStatement{"updates_insert", R"(
    INSERT INTO updates (user_id, seq, kind, conversation_id, actor_id, position, read_position)
    SELECT user_id, seq, kind::smallint, nullif(conversation_id, 0), nullif(actor_id, 0),
           position, read_position
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
                $6::bigint[], $7::bigint[])
         AS e (user_id, seq, kind, conversation_id, actor_id, position, read_position)
)"};

const Statement boundsStatement{"updates_bounds", R"(
    SELECT last_update_seq, update_tail_seq FROM users WHERE user_id = $1
)"};

// A range of the primary key.
const Statement readStatement{"updates_read", R"(
    SELECT seq, kind::bigint, coalesce(conversation_id, 0), coalesce(actor_id, 0),
           coalesce(position, 0), coalesce(read_position, 0)
    FROM updates
    WHERE user_id = $1 AND seq > $2
    ORDER BY seq
    LIMIT $3
)"};

} // namespace

Query takeSeqs(const std::vector<Entry> &entries)
{
    std::map<UserId, std::int64_t> counts;
    for (const Entry &entry : entries)
        ++counts[entry.user];
    std::vector<std::int64_t> users;
    std::vector<std::int64_t> numbers;
    for (const auto &[user, count] : counts) {
        users.push_back(user.value);
        numbers.push_back(count);
    }
    Query query{.statement = &takeSeqsStatement, .parameters = {}};
    query.parameters.addInt64Array(users).addInt64Array(numbers);
    return query;
}

bool assignSeqs(const store::Rows &rows, std::vector<Entry> &entries)
{
    std::unordered_map<UserId, std::int64_t> last;
    for (int row = 0; row < rows.count(); ++row)
        last[UserId{rows.int64At(row, 0)}] = rows.int64At(row, 1);
    // From the end, so that each user's last entry gets the number the row holds now.
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        const auto found = last.find(entry->user);
        if (found == last.end())
            return false;
        entry->seq = UpdateSeq{found->second--};
    }
    return true;
}

Query insertEntries(const std::vector<Entry> &entries)
{
    std::array<std::vector<std::int64_t>, 7> columns;
    for (auto &column : columns)
        column.reserve(entries.size());
    for (const Entry &entry : entries) {
        columns[0].push_back(entry.user.value);
        columns[1].push_back(entry.seq.value);
        columns[2].push_back(static_cast<std::int64_t>(entry.kind));
        columns[3].push_back(entry.conversation.value);
        columns[4].push_back(entry.actor.value);
        columns[5].push_back(entry.position);
        columns[6].push_back(entry.readPosition);
    }
    Query query{.statement = &insertStatement, .parameters = {}};
    for (const auto &column : columns)
        query.parameters.addInt64Array(column);
    return query;
}

QCoro::Task<store::DbResult<std::vector<Entry>>>
appendAndCommit(store::Database::Transaction &transaction, std::vector<Entry> entries)
{
    std::vector<Query> take;
    take.push_back(takeSeqs(entries));
    const auto taken = co_await transaction.runAll(std::move(take));
    if (!taken)
        co_return tl::unexpected(taken.error());
    if (!assignSeqs(taken->front(), entries)) {
        co_return tl::unexpected(store::DatabaseError{.kind = store::DatabaseError::Kind::Other,
                                                      .sqlState = {},
                                                      .message = "an update is for nobody"});
    }
    std::vector<Query> insert;
    insert.push_back(insertEntries(entries));
    const auto inserted = co_await transaction.runAll(std::move(insert));
    if (!inserted)
        co_return tl::unexpected(inserted.error());
    const auto committed = co_await transaction.commit();
    if (!committed)
        co_return tl::unexpected(committed.error());
    co_return entries;
}

std::vector<UserUpdates> toPublish(const std::vector<Entry> &entries,
                                   std::vector<decltype(Update::event)> events)
{
    std::vector<UserUpdates> all;
    std::unordered_map<UserId, std::size_t> places;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry &entry = entries[i];
        const auto [place, isNew] = places.try_emplace(entry.user, all.size());
        if (isNew)
            all.push_back({.user = entry.user, .previous = UpdateSeq{entry.seq.value - 1}});
        all[place->second].updates.push_back({.seq = entry.seq, .event = std::move(events[i])});
    }
    return all;
}

Query readBounds(UserId user)
{
    Query query{.statement = &boundsStatement, .parameters = {}};
    query.parameters.add(user);
    return query;
}

Bounds boundsOf(const store::Rows &rows)
{
    if (rows.isEmpty())
        return {};
    return {.newest = UpdateSeq{rows.int64At(0, 0)}, .tail = UpdateSeq{rows.int64At(0, 1)}};
}

Query readEntries(UserId user, UpdateSeq since, int limit)
{
    Query query{.statement = &readStatement, .parameters = {}};
    query.parameters.add(user).add(since).add(std::int64_t{limit});
    return query;
}

std::vector<Entry> entriesOf(UserId user, const store::Rows &rows)
{
    std::vector<Entry> entries;
    for (int row = 0; row < rows.count(); ++row) {
        entries.push_back({.user = user,
                           .kind = static_cast<Kind>(rows.int64At(row, 1)),
                           .conversation = ConversationId{rows.int64At(row, 2)},
                           .actor = UserId{rows.int64At(row, 3)},
                           .position = rows.int64At(row, 4),
                           .readPosition = rows.int64At(row, 5),
                           .seq = UpdateSeq{rows.int64At(row, 0)}});
    }
    return entries;
}

} // namespace dunlin::updates
