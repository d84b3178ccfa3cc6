// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blobs/blob_store.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace dunlin::blobs {

class FileBlobWorker;

/// Blobs as files of a directory:
///
///     uploads/OWNER-NUMBER      what is not whole yet
///     blobs/XX/OWNER-NUMBER     what is; XX are 256 folders, so that none gets too full
///
/// A blob is written under its first name, flushed to disk and renamed. Files are handled on
/// threads of the store's own: a disk that is slow makes nobody wait but who uses it. A blob is
/// always handled by the same thread, which keeps its order.
class FileBlobStore final : public BlobStore {
public:
    /// Makes the directory, if it is missing, inside one that is there. Error: INTERNAL.
    static Result<std::unique_ptr<FileBlobStore>> open(std::filesystem::path directory,
                                                       int threads = 2);
    /// Does what was asked, and ends its threads.
    ~FileBlobStore() override;
    FileBlobStore(const FileBlobStore &) = delete;
    FileBlobStore &operator=(const FileBlobStore &) = delete;

    void begin(BlobId id, Done<void> done) override;
    void size(BlobId id, Done<std::int64_t> done) override;
    void halt(BlobId id, Done<std::int64_t> done) override;
    void open(BlobId id, std::int64_t offset, std::optional<Checksum> checksum,
              Done<Writer> done) override;
    void append(BlobId id, Writer writer, QByteArray bytes, Done<void> done) override;
    void close(BlobId id, Writer writer, Done<void> done) override;
    void leave(BlobId id, Writer writer) override;
    void finish(BlobId id, Done<std::string> done) override;
    void read(BlobId id, std::int64_t offset, std::int64_t maximum, Done<QByteArray> done) override;
    void remove(BlobId id, Done<void> done) override;

private:
    FileBlobStore(const std::filesystem::path &directory, int threads);

    FileBlobWorker &workerOf(BlobId id) const;

    std::vector<std::unique_ptr<FileBlobWorker>> workers_;
};

} // namespace dunlin::blobs
