// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "local_store.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace dunlin::client {

/// LocalStore's SQLite connection; used on the store's thread only. A function that fails leaves
/// its reason in the object, and the transaction around it is rolled back.
class StoreDatabase {
public:
    /// outgoing: the directory of the files that the outbox has to upload.
    StoreDatabase(QString filePath, QString outgoing);
    /// A damaged file is put aside and begun anew, see generation().
    bool open();
    void close();
    /// Removes the file and begins with a new one.
    bool wipe();
    std::string error() const { return m_error.toStdString(); }

    template <typename T>
    Result<T> inTransaction(const std::function<Result<T>(StoreDatabase &)> &work, bool isDurable);
    ChangeSet takeChanges() { return std::exchange(m_changes, {}); }
    /// Goes up each time the file is begun anew: what was known of its content is not true any
    /// more.
    [[nodiscard]] int generation() const { return m_generation; }

    // store_database.cpp
    QSqlQuery run(QLatin1String sql, const QVariantList &values = {});
    QString meta(const QString &key);
    void setMeta(const QString &key, const QString &value);
    void setAccount(const Person &self);
    Person account();

    // store_updates.cpp
    void apply(const v1::Update &update);
    void apply(const v1::Conversation &conversation);
    void addMessage(const v1::Message &message);
    void beginEpoch();
    void rewind(const v1::Conversation &snapshot);
    void putPerson(const Person &person);
    void setCursor(UpdateSeq cursor);

    // store_retention.cpp
    void apply(const v1::RetentionChanged &change);
    /// Nothing for 0, of a server that does not tell.
    void setFirstSeq(ConversationId id, MessageSeq first);
    void removeDue(qint64 nowMs);

    // store_conversations.cpp
    QList<ConversationSummary> conversations(ConversationId only);
    Person person(UserId id);
    QList<MessageSeq> pinned(ConversationId id);
    void setDraft(ConversationId id, const Draft &draft);
    void applyDraft(ConversationId id, const Draft &draft);
    QList<PendingDraft> pendingDrafts();
    void confirmDraft(const PendingDraft &sent);
    void applySettings(ConversationId id, const v1::ConversationSettings &settings);
    void showSettings(ConversationId id);
    void markRead(ConversationId id, MessageSeq seq);
    QList<PendingWatermark> pendingWatermarks();
    void confirmWatermark(const PendingWatermark &mark);

    // store_messages.cpp
    MessagePage messagesBefore(ConversationId id, MessageSeq before, int limit);
    MessagePage messagesAfter(ConversationId id, MessageSeq after, int limit);
    MessagePage messagesAround(ConversationId id, MessageSeq around, int limit);
    QList<StoredMessage> messagesBetween(ConversationId id, MessageSeq first, MessageSeq last);
    QList<StoredMessage> search(const QString &query, int limit);
    QList<MessageSeq> seqsWith(ConversationId id, const QString &query, int limit);
    DatedPlace placeOfTime(ConversationId id, qint64 timeMs);
    std::optional<StoredMessage> messageWithImages(ConversationId id, MessageSeq seq,
                                                   bool isBefore);

    // store_outbox.cpp
    OutboxRow queue(ConversationId id, const QString &text, const QList<Image> &images,
                    const References &references);
    QList<OutboxRow> outbox(ConversationId only);
    QList<StoredMessage> queuedMessages(ConversationId id);
    void markSent(const OutboxRow &row, const v1::MessagePosted &posted);
    void setState(qint64 localId, SendState state, const QString &failureCode);
    void discard(qint64 localId);

    Quote quoteOf(ConversationId id, MessageSeq seq);
    /// Whose words a message has.
    UserId authorOf(ConversationId id, MessageSeq seq);

    // store_actions.cpp
    void queueAction(const v1::ClientFrame &request);
    QList<PendingAction> actions();
    void finishAction(qint64 actionId);
    /// What it did here is not true: it is to be asked for again.
    void refuseAction(const PendingAction &action);

