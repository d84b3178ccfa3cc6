// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blobs/digest.h"
#include "dunlin/result.h"
#include "types/blob_id.h"

#include <QByteArray>

#include <functional>
#include <optional>
#include <string>

namespace dunlin::blobs {

/// Where the bytes of blobs are. An upload grows by append() until finish() makes it a blob, which
/// never changes.
///
/// Any thread. Nothing blocks; done is called once, on a thread of the store's. What is asked of
/// one blob is done in the order it was asked. Errors beside those named: STORAGE_FULL, INTERNAL.
class BlobStore {
public:
    template <typename T> using Done = std::function<void(Result<T>)>;
    /// Who adds to an upload: one at a time, the last one who came.
    using Writer = std::uint64_t;

    virtual ~BlobStore() = default;

    /// An empty upload.
    virtual void begin(BlobId id, Done<void> done) = 0;
    /// Bytes of an upload or a blob so far, without those whose checksum is not known to be right.
    /// Error: BLOB_NOT_FOUND.
    virtual void size(BlobId id, Done<std::int64_t> done) = 0;
    /// The same, and it stays so until the next writer: the one there is, if any, can add nothing
    /// any more.
    virtual void halt(BlobId id, Done<std::int64_t> done) = 0;
    /// A new writer, at the end of what is there, which has to be offset. The writer before it, if
    /// there is one, can add nothing any more: its connection is often dead without the server
    /// having heard of it. With a checksum, what it adds stays only after close().
    /// Errors: UPLOAD_OFFSET_MISMATCH, BLOB_NOT_FOUND.
    virtual void open(BlobId id, std::int64_t offset, std::optional<Checksum> checksum,
                      Done<Writer> done) = 0;
    /// Adds all of these bytes or, after an error, none. Errors: UPLOAD_OFFSET_MISMATCH (another
    /// writer has come), BLOB_NOT_FOUND.
    virtual void append(BlobId id, Writer writer, QByteArray bytes, Done<void> done) = 0;
    /// The writer is done, and all it has added stays. Errors: UPLOAD_OFFSET_MISMATCH (another
    /// writer has come), CHECKSUM_MISMATCH (nothing stays).
    virtual void close(BlobId id, Writer writer, Done<void> done) = 0;
    /// The writer goes before it is done; nothing after close().
    virtual void leave(BlobId id, Writer writer) = 0;
    /// Makes an upload a blob, durably, and gives the SHA-256 of its content (32 bytes). Again for
    /// a blob is no mistake. Error: BLOB_NOT_FOUND.
    virtual void finish(BlobId id, Done<std::string> done) = 0;
    /// At most maximum bytes of a blob. Error: BLOB_NOT_FOUND.
    virtual void read(BlobId id, std::int64_t offset, std::int64_t maximum,
                      Done<QByteArray> done) = 0;
    /// Removes the upload or the blob, if it is there.
    virtual void remove(BlobId id, Done<void> done) = 0;
};

} // namespace dunlin::blobs
