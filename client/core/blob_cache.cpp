// SPDX-License-Identifier: Apache-2.0
#include "blob_cache.h"

#include "dunlin/limits.h"

#include <QCoroFuture>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QPointer>
#include <QRegularExpression>

#include <algorithm>
#include <filesystem>

namespace dunlin::client {
namespace {

constexpr qsizetype downloadsAtOnce = 4;
/// Further wishes are forgotten: scrolling past hundreds of pictures wants the last ones.
constexpr qsizetype wishesMax = 64;
/// How much may come before the size of the directory is looked at again.
constexpr qint64 checkEveryBytes = 16 * 1024 * 1024;
constexpr std::chrono::milliseconds longestRetry(60'000);
const QString partSuffix = QStringLiteral(".part");

bool isSafeName(const QString &blobId)
{
    static const QRegularExpression safe(
            QRegularExpression::anchoredPattern(QStringLiteral("[A-Za-z0-9_-]{1,80}")));
    return safe.match(blobId).hasMatch();
}

/// On the thread for files, which may be many.
void evict(const QString &directory, qint64 limit)
{
    QFileInfoList files = QDir(directory).entryInfoList(QDir::Files, QDir::Time | QDir::Reversed);
    qint64 total = 0;
    for (const QFileInfo &file : std::as_const(files))
        total += file.size();
    for (const QFileInfo &file : std::as_const(files)) {
        if (total <= limit)
            return;
        if (QFile::remove(file.filePath()))
            total -= file.size();
    }
}

} // namespace

/// One blob on its way into a file that gets its name once it is whole.
class BlobCache::Download : public QObject {
public:
    Download(BlobCache &cache, QString blobId)
        : m_cache(cache), m_blobId(std::move(blobId)), m_file(cache.pathOf(m_blobId) + partSuffix)
    { }
    ~Download() override { stop(); }

    void start()
    {
        if (!m_file.open(QIODevice::ReadWrite)) {
            end(failure(ErrorCode::Internal, m_file.errorString().toStdString()));
            return;
        }
        if (m_file.size() == 0)
            ask();
        else
            addEarlier();
    }
    void stop()
    {
        if (!m_reply)
            return;
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }

private:
    /// What an earlier try has left counts in the digest; it may be much.
    void addEarlier()
    {
        const QPointer<Download> guard(this);
        m_cache.m_files.post([guard, name = m_file.fileName()]() -> StoreThread::Completion {
            auto hash = std::make_shared<QCryptographicHash>(QCryptographicHash::Sha256);
            QFile file(name);
            if (file.open(QIODevice::ReadOnly))
                hash->addData(&file);
            return [guard, hash] {
                if (!guard)
                    return;
                guard->m_hash = hash;
                guard->ask();
            };
        });
    }
    void ask()
    {
        m_file.seek(m_file.size());
        m_reply = m_cache.m_api.get(m_blobId, m_file.size());
        connect(m_reply, &QNetworkReply::readyRead, this, &Download::take);
        connect(m_reply, &QNetworkReply::finished, this, &Download::onFinished);
    }
    [[nodiscard]] int status() const
    {
        return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }
    void take()
    {
        const bool isPart = status() == 206;
        if (status() != 200 && !isPart)
            return; // an error's words: read at the end
        if (!isPart && !m_hasBegun && m_file.size() > 0)
            restart(); // all of it comes again
        m_hasBegun = true;
        const QByteArray bytes = m_reply->readAll();
        if (m_file.size() + bytes.size() > limits::blobBytes) {
            fail(failure(ErrorCode::BlobTooLarge, "more than a blob may have"));
        } else if (m_file.write(bytes) != bytes.size()) {
            fail(failure(ErrorCode::StorageFull, m_file.errorString().toStdString()));
        } else {
            m_hash->addData(bytes);
            const qint64 length =
                    m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
            if (m_total < 0 && length > 0)
                m_total = m_file.size() - bytes.size() + length;
            Q_EMIT m_cache.progressed(m_blobId, m_file.size(), m_total);
        }
    }
    void restart()
    {
        m_file.resize(0);
        m_file.seek(0);
        m_hash->reset();
    }
    void onFinished()
    {
        take();
        if (!m_reply)
            return; // it failed
        if (status() == 416 && m_file.size() > 0 && !m_hasBegun) {
            // All of it was here, or it is not what the server has.
            restart();
            stop();
            m_file.close();
            start();
            return;
        }
        const auto result = BlobApi::resultOf(*m_reply);
        if (!result) {
            fail(tl::unexpected(result.error()));
            return;
        }
        // The entity tag is the content's SHA-256.
        const QByteArray expected = m_reply->rawHeader("ETag");
        if (!expected.isEmpty() && expected != '"' + m_hash->result().toHex() + '"') {
            restart();
            fail(failure(ErrorCode::ChecksumMismatch, "not what was uploaded"));
            return;
        }
        if (!m_file.flush()) {
            fail(failure(ErrorCode::StorageFull, m_file.errorString().toStdString()));
            return;
        }
        const qint64 size = m_file.size();
        const QString path = m_cache.pathOf(m_blobId);
        m_file.close();
        if (!QFile::rename(m_file.fileName(), path) && !QFile::exists(path)) {
            fail(failure(ErrorCode::Internal, "the file cannot be renamed"));
            return;
        }
        m_cache.added(size);
        end(path);
    }
    void fail(Result<QString> error)
    {
        // What has come is kept for the next try, but not what will never be whole.
        const ErrorCode code = error.error().code;
        m_file.close();
        if (code != ErrorCode::Unavailable)
            m_file.remove();
        stop();
        end(std::move(error));
    }
    void end(Result<QString> result) { m_cache.finish(m_blobId, std::move(result)); }

