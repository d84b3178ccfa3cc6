// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blobs/blob_store.h"
#include "blobs/digest.h"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

namespace dunlin::blobs {

/// Spreads blobs over folders and threads: the lowest bits of an id count within a millisecond and
/// are mostly zero, so those of the time join them (see IdGenerator).
inline std::uint64_t spread(BlobId id)
{
    constexpr int bitsBelowTime = 22;
    const auto number = static_cast<std::uint64_t>(id.number);
    return number ^ (number >> bitsBelowTime);
}

/// One thread of a FileBlobStore, and what it does with files. post() may be called from any
/// thread; everything else only by what was posted. The functions are those of BlobStore.
class FileBlobWorker {
public:
    using Writer = BlobStore::Writer;

    explicit FileBlobWorker(std::filesystem::path directory);
    /// Does what was posted first.
    ~FileBlobWorker();
    FileBlobWorker(const FileBlobWorker &) = delete;
    FileBlobWorker &operator=(const FileBlobWorker &) = delete;

    void post(std::function<void()> work);

    Result<void> begin(BlobId id) const;
    Result<std::int64_t> size(BlobId id) const;
    Result<std::int64_t> halt(BlobId id);
    Result<Writer> open(BlobId id, std::int64_t offset, const std::optional<Checksum> &checksum);
    Result<void> append(BlobId id, Writer writer, const QByteArray &bytes);
    Result<void> close(BlobId id, Writer writer);
    void leave(BlobId id, Writer writer);
    Result<std::string> finish(BlobId id);
    Result<QByteArray> read(BlobId id, std::int64_t offset, std::int64_t maximum) const;
    Result<void> remove(BlobId id);

private:
    /// The last writer of an upload that is neither closed nor gone.
    struct Writing {
        Writer writer = 0;
        std::int64_t begin = 0; ///< Where its first bytes belonged, and where its next do.
        std::int64_t offset = 0;
        std::optional<Checksum> checksum = {};
        std::optional<Digest> digest = {}; ///< With a checksum.
    };
    /// The digest of an upload as far as it has come, so that finish() need not read it again.
    struct Progress {
        Digest digest;
        std::int64_t bytes = 0;
    };

    [[nodiscard]] std::filesystem::path uploadPath(BlobId id) const;
    [[nodiscard]] std::filesystem::path blobPath(BlobId id) const;
    /// nullptr when another one has come, or it is closed.
    Writing *find(BlobId id, Writer writer);
    void dismissWriter(BlobId id);
    Result<void> truncate(BlobId id, std::int64_t size);
    void remember(BlobId id, std::int64_t offset, const QByteArray &bytes);
    Result<std::filesystem::path> makeBlobPath(BlobId id) const;
    void run();

    const std::filesystem::path directory_;
    std::map<BlobId, Writing> writing_;
    std::map<BlobId, Progress> progress_;
    Writer lastWriter_ = 0;

    std::mutex mutex_;
    std::condition_variable hasWork_;
    std::deque<std::function<void()>> queue_;
    bool isStopping_ = false;
    std::thread thread_; ///< The last member: it uses the others.
};

} // namespace dunlin::blobs
