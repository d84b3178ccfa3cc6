// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store_thread.h"
#include "types.h"

#include "dunlin/result.h"

#include "dunlin.pb.h"

#include <QCoroTask>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace dunlin::client {

class StoreDatabase;

/// A message of the outbox on its way to the server.
struct OutboxRow {
    qint64 localId = 0;
    ConversationId conversation;
    ClientId clientId;
    QString text;
    QList<Image> images;
    /// All files of the images are at the server.
    bool isUploaded = true;
    References references = {};
    /// Whose words they are, when forwarded.
    UserId forwardedFrom = {};
    qint64 createdAtMs = 0;
    SendState state = SendState::Queued;
    QString failureCode;
};

/// A file of a message in the outbox on its way to the server.
struct Transfer {
    qint64 id = 0;
    /// Of the message: OutboxRow::localId.
    qint64 localId = 0;
    /// Full path.
    QString file = {};
    qint64 byteSize = 0;
    /// Empty until the server has begun the upload.
    QString blobId = {};
    bool isDone = false;
};

/// What was done to messages, or chosen for a conversation, and the server does not know yet.
struct PendingAction {
    qint64 id = 0;
    /// edit_message, delete_messages, set_reaction, pin_message or change_conversation_settings.
    v1::ClientFrame request = {};
};

struct PendingDraft {
    ConversationId conversation;
    Draft draft = {};
};

/// A conversation whose watermarks the server does not know yet.
struct PendingWatermark {
    ConversationId conversation;
    MessageSeq delivered;
    MessageSeq read;
};

/// Everything the app knows without a server: one SQLite file per profile. Its functions may be
/// called on the thread the store was made on; the work is done in order on a thread of its own,
/// and the coroutines resume on the caller's. A write is durable (kill -9) when its task is done.
/// Errors: STORAGE_FULL (the disk), INTERNAL (SQLite said no; message has the reason).
///
/// A file that turns out to be damaged is put aside under another name and begun anew: the account,
/// drafts and what waits to be sent are taken over as far as they can be read; the rest comes from
/// the server again.
class LocalStore : public QObject {
    Q_OBJECT
public:
    template <typename T> using Reply = QCoro::Task<Result<T>>;

    explicit LocalStore(QString filePath, QObject *parent = nullptr);
    /// Finishes what was begun.
    ~LocalStore() override;

    /// Opens or creates the file; before anything else.
    Reply<void> open();

    Reply<QString> meta(QString key);
    Reply<void> setMeta(QString key, QString value);
    /// Makes this the account of the file; another account's data is removed.
    Reply<void> setAccount(Person self);
    Reply<Person> account();
    /// Removes everything, account and all, from the disk too. Nothing is changed() by it: who
    /// shows something has nothing to show once nobody is signed in.
    Reply<void> wipe();
    Reply<UpdateSeq> cursor();

    /// The updates and the cursor after them, in one transaction. An own message removes the
    /// outbox row with its client id.
    Reply<void> applyUpdates(std::vector<v1::Update> updates, UpdateSeq cursor);
    /// Conversations of a snapshot or newly opened; the cursor stays without one.
    Reply<void> applyConversations(std::vector<v1::Conversation> conversations,
                                   std::optional<UpdateSeq> cursor);
    /// A snapshot begins: changes of messages that are here may have been missed, so they are
    /// asked for again when they are shown (MessagePage::isStale).
    Reply<void> beginEpoch();
    /// A page of history fetched from the server.
    Reply<void> addHistory(std::vector<v1::Message> messages);
    /// The same, with where the server's history begins.
    Reply<void> addPage(v1::HistoryPage page);
    /// Removes what by now is older than its conversation, or the server, lets it become; without a
    /// server nobody else says so.
    Reply<void> removeDue(qint64 nowMs);
    Reply<void> putPeople(QList<Person> people);

    Reply<QList<ConversationSummary>> conversations();
    Reply<ConversationSummary> conversation(ConversationId id);
    Reply<Person> person(UserId id);

