// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob_api.h"
#include "connection.h"
#include "local_store.h"
#include "retry_timer.h"

#include <QHash>
#include <QPointer>
#include <QSet>

namespace dunlin::client {

class BlobCache;

/// Brings the files of the outbox to the server: each from where it was cut, over lost links and
/// restarts of the app. Lives on the GUI thread.
class Uploader : public QObject {
    Q_OBJECT
public:
    Uploader(LocalStore &store, Connection &connection, BlobApi &api, BlobCache &cache,
             QObject *parent = nullptr);
    /// As close().
    ~Uploader() override;

    /// Uploads what waits.
    void wake();
    /// As wake(), without waiting for the next try after a failure.
    void wakeNow();
    /// Stops a message's uploads, which do not begin again, and removes at the server what has come
    /// of them.
    QCoro::Task<void> cancel(qint64 localId);
    /// Removes files that no message of the outbox needs any more.
    QCoro::Task<void> sweep();
    /// Nothing resumes after this.
    void close();

    /// How much of a message's files the server has, 0 to 1; 0 when nothing is known.
    [[nodiscard]] double progress(qint64 localId) const;

Q_SIGNALS:
    void progressed(qint64 localId);
    /// All files of the message are at the server.
    void uploaded(qint64 localId);

private:
    struct Part {
        qint64 localId = 0;
        qint64 byteSize = 0;
        qint64 sent = 0;
    };

    QCoro::Task<void> pump();
    QCoro::Task<void> run(Transfer transfer);
    QCoro::Task<Result<void>> send(Transfer transfer);
    QCoro::Task<Result<qint64>> place(Transfer &transfer);
    QCoro::Task<void> finish(Transfer transfer, Result<void> result);
    void setSent(qint64 transferId, qint64 bytes);
    void stopAll();

    LocalStore &m_store;
    Connection &m_connection;
    BlobApi &m_api;
    BlobCache &m_cache;
    QHash<qint64, Part> m_parts; ///< By transfer.
    QSet<qint64> m_running;
    QSet<qint64> m_cancelled; ///< Messages, for as long as the app runs.
    QHash<qint64, QPointer<QNetworkReply>> m_replies; ///< By transfer.
    bool m_isPumping = false;
    bool m_isWakeWanted = false;
    bool m_isClosed = false;
    RetryTimer m_retryTimer;
};

} // namespace dunlin::client
