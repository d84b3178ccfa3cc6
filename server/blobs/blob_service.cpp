// SPDX-License-Identifier: Apache-2.0
#include "blobs/blob_service.h"

#include "blobs/store_questions.h"
#include "dunlin/limits.h"

namespace dunlin::blobs {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

constexpr std::int64_t retentionMs =
        std::chrono::duration_cast<std::chrono::milliseconds>(limits::blobRetention).count();

// No row when the quota would be exceeded.
const Statement insertStatement{"blobs_insert", R"(
    WITH quota AS (
        INSERT INTO blob_quotas AS q (user_id, used_bytes) VALUES ($1, $3)
        ON CONFLICT (user_id) DO UPDATE SET used_bytes = q.used_bytes + $3
        WHERE q.used_bytes + $3 <= $4
        RETURNING user_id
    )
    INSERT INTO blobs (user_id, blob_id, byte_size, expires_at)
    SELECT user_id, $2, $3, now() + $5::bigint * interval '1 millisecond' FROM quota
    RETURNING expires_at
)"};
const Statement readStatement{"blobs_read", R"(
    SELECT byte_size, coalesce(sha256, ''::bytea), expires_at FROM blobs
    WHERE user_id = $1 AND blob_id = $2 AND (is_used OR expires_at > now())
)"};
// Time enough to show it, however long the upload has taken.
const Statement finishStatement{"blobs_finish", R"(
    UPDATE blobs SET sha256 = $3, expires_at = now() + $4::bigint * interval '1 millisecond'
    WHERE user_id = $1 AND blob_id = $2 AND (is_used OR expires_at > now())
)"};
// IS NOT TRUE, because NOT makes PostgreSQL read all of the index blobs_expiring instead.
const Statement condemnStatement{"blobs_condemn", R"(
    UPDATE blobs SET sha256 = NULL, expires_at = '-infinity'
    WHERE user_id = $1 AND blob_id = $2 AND is_used IS NOT TRUE
)"};
const Statement deleteUsesOfStatement{"blobs_delete_uses_of", R"(
    DELETE FROM blob_uses WHERE user_id = $1
)"};
const Statement condemnAllStatement{"blobs_condemn_all", R"(
    UPDATE blobs SET is_used = false, sha256 = NULL, expires_at = '-infinity' WHERE user_id = $1
)"};
// A range of the primary key.
const Statement blobsOfStatement{"blobs_of", R"(
    SELECT blob_id FROM blobs WHERE user_id = $1 AND expires_at = '-infinity'
    ORDER BY blob_id LIMIT $2
)"};
const Statement removeStatement{"blobs_remove", R"(
    WITH gone AS (
        DELETE FROM blobs WHERE user_id = $1 AND blob_id = $2 AND expires_at = '-infinity'
        RETURNING user_id, byte_size
    )
    UPDATE blob_quotas q SET used_bytes = q.used_bytes - gone.byte_size
    FROM gone WHERE q.user_id = gone.user_id
)"};
const Statement usesStatement{"blobs_uses", R"(
    SELECT conversation_id FROM blob_uses WHERE user_id = $1 AND blob_id = $2
)"};
const Statement isMemberStatement{"blobs_is_member", R"(
    SELECT 1 FROM unnest($1::bigint[]) AS c (conversation_id)
    JOIN members m ON m.conversation_id = c.conversation_id AND m.user_id = $2
    LIMIT 1
)"};
// By the index blobs_expiring.
const Statement expiredStatement{"blobs_expired", R"(
    SELECT user_id, blob_id FROM blobs
    WHERE NOT is_used AND expires_at < now()
    ORDER BY expires_at
    LIMIT $1
)"};

constexpr std::int64_t collectedAtOnce = 100;

Parameters keyOf(BlobId id)
{
    Parameters parameters;
    parameters.add(id.owner).add(id.number);
    return parameters;
}

auto notFound()
{
    return failure(ErrorCode::BlobNotFound, "there is no such blob");
}

} // namespace

BlobService::BlobService(store::Database &database, BlobStore &store, IdGenerator &ids,
                         RunHere runHere)
    : database_(database), ids_(ids),
      questions_(std::make_unique<StoreQuestions>(store, std::move(runHere)))
{ }

BlobService::~BlobService()
{
    close();
}

void BlobService::close()
{
    questions_->close();
    turns_.close(); // whose questions are refused by now
}

