// SPDX-License-Identifier: Apache-2.0
#include "blobs/blob_uses.h"

#include "dunlin/limits.h"

#include <array>
#include <span>
#include <utility>

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
    INSERT INTO blob_uses AS u (user_id, blob_id, conversation_id, message_count)
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
    ON CONFLICT (user_id, blob_id, conversation_id)
    DO UPDATE SET message_count = u.message_count + excluded.message_count
)"};
// The three of a release, by primary keys: one message less, no message at all, no use at all.
const Statement countDownStatement{"blobs_count_down", R"(
    UPDATE blob_uses u SET message_count = u.message_count - r.message_count
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
         AS r (user_id, blob_id, conversation_id, message_count)
    WHERE u.user_id = r.user_id AND u.blob_id = r.blob_id
      AND u.conversation_id = r.conversation_id
)"};
const Statement deleteUsesStatement{"blobs_delete_uses", R"(
    DELETE FROM blob_uses u
    USING unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS r (user_id, blob_id, conversation_id)
    WHERE u.user_id = r.user_id AND u.blob_id = r.blob_id
      AND u.conversation_id = r.conversation_id AND u.message_count <= 0
)"};
const Statement releaseStatement{"blobs_release", R"(
    UPDATE blobs b
    SET is_used = false, expires_at = now() + $3::bigint * interval '1 millisecond'
    FROM unnest($1::bigint[], $2::bigint[]) AS r (user_id, blob_id)
    WHERE b.user_id = r.user_id AND b.blob_id = r.blob_id AND b.is_used
      AND NOT EXISTS (SELECT FROM blob_uses u
                      WHERE u.user_id = b.user_id AND u.blob_id = b.blob_id)
)"};

/// The uses as columns: each pair of blob and conversation once, and how often it was there.
std::array<std::vector<std::int64_t>, 4> columnsOf(const std::vector<BlobUse> &uses)
{
    std::map<std::pair<BlobId, ConversationId>, std::int64_t> counts;
    for (const BlobUse &one : uses)
        ++counts[{one.blob, one.conversation}];
    std::array<std::vector<std::int64_t>, 4> columns;
    for (const auto &[key, count] : counts) {
        columns[0].push_back(key.first.owner.value);
        columns[1].push_back(key.first.number);
        columns[2].push_back(key.second.value);
        columns[3].push_back(count);
    }
    return columns;
}

Query queryOf(const Statement &statement, std::span<const std::vector<std::int64_t>> columns)
{
    Query query{.statement = &statement, .parameters = {}};
    for (const auto &column : columns)
        query.parameters.addInt64Array(column);
    return query;
}

std::set<BlobId> blobsOf(const std::vector<BlobUse> &uses)
{
    std::set<BlobId> blobs;
    for (const BlobUse &one : uses)
        blobs.insert(one.blob);
    return blobs;
}

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
    std::vector<Query> queries;
    if (uses.empty())
        return queries;
    queries.push_back(queryOf(useStatement, blobsOf(uses)));
    queries.push_back(queryOf(insertUsesStatement, columnsOf(uses)));
    return queries;
}

std::vector<Query> release(const std::vector<BlobUse> &uses)
{
    std::vector<Query> queries;
    if (uses.empty())
        return queries;
    const auto columns = columnsOf(uses);
    queries.push_back(queryOf(countDownStatement, columns));
    queries.push_back(queryOf(deleteUsesStatement, std::span(columns).first(3)));
    queries.push_back(queryOf(releaseStatement, blobsOf(uses)));
    queries.back().parameters.add(std::int64_t{
            std::chrono::duration_cast<std::chrono::milliseconds>(limits::blobRetention).count()});
    return queries;
}

} // namespace dunlin::blobs
