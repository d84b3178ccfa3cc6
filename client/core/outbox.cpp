// SPDX-License-Identifier: Apache-2.0
#include "outbox.h"

#include "conversions.h"
#include "dunlin/validation.h"

#include <QDir>
#include <QFile>
#include <QPointer>
#include <QUuid>

#include <map>

namespace dunlin::client {

Outbox::Outbox(LocalStore &store, Connection &connection, Uploader &uploader, QObject *parent)
    : QObject(parent), m_store(store), m_connection(connection), m_uploader(uploader)
{
    connect(&uploader, &Uploader::uploaded, this, &Outbox::wake);
    connect(&store, &LocalStore::rebuilt, this, &Outbox::wake);
    connect(&m_retryTimer, &QTimer::timeout, this, &Outbox::wake);
    connect(&connection, &Connection::stateChanged, this, [this](ConnectionState state) {
        if (state != ConnectionState::Online)
            return;
        m_retryTimer.forgetFailures();
        wake();
    });
}

QCoro::Task<Result<qint64>> Outbox::queue(ConversationId conversation, QString text,
                                          QList<Image> images, References references)
{
    const QPointer<Outbox> guard(this);
    const auto checked = validation::checkMessageText(text.toStdString());
    if (!checked && (images.isEmpty() || !text.isEmpty()))
        co_return tl::unexpected(checked.error());
    const QList<Image> given = images;
    if (const auto taken = takeFiles(images); !taken) {
        giveBackFiles(images, given);
        co_return tl::unexpected(taken.error());
    }
    const auto row = co_await m_store.queueMessage(conversation, text, images, references);
    if (!row) {
        giveBackFiles(images, given);
        co_return tl::unexpected(row.error());
    }
    if (guard) {
        m_uploader.wakeNow();
        wake();
    }
    co_return row->localId;
}

QCoro::Task<Result<qint64>> Outbox::forward(ConversationId to, ConversationId from, MessageSeq seq)
{
    const QPointer<Outbox> guard(this);
    const auto found = co_await m_store.messagesBetween(from, seq, seq);
    if (!found)
        co_return tl::unexpected(found.error());
    if (found->isEmpty() || found->first().isDeleted || found->first().isHidden || !guard)
        co_return failure(ErrorCode::MessageNotFound, "there is no such message here");
    const StoredMessage source = found->first();
    const References references{.forwardedConversation = from, .forwardedSeq = seq};
    const auto row = co_await m_store.queueMessage(to, source.text, source.images, references);
    if (!row)
        co_return tl::unexpected(row.error());
    if (guard)
        wake();
    co_return row->localId;
}

/// Into the outgoing directory, under names of their own.
Result<void> Outbox::takeFiles(QList<Image> &images) const
{
    const QString directory = m_store.outgoingDirectory();
    const auto take = [&directory](QString &file) {
        const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
        const QString place = directory + u'/' + name;
        if (!QFile::rename(file, place))
            return false;
        file = place;
        return true;
    };
    QDir().mkpath(directory);
    for (Image &image : images) {
        if (!take(image.file) || (!image.thumbnailFile.isEmpty() && !take(image.thumbnailFile)))
            return failure(ErrorCode::InvalidImage, "a picture's file is gone");
    }
    return {};
}

void Outbox::giveBackFiles(const QList<Image> &taken, const QList<Image> &given)
{
    for (qsizetype i = 0; i < taken.size(); ++i) {
        if (taken[i].file != given[i].file)
            QFile::rename(taken[i].file, given[i].file);
        if (taken[i].thumbnailFile != given[i].thumbnailFile)
            QFile::rename(taken[i].thumbnailFile, given[i].thumbnailFile);
    }
}

QCoro::Task<Result<void>> Outbox::retry(qint64 localId)
{
    const QPointer<Outbox> guard(this);
    const auto queued = co_await m_store.markQueued(localId);
    if (guard && queued) {
        m_uploadedAgain.remove(localId);
        m_uploader.wakeNow();
        wake();
    }
    co_return queued;
}

QCoro::Task<Result<void>> Outbox::discard(qint64 localId)
{
    const QPointer<Outbox> guard(this);
    m_discarded.insert(localId);
    co_await m_uploader.cancel(localId);
    if (!guard)
        co_return Result<void>();
    const auto discarded = co_await m_store.discard(localId);
    if (guard && discarded)
        m_uploader.sweep();
    co_return discarded;
}

void Outbox::wake()
{
    pump();
}

QCoro::Task<void> Outbox::pump()
{
    if (m_connection.state() != ConnectionState::Online)
        co_return;
    if (m_isPumping) {
        m_isWakeWanted = true;
        co_return;
    }
    const QPointer<Outbox> guard(this);
    m_isPumping = true;
    do {
        m_isWakeWanted = false;
        const auto rows = co_await m_store.outbox();
        if (!guard)
            co_return;
        if (!rows) {
            m_retryTimer.start(RetryTimer::first);
            break;
        }
        std::map<ConversationId, QList<OutboxRow>> byConversation;
        for (const OutboxRow &row : *rows) {
            if (row.state == SendState::Queued && row.isUploaded
                && !m_sending.contains(row.conversation))
                byConversation[row.conversation].append(row);
        }
        for (const auto &[conversation, waiting] : byConversation) {
            m_sending.insert(conversation);
            sendConversation(conversation, waiting);
        }
    } while (m_isWakeWanted);
    m_isPumping = false;
}

QCoro::Task<void> Outbox::sendConversation(ConversationId conversation, QList<OutboxRow> rows)
{
    const QPointer<Outbox> guard(this);
    bool isFine = true;
    for (qsizetype i = 0; isFine && i < rows.size(); ++i) {
        const OutboxRow row = rows.at(i);
        if (m_discarded.contains(row.localId))
            continue; // since the rows were read
        isFine = co_await sendOne(row);
        if (!guard)
            co_return;
    }
    m_sending.remove(conversation);
    if (isFine) {
        m_retryTimer.forgetFailures();
        wake(); // what was queued meanwhile
        co_return;
    }
    if (m_connection.state() != ConnectionState::Online || m_retryTimer.isActive())
        co_return; // being Online again wakes
    m_retryTimer.startAfterFailure();
}

/// False when it has to be tried again later.
QCoro::Task<bool> Outbox::sendOne(OutboxRow row)
{
    const QPointer<Outbox> guard(this);
    v1::ClientFrame request;
    auto &post = *request.mutable_post_message();
    post.set_conversation_id(row.conversation.value);
    post.set_client_id(row.clientId.toBytes());
    post.set_text(row.text.toStdString());
    fill(*post.mutable_images(), row.images);
    post.set_reply_to_seq(row.references.replyTo.value);
    if (row.references.forwardedSeq) {
        auto &source = *post.mutable_forward_of();
        source.set_conversation_id(row.references.forwardedConversation.value);
        source.set_seq(row.references.forwardedSeq.value);
    }
    const auto answer = co_await m_connection.request(std::move(request));
    if (!guard)
        co_return false;
    if (!answer && isTransient(answer.error().code))
        co_return false;
    if (!answer && uploadAgain(row, answer.error())) {
        const auto restarted = co_await m_store.restartTransfers(row.localId);
        if (guard && restarted)
            m_uploader.wake();
        co_return restarted.has_value();
    }
    Result<void> kept;
    if (answer) {
        const v1::MessagePosted posted = answer->message_posted();
        kept = co_await m_store.markSent(row, posted);
        if (guard && kept && !row.images.isEmpty())
            m_uploader.sweep();
    } else {
        kept = co_await m_store.markFailed(row.localId, wireNameOf(answer.error().code));
    }
    co_return kept.has_value();
}

/// The server collects blobs that no message shows after a day: whoever was offline between the
/// upload and the message uploads once more.
bool Outbox::uploadAgain(const OutboxRow &row, const Error &error)
{
    if (error.code != ErrorCode::InvalidImage || row.images.isEmpty() || row.references.forwardedSeq
        || m_uploadedAgain.contains(row.localId))
        return false;
    m_uploadedAgain.insert(row.localId);
    return true;
}

} // namespace dunlin::client