    /// Up to limit messages with seq < before (0: the newest).
    Reply<MessagePage> messagesBefore(ConversationId id, MessageSeq before, int limit);
    Reply<MessagePage> messagesAfter(ConversationId id, MessageSeq after, int limit);
    /// Half of the page before, the rest from this seq on.
    Reply<MessagePage> messagesAround(ConversationId id, MessageSeq around, int limit);
    /// Those that are here.
    Reply<QList<StoredMessage>> messagesBetween(ConversationId id, MessageSeq first,
                                                MessageSeq last);
    /// What waits in the outbox of a conversation, in order.
    Reply<QList<StoredMessage>> queuedMessages(ConversationId id);
    /// Words of query as prefixes, diacritics ignored; newest first.
    Reply<QList<StoredMessage>> searchMessages(QString query, int limit);
    /// Where in a conversation the words of query are, as searchMessages() finds them; newest
    /// first.
    Reply<QList<MessageSeq>> seqsWith(ConversationId id, QString query, int limit);
    /// The first message that is here and was sent at this time or later.
    Reply<DatedPlace> placeOfTime(ConversationId id, qint64 timeMs);

    /// The images' files are in outgoingDirectory() already and the outbox's from now on; those of
    /// a forwarded message are at the server.
    Reply<OutboxRow> queueMessage(ConversationId id, QString text, QList<Image> images = {},
                                  References references = {});
    Reply<QList<OutboxRow>> outbox();
    /// Done by the server: the row becomes a message.
    Reply<void> markSent(OutboxRow row, v1::MessagePosted posted);
    Reply<void> markFailed(qint64 localId, QString failureCode);
    Reply<void> markQueued(qint64 localId);
    Reply<void> discard(qint64 localId);

    /// Where the files are that the outbox has to upload.
    [[nodiscard]] QString outgoingDirectory() const;
    /// Of messages that are queued, in order, the small files of a picture first.
    Reply<QList<Transfer>> transfers();
    Reply<QList<Transfer>> transfersOf(qint64 localId);
    Reply<void> setTransferBlob(qint64 transferId, QString blobId);
    Reply<void> markTransferDone(qint64 transferId);
    /// The server has none of it any more: all of a message's files are uploaded anew.
    Reply<void> restartTransfers(qint64 localId);
    /// Names of all files the outbox still needs.
    Reply<QStringList> outgoingFiles();

    /// The message with a picture that follows seq, or comes before it when isBefore.
    Reply<std::optional<StoredMessage>> messageWithImages(ConversationId id, MessageSeq seq,
                                                          bool isBefore);

    /// Shown at once as if the server had done it, and durable.
    Reply<void> queueAction(v1::ClientFrame request);
    /// In the order they were queued.
    Reply<QList<PendingAction>> actions();
    Reply<void> finishAction(qint64 actionId);
    /// The server said no: the messages are stale from now on, the settings the server's.
    Reply<void> refuseAction(PendingAction action);

    /// Written here; the server is to be told.
    Reply<void> setDraft(ConversationId id, Draft draft);
    Reply<QList<PendingDraft>> pendingDrafts();
    Reply<void> confirmDraft(PendingDraft sent);
    Reply<void> markRead(ConversationId id, MessageSeq seq);
    Reply<QList<PendingWatermark>> pendingWatermarks();
    Reply<void> confirmWatermark(PendingWatermark mark);

Q_SIGNALS:
    /// The file was damaged and is begun anew; the cursor is 0. What was under way has failed.
    void rebuilt();
    /// After each committed change and before its reply, on the store's owner's thread.
    void changed(const dunlin::client::ChangeSet &changes);

private:
    template <typename T> Reply<T> run(std::function<Result<T>(StoreDatabase &)> work);
    template <typename T>
    Reply<T> runWith(std::function<Result<T>(StoreDatabase &)> work, bool isDurable);

    template <typename T> Reply<T> reply(std::function<Result<T>()> work);

    const QString m_outgoingDirectory;
    std::shared_ptr<StoreDatabase> m_database;
    int m_generation = 0; ///< Of the file, as far as the owner's thread has been told.
    StoreThread m_thread;
};

} // namespace dunlin::client
