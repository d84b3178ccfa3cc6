// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "account_file.h"
#include "action_queue.h"
#include "blob_cache.h"
#include "connection.h"
#include "local_store.h"
#include "outbox.h"
#include "session.h"
#include "sync_engine.h"
#include "token_store.h"

#include <QHash>
#include <QTimer>

namespace dunlin::client {

/// A plain sentence for the user, translated.
QString errorText(ErrorCode code);
/// As above for a wire name (StoredMessage::failureCode).
QString errorText(const QString &wireName);

/// The face of the core: everything the models use. Lives on the GUI thread; functions return at
/// once, their tasks resume there. Destroy it only after its tasks are done or with the event loop
/// at its end.
class Client : public QObject {
    Q_OBJECT
public:
    /// directory: see profileDirectory(). tokens: a file there unless given.
    explicit Client(QString directory, ConnectionTimes times = {},
                    std::unique_ptr<TokenStore> tokens = {}, QObject *parent = nullptr);
    ~Client() override;

    /// Opens the store and restores the session: true when someone is signed in.
    QCoro::Task<Result<bool>> start();
    /// Signs out and removes from this device what the account has left here: messages, drafts,
    /// pictures, the token. Error: the server's, which then still knows this device; all is removed
    /// all the same.
    QCoro::Task<Result<void>> signOutAndWipe();
    /// Ends the account at the server, for good, and then removes everything of it here. Errors:
    /// the server's (WRONG_PASSWORD, RATE_LIMITED...), and then nothing has happened; INTERNAL: not
    /// everything could be removed here.
    QCoro::Task<Result<void>> deleteAccount(QString password);

    [[nodiscard]] const QString &directory() const { return m_directory; }
    TokenStore &tokens() { return *m_tokens; }
    LocalStore &store() { return m_store; }
    Connection &connection() { return m_connection; }
    [[nodiscard]] const Connection &connection() const { return m_connection; }
    Session &session() { return m_session; }
    [[nodiscard]] const Session &session() const { return m_session; }
    SyncEngine &sync() { return m_sync; }
    Outbox &outbox() { return m_outbox; }
    ActionQueue &actions() { return m_actions; }
    Uploader &uploader() { return m_uploader; }
    BlobCache &blobs() { return m_blobs; }
    /// Where pictures wait that are not queued yet; emptied at each start.
    [[nodiscard]] QString preparedDirectory() const;

    QCoro::Task<Result<ConversationSummary>> openDirectConversation(UserId peer);
    /// People on the server whose name has a word beginning with query.
    QCoro::Task<Result<QList<Person>>> findPeople(QString query, int limit = 20);
    /// From the store, else from the server. Errors: USER_NOT_FOUND, the server's.
    QCoro::Task<Result<Person>> person(UserId id);
    /// Messages in the local store.
    QCoro::Task<Result<QList<StoredMessage>>> searchMessages(QString query, int limit = 50);
    /// Everything but its id and user name replaces what was there.
    QCoro::Task<Result<Person>> updateProfile(Person profile);
    /// A small picture; gives its blob id.
    QCoro::Task<Result<QString>> upload(QByteArray bytes);
    QCoro::Task<Result<QList<Device>>> devices();
    QCoro::Task<Result<void>> revokeDevice(DeviceId id);
    /// What the user lets others know, as far as this device knows it.
    [[nodiscard]] Privacy privacy() const { return m_privacy; }
    /// Shown at once, taken back when the server does not take it.
    QCoro::Task<Result<void>> changePrivacy(Privacy wanted);
    /// For everyone in the conversation; what is stored follows by the update log.
    QCoro::Task<Result<void>> setRetention(ConversationId id, Retention retention);
    /// What the operator has decided for every conversation, as far as this device knows it.
    [[nodiscard]] const Retention &serverRetention() const { return m_serverRetention; }

    /// Pages, see SyncEngine. before 0: the newest.
    QCoro::Task<Result<MessagePage>> messagesBefore(ConversationId id, MessageSeq seq, int limit);
    QCoro::Task<Result<MessagePage>> messagesAfter(ConversationId id, MessageSeq seq, int limit);
    QCoro::Task<Result<MessagePage>> messagesAround(ConversationId id, MessageSeq seq, int limit);

    /// Replaces the people whose presence is followed; renewed after each reconnect.
    void subscribePresence(QList<UserId> people);
    [[nodiscard]] Presence presence(UserId id) const;
    /// Call on each key press; sent at most every 4 s, and at once when typing ends.
    void setTyping(ConversationId id, bool isTyping);
    [[nodiscard]] bool isPeerTyping(ConversationId id) const;

Q_SIGNALS:
    void presenceChanged(dunlin::UserId user);
    void typingChanged(dunlin::ConversationId conversation, bool isTyping);
    void privacyChanged();
    void serverRetentionChanged();

private:
    void onFrame(const v1::ServerFrame &frame);
    void onState(ConnectionState state);
    void onSignedIn(const v1::SignedIn &info);
    QCoro::Task<void> keepPrivacy(Privacy privacy);
    QCoro::Task<void> reloadPrivacy();
    void setPrivacy(Privacy privacy);
    QCoro::Task<void> keepServerRetention(Retention retention);
    QCoro::Task<void> reloadServerRetention();
    void setServerRetention(Retention retention);
    void removeDue();
    void onPresence(const v1::Presence &presence);
    void onTyping(const v1::Typing &typing);
    void endTypingOfSenders(const v1::LiveUpdates &updates);
    QCoro::Task<void> sendPresenceSubscription();
    QCoro::Task<void> sendTyping(ConversationId id, bool isTyping);

    void openBlobs();
    QCoro::Task<Result<void>> wipe();

    const QString m_directory;
    std::unique_ptr<TokenStore> m_tokens;
    const AccountFile m_account;
    LocalStore m_store;
    Connection m_connection;
    Session m_session;
    SyncEngine m_sync;
    BlobApi m_blobApi;
    BlobCache m_blobs;
    Uploader m_uploader;
    Outbox m_outbox;
    ActionQueue m_actions;
    Privacy m_privacy;
    Retention m_serverRetention;
    QTimer m_removalTimer;
    QList<UserId> m_followed;
    QHash<UserId, Presence> m_presences;
    QHash<ConversationId, QTimer *> m_typingTimers;
    QHash<ConversationId, qint64> m_typingSentMs;
};

} // namespace dunlin::client
