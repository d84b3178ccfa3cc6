// SPDX-License-Identifier: Apache-2.0
#include "blobs/file_blob_worker.h"

#include "log/log.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace dunlin::blobs {
namespace {

constexpr std::size_t foldersOfBlobs = 256;
constexpr std::size_t uploadsRemembered = 1000;
constexpr std::int64_t readBytes = 1024 * 1024;
/// The disk begins with what has come this far, so that little is left to flush at the end: a large
/// flush would hold up the database's.
constexpr std::int64_t writeBehindBytes = 1024 * 1024;
constexpr int niceness = 10;

tl::unexpected<Error> systemError(const char *what)
{
    const int number = errno;
    if (number == ENOENT)
        return failure(ErrorCode::BlobNotFound, "there is no such blob");
    if (number == ENOSPC || number == EDQUOT || number == EFBIG)
        return failure(ErrorCode::StorageFull, "the server has no room left for this");
    return failure(ErrorCode::Internal,
                   std::string("a file could not be used: ") + what + ": " + std::strerror(number));
}

tl::unexpected<Error> otherWriter()
{
    return failure(ErrorCode::UploadOffsetMismatch, "another request goes on with this upload");
}

class File {
public:
    File(const std::filesystem::path &path, int flags)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600))
    { }
    ~File()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    File(const File &) = delete;
    File &operator=(const File &) = delete;

    [[nodiscard]] bool isOpen() const { return descriptor_ >= 0; }
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] std::int64_t size() const
    {
        struct stat status { };
        return ::fstat(descriptor_, &status) == 0 ? status.st_size : -1;
    }

private:
    const int descriptor_;
};

Result<void> flushDirectory(const std::filesystem::path &directory)
{
    const File file(directory, O_RDONLY | O_DIRECTORY);
    if (!file.isOpen() || ::fsync(file.descriptor()) != 0)
        return systemError("flush");
    return {};
}

/// 0 or errno.
int writeAll(const File &file, const QByteArray &bytes, std::int64_t offset)
{
    for (std::int64_t written = 0; written < bytes.size();) {
        const auto count = ::pwrite(file.descriptor(), bytes.constData() + written,
                                    static_cast<std::size_t>(bytes.size() - written),
                                    static_cast<off_t>(offset + written));
        if (count < 0 && errno != EINTR)
            return errno;
        written += std::max<std::int64_t>(count, 0);
    }
    return 0;
}

Result<std::string> digestOf(const std::filesystem::path &path)
{
    const File file(path, O_RDONLY);
    if (!file.isOpen())
        return systemError("open");
    Digest digest(Digest::Kind::Sha256);
    QByteArray buffer(readBytes, Qt::Uninitialized);
    for (std::int64_t offset = 0;;) {
        const auto count = ::pread(file.descriptor(), buffer.data(), readBytes, offset);
        if (count < 0)
            return systemError("read");
        if (count == 0)
            return digest.result();
        digest.add(QByteArrayView(buffer).first(count));
        offset += count;
    }
}

} // namespace

FileBlobWorker::FileBlobWorker(std::filesystem::path directory)
    : directory_(std::move(directory)), thread_([this] { run(); })
{ }

FileBlobWorker::~FileBlobWorker()
{
    {
        const std::scoped_lock lock(mutex_);
        isStopping_ = true;
    }
    hasWork_.notify_one();
    thread_.join();
}

void FileBlobWorker::post(std::function<void()> work)
{
    {
        const std::scoped_lock lock(mutex_);
        queue_.push_back(std::move(work));
    }
    hasWork_.notify_one();
}

void FileBlobWorker::run()
{
    // Hashing and copying may take all of a processor; whoever chats goes first. Of this thread
    // alone, on Linux.
    ::setpriority(PRIO_PROCESS, 0, niceness);
    while (true) {
        std::function<void()> work;
        {
            std::unique_lock lock(mutex_);
            hasWork_.wait(lock, [this] { return isStopping_ || !queue_.empty(); });
            if (queue_.empty())
                return;
            work = std::move(queue_.front());
            queue_.pop_front();
        }
        work();
    }
}

std::filesystem::path FileBlobWorker::uploadPath(BlobId id) const
{
    return directory_ / "uploads" / id.text();
}

std::filesystem::path FileBlobWorker::blobPath(BlobId id) const
{
    std::array<char, 3> folder{};
    std::snprintf(folder.data(), folder.size(), "%02x",
                  static_cast<unsigned>(spread(id) % foldersOfBlobs));
    return directory_ / "blobs" / folder.data() / id.text();
}

Result<std::filesystem::path> FileBlobWorker::makeBlobPath(BlobId id) const
{
    auto path = blobPath(id);
    if (::mkdir(path.parent_path().c_str(), 0700) == 0) {
        // What is inside is durable only if the folder's own entry is.
        if (const auto flushed = flushDirectory(directory_ / "blobs"); !flushed)
            return tl::unexpected(flushed.error());
    } else if (errno != EEXIST) {
        return systemError("make a folder");
    }
    return path;
}

Result<void> FileBlobWorker::begin(BlobId id) const
{
    const File file(uploadPath(id), O_WRONLY | O_CREAT | O_EXCL);
    if (!file.isOpen())
        return systemError("create");
    return {};
}

Result<std::int64_t> FileBlobWorker::size(BlobId id) const
{
    const auto writing = writing_.find(id);
    if (writing != writing_.end() && writing->second.checksum)
        return writing->second.begin;
    for (const auto &path : {uploadPath(id), blobPath(id)}) {
        const File file(path, O_RDONLY);
        if (file.isOpen())
            return file.size();
    }
    return systemError("open");
}

