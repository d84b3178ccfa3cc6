// SPDX-License-Identifier: Apache-2.0
#include "blobs/file_blob_store.h"

#include "blobs/file_blob_worker.h"

#include <unistd.h>

namespace dunlin::blobs {

Result<std::unique_ptr<FileBlobStore>> FileBlobStore::open(std::filesystem::path directory,
                                                           int threads)
{
    for (const auto &path : {directory, directory / "uploads", directory / "blobs"}) {
        std::error_code error;
        if (std::filesystem::create_directory(path, error))
            std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
        if (!error && ::access(path.c_str(), R_OK | W_OK | X_OK) != 0)
            error = std::error_code(errno, std::generic_category());
        if (error) {
            return failure(ErrorCode::Internal,
                           "cannot use " + path.string() + ": " + error.message());
        }
    }
    return std::unique_ptr<FileBlobStore>(new FileBlobStore(directory, threads));
}

FileBlobStore::FileBlobStore(const std::filesystem::path &directory, int threads)
{
    for (int i = 0; i < threads; ++i)
        workers_.push_back(std::make_unique<FileBlobWorker>(directory));
}

FileBlobStore::~FileBlobStore() = default;

FileBlobWorker &FileBlobStore::workerOf(BlobId id) const
{
    return *workers_[spread(id) % workers_.size()];
}

void FileBlobStore::begin(BlobId id, Done<void> done)
{
    FileBlobWorker &worker = workerOf(id);
    worker.post([=, &worker] { done(worker.begin(id)); });
}

void FileBlobStore::size(BlobId id, Done<std::int64_t> done)
{
    FileBlobWorker &worker = workerOf(id);
    worker.post([=, &worker] { done(worker.size(id)); });
}

void FileBlobStore::halt(BlobId id, Done<std::int64_t> done)
{
    FileBlobWorker &worker = workerOf(id);
    worker.post([=, &worker] { done(worker.halt(id)); });
}

void FileBlobStore::open(BlobId id, std::int64_t offset, std::optional<Checksum> checksum,
                         Done<Writer> done)
{
    FileBlobWorker &worker = workerOf(id);
    worker.post([=, &worker] { done(worker.open(id, offset, checksum)); });
}

void FileBlobStore::append(BlobId id, Writer writer, QByteArray bytes, Done<void> done)
{
    FileBlobWorker &worker = workerOf(id);
    worker.post([=, &worker] { done(worker.append(id, writer, bytes)); });
}

void FileBlobStore::close(BlobId id, Writer writer, Done<void> done)
{
    FileBlobWorker &worker = workerOf(id);
    worker.post([=, &worker] { done(worker.close(id, writer)); });
}

void FileBlobStore::leave(BlobId id, Writer writer)
{
    FileBlobWorker &worker = workerOf(id);
    worker.post([=, &worker] { worker.leave(id, writer); });
}

void FileBlobStore::finish(BlobId id, Done<std::string> done)
{
    FileBlobWorker &worker = workerOf(id);
    worker.post([=, &worker] { done(worker.finish(id)); });
}

void FileBlobStore::read(BlobId id, std::int64_t offset, std::int64_t maximum,
                         Done<QByteArray> done)
{
    FileBlobWorker &worker = workerOf(id);
    worker.post([=, &worker] { done(worker.read(id, offset, maximum)); });
}

void FileBlobStore::remove(BlobId id, Done<void> done)
{
    FileBlobWorker &worker = workerOf(id);
    worker.post([=, &worker] { done(worker.remove(id)); });
}

} // namespace dunlin::blobs