QCoro::Task<Result<Upload>> BlobService::begin(UserId user, std::int64_t byteSize)
{
    if (byteSize <= 0)
        co_return failure(ErrorCode::InvalidArgument, "there is nothing to upload");
    if (byteSize > limits::blobBytes)
        co_return failure(ErrorCode::BlobTooLarge, "an upload has at most 25 MiB");
    const BlobId id{.owner = user, .number = ids_.next()};
    Parameters parameters = keyOf(id);
    parameters.add(byteSize).add(limits::blobQuotaBytes).add(retentionMs);
    const auto inserted = co_await database_.run(insertStatement, std::move(parameters));
    if (!inserted)
        co_return tl::unexpected(store::toError(inserted.error()));
    if (inserted->isEmpty())
        co_return failure(ErrorCode::QuotaExceeded, "the account's room for pictures is used up");
    auto asked = questions_->ask<void>(
            [id](BlobStore &store, auto done) { store.begin(id, std::move(done)); });
    const auto begun = co_await asked;
    if (!begun) {
        co_await remove(user, id);
        co_return tl::unexpected(begun.error());
    }
    co_return Upload{.id = id, .byteSize = byteSize, .expiresAtMs = inserted->timestampAt(0, 0)};
}

QCoro::Task<Result<Upload>> BlobService::resume(UserId user, BlobId id)
{
    return statusOf(user, id, &BlobStore::halt);
}

QCoro::Task<Result<Upload>> BlobService::statusOf(UserId user, BlobId id, AskSize askSize)
{
    if (id.owner != user)
        co_return notFound();
    const auto row = co_await database_.run(readStatement, keyOf(id));
    if (!row)
        co_return tl::unexpected(store::toError(row.error()));
    if (row->isEmpty())
        co_return notFound();
    Upload upload{.id = id, .byteSize = row->int64At(0, 0)};
    upload.offset = upload.byteSize;
    if (!row->bytesAt(0, 1).empty())
        co_return upload;
    auto asked = questions_->ask<std::int64_t>(
            [id, askSize](BlobStore &store, auto done) { (store.*askSize)(id, std::move(done)); });
    const auto size = co_await asked;
    if (!size)
        co_return tl::unexpected(size.error());
    if (*size == upload.byteSize) {
        const auto finished = co_await finish(id);
        if (!finished)
            co_return tl::unexpected(finished.error());
        co_return upload;
    }
    upload.offset = *size;
    upload.expiresAtMs = row->timestampAt(0, 2);
    co_return upload;
}

QCoro::Task<Result<std::unique_ptr<UploadWriter>>> BlobService::open(UserId user, BlobId id,
                                                                     Part part)
{
    const auto found = co_await statusOf(user, id, &BlobStore::size);
    if (!found)
        co_return tl::unexpected(found.error());
    if (part.offset != found->offset) {
        co_return failure(ErrorCode::UploadOffsetMismatch,
                          "the upload is at offset " + std::to_string(found->offset));
    }
    if (part.byteSize > found->byteSize - found->offset)
        co_return failure(ErrorCode::BlobTooLarge, "that is more than was announced");
    BlobStore::Writer writer = 0;
    if (found->offset < found->byteSize) {
        auto asked = questions_->ask<BlobStore::Writer>([id, part](BlobStore &store, auto done) {
            store.open(id, part.offset, part.checksum, std::move(done));
        });
        const auto opened = co_await asked;
        if (!opened)
            co_return tl::unexpected(opened.error());
        writer = *opened;
    }
    co_return std::make_unique<UploadWriter>(*this, *found, writer);
}

QCoro::Task<Result<void>> BlobService::finish(BlobId id)
{
    auto asked = questions_->ask<std::string>(
            [id](BlobStore &store, auto done) { store.finish(id, std::move(done)); });
    const auto digest = co_await asked;
    if (!digest)
        co_return tl::unexpected(digest.error());
    Parameters parameters = keyOf(id);
    parameters.addBytes(*digest).add(retentionMs);
    const auto done = co_await database_.run(finishStatement, std::move(parameters));
    if (!done)
        co_return tl::unexpected(store::toError(done.error()));
    if (done->affected() == 0)
        co_return notFound(); // ended meanwhile
    co_return Result<void>();
}

QCoro::Task<Result<void>> BlobService::remove(UserId user, BlobId id)
{
    if (id.owner != user)
        co_return notFound();
    // First nothing can use it any more, then its file goes, then its row.
    const auto condemned = co_await database_.run(condemnStatement, keyOf(id));
    if (!condemned)
        co_return tl::unexpected(store::toError(condemned.error()));
    if (condemned->affected() == 0)
        co_return notFound(); // or it is shown
    co_return co_await discard(id);
}

