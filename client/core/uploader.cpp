// SPDX-License-Identifier: Apache-2.0
#include "uploader.h"

#include "blob_cache.h"
#include "conversions.h"

#include <QCoroNetworkReply>
#include <QDir>
#include <QFile>

namespace dunlin::client {
namespace {

/// A small picture need not wait for a large one of another message.
constexpr qsizetype transfersAtOnce = 2;

/// Worth trying again without asking anyone.
bool isPassing(ErrorCode code)
{
    return isTransient(code) || code == ErrorCode::UploadOffsetMismatch
            || code == ErrorCode::BlobNotFound || code == ErrorCode::ChecksumMismatch;
}

} // namespace

Uploader::Uploader(LocalStore &store, Connection &connection, BlobApi &api, BlobCache &cache,
                   QObject *parent)
    : QObject(parent), m_store(store), m_connection(connection), m_api(api), m_cache(cache)
{
    connect(&m_retryTimer, &QTimer::timeout, this, &Uploader::wake);
    connect(&connection, &Connection::stateChanged, this, [this](ConnectionState state) {
        if (state == ConnectionState::Online) {
            m_retryTimer.forgetFailures();
            wake();
        } else {
            stopAll(); // TCP may not notice for minutes that its link is gone
        }
    });
}

Uploader::~Uploader()
{
    close();
}

void Uploader::close()
{
    m_isClosed = true;
    m_retryTimer.stop();
    stopAll();
}

void Uploader::stopAll()
{
    const auto replies = m_replies.values();
    for (const auto &reply : replies) {
        if (reply)
            reply->abort();
    }
}

void Uploader::wake()
{
    pump();
}

void Uploader::wakeNow()
{
    m_retryTimer.stop();
    pump();
}

QCoro::Task<void> Uploader::pump()
{
    if (m_isClosed || m_connection.state() != ConnectionState::Online)
        co_return;
    if (m_isPumping) {
        m_isWakeWanted = true;
        co_return;
    }
    const QPointer<Uploader> guard(this);
    m_isPumping = true;
    do {
        m_isWakeWanted = false;
        const auto transfers = co_await m_store.transfers();
        if (!guard || m_isClosed)
            co_return;
        if (!transfers) {
            m_retryTimer.start(RetryTimer::first);
            break;
        }
        const auto before = std::exchange(m_parts, {});
        for (const Transfer &transfer : *transfers) {
            const qint64 sent =
                    transfer.isDone ? transfer.byteSize : before.value(transfer.id).sent;
            m_parts.insert(transfer.id, {transfer.localId, transfer.byteSize, sent});
            if (transfer.isDone || m_running.contains(transfer.id)
                || m_cancelled.contains(transfer.localId) || m_running.size() >= transfersAtOnce
                || m_retryTimer.isActive())
                continue;
            m_running.insert(transfer.id);
            run(transfer);
        }
    } while (m_isWakeWanted);
    m_isPumping = false;
}

QCoro::Task<void> Uploader::run(Transfer transfer)
{
    const QPointer<Uploader> guard(this);
    const auto sent = co_await send(transfer);
    if (!guard)
        co_return;
    m_replies.remove(transfer.id);
    if (m_isClosed)
        co_return;
    co_await finish(transfer, sent);
    if (!guard || m_isClosed)
        co_return;
    m_running.remove(transfer.id);
    wake();
}

/// Where the upload goes on; begins it when it has not begun, or is gone at the server.
QCoro::Task<Result<qint64>> Uploader::place(Transfer &transfer)
{
    const QPointer<Uploader> guard(this);
    if (!transfer.blobId.isEmpty()) {
        const auto offset = co_await m_api.offset(transfer.blobId);
        if (offset || offset.error().code != ErrorCode::BlobNotFound)
            co_return offset;
    }
    if (!guard || m_isClosed)
        co_return failure(ErrorCode::Unavailable, "the app is closing");
    const auto begun = co_await m_api.begin(transfer.byteSize);
    if (!begun)
        co_return tl::unexpected(begun.error());
    if (!guard || m_isClosed)
        co_return failure(ErrorCode::Unavailable, "the app is closing");
    transfer.blobId = *begun;
    const auto kept = co_await m_store.setTransferBlob(transfer.id, transfer.blobId);
    if (!kept)
        co_return tl::unexpected(kept.error());
    co_return 0;
}

QCoro::Task<Result<void>> Uploader::send(Transfer transfer)
{
    const QPointer<Uploader> guard(this);
    auto file = std::make_unique<QFile>(transfer.file);
    if (!file->open(QIODevice::ReadOnly) || file->size() != transfer.byteSize)
        co_return failure(ErrorCode::InvalidImage, "the file to upload is gone");
    const auto begin = co_await place(transfer);
    if (!begin)
        co_return tl::unexpected(begin.error());
    if (!guard || m_isClosed)
        co_return failure(ErrorCode::Unavailable, "the app is closing");
    if (m_cancelled.contains(transfer.localId)) {
        m_api.remove(transfer.blobId);
        co_return failure(ErrorCode::Unavailable, "it was cancelled");
    }
    qint64 offset = *begin;
    if (offset < transfer.byteSize) {
        QNetworkReply *reply = m_api.append(transfer.blobId, std::move(file), offset);
        m_replies[transfer.id] = reply;
        connect(reply, &QNetworkReply::uploadProgress, this,
                [this, id = transfer.id, offset](qint64 sent) { setSent(id, offset + sent); });
        co_await reply;
        const auto reached = BlobApi::offsetAfter(*reply);
        reply->deleteLater();
        if (!reached)
            co_return tl::unexpected(reached.error());
        offset = *reached;
    }
    if (offset != transfer.byteSize)
        co_return failure(ErrorCode::Unavailable, "the upload was cut");
    if (guard && !m_isClosed)
        m_cache.adopt(transfer.blobId, transfer.file);
    if (guard && !m_isClosed)
        co_return co_await m_store.markTransferDone(transfer.id);
    co_return failure(ErrorCode::Unavailable, "the app is closing");
}

QCoro::Task<void> Uploader::finish(Transfer transfer, Result<void> result)
{
    const QPointer<Uploader> guard(this);
    if (m_cancelled.contains(transfer.localId))
        co_return;
    if (!result && isPassing(result.error().code)) {
        if (m_connection.state() == ConnectionState::Online) {
            m_retryTimer.startAfterFailure();
        }
        co_return; // else being Online again wakes
    }
    if (!result) {
        const auto marked =
                co_await m_store.markFailed(transfer.localId, wireNameOf(result.error().code));
        if (guard && !marked)
            m_retryTimer.start(RetryTimer::longest); // the disk is full: the server is not to blame
        co_return;
    }
    m_retryTimer.forgetFailures();
    setSent(transfer.id, transfer.byteSize);
    const auto parts = co_await m_store.transfersOf(transfer.localId);
    if (!guard || m_isClosed || !parts || parts->isEmpty())
        co_return;
    const bool isWhole = std::all_of(parts->begin(), parts->end(),
                                     [](const Transfer &part) { return part.isDone; });
    if (isWhole)
        Q_EMIT uploaded(transfer.localId);
}

void Uploader::setSent(qint64 transferId, qint64 bytes)
{
    const auto part = m_parts.find(transferId);
    if (part == m_parts.end())
        return;
    part->sent = bytes;
    Q_EMIT progressed(part->localId);
}

double Uploader::progress(qint64 localId) const
{
    qint64 sent = 0;
    qint64 total = 0;
    for (const Part &part : m_parts) {
        if (part.localId != localId)
            continue;
        sent += part.sent;
        total += part.byteSize;
    }
    return total == 0 ? 0 : double(sent) / double(total);
}

QCoro::Task<void> Uploader::cancel(qint64 localId)
{
    const QPointer<Uploader> guard(this);
    m_cancelled.insert(localId);
    const auto transfers = co_await m_store.transfersOf(localId);
    if (!guard || m_isClosed || !transfers)
        co_return;
    for (const Transfer &transfer : *transfers) {
        if (const auto reply = m_replies.value(transfer.id))
            reply->abort();
        // What cannot be removed now, the server collects by itself.
        if (!transfer.blobId.isEmpty())
            m_api.remove(transfer.blobId);
    }
}

QCoro::Task<void> Uploader::sweep()
{
    const QPointer<Uploader> guard(this);
    // The files first: one that is queued meanwhile is then among the names.
    QDir directory(m_store.outgoingDirectory());
    const QStringList files = directory.entryList(QDir::Files);
    const auto needed = co_await m_store.outgoingFiles();
    if (!guard || !needed)
        co_return;
    for (const QString &file : files) {
        if (!needed->contains(file))
            directory.remove(file);
    }
}

} // namespace dunlin::client
