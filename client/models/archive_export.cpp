// SPDX-License-Identifier: Apache-2.0
#include "archive_export.h"

#include <QCoroFuture>
#include <QPointer>
#include <QtConcurrentRun>

#include <algorithm>

namespace dunlin::client {
namespace {

constexpr int pageSize = 200;

Result<void> notWritten()
{
    return failure(ErrorCode::Internal, "the export cannot be written");
}

Result<void> closing()
{
    return failure(ErrorCode::Unavailable, "the app is closing");
}

} // namespace

ArchiveExport::ArchiveExport(Client &client, QObject *parent) : QObject(parent), m_client(client)
{
    m_pool.setMaxThreadCount(1);
}

QCoro::Task<bool> ArchiveExport::onThread(std::function<bool()> work)
{
    const auto future = QtConcurrent::run(&m_pool, std::move(work));
    co_return co_await future;
}

QCoro::Task<Result<ArchiveReport>> ArchiveExport::run(QString parent)
{
    const QPointer<ArchiveExport> guard(this);
    m_isCancelled = false;
    m_done = 0;
    m_total = 0;
    m_people.clear();
    const auto conversations = co_await m_client.store().conversations();
    if (!guard || !conversations)
        co_return tl::unexpected(conversations ? closing().error() : conversations.error());
    for (const ConversationSummary &conversation : *conversations)
        m_total += conversation.lastSeq.value;

    const Person self = m_client.session().self();
    const auto writer =
            std::make_shared<ArchiveWriter>(std::move(parent), self, QDateTime::currentDateTime());
    const std::function<bool()> begin = [writer] { return writer->begin(); };
    const bool isBegun = co_await onThread(begin);
    if (!isBegun)
        co_return tl::unexpected(notWritten().error());
    for (const ConversationSummary &conversation : *conversations) {
        if (!guard)
            co_return tl::unexpected(closing().error());
        if (m_isCancelled)
            break;
        const auto exported = co_await exportConversation(writer, conversation);
        if (!exported)
            co_return tl::unexpected(exported.error());
    }
    if (!guard)
        co_return tl::unexpected(closing().error());
    const std::function<bool()> finish = [writer] { return writer->finish(); };
    const bool isFinished = co_await onThread(finish);
    if (!isFinished)
        co_return tl::unexpected(notWritten().error());
    co_return writer->report();
}

QCoro::Task<Result<void>> ArchiveExport::exportConversation(Writer writer,
                                                            ConversationSummary conversation)
{
    const QPointer<ArchiveExport> guard(this);
    const ConversationId id = conversation.id;
    const std::function<bool()> begin = [=] { return writer->beginConversation(conversation); };
    bool isWritten = co_await onThread(begin);
    MessageSeq after;
    bool isComplete = true;
    while (guard && isWritten && !m_isCancelled) {
        const auto page = co_await m_client.messagesAfter(id, after, pageSize);
        if (!guard || !page)
            co_return page ? closing() : Result<void>(tl::unexpected(page.error()));
        if (page->messages.isEmpty()) {
            if (!page->hasAfter)
                break;
            // The server has what is missing here and cannot be asked now.
            isComplete = false;
            const MessageSeq first = co_await firstHere(id);
            if (first.value <= after.value + 1)
                break;
            after.value = first.value - 1;
            continue;
        }
        const QList<StoredMessage> messages = page->messages;
        const Files files = co_await picturesOf(messages);
        if (!guard)
            co_return closing();
        co_await findPeople(messages);
        if (!guard)
            co_return closing();
        const std::function<bool()> add = [=, people = m_people] {
            return writer->add(messages, files, people);
        };
        isWritten = co_await onThread(add);
        if (guard)
            advance(messages.size());
        after = messages.last().seq;
    }
    if (!guard)
        co_return closing();
    const auto unsent = co_await m_client.store().queuedMessages(id);
    if (!guard || !unsent)
        co_return unsent ? closing() : Result<void>(tl::unexpected(unsent.error()));
    isComplete = isComplete && !m_isCancelled;
    const std::function<bool()> end = [=] { return writer->endConversation(*unsent, isComplete); };
    if (isWritten)
        isWritten = co_await onThread(end);
    co_return isWritten ? Result<void>() : notWritten();
}

QCoro::Task<ArchiveExport::Files> ArchiveExport::picturesOf(QList<StoredMessage> messages)
{
    const QPointer<ArchiveExport> guard(this);
    Files files;
    for (const StoredMessage &message : std::as_const(messages)) {
        for (const Image &image : message.images) {
            if (!guard || m_isCancelled)
                co_return files;
            QString file = m_client.blobs().file(image.blobId);
            const bool isOnline = m_client.connection().state() == ConnectionState::Online;
            if (file.isEmpty() && isOnline) {
                const auto fetched = co_await m_client.blobs().fetch(image.blobId);
                if (fetched)
                    file = *fetched;
            }
            if (!file.isEmpty())
                files.insert(image.blobId, file);
        }
    }
    co_return files;
}

QCoro::Task<void> ArchiveExport::findPeople(QList<StoredMessage> messages)
{
    const QPointer<ArchiveExport> guard(this);
    for (const StoredMessage &message : std::as_const(messages)) {
        const UserId id = message.forwardedFrom;
        if (!guard || m_isCancelled)
            co_return;
        if (!id || m_people.contains(id))
            continue;
        const bool isOnline = m_client.connection().state() == ConnectionState::Online;
        auto known = co_await m_client.store().person(id);
        if (!guard)
            co_return;
        const bool isMissing = !known || !known->id;
        if (isMissing && isOnline)
            known = co_await m_client.person(id);
        if (guard && known && known->id)
            m_people.insert(id, *known);
    }
}

QCoro::Task<MessageSeq> ArchiveExport::firstHere(ConversationId id)
{
    const QPointer<ArchiveExport> guard(this);
    MessageSeq first;
    while (guard) {
        const auto page = co_await m_client.store().messagesBefore(id, first, pageSize);
        if (!page || page->messages.isEmpty())
            break;
        first = page->messages.first().seq;
        if (!page->hasBefore || page->reachedGapBefore)
            break;
    }
    co_return first;
}

void ArchiveExport::advance(qint64 messages)
{
    m_done += messages;
    Q_EMIT progressed(m_total > 0 ? std::min(1.0, double(m_done) / double(m_total)) : 1.0);
}

} // namespace dunlin::client