    BlobCache &m_cache;
    const QString m_blobId;
    QFile m_file;
    std::shared_ptr<QCryptographicHash> m_hash =
            std::make_shared<QCryptographicHash>(QCryptographicHash::Sha256);
    QPointer<QNetworkReply> m_reply;
    qint64 m_total = -1;
    bool m_hasBegun = false;
};

BlobCache::BlobCache(BlobApi &api, QString directory, qint64 limit, QObject *parent)
    : QObject(parent), m_api(api), m_directory(std::move(directory)), m_limit(limit),
      m_addedSinceCheck(checkEveryBytes) // the first addition looks
{
    QDir().mkpath(m_directory);
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &BlobCache::reachable);
}

void BlobCache::retry()
{
    m_retryTimer.stop();
    m_retryAfter = firstRetry;
    Q_EMIT reachable();
}

BlobCache::~BlobCache()
{
    close();
}

void BlobCache::close()
{
    m_isClosed = true;
    m_retryTimer.stop();
    m_queue.clear();
    m_running.clear();
    const auto wanted = std::exchange(m_wanted, {});
    for (const auto &promise : wanted) {
        promise->addResult(failure(ErrorCode::Unavailable, "the app is closing"));
        promise->finish();
    }
}

QString BlobCache::pathOf(const QString &blobId) const
{
    return m_directory + u'/' + blobId;
}

QString BlobCache::file(const QString &blobId) const
{
    if (!isSafeName(blobId))
        return {};
    QString path = pathOf(blobId);
    QFile file(path);
    // Opened, which a mere look would not need, to mark when it was used last.
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        return {};
    file.setFileTime(QDateTime::currentDateTimeUtc(), QFileDevice::FileModificationTime);
    return path;
}

QCoro::Task<Result<QString>> BlobCache::fetch(QString blobId)
{
    if (m_isClosed)
        co_return failure(ErrorCode::Unavailable, "the app is closing");
    if (!isSafeName(blobId))
        co_return failure(ErrorCode::BlobNotFound, "not a blob's name");
    const QString found = file(blobId);
    if (!found.isEmpty())
        co_return found;
    auto &promise = m_wanted[blobId];
    if (!promise) {
        promise = std::make_shared<QPromise<Result<QString>>>();
        promise->start();
    }
    const auto future = promise->future();
    if (!m_running.contains(blobId)) {
        m_queue.removeOne(blobId);
        m_queue.append(blobId);
        if (m_queue.size() > wishesMax)
            finish(m_queue.takeFirst(), failure(ErrorCode::Unavailable, "others were wished for"));
        next();
    }
    const auto result = co_await future;
    co_return result;
}

void BlobCache::next()
{
    while (!m_isClosed && !m_queue.isEmpty() && m_running.size() < downloadsAtOnce) {
        const QString blobId = m_queue.takeLast();
        const auto download = std::make_shared<Download>(*this, blobId);
        m_running.insert(blobId, download);
        download->start();
    }
}

void BlobCache::finish(const QString &blobId, Result<QString> result)
{
    // It ends itself in a function of its own: kept until that has returned.
    if (const auto download = m_running.take(blobId))
        QMetaObject::invokeMethod(
                this, [download] {}, Qt::QueuedConnection);
    const bool isPassing = !result && result.error().code != ErrorCode::BlobNotFound;
    if (isPassing && !m_retryTimer.isActive() && !m_isClosed) {
        m_retryTimer.start(m_retryAfter);
        m_retryAfter = std::min<std::chrono::milliseconds>(2 * m_retryAfter, longestRetry);
    } else if (result) {
        m_retryAfter = firstRetry;
    }
    if (const auto promise = m_wanted.take(blobId)) {
        promise->addResult(std::move(result));
        promise->finish();
    }
    next();
}

void BlobCache::adopt(const QString &blobId, const QString &file)
{
    if (!isSafeName(blobId))
        return;
    std::error_code error;
    const std::filesystem::path from = file.toStdString();
    const std::filesystem::path to = pathOf(blobId).toStdString();
    std::filesystem::create_hard_link(from, to, error);
    if (error)
        std::filesystem::copy_file(from, to, error); // of another disk; else it is fetched
    added(QFileInfo(file).size());
}

void BlobCache::added(qint64 bytes)
{
    m_addedSinceCheck += bytes;
    if (m_addedSinceCheck < std::min(checkEveryBytes, m_limit / 10))
        return;
    m_addedSinceCheck = 0;
    m_files.post([directory = m_directory, limit = m_limit]() -> StoreThread::Completion {
        evict(directory, limit);
        return [] {};
    });
}

void BlobCache::remove(const QStringList &blobIds)
{
    QStringList paths;
    for (const QString &blobId : blobIds)
        paths.append(pathOf(blobId));
    m_files.post([paths]() -> StoreThread::Completion {
        for (const QString &path : paths)
            QFile::remove(path);
        return [] {};
    });
}

void BlobCache::clear()
{
    const QFileInfoList files = QDir(m_directory).entryInfoList(QDir::Files);
    m_files.post([this, files]() -> StoreThread::Completion {
        for (const QFileInfo &file : files)
            QFile::remove(file.filePath());
        return [this] { Q_EMIT cleared(); };
    });
}

qint64 BlobCache::size() const
{
    qint64 total = 0;
    for (QDirIterator files(m_directory, QDir::Files); files.hasNext();) {
        files.next();
        total += files.fileInfo().size();
    }
    return total;
}

} // namespace dunlin::client
