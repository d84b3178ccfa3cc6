// SPDX-License-Identifier: Apache-2.0
#include "local_store.h"

#include "store_database.h"

#include <QCoroFuture>
#include <QFileInfo>
#include <QPromise>

namespace dunlin::client {

LocalStore::LocalStore(QString filePath, QObject *parent)
    : QObject(parent), m_outgoingDirectory(QFileInfo(filePath).path() + QLatin1String("/outgoing")),
      m_database(std::make_shared<StoreDatabase>(std::move(filePath), m_outgoingDirectory))
{ }

LocalStore::~LocalStore()
{
    m_thread.post([database = m_database]() -> StoreThread::Completion {
        database->close();
        return [] {};
    });
    m_thread.finish();
}

template <typename T>
LocalStore::Reply<T> LocalStore::run(std::function<Result<T>(StoreDatabase &)> work)
{
    return runWith<T>(std::move(work), false);
}

template <typename T>
LocalStore::Reply<T> LocalStore::runWith(std::function<Result<T>(StoreDatabase &)> work,
                                         bool isDurable)
{
    return reply<T>([database = m_database, work = std::move(work), isDurable,
                     generation = m_generation]() -> Result<T> {
        // It belongs to what was there before, such as updates behind a cursor that is gone.
        if (database->generation() != generation)
            return failure(ErrorCode::Internal, "the store was begun anew");
        return database->template inTransaction<T>(work, isDurable);
    });
}

template <typename T> LocalStore::Reply<T> LocalStore::reply(std::function<Result<T>()> work)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    auto future = promise->future();
    promise->start();
    m_thread.post([this, database = m_database, promise,
                   work = std::move(work)]() -> StoreThread::Completion {
        auto result = std::make_shared<Result<T>>(work());
        const ChangeSet changes = database->takeChanges();
        const int generation = database->generation();
        return [this, promise, result, changes, generation] {
            if (std::exchange(m_generation, generation) != generation)
                Q_EMIT rebuilt();
            if (!changes.isEmpty())
                Q_EMIT changed(changes);
            promise->addResult(std::move(*result));
            promise->finish();
        };
    });
    co_return co_await future;
}

LocalStore::Reply<void> LocalStore::open()
{
    return reply<void>([database = m_database] {
        return database->open() ? Result<void>()
                                : Result<void>(failure(ErrorCode::Internal, database->error()));
    });
}

LocalStore::Reply<QString> LocalStore::meta(QString key)
{
    return run<QString>(
            [key](StoreDatabase &database) -> Result<QString> { return database.meta(key); });
}

