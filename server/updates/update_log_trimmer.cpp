// SPDX-License-Identifier: Apache-2.0
#include "updates/update_log_trimmer.h"

#include <QDateTime>

namespace dunlin::updates {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

constexpr std::int64_t usersAtOnce = 200;
/// Of one user in one round: the rest waits for the next.
constexpr std::int64_t entriesAtOnce = 10'000;

// The oldest entries of each of the next users by primary key; an entry's time follows its seq.
const Statement findStatement{"updates_find_old", R"(
    SELECT u.user_id,
           coalesce((SELECT max(o.seq)
                     FROM (SELECT seq, created_at FROM updates
                           WHERE user_id = u.user_id AND seq > u.update_tail_seq
                           ORDER BY seq
                           LIMIT $2) AS o
                     WHERE o.created_at < $3), 0) AS old_seq
    FROM users u
    WHERE u.user_id > $1
    ORDER BY u.user_id
    LIMIT $4
)"};

// The tail first, in the same transaction: who reads it before the rows go sees all of them.
const Statement raiseTailStatement{"updates_raise_tail", R"(
    UPDATE users u
    SET update_tail_seq = o.seq
    FROM unnest($1::bigint[], $2::bigint[]) AS o (user_id, seq)
    WHERE u.user_id = o.user_id AND u.update_tail_seq < o.seq
)"};
const Statement deleteStatement{"updates_delete_old", R"(
    DELETE FROM updates x
    USING unnest($1::bigint[], $2::bigint[]) AS o (user_id, seq)
    WHERE x.user_id = o.user_id AND x.seq <= o.seq
)"};

} // namespace

QCoro::Task<store::DbResult<std::int64_t>> UpdateLogTrimmer::trim(std::chrono::milliseconds keep)
{
    const std::int64_t before = QDateTime::currentMSecsSinceEpoch() - keep.count();
    std::int64_t removed = 0;
    std::int64_t lastUser = 0;
    for (;;) {
        Parameters place;
        place.add(lastUser).add(entriesAtOnce).addTimestamp(before).add(usersAtOnce);
        const auto found = co_await database_.run(findStatement, std::move(place));
        if (!found)
            co_return tl::unexpected(found.error());
        if (found->isEmpty())
            co_return removed;
        std::vector<std::int64_t> users;
        std::vector<std::int64_t> seqs;
        for (int row = 0; row < found->count(); ++row) {
            lastUser = found->int64At(row, 0);
            if (found->int64At(row, 1) > 0) {
                users.push_back(lastUser);
                seqs.push_back(found->int64At(row, 1));
            }
        }
        if (users.empty())
            continue;
        std::vector<Query> queries;
        for (const Statement *statement : {&raiseTailStatement, &deleteStatement}) {
            Query query{.statement = statement, .parameters = {}};
            query.parameters.addInt64Array(users).addInt64Array(seqs);
            queries.push_back(std::move(query));
        }
        const auto done = co_await database_.runAll(std::move(queries));
        if (!done)
            co_return tl::unexpected(done.error());
        removed += done->back().affected();
    }
}

} // namespace dunlin::updates
