// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include "conversions.h"
#include "dunlin/limits.h"

#include <QDateTime>
#include <QDir>
#include <QPointer>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

constexpr qint64 typingIntervalMs = 4000;
/// As often as the server looks for what is due.
constexpr auto removalInterval = 10min;

std::unique_ptr<TokenStore> orFile(std::unique_ptr<TokenStore> tokens, const QString &directory)
{
    if (tokens)
        return tokens;
    return std::make_unique<FileTokenStore>(directory + QLatin1String("/token"));
}

} // namespace

Client::Client(QString directory, ConnectionTimes times, std::unique_ptr<TokenStore> tokens,
               QObject *parent)
    : QObject(parent), m_directory(std::move(directory)),
      m_tokens(orFile(std::move(tokens), m_directory)),
      m_account(m_directory + QLatin1String("/account.json")),
      m_store(m_directory + QLatin1String("/store.db")), m_connection(times),
      m_session(m_store, m_connection, *m_tokens, m_account), m_sync(m_store, m_connection),
      m_blobs(m_blobApi, m_directory + QLatin1String("/blobs")),
      m_uploader(m_store, m_connection, m_blobApi, m_blobs),
      m_outbox(m_store, m_connection, m_uploader), m_actions(m_store, m_connection, m_sync)
{
    connect(&m_session, &Session::signedIn, this, &Client::openBlobs);
    connect(&m_session, &Session::signedOut, &m_blobApi, &BlobApi::close);
    connect(&m_session, &Session::tokenChanged, &m_blobApi,
            [this] { m_blobApi.setToken(m_session.token()); });
    connect(&m_session, &Session::accountReplaced, this, [this] {
        m_blobs.clear();
        m_uploader.sweep();
    });
    connect(&m_session, &Session::signedIn, this, &Client::reloadPrivacy);
    connect(&m_session, &Session::signedIn, this, &Client::reloadServerRetention);
    connect(&m_connection, &Connection::signedIn, this, &Client::onSignedIn);
    connect(&m_store, &LocalStore::changed, this, [this](const ChangeSet &changes) {
        if (m_session.isSignedIn() && changes.people.contains(m_session.self().id))
            reloadPrivacy();
        if (!changes.goneBlobs.isEmpty())
            m_blobs.remove(changes.goneBlobs);
    });
    connect(&m_connection, &Connection::frameReceived, this, &Client::onFrame);
    connect(&m_connection, &Connection::stateChanged, this, &Client::onState);
    m_removalTimer.setInterval(removalInterval);
    connect(&m_removalTimer, &QTimer::timeout, this, &Client::removeDue);
}

Client::~Client()
{
    // The store still tells what it finishes at its end, when the rest is gone.
    disconnect(&m_store, nullptr, this, nullptr);
    // While all of it is there: who waits for an answer resumes now.
    m_connection.stop();
    m_uploader.close();
    m_blobs.close();
    m_blobApi.close();
}

void Client::openBlobs()
{
    m_blobApi.open(m_session.server(), m_session.token());
}

QString Client::preparedDirectory() const
{
    return m_directory + QLatin1String("/prepared");
}

QCoro::Task<Result<QString>> Client::upload(QByteArray bytes)
{
    return m_blobApi.upload(std::move(bytes));
}

QCoro::Task<Result<bool>> Client::start()
{
    const QPointer<Client> guard(this);
    const auto opened = co_await m_store.open();
    if (!opened)
        co_return tl::unexpected(opened.error());
    if (!guard)
        co_return false;
    QDir(preparedDirectory()).removeRecursively();
    QDir().mkpath(preparedDirectory());
    m_uploader.sweep();
    removeDue(); // before anything is read
    m_removalTimer.start();
    co_return co_await m_session.restore();
}