QCoro::Task<Result<void>> BlobService::discard(BlobId id)
{
    auto asked = questions_->ask<void>(
            [id](BlobStore &store, auto done) { store.remove(id, std::move(done)); });
    const auto unlinked = co_await asked;
    if (!unlinked)
        co_return unlinked;
    const auto removed = co_await database_.run(removeStatement, keyOf(id));
    if (!removed)
        co_return tl::unexpected(store::toError(removed.error()));
    co_return Result<void>();
}

QCoro::Task<Result<std::int64_t>> BlobService::removeAllOf(UserId user)
{
    std::vector<Query> queries;
    for (const Statement *statement : {&deleteUsesOfStatement, &condemnAllStatement}) {
        queries.push_back({.statement = statement, .parameters = {}});
        queries.back().parameters.add(user);
    }
    const auto condemned = co_await database_.runAll(std::move(queries));
    if (!condemned)
        co_return tl::unexpected(store::toError(condemned.error()));
    std::int64_t removed = 0;
    for (;;) {
        Parameters place;
        place.add(user).add(collectedAtOnce);
        const auto rows = co_await database_.run(blobsOfStatement, std::move(place));
        if (!rows)
            co_return tl::unexpected(store::toError(rows.error()));
        std::int64_t gone = 0;
        for (int row = 0; row < rows->count(); ++row) {
            const BlobId id{.owner = user, .number = rows->int64At(row, 0)};
            const auto one = co_await discard(id);
            if (!one)
                co_return tl::unexpected(one.error());
            ++gone;
        }
        removed += gone;
        if (gone < collectedAtOnce)
            co_return removed;
    }
}

QCoro::Task<Result<bool>> BlobService::maySee(UserId user, BlobId id)
{
    if (id.owner == user)
        co_return true;
    const auto uses = co_await database_.run(usesStatement, keyOf(id));
    if (!uses)
        co_return tl::unexpected(store::toError(uses.error()));
    std::vector<std::int64_t> conversations;
    for (int row = 0; row < uses->count(); ++row) {
        conversations.push_back(uses->int64At(row, 0));
        if (conversations.back() == 0)
            co_return true;
    }
    if (conversations.empty())
        co_return false;
    Parameters parameters;
    parameters.addInt64Array(conversations).add(user);
    const auto member = co_await database_.run(isMemberStatement, std::move(parameters));
    if (!member)
        co_return tl::unexpected(store::toError(member.error()));
    co_return !member->isEmpty();
}

QCoro::Task<Result<Blob>> BlobService::find(UserId user, BlobId id)
{
    const auto row = co_await database_.run(readStatement, keyOf(id));
    if (!row)
        co_return tl::unexpected(store::toError(row.error()));
    if (row->isEmpty() || row->bytesAt(0, 1).empty())
        co_return notFound();
    const auto allowed = co_await maySee(user, id);
    if (!allowed)
        co_return tl::unexpected(allowed.error());
    if (!*allowed)
        co_return notFound();
    co_return Blob{.byteSize = row->int64At(0, 0), .sha256 = std::string(row->bytesAt(0, 1))};
}

QCoro::Task<Result<QByteArray>> BlobService::read(BlobId id, std::int64_t offset,
                                                  std::int64_t maximum)
{
    auto asked = questions_->ask<QByteArray>([id, offset, maximum](BlobStore &store, auto done) {
        store.read(id, offset, maximum, std::move(done));
    });
    co_return co_await asked;
}

QCoro::Task<Result<std::int64_t>> BlobService::collect()
{
    std::int64_t removed = 0;
    while (true) {
        Parameters parameters;
        parameters.add(collectedAtOnce);
        const auto rows = co_await database_.run(expiredStatement, std::move(parameters));
        if (!rows)
            co_return tl::unexpected(store::toError(rows.error()));
        std::int64_t gone = 0;
        for (int row = 0; row < rows->count(); ++row) {
            const BlobId id{.owner = UserId{rows->int64At(row, 0)},
                            .number = rows->int64At(row, 1)};
            const auto one = co_await remove(id.owner, id);
            gone += one ? 1 : 0;
        }
        removed += gone;
        if (gone == 0)
            co_return removed;
    }
}

} // namespace dunlin::blobs