    // store_transfers.cpp
    void addTransfers(qint64 localId, const QList<Image> &images);
    /// Fills in the files of a message's images and the blobs they have become; false when some of
    /// it is not at the server yet.
    bool fillTransfers(qint64 localId, QList<Image> &images);
    QList<Transfer> queuedTransfers();
    QList<Transfer> transfersOf(qint64 localId);
    void setTransferBlob(qint64 transferId, const QString &blobId);
    void markTransferDone(qint64 transferId);
    void restartTransfers(qint64 localId);
    QStringList outgoingFiles();

private:
    bool openFile();
    bool createSchema();
    // store_rescue.cpp
    void noteError(const QSqlError &error);
    bool checkFile();
    bool rebuild();
    void rescue(const QString &path);
    void insertRow(QLatin1String table, const QSqlRecord &row);
    void touch(ConversationId id);
    void touch(UserId id);
    void touchMessages(ConversationId id);
    void touchOutboxRow(qint64 localId);
    QString outgoingPath(const QString &name) const { return m_outgoing + u'/' + name; }
    void ensureConversation(ConversationId id);
    void raiseLastSeq(ConversationId id, MessageSeq seq, bool isSynced);
    void putMessage(const v1::Message &message, bool isNewer);
    void changeMessage(const v1::Message &message);
    using Seqs = google::protobuf::RepeatedField<std::int64_t>;
    void hide(ConversationId id, const Seqs &seqs);
    void deleteForEveryone(ConversationId id, const Seqs &seqs);
    void setPinned(ConversationId id, MessageSeq seq, bool isPinned);
    void react(const v1::SetReaction &reaction);
    void applyHere(const v1::ClientFrame &request);
    void choose(ConversationId id, const v1::ChangeConversationSettings &change);
    QList<v1::ClientFrame> actionsOn(ConversationId id);
    void repeatActions(ConversationId id, MessageSeq seq);
    void applyWatermark(ConversationId id, const v1::Watermark &mark);
    qint64 selfId() const { return m_self.value; }
    MessageSeq lastSeq(ConversationId id);
    MessageSeq firstSeq(ConversationId id);
    MessageSeq removeExpired(ConversationId id, qint64 beforeMs);
    void eraseMessagesOf(UserId sender);
    void noteGone(const QList<Image> &images);

    QString m_filePath;
    QString m_outgoing;
    QString m_connectionName;
    QString m_error;
    bool m_isDamaged = false;
    bool m_isDiskFull = false;
    int m_generation = 0;
    UserId m_self;
    qint64 m_epoch = 0;
    ChangeSet m_changes;
};

template <typename T>
Result<T> StoreDatabase::inTransaction(const std::function<Result<T>(StoreDatabase &)> &work,
                                       bool isDurable)
{
    m_error.clear();
    m_isDiskFull = false;
    m_changes = {};
    const UserId selfBefore = m_self;
    const qint64 epochBefore = m_epoch;
    if (isDurable)
        run(QLatin1String("PRAGMA synchronous = FULL"));
    run(QLatin1String("BEGIN IMMEDIATE"));
    Result<T> result = work(*this);
    if (m_error.isEmpty() && result)
        run(QLatin1String("COMMIT"));
    if (!m_error.isEmpty() || !result) {
        const QString error = std::exchange(m_error, {});
        run(QLatin1String("ROLLBACK"));
        m_changes = {};
        m_self = selfBefore;
        m_epoch = epochBefore;
        if (!error.isEmpty())
            result = failure(m_isDiskFull ? ErrorCode::StorageFull : ErrorCode::Internal,
                             error.toStdString());
        m_error = error; // why it is begun anew
        if (m_isDamaged && rebuild())
            return result;
    }
    if (isDurable)
        run(QLatin1String("PRAGMA synchronous = NORMAL"));
    return result;
}

inline QVariant sqlValue(std::int64_t value)
{
    return QVariant(qlonglong(value));
}
template <typename Tag> QVariant sqlValue(StrongId<Tag> id)
{
    return sqlValue(id.value);
}
template <typename Id> Id idAt(const QSqlQuery &query, int column)
{
    return Id{query.value(column).toLongLong()};
}

} // namespace dunlin::client