QCoro::Task<Result<ConversationSummary>> Client::openDirectConversation(UserId peer)
{
    const QPointer<Client> guard(this);
    v1::ClientFrame request;
    request.mutable_open_direct_conversation()->set_user_id(peer.value);
    const auto answer = co_await m_connection.request(std::move(request));
    if (!answer)
        co_return tl::unexpected(answer.error());
    if (!guard)
        co_return failure(ErrorCode::Unavailable, "the app is closing");
    std::vector<v1::Conversation> conversations{answer->conversation_opened().conversation()};
    const ConversationId id{conversations.front().conversation_id()};
    const auto kept = co_await m_store.applyConversations(std::move(conversations), std::nullopt);
    if (!kept)
        co_return tl::unexpected(kept.error());
    co_return co_await m_store.conversation(id);
}

QCoro::Task<Result<QList<Person>>> Client::findPeople(QString query, int limit)
{
    v1::ClientFrame request;
    request.mutable_find_users()->set_query(query.toStdString());
    request.mutable_find_users()->set_limit(static_cast<std::uint32_t>(limit));
    const auto answer = co_await m_connection.request(std::move(request));
    if (!answer)
        co_return tl::unexpected(answer.error());
    QList<Person> people;
    for (const v1::User &user : answer->user_list().users())
        people.append(toPerson(user));
    co_return people;
}

QCoro::Task<Result<Person>> Client::person(UserId id)
{
    const QPointer<Client> guard(this);
    const auto kept = co_await m_store.person(id);
    if (!kept || kept->id || !guard)
        co_return kept;
    v1::ClientFrame request;
    request.mutable_get_users()->add_user_ids(id.value);
    const auto answer = co_await m_connection.request(std::move(request));
    if (!answer)
        co_return tl::unexpected(answer.error());
    if (answer->user_list().users().empty())
        co_return failure(ErrorCode::UserNotFound, "there is no such user");
    const Person found = toPerson(answer->user_list().users(0));
    const QList<Person> people{found};
    if (guard)
        co_await m_store.putPeople(people);
    co_return found;
}

QCoro::Task<Result<QList<StoredMessage>>> Client::searchMessages(QString query, int limit)
{
    return m_store.searchMessages(std::move(query), limit);
}

QCoro::Task<Result<Person>> Client::updateProfile(Person profile)
{
    const QPointer<Client> guard(this);
    v1::ClientFrame request;
    auto &wanted = *request.mutable_update_profile();
    wanted.set_display_name(profile.displayName.toStdString());
    wanted.set_about(profile.about.toStdString());
    wanted.set_avatar_color(static_cast<std::uint32_t>(profile.avatarColor));
    wanted.set_avatar_blob_id(profile.avatarBlobId.toStdString());
    const auto answer = co_await m_connection.request(std::move(request));
    if (!answer)
        co_return tl::unexpected(answer.error());
    if (answer->user_list().users().empty())
        co_return failure(ErrorCode::Internal, "an answer without a user");
    const Person self = toPerson(answer->user_list().users(0));
    const QList<Person> people{self};
    const auto kept = co_await m_store.putPeople(people);
    if (!kept)
        co_return tl::unexpected(kept.error());
    if (guard)
        m_session.setSelf(self);
    co_return self;
}

QCoro::Task<Result<QList<Device>>> Client::devices()
{
    v1::ClientFrame request;
    request.mutable_list_devices();
    const auto answer = co_await m_connection.request(std::move(request));
    if (!answer)
        co_return tl::unexpected(answer.error());
    QList<Device> devices;
    for (const v1::Device &device : answer->device_list().devices())
        devices.append(toDevice(device));
    co_return devices;
}

QCoro::Task<Result<void>> Client::revokeDevice(DeviceId id)
{
    v1::ClientFrame request;
    request.mutable_revoke_device()->set_device_id(id.value);
    const auto answer = co_await m_connection.request(std::move(request));
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return Result<void>();
}

