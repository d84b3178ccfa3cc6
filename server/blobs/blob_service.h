// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blobs/blob_store.h"
#include "blobs/turns.h"
#include "blobs/upload_writer.h"
#include "ids/id_generator.h"
#include "store/database.h"

#include <memory>

namespace dunlin::blobs {

struct Blob {
    std::int64_t byteSize = 0;
    /// 32 bytes.
    std::string sha256 = {};
};

/// The bytes that someone wants to add to an upload.
struct Part {
    std::int64_t offset = 0;
    std::int64_t byteSize = 0;
    /// What they have to be: without it each byte stays that arrives, with it all or none.
    std::optional<Checksum> checksum = {};
};

/// Who may upload, read and remove which blob, and what a user's blobs may take. Lives on one I/O
/// thread. Errors of every function, beside those named: UNAVAILABLE, STORAGE_FULL, INTERNAL.
///
/// A blob that is not the asker's to see is reported as not found.
///
/// A row is there before its file, and until it is gone: after a crash nothing is left that
/// collect() does not find.
class BlobService {
public:
    using RunHere = std::function<void(std::function<void()>)>;

    /// The references outlive the service and its tasks. runHere runs work on the service's thread,
    /// from any thread.
    BlobService(store::Database &database, BlobStore &store, IdGenerator &ids, RunHere runHere);
    /// As close().
    ~BlobService();
    BlobService(const BlobService &) = delete;
    BlobService &operator=(const BlobService &) = delete;

    /// Answers who waits for the store with UNAVAILABLE, and whoever comes from then on.
    void close();

    /// Begins an upload. Errors: INVALID_ARGUMENT (empty), BLOB_TOO_LARGE, QUOTA_EXCEEDED.
    QCoro::Task<Result<Upload>> begin(UserId user, std::int64_t byteSize);
    /// How far the user's upload is, for who is about to go on with it: a writer that is still
    /// there can add nothing any more, as its last bytes could make the answer wrong. Finishes one
    /// whose last byte came just before the server stopped. Error: BLOB_NOT_FOUND.
    QCoro::Task<Result<Upload>> resume(UserId user, BlobId id);
    /// A writer for a part of the user's upload; an earlier one can add nothing any more. Errors:
    /// BLOB_NOT_FOUND, BLOB_TOO_LARGE (more than was announced), UPLOAD_OFFSET_MISMATCH.
    QCoro::Task<Result<std::unique_ptr<UploadWriter>>> open(UserId user, BlobId id, Part part);
    /// Ends the user's upload, or removes a blob that nothing shows. Error: BLOB_NOT_FOUND.
    QCoro::Task<Result<void>> remove(UserId user, BlobId id);

    /// Removes all uploads and blobs of a user, also those that are shown. Returns how many.
    QCoro::Task<Result<std::int64_t>> removeAllOf(UserId user);

    /// The blob, when the user uploaded it, is a member of a conversation that shows it, or it is
    /// shown to everyone. Error: BLOB_NOT_FOUND.
    QCoro::Task<Result<Blob>> find(UserId user, BlobId id);
    /// At most maximum bytes of a blob.
    QCoro::Task<Result<QByteArray>> read(BlobId id, std::int64_t offset, std::int64_t maximum);

    /// Removes what has expired. Returns how many.
    QCoro::Task<Result<std::int64_t>> collect();

private:
    friend class UploadWriter;

    using AskSize = void (BlobStore::*)(BlobId, BlobStore::Done<std::int64_t>);
    /// How far the user's upload is; askSize is BlobStore::size, or BlobStore::halt.
    QCoro::Task<Result<Upload>> statusOf(UserId user, BlobId id, AskSize askSize);
    /// The file and the row of what nothing can use any more.
    QCoro::Task<Result<void>> discard(BlobId id);
    QCoro::Task<Result<bool>> maySee(UserId user, BlobId id);
    /// All bytes are there: from here on it can be shown.
    QCoro::Task<Result<void>> finish(BlobId id);

    store::Database &database_;
    IdGenerator &ids_;
    const std::unique_ptr<class StoreQuestions> questions_;
    Turns turns_; ///< Of those that write.
};

} // namespace dunlin::blobs