Result<std::int64_t> FileBlobWorker::halt(BlobId id)
{
    const auto found = size(id); // what is not checked never counts, even if it cannot be removed
    dismissWriter(id);
    return found;
}

Result<BlobStore::Writer> FileBlobWorker::open(BlobId id, std::int64_t offset,
                                               const std::optional<Checksum> &checksum)
{
    const auto size = this->size(id);
    if (!size)
        return tl::unexpected(size.error());
    if (*size != offset) {
        return failure(ErrorCode::UploadOffsetMismatch,
                       "the upload is at offset " + std::to_string(*size));
    }
    dismissWriter(id);
    Writing &writing = writing_[id];
    writing = {.writer = ++lastWriter_, .begin = offset, .offset = offset, .checksum = checksum};
    if (checksum)
        writing.digest.emplace(checksum->kind);
    return lastWriter_;
}

FileBlobWorker::Writing *FileBlobWorker::find(BlobId id, Writer writer)
{
    const auto found = writing_.find(id);
    return found != writing_.end() && found->second.writer == writer ? &found->second : nullptr;
}

Result<void> FileBlobWorker::append(BlobId id, Writer writer, const QByteArray &bytes)
{
    Writing *writing = find(id, writer);
    if (writing == nullptr)
        return otherWriter();
    const File file(uploadPath(id), O_WRONLY);
    if (!file.isOpen())
        return systemError("open");
    const std::int64_t offset = writing->offset;
    if (const int error = writeAll(file, bytes, offset); error != 0) {
        [[maybe_unused]] const int cut = ::ftruncate(file.descriptor(), offset);
        errno = error;
        return systemError("write");
    }
    writing->offset += bytes.size();
    if (offset / writeBehindBytes != writing->offset / writeBehindBytes)
        ::sync_file_range(file.descriptor(), 0, 0, SYNC_FILE_RANGE_WRITE);
    if (writing->digest)
        writing->digest->add(bytes);
    remember(id, offset, bytes);
    return {};
}

Result<void> FileBlobWorker::close(BlobId id, Writer writer)
{
    Writing *writing = find(id, writer);
    if (writing == nullptr)
        return otherWriter();
    if (writing->digest && writing->digest->result() != writing->checksum->digest) {
        leave(id, writer);
        return failure(ErrorCode::ChecksumMismatch, "the checksum does not match what arrived");
    }
    writing_.erase(id);
    return {};
}

void FileBlobWorker::leave(BlobId id, Writer writer)
{
    const Writing *writing = find(id, writer);
    if (writing == nullptr)
        return;
    if (writing->checksum && writing->offset != writing->begin) {
        const auto truncated = truncate(id, writing->begin);
        if (!truncated && truncated.error().code != ErrorCode::BlobNotFound)
            log::error("unchecked bytes of an upload stay",
                       {{"message", std::string_view(truncated.error().message)}});
    }
    writing_.erase(id);
}

void FileBlobWorker::dismissWriter(BlobId id)
{
    if (const auto writing = writing_.find(id); writing != writing_.end())
        leave(id, writing->second.writer);
}

Result<void> FileBlobWorker::truncate(BlobId id, std::int64_t size)
{
    progress_.erase(id);
    if (::truncate(uploadPath(id).c_str(), size) != 0)
        return systemError("truncate");
    return {};
}

void FileBlobWorker::remember(BlobId id, std::int64_t offset, const QByteArray &bytes)
{
    if (progress_.size() >= uploadsRemembered)
        progress_.clear(); // most of them were given up; the others are read again at the end
    const auto found = offset == 0 ? progress_.try_emplace(id).first : progress_.find(id);
    if (found == progress_.end() || found->second.bytes != offset)
        return;
    found->second.digest.add(bytes);
    found->second.bytes += bytes.size();
}

Result<std::string> FileBlobWorker::finish(BlobId id)
{
    const auto progress = progress_.extract(id);
    const File file(uploadPath(id), O_RDWR);
    if (!file.isOpen() && errno == ENOENT)
        return digestOf(blobPath(id)); // it was finished before
    if (!file.isOpen() || ::fdatasync(file.descriptor()) != 0)
        return systemError("flush");
    const bool isKnown = !progress.empty() && progress.mapped().bytes == file.size();
    auto digest = isKnown ? Result<std::string>(progress.mapped().digest.result())
                          : digestOf(uploadPath(id));
    if (!digest)
        return digest;
    const auto path = makeBlobPath(id);
    if (!path)
        return tl::unexpected(path.error());
    if (::rename(uploadPath(id).c_str(), path->c_str()) != 0)
        return systemError("rename");
    if (const auto flushed = flushDirectory(path->parent_path()); !flushed)
        return tl::unexpected(flushed.error());
    return digest;
}

Result<QByteArray> FileBlobWorker::read(BlobId id, std::int64_t offset, std::int64_t maximum) const
{
    const File file(blobPath(id), O_RDONLY);
    if (!file.isOpen())
        return systemError("open");
    QByteArray bytes(static_cast<qsizetype>(maximum), Qt::Uninitialized);
    const auto count =
            ::pread(file.descriptor(), bytes.data(), static_cast<std::size_t>(maximum), offset);
    if (count < 0)
        return systemError("read");
    bytes.truncate(count);
    return bytes;
}

Result<void> FileBlobWorker::remove(BlobId id)
{
    progress_.erase(id);
    for (const auto &path : {uploadPath(id), blobPath(id)}) {
        if (::unlink(path.c_str()) != 0 && errno != ENOENT)
            return systemError("remove");
    }
    return {};
}

} // namespace dunlin::blobs