QCoro::Task<Result<void>> Client::setRetention(ConversationId id, Retention retention)
{
    v1::ClientFrame request;
    auto &set = *request.mutable_set_retention();
    set.set_conversation_id(id.value);
    set.mutable_retention()->set_until_delivered(retention.untilDelivered);
    set.mutable_retention()->set_days(static_cast<std::uint32_t>(retention.days));
    const auto answer = co_await m_connection.request(std::move(request));
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return Result<void>();
}

QCoro::Task<void> Client::keepServerRetention(Retention retention)
{
    const QPointer<Client> guard(this);
    const QString encoded = encodeRetention(retention);
    const auto kept = co_await m_store.setMeta(serverRetentionKey, encoded);
    if (guard && kept)
        setServerRetention(retention);
}

QCoro::Task<void> Client::reloadServerRetention()
{
    const QPointer<Client> guard(this);
    const auto kept = co_await m_store.meta(serverRetentionKey);
    if (guard && kept)
        setServerRetention(decodeRetention(*kept));
}

void Client::setServerRetention(Retention retention)
{
    if (m_serverRetention == retention)
        return;
    m_serverRetention = retention;
    Q_EMIT serverRetentionChanged();
}

void Client::removeDue()
{
    m_store.removeDue(QDateTime::currentMSecsSinceEpoch());
}

QCoro::Task<Result<void>> Client::changePrivacy(Privacy wanted)
{
    const QPointer<Client> guard(this);
    const Privacy before = m_privacy;
    co_await keepPrivacy(wanted);
    if (!guard)
        co_return Result<void>();
    v1::ClientFrame request;
    auto &privacy = *request.mutable_change_privacy()->mutable_privacy();
    privacy.set_hides_read_receipts(wanted.hidesReadReceipts);
    privacy.set_hides_last_seen(wanted.hidesLastSeen);
    const auto answer = co_await m_connection.request(std::move(request));
    if (answer)
        co_return Result<void>();
    // Another device's word may have come meanwhile.
    if (guard && m_privacy == wanted)
        co_await keepPrivacy(before);
    co_return tl::unexpected(answer.error());
}

void Client::onSignedIn(const v1::SignedIn &info)
{
    if (info.has_privacy())
        keepPrivacy(toPrivacy(info.privacy()));
    keepServerRetention(toRetention(info.retention()));
}

QCoro::Task<void> Client::keepPrivacy(Privacy privacy)
{
    const QPointer<Client> guard(this);
    const QString encoded = encodePrivacy(privacy);
    const auto kept = co_await m_store.setMeta(privacyKey, encoded);
    // After the store, whose answers come in order: one that was read before does not win.
    if (guard && kept)
        setPrivacy(privacy);
}

QCoro::Task<void> Client::reloadPrivacy()
{
    const QPointer<Client> guard(this);
    const auto kept = co_await m_store.meta(privacyKey);
    if (guard && kept)
        setPrivacy(decodePrivacy(*kept));
}

void Client::setPrivacy(Privacy privacy)
{
    if (m_privacy == privacy)
        return;
    m_privacy = privacy;
    Q_EMIT privacyChanged();
}

QCoro::Task<Result<MessagePage>> Client::messagesBefore(ConversationId id, MessageSeq seq,
                                                        int limit)
{
    return m_sync.messagesBefore(id, seq, limit);
}

QCoro::Task<Result<MessagePage>> Client::messagesAfter(ConversationId id, MessageSeq seq, int limit)
{
    return m_sync.messagesAfter(id, seq, limit);
}

QCoro::Task<Result<MessagePage>> Client::messagesAround(ConversationId id, MessageSeq seq,
                                                        int limit)
{
    return m_sync.messagesAround(id, seq, limit);
}

void Client::subscribePresence(QList<UserId> people)
{
    if (people.size() > qsizetype(limits::presenceSubscriptionUsers))
        people.resize(qsizetype(limits::presenceSubscriptionUsers));
    if (m_followed == people)
        return;
    m_followed = std::move(people);
    sendPresenceSubscription();
}

