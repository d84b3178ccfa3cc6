// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob_api.h"
#include "store_thread.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFuture>
#include <QHash>
#include <QList>
#include <QPromise>
#include <QTimer>

#include <chrono>
#include <memory>

namespace dunlin::client {

/// Blobs on this device's disk: those of pictures that were looked at, up to a limit; which of them
/// were used longest ago go first. What is not here is fetched, the latest wish first. Lives on the
/// GUI thread.
class BlobCache : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 limitBytes = qint64(1024) * 1024 * 1024;

    /// directory is made when it is missing.
    BlobCache(BlobApi &api, QString directory, qint64 limit = limitBytes,
              QObject *parent = nullptr);
    /// As close().
    ~BlobCache() override;

    /// The blob's file; empty when it is not here. It stays there for as long as it is open.
    QString file(const QString &blobId) const;
    /// As file(), after fetching it when it is not here. Errors: BLOB_NOT_FOUND, UNAVAILABLE (also
    /// when too many others were wished for since), STORAGE_FULL, INTERNAL.
    QCoro::Task<Result<QString>> fetch(QString blobId);
    /// Makes a file known to be this blob's content part of the cache. The file stays.
    void adopt(const QString &blobId, const QString &file);
    /// Call when the server can be reached again.
    void retry();
    /// Removes these, soon.
    void remove(const QStringList &blobIds);
    /// Removes everything, soon: cleared() tells.
    void clear();
    /// Bytes on disk.
    [[nodiscard]] qint64 size() const;
    /// Ends what is under way; whoever waits, or comes later, gets UNAVAILABLE.
    void close();

Q_SIGNALS:
    void cleared();
    /// What was UNAVAILABLE may be had now: the server can be reached again, or some time is over.
    void reachable();
    /// Bytes of a blob that is being fetched; total is -1 when it is not known.
    void progressed(const QString &blobId, qint64 received, qint64 total);

private:
    struct Fetch {
        QString blobId;
        std::shared_ptr<QPromise<Result<QString>>> promise;
    };
    class Download;

    void next();
    void finish(const QString &blobId, Result<QString> result);
    void added(qint64 bytes);
    [[nodiscard]] QString pathOf(const QString &blobId) const;

    BlobApi &m_api;
    const QString m_directory;
    const qint64 m_limit;
    qint64 m_addedSinceCheck = 0;
    QHash<QString, std::shared_ptr<QPromise<Result<QString>>>> m_wanted;
    QList<QString> m_queue; ///< The latest wish last.
    QHash<QString, std::shared_ptr<Download>> m_running;
    bool m_isClosed = false;
    static constexpr std::chrono::milliseconds firstRetry{3000};
    std::chrono::milliseconds m_retryAfter = firstRetry;
    QTimer m_retryTimer;
    /// Looks through the directory, and reads what is long.
    StoreThread m_files;
};

} // namespace dunlin::client
