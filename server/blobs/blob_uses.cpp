// SPDX-License-Identifier: Apache-2.0
#include "blobs/blob_uses.h"

#include "dunlin/limits.h"

#include <array>

namespace dunlin::blobs {

using store::Query;
using store::Statement;

namespace {

// By primary key, in the order of the arrays. An UPDATE because SELECT FOR UPDATE is not possible
// on tables that are distributed.
const Statement lockStatement{"blobs_lock", R"(
    UPDATE blobs b SET is_used = b.is_used
    FROM unnest($1::bigint[], $2::bigint[]) AS i (user_id, blob_id)
    WHERE b.user_id = i.user_id AND b.blob_id = i.blob_id AND b.sha256 IS NOT NULL
      AND (b.is_used OR b.expires_at > now())
    RETURNING b.user_id, b.blob_id, b.byte_size
)"};
const Statement useStatement{"blobs_use", R"(
    UPDATE blobs b SET is_used = true
    FROM unnest($1::bigint[], $2::bigint[]) AS i (user_id, blob_id)
    WHERE b.user_id = i.user_id AND b.blob_id = i.blob_id
)"};
const Statement insertUsesStatement{"blobs_insert_uses", R"(
    INSERT INTO blob_uses (user_id, blob_id, conversation_id)
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])
    ON CONFLICT DO NOTHING
)"};
const Statement deleteUseStatement{"blobs_delete_use", R"(
    DELETE FROM blob_uses WHERE user_id = $1 AND blob_id = $2 AND conversation_id = $3
)"};
const Statement releaseStatement{"blobs_release", R"(
    UPDATE blobs SET is_used = false, expires_at = now() + $3::bigint * interval '1 millisecond'
    WHERE user_id = $1 AND blob_id = $2
      AND NOT EXISTS (SELECT FROM blob_uses u WHERE u.user_id = $1 AND u.blob_id = $2)
)"};

Query queryOf(const Statement &statement, const std::set<BlobId> &blobs)
{
    std::vector<std::int64_t> owners;
    std::vector<std::int64_t> numbers;
    for (const BlobId &blob : blobs) {
        owners.push_back(blob.owner.value);
        numbers.push_back(blob.number);
    }
    Query query{.statement = &statement, .parameters = {}};
    query.parameters.addInt64Array(owners).addInt64Array(numbers);
    return query;
}

Query queryOf(const Statement &statement, BlobId blob)
{
    Query query{.statement = &statement, .parameters = {}};
    query.parameters.add(blob.owner).add(blob.number);
    return query;
}

} // namespace

Query lockWhole(const std::set<BlobId> &blobs)
{
    return queryOf(lockStatement, blobs);
}

std::map<BlobId, std::int64_t> wholeIn(const store::Rows &rows)
{
    std::map<BlobId, std::int64_t> whole;
    for (int row = 0; row < rows.count(); ++row) {
        const BlobId id{.owner = UserId{rows.int64At(row, 0)}, .number = rows.int64At(row, 1)};
        whole.emplace(id, rows.int64At(row, 2));
    }
    return whole;
}

std::vector<Query> use(const std::vector<BlobUse> &uses)
{
    std::set<BlobId> blobs;
    std::array<std::vector<std::int64_t>, 3> columns;
    for (const BlobUse &one : uses) {
        blobs.insert(one.blob);
        columns[0].push_back(one.blob.owner.value);
        columns[1].push_back(one.blob.number);
        columns[2].push_back(one.conversation.value);
    }
    std::vector<Query> queries;
    if (blobs.empty())
        return queries;
    queries.push_back(queryOf(useStatement, blobs));
    queries.push_back({.statement = &insertUsesStatement, .parameters = {}});
    for (const auto &column : columns)
        queries.back().parameters.addInt64Array(column);
    return queries;
}

std::vector<Query> release(const BlobUse &use)
{
    std::vector<Query> queries;
    queries.push_back(queryOf(deleteUseStatement, use.blob));
    queries.back().parameters.add(use.conversation);
    queries.push_back(queryOf(releaseStatement, use.blob));
    queries.back().parameters.add(std::int64_t{
            std::chrono::duration_cast<std::chrono::milliseconds>(limits::blobRetention).count()});
    return queries;
}

} // namespace dunlin::blobs
