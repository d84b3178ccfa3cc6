// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blobs/blob_store.h"

#include <QCoroTask>

namespace dunlin::blobs {

class BlobService;

struct Upload {
    BlobId id;
    std::int64_t byteSize = 0;
    /// How many of them are there.
    std::int64_t offset = 0;
    /// When what is there so far is removed; 0 once it is whole.
    std::int64_t expiresAtMs = 0;
};

/// Adds one part to an upload. Each byte that was appended stays, so that an upload that is cut
/// goes on where it was; those of a part with a checksum only after commit().
///
/// Made by BlobService::open(), which outlives it; its thread is the service's. It outlives its
/// tasks. Errors: UPLOAD_OFFSET_MISMATCH (another writer has come), BLOB_NOT_FOUND (it was ended),
/// STORAGE_FULL, UNAVAILABLE, INTERNAL.
class UploadWriter {
public:
    UploadWriter(BlobService &service, Upload upload, BlobStore::Writer writer)
        : service_(service), upload_(upload), writer_(writer)
    { }
    ~UploadWriter();
    UploadWriter(const UploadWriter &) = delete;
    UploadWriter &operator=(const UploadWriter &) = delete;

    /// Error beside the others: BLOB_TOO_LARGE.
    QCoro::Task<Result<void>> append(QByteArray bytes);
    /// The part is whole. With the last one the upload is: from then on it can be shown. Error
    /// beside the others: CHECKSUM_MISMATCH.
    QCoro::Task<Result<void>> commit();

    [[nodiscard]] const Upload &upload() const { return upload_; }

private:
    BlobService &service_;
    Upload upload_;
    const BlobStore::Writer writer_; ///< 0: the upload was whole before.
};

} // namespace dunlin::blobs