LocalStore::Reply<void> LocalStore::setMeta(QString key, QString value)
{
    return run<void>([key, value](StoreDatabase &database) -> Result<void> {
        database.setMeta(key, value);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::setAccount(Person self)
{
    return run<void>([self](StoreDatabase &database) -> Result<void> {
        database.setAccount(self);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::wipe()
{
    return reply<void>([database = m_database] {
        return database->wipe() ? Result<void>()
                                : Result<void>(failure(ErrorCode::Internal, database->error()));
    });
}

LocalStore::Reply<Person> LocalStore::account()
{
    return run<Person>(
            [](StoreDatabase &database) -> Result<Person> { return database.account(); });
}

LocalStore::Reply<UpdateSeq> LocalStore::cursor()
{
    return run<UpdateSeq>([](StoreDatabase &database) -> Result<UpdateSeq> {
        return UpdateSeq{database.meta(QStringLiteral("cursor")).toLongLong()};
    });
}

LocalStore::Reply<void> LocalStore::applyUpdates(std::vector<v1::Update> updates, UpdateSeq cursor)
{
    return run<void>(
            [updates = std::move(updates), cursor](StoreDatabase &database) -> Result<void> {
                for (const auto &update : updates)
                    database.apply(update);
                database.setCursor(cursor);
                return Result<void>();
            });
}

LocalStore::Reply<void> LocalStore::applyConversations(std::vector<v1::Conversation> conversations,
                                                       std::optional<UpdateSeq> cursor)
{
    return run<void>([conversations = std::move(conversations),
                      cursor](StoreDatabase &database) -> Result<void> {
        for (const auto &conversation : conversations) {
            database.rewind(conversation);
            database.apply(conversation);
        }
        if (cursor)
            database.setCursor(*cursor);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::beginEpoch()
{
    return run<void>([](StoreDatabase &database) -> Result<void> {
        database.beginEpoch();
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::addHistory(std::vector<v1::Message> messages)
{
    return run<void>([messages = std::move(messages)](StoreDatabase &database) -> Result<void> {
        for (const auto &message : messages)
            database.addMessage(message);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::addPage(v1::HistoryPage page)
{
    return run<void>([page = std::move(page)](StoreDatabase &database) -> Result<void> {
        for (const auto &message : page.messages())
            database.addMessage(message);
        database.setFirstSeq(ConversationId{page.conversation_id()}, MessageSeq{page.first_seq()});
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::removeDue(qint64 nowMs)
{
    return run<void>([nowMs](StoreDatabase &database) -> Result<void> {
        database.removeDue(nowMs);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::putPeople(QList<Person> people)
{
    return run<void>([people](StoreDatabase &database) -> Result<void> {
        for (const auto &person : people)
            database.putPerson(person);
        return Result<void>();
    });
}

LocalStore::Reply<QList<ConversationSummary>> LocalStore::conversations()
{
    return run<QList<ConversationSummary>>(
            [](StoreDatabase &database) -> Result<QList<ConversationSummary>> {
                return database.conversations({});
            });
}

LocalStore::Reply<ConversationSummary> LocalStore::conversation(ConversationId id)
{
    return run<ConversationSummary>([id](StoreDatabase &database) -> Result<ConversationSummary> {
        const auto found = database.conversations(id);
        if (found.isEmpty())
            return failure(ErrorCode::ConversationNotFound, "not in the store");
        return found.first();
    });
}

LocalStore::Reply<Person> LocalStore::person(UserId id)
{
    return run<Person>(
            [id](StoreDatabase &database) -> Result<Person> { return database.person(id); });
}

LocalStore::Reply<MessagePage> LocalStore::messagesBefore(ConversationId id, MessageSeq before,
                                                          int limit)
{
    return run<MessagePage>([id, before, limit](StoreDatabase &database) -> Result<MessagePage> {
        return database.messagesBefore(id, before, limit);
    });
}

LocalStore::Reply<MessagePage> LocalStore::messagesAfter(ConversationId id, MessageSeq after,
                                                         int limit)
{
    return run<MessagePage>([id, after, limit](StoreDatabase &database) -> Result<MessagePage> {
        return database.messagesAfter(id, after, limit);
    });
}

LocalStore::Reply<MessagePage> LocalStore::messagesAround(ConversationId id, MessageSeq around,
                                                          int limit)
{
    return run<MessagePage>([id, around, limit](StoreDatabase &database) -> Result<MessagePage> {
        return database.messagesAround(id, around, limit);
    });
}

LocalStore::Reply<QList<StoredMessage>>
LocalStore::messagesBetween(ConversationId id, MessageSeq first, MessageSeq last)
{
    return run<QList<StoredMessage>>(
            [id, first, last](StoreDatabase &database) -> Result<QList<StoredMessage>> {
                return database.messagesBetween(id, first, last);
            });
}

LocalStore::Reply<QList<StoredMessage>> LocalStore::queuedMessages(ConversationId id)
{
    return run<QList<StoredMessage>>([id](StoreDatabase &database) -> Result<QList<StoredMessage>> {
        return database.queuedMessages(id);
    });
}

LocalStore::Reply<QList<StoredMessage>> LocalStore::searchMessages(QString query, int limit)
{
    return run<QList<StoredMessage>>(
            [query, limit](StoreDatabase &database) -> Result<QList<StoredMessage>> {
                return database.search(query, limit);
            });
}

LocalStore::Reply<QList<MessageSeq>> LocalStore::seqsWith(ConversationId id, QString query,
                                                          int limit)
{
    return run<QList<MessageSeq>>(
            [id, query, limit](StoreDatabase &database) -> Result<QList<MessageSeq>> {
                return database.seqsWith(id, query, limit);
            });
}

LocalStore::Reply<DatedPlace> LocalStore::placeOfTime(ConversationId id, qint64 timeMs)
{
    return run<DatedPlace>([id, timeMs](StoreDatabase &database) -> Result<DatedPlace> {
        return database.placeOfTime(id, timeMs);
    });
}

LocalStore::Reply<OutboxRow> LocalStore::queueMessage(ConversationId id, QString text,
                                                      QList<Image> images, References references)
{
    return runWith<OutboxRow>(
            [id, text, images, references](StoreDatabase &database) -> Result<OutboxRow> {
                return database.queue(id, text, images, references);
            },
            true);
}

QString LocalStore::outgoingDirectory() const
{
    return m_outgoingDirectory;
}

LocalStore::Reply<QList<Transfer>> LocalStore::transfers()
{
    return run<QList<Transfer>>([](StoreDatabase &database) -> Result<QList<Transfer>> {
        return database.queuedTransfers();
    });
}

LocalStore::Reply<QList<Transfer>> LocalStore::transfersOf(qint64 localId)
{
    return run<QList<Transfer>>([localId](StoreDatabase &database) -> Result<QList<Transfer>> {
        return database.transfersOf(localId);
    });
}

LocalStore::Reply<void> LocalStore::setTransferBlob(qint64 transferId, QString blobId)
{
    return run<void>([transferId, blobId](StoreDatabase &database) -> Result<void> {
        database.setTransferBlob(transferId, blobId);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::markTransferDone(qint64 transferId)
{
    return run<void>([transferId](StoreDatabase &database) -> Result<void> {
        database.markTransferDone(transferId);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::restartTransfers(qint64 localId)
{
    return run<void>([localId](StoreDatabase &database) -> Result<void> {
        database.restartTransfers(localId);
        return Result<void>();
    });
}

LocalStore::Reply<QStringList> LocalStore::outgoingFiles()
{
    return run<QStringList>([](StoreDatabase &database) -> Result<QStringList> {
        return database.outgoingFiles();
    });
}

LocalStore::Reply<std::optional<StoredMessage>>
LocalStore::messageWithImages(ConversationId id, MessageSeq seq, bool isBefore)
{
    return run<std::optional<StoredMessage>>(
            [id, seq, isBefore](StoreDatabase &database) -> Result<std::optional<StoredMessage>> {
                return database.messageWithImages(id, seq, isBefore);
            });
}

LocalStore::Reply<QList<OutboxRow>> LocalStore::outbox()
{
    return run<QList<OutboxRow>>([](StoreDatabase &database) -> Result<QList<OutboxRow>> {
        return database.outbox({});
    });
}

LocalStore::Reply<void> LocalStore::markSent(OutboxRow row, v1::MessagePosted posted)
{
    return run<void>([row, posted](StoreDatabase &database) -> Result<void> {
        database.markSent(row, posted);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::markFailed(qint64 localId, QString failureCode)
{
    return run<void>([localId, failureCode](StoreDatabase &database) -> Result<void> {
        database.setState(localId, SendState::Failed, failureCode);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::markQueued(qint64 localId)
{
    return run<void>([localId](StoreDatabase &database) -> Result<void> {
        database.setState(localId, SendState::Queued, {});
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::discard(qint64 localId)
{
    return run<void>([localId](StoreDatabase &database) -> Result<void> {
        database.discard(localId);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::queueAction(v1::ClientFrame request)
{
    return runWith<void>(
            [request = std::move(request)](StoreDatabase &database) -> Result<void> {
                database.queueAction(request);
                return Result<void>();
            },
            true);
}

LocalStore::Reply<QList<PendingAction>> LocalStore::actions()
{
    return run<QList<PendingAction>>([](StoreDatabase &database) -> Result<QList<PendingAction>> {
        return database.actions();
    });
}

LocalStore::Reply<void> LocalStore::finishAction(qint64 actionId)
{
    return run<void>([actionId](StoreDatabase &database) -> Result<void> {
        database.finishAction(actionId);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::refuseAction(PendingAction action)
{
    return run<void>([action = std::move(action)](StoreDatabase &database) -> Result<void> {
        database.refuseAction(action);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::setDraft(ConversationId id, Draft draft)
{
    return run<void>([id, draft](StoreDatabase &database) -> Result<void> {
        database.setDraft(id, draft);
        return Result<void>();
    });
}

LocalStore::Reply<QList<PendingDraft>> LocalStore::pendingDrafts()
{
    return run<QList<PendingDraft>>([](StoreDatabase &database) -> Result<QList<PendingDraft>> {
        return database.pendingDrafts();
    });
}

LocalStore::Reply<void> LocalStore::confirmDraft(PendingDraft sent)
{
    return run<void>([sent](StoreDatabase &database) -> Result<void> {
        database.confirmDraft(sent);
        return Result<void>();
    });
}

LocalStore::Reply<void> LocalStore::markRead(ConversationId id, MessageSeq seq)
{
    return run<void>([id, seq](StoreDatabase &database) -> Result<void> {
        database.markRead(id, seq);
        return Result<void>();
    });
}

LocalStore::Reply<QList<PendingWatermark>> LocalStore::pendingWatermarks()
{
    return run<QList<PendingWatermark>>(
            [](StoreDatabase &database) -> Result<QList<PendingWatermark>> {
                return database.pendingWatermarks();
            });
}

LocalStore::Reply<void> LocalStore::confirmWatermark(PendingWatermark mark)
{
    return run<void>([mark](StoreDatabase &database) -> Result<void> {
        database.confirmWatermark(mark);
        return Result<void>();
    });
}

} // namespace dunlin::client