QCoro::Task<void> Client::sendPresenceSubscription()
{
    if (m_connection.state() != ConnectionState::Online)
        co_return; // sent once it is
    const QPointer<Client> guard(this);
    v1::ClientFrame request;
    for (const UserId user : std::as_const(m_followed))
        request.mutable_subscribe_presence()->add_user_ids(user.value);
    if (m_followed.isEmpty())
        request.mutable_subscribe_presence();
    const auto answer = co_await m_connection.request(std::move(request));
    if (!guard || !answer)
        co_return;
    for (const v1::Presence &presence : answer->presence_list().presences())
        onPresence(presence);
}

Presence Client::presence(UserId id) const
{
    return m_presences.value(id, Presence{.user = id});
}

void Client::onPresence(const v1::Presence &presence)
{
    const Presence known = toPresence(presence);
    Presence &kept = m_presences[known.user];
    const qint64 lastSeen = known.lastSeenMs > 0 ? known.lastSeenMs : kept.lastSeenMs;
    kept = known;
    kept.lastSeenMs = lastSeen;
    Q_EMIT presenceChanged(known.user);
}

void Client::onState(ConnectionState state)
{
    if (state == ConnectionState::Online) {
        sendPresenceSubscription();
        m_blobs.retry();
        return;
    }
    // Nobody is known to be online by someone who is not.
    for (Presence &presence : m_presences) {
        if (!presence.isOnline)
            continue;
        presence.isOnline = false;
        Q_EMIT presenceChanged(presence.user);
    }
    m_typingSentMs.clear();
}

void Client::onFrame(const v1::ServerFrame &frame)
{
    if (frame.has_presence())
        onPresence(frame.presence());
    else if (frame.has_typing())
        onTyping(frame.typing());
    else if (frame.has_live_updates())
        endTypingOfSenders(frame.live_updates());
}

/// Who has sent is no longer typing.
void Client::endTypingOfSenders(const v1::LiveUpdates &updates)
{
    for (const v1::Update &update : updates.updates()) {
        if (!update.has_message_added()
            || UserId{update.message_added().sender_id()} == m_session.self().id)
            continue;
        v1::Typing typing;
        typing.set_conversation_id(update.message_added().conversation_id());
        onTyping(typing);
    }
}

void Client::onTyping(const v1::Typing &typing)
{
    const ConversationId id{typing.conversation_id()};
    QTimer *&timer = m_typingTimers[id];
    if (timer == nullptr) {
        timer = new QTimer(this);
        timer->setSingleShot(true);
        timer->setInterval(limits::typingTimeout);
        connect(timer, &QTimer::timeout, this, [this, id] { Q_EMIT typingChanged(id, false); });
    }
    const bool wasTyping = timer->isActive();
    if (typing.is_typing())
        timer->start();
    else
        timer->stop();
    if (wasTyping != typing.is_typing())
        Q_EMIT typingChanged(id, typing.is_typing());
}

bool Client::isPeerTyping(ConversationId id) const
{
    const QTimer *timer = m_typingTimers.value(id);
    return timer != nullptr && timer->isActive();
}

void Client::setTyping(ConversationId id, bool isTyping)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 sent = m_typingSentMs.value(id, 0);
    if (isTyping ? now - sent < typingIntervalMs : sent == 0)
        return;
    if (isTyping)
        m_typingSentMs[id] = now;
    else
        m_typingSentMs.remove(id);
    sendTyping(id, isTyping);
}

QCoro::Task<void> Client::sendTyping(ConversationId id, bool isTyping)
{
    v1::ClientFrame request;
    request.mutable_set_typing()->set_conversation_id(id.value);
    request.mutable_set_typing()->set_is_typing(isTyping);
    co_await m_connection.request(std::move(request));
}

} // namespace dunlin::client
