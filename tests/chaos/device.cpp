// SPDX-License-Identifier: Apache-2.0
#include "device.h"

#include "dunlin/codec.h"
#include "dunlin/error_code.h"
#include "dunlin/limits.h"

#include <QWebSocketHandshakeOptions>

namespace dunlin::chaos {
namespace {

using namespace std::chrono_literals;

constexpr auto tickInterval = 250ms;
constexpr qint64 openDeadlineMs = 3000;
constexpr qint64 heartbeatIntervalMs = 1000;
constexpr qint64 heartbeatDeadlineMs = 3000;
constexpr qint64 pauseAfterRefusalMs = 200;
constexpr int shortestBackoffMs = 30;
constexpr int longestBackoffMs = 400;
constexpr std::size_t tooLong = 17 * 1024;

} // namespace

Kept toKept(const v1::Message &message)
{
    return {.seq = MessageSeq{message.seq()},
            .clientId = ClientId::fromBytes(message.client_id()).value_or(ClientId{}),
            .sender = UserId{message.sender_id()},
            .text = fingerprintOf(message.text()),
            .id = MessageId{message.message_id()}};
}

Device::Device(Options options, Record &record)
    : options_(std::move(options)), record_(record), index_(record.devices.size()),
      random_(options_.seed)
{
    record_.devices.push_back({.user = options_.user});
    clock_.start();
    ticker_.setInterval(tickInterval);
    connect(&ticker_, &QTimer::timeout, this, &Device::tick);
    retry_.setSingleShot(true);
    connect(&retry_, &QTimer::timeout, this, &Device::open);
}

Device::~Device()
{
    close();
}

int Device::anyBelow(int end)
{
    return std::uniform_int_distribution<int>(0, end - 1)(random_);
}

void Device::open()
{
    isWanted_ = true;
    retry_.stop();
    openedMs_ = clock_.elapsed();
    if (!ticker_.isActive())
        ticker_.start();
    socket_ = std::make_unique<QWebSocket>();
    QWebSocket *socket = socket_.get();
    connect(socket, &QWebSocket::connected, this, [this] {
        v1::ClientFrame frame;
        frame.mutable_authenticate()->set_token(options_.token);
        send(std::move(frame));
    });
    connect(socket, &QWebSocket::binaryMessageReceived, this, &Device::onBytes);
    // Queued: the socket is not deleted while it is telling.
    connect(
            socket, &QWebSocket::stateChanged, this,
            [this, socket](QAbstractSocket::SocketState state) {
                if (state == QAbstractSocket::UnconnectedState && socket_.get() == socket)
                    lose();
            },
            Qt::QueuedConnection);
    QWebSocketHandshakeOptions handshake;
    handshake.setSubprotocols({QStringLiteral("dunlin.v1")});
    socket->open(options_.server, handshake);
}

void Device::close()
{
    isWanted_ = false;
    ticker_.stop();
    lose();
}

void Device::reconnect()
{
    lose();
    retry_.start(0);
}

/// What was on its way has no answer: it is sent again, or given up.
void Device::lose()
{
    isSignedIn_ = false;
    if (socket_) {
        socket_->disconnect(this);
        socket_->abort();
        socket_.release()->deleteLater(); // it may be on the call stack
    }
    std::erase_if(outbox_, [](const Pending &pending) {
        return pending.isAbandoned && pending.request != 0;
    });
    for (Pending &pending : outbox_)
        pending.request = 0;
    onTheirWay_ = 0;
    raises_.clear();
    live_.clear();
    syncRequest_ = 0;
    heartbeat_ = 0;
    if (isWanted_ && !retry_.isActive())
        retry_.start(shortestBackoffMs + anyBelow(longestBackoffMs));
}

void Device::tick()
{
    const qint64 now = clock_.elapsed();
    if (!isSignedIn_) {
        if (socket_ && now - openedMs_ > openDeadlineMs)
            lose();
        return;
    }
    if (heartbeat_ != 0 && now - heartbeatSentMs_ > heartbeatDeadlineMs) {
        lose();
        return;
    }
    if (heartbeat_ == 0 && now - heartbeatSentMs_ > heartbeatIntervalMs) {
        v1::ClientFrame frame;
        frame.mutable_heartbeat();
        heartbeatSentMs_ = now;
        heartbeat_ = send(std::move(frame));
    }
    if (!options_.isSilent)
        raiseWatermarks();
    pump();
}

void Device::raiseWatermarks()
{
    for (const auto &[conversation, seq] : seen_) {
        Mark &told = told_[conversation];
        if (told.delivered == seq && told.read == seq)
            continue;
        // Now and then an old one, which must change nothing.
        const bool isOld = anyBelow(8) == 0;
        const Mark mark{.delivered = isOld ? MessageSeq{seq.value / 2} : seq,
                        .read = MessageSeq{anyBelow(2) == 0 ? seq.value : told.read.value}};
        v1::ClientFrame frame;
        auto &raise = *frame.mutable_raise_watermarks();
        raise.set_conversation_id(conversation.value);
        raise.set_delivered_seq(mark.delivered.value);
        raise.set_read_seq(mark.read.value);
        raises_[send(std::move(frame))] = {conversation, mark};
        if (anyBelow(2) == 0)
            return;
    }
}

std::uint64_t Device::send(v1::ClientFrame frame)
{
    frame.set_request_id(++lastRequest_);
    socket_->sendBinaryMessage(codec::encode(frame, codec::FrameKind::Binary));
    return lastRequest_;
}

void Device::post(ConversationId conversation, std::string text, bool isAbandoned)
{
    const ClientId clientId = ClientId::random();
    record_.sent[clientId] = {
            .conversation = conversation, .sender = options_.user, .text = fingerprintOf(text)};
    outbox_.push_back({.clientId = clientId,
                       .conversation = conversation,
                       .text = std::move(text),
                       .isAbandoned = isAbandoned});
    pump();
}

void Device::resend(const ClientId &clientId, ConversationId conversation, std::string text)
{
    outbox_.push_back(
            {.clientId = clientId, .conversation = conversation, .text = std::move(text)});
    pump();
}

void Device::postInvalid(ConversationId conversation)
{
    post(conversation, anyBelow(2) == 0 ? std::string() : std::string(tooLong, 'x'));
}

void Device::pump()
{
    if (!isSignedIn_)
        return;
    const qint64 now = clock_.elapsed();
    for (Pending &pending : outbox_) {
        if (onTheirWay_ >= options_.window)
            return;
        if (pending.request != 0 || pending.notBeforeMs > now)
            continue;
        v1::ClientFrame frame;
        auto &post = *frame.mutable_post_message();
        post.set_conversation_id(pending.conversation.value);
        post.set_client_id(pending.clientId.toBytes());
        post.set_text(pending.text);
        pending.request = send(std::move(frame));
        ++onTheirWay_;
    }
}

void Device::onBytes(const QByteArray &bytes)
{
    const auto frame = codec::decodeServerFrame(
            {bytes.constData(), static_cast<std::size_t>(bytes.size())}, codec::FrameKind::Binary);
    if (!frame)
        qFatal("the server sent a frame that does not decode");
    if (frame->request_id() != 0)
        onAnswer(*frame);
    else if (frame->has_live_updates())
        onLive(frame->live_updates());
}

void Device::onAnswer(const v1::ServerFrame &frame)
{
    if (frame.has_signed_in()) {
        isSignedIn_ = true;
        heartbeatSentMs_ = clock_.elapsed();
        newestKnown_ = std::max(newestKnown_, UpdateSeq{frame.signed_in().newest_update_seq()});
        snapshotToken_.clear();
        sync();
        askHistory();
        pump();
    } else if (frame.has_heartbeat_answer()) {
        heartbeat_ = 0;
        newestKnown_ =
                std::max(newestKnown_, UpdateSeq{frame.heartbeat_answer().newest_update_seq()});
        if (newestKnown_ > cursor_)
            sync(); // a live update was lost
    } else if (frame.has_message_posted()) {
        onPosted(frame.message_posted());
    } else if (frame.has_history_page()) {
        onHistoryPage(frame.history_page());
    } else if (frame.has_sync_page()) {
        onSyncPage(frame.sync_page());
    } else if (const auto raise = raises_.find(frame.request_id()); raise != raises_.end()) {
        if (frame.has_done()) {
            record_.raise(raise->second.first, options_.user, raise->second.second);
            Mark &told = told_[raise->second.first];
            told.delivered = std::max(told.delivered, raise->second.second.delivered);
            told.read = std::max(told.read, raise->second.second.read);
        }
        raises_.erase(raise);
    } else if (frame.has_error()) {
        onPostRefused(frame.request_id(), frame.error());
    }
}

void Device::onPosted(const v1::MessagePosted &posted)
{
    const auto clientId = ClientId::fromBytes(posted.client_id()).value_or(ClientId{});
    const auto found = std::find_if(outbox_.begin(), outbox_.end(), [&](const Pending &pending) {
        return pending.clientId == clientId && pending.request != 0;
    });
    const bool isNew = record_.answers[clientId].count == 0;
    record_.acknowledge(clientId, MessageSeq{posted.seq()}, MessageId{posted.message_id()});
    if (found != outbox_.end()) {
        const Pending pending = std::move(*found);
        outbox_.erase(found);
        --onTheirWay_;
        if (isNew)
            Q_EMIT this->posted(clientId, pending.conversation, pending.text);
    }
    pump();
}

void Device::onPostRefused(std::uint64_t request, const v1::Error &error)
{
    const auto found = std::find_if(outbox_.begin(), outbox_.end(), [&](const Pending &pending) {
        return pending.request == request;
    });
    if (found == outbox_.end()) {
        lose(); // everything else is asked again after a moment
        return;
    }
    --onTheirWay_;
    const auto code = errorCodeFromWireName(error.code());
    const bool isForGood = !code || !isTransient(*code);
    if (isForGood)
        record_.refuse(found->clientId);
    if (isForGood || found->isAbandoned) {
        outbox_.erase(found);
    } else {
        found->request = 0;
        found->notBeforeMs = clock_.elapsed() + pauseAfterRefusalMs + anyBelow(200);
    }
    pump();
}

void Device::sync()
{
    if (syncRequest_ != 0 || !isSignedIn_)
        return;
    v1::ClientFrame frame;
    frame.mutable_sync()->set_since_seq(cursor_.value);
    frame.mutable_sync()->set_snapshot_token(snapshotToken_);
    syncRequest_ = send(std::move(frame));
}

void Device::onSyncPage(const v1::SyncPage &page)
{
    syncRequest_ = 0;
    if (page.is_snapshot()) {
        onSnapshotPage(page);
        return;
    }
    for (const v1::Update &update : page.updates())
        apply(update);
    cursor_ = UpdateSeq{page.next_seq()};
    if (page.has_more()) {
        sync();
        return;
    }
    auto live = std::exchange(live_, {});
    for (const v1::LiveUpdates &updates : live)
        onLive(updates);
    v1::ClientFrame frame;
    frame.mutable_acknowledge_cursor()->set_seq(cursor_.value);
    send(std::move(frame));
}

/// Of a device that is too far behind, such as a new one.
void Device::onSnapshotPage(const v1::SyncPage &page)
{
    DeviceRecord &record = record_.devices[index_];
    for (const v1::Conversation &conversation : page.conversations()) {
        const ConversationId id{conversation.conversation_id()};
        for (const v1::Watermark &mark : conversation.watermarks())
            record.marks[{id, UserId{mark.user_id()}}] = {.delivered =
                                                                  MessageSeq{mark.delivered_seq()},
                                                          .read = MessageSeq{mark.read_seq()}};
        histories_.push_back(id);
    }
    snapshotToken_ = page.snapshot_token();
    if (!page.has_more()) {
        ++snapshots_;
        cursor_ = UpdateSeq{page.next_seq()};
        record.begin = cursor_;
        record.log.clear();
        record.history.clear();
        askHistory();
    }
    sync(); // the rest, or what came since
}

void Device::askHistory()
{
    if (histories_.empty())
        return;
    const auto &known = record_.devices[index_].history[histories_.front()];
    v1::ClientFrame frame;
    frame.mutable_get_history()->set_conversation_id(histories_.front().value);
    frame.mutable_get_history()->set_after_seq(known.empty() ? 0 : known.back().seq.value);
    frame.mutable_get_history()->set_limit(limits::historyPageMax);
    send(std::move(frame));
}

void Device::onHistoryPage(const v1::HistoryPage &page)
{
    const ConversationId id{page.conversation_id()};
    if (histories_.empty() || histories_.front() != id)
        return;
    for (const v1::Message &message : page.messages())
        record_.devices[index_].history[id].push_back(toKept(message));
    if (!page.has_after())
        histories_.pop_front();
    askHistory();
}

void Device::onLive(const v1::LiveUpdates &updates)
{
    if (syncRequest_ != 0) {
        live_.push_back(updates);
        return;
    }
    if (updates.prev_seq() > cursor_.value) {
        newestKnown_ = std::max(newestKnown_, UpdateSeq{updates.prev_seq() + 1});
        sync();
        return;
    }
    for (const v1::Update &update : updates.updates()) {
        if (update.seq() <= cursor_.value)
            continue; // Sync has brought it
        apply(update);
        cursor_ = UpdateSeq{update.seq()};
    }
}

void Device::apply(const v1::Update &update)
{
    Applied applied{.seq = UpdateSeq{update.seq()}};
    if (update.has_message_added()) {
        applied.kind = Applied::Kind::Message;
        applied.conversation = ConversationId{update.message_added().conversation_id()};
        applied.message = toKept(update.message_added());
        seen_[applied.conversation] = std::max(seen_[applied.conversation], applied.message.seq);
    } else if (update.has_watermark_raised()) {
        const v1::Watermark &mark = update.watermark_raised().watermark();
        applied.kind = Applied::Kind::Watermark;
        applied.conversation = ConversationId{update.watermark_raised().conversation_id()};
        applied.actor = UserId{mark.user_id()};
        applied.mark = {.delivered = MessageSeq{mark.delivered_seq()},
                        .read = MessageSeq{mark.read_seq()}};
    }
    record_.devices[index_].log.push_back(applied);
}

} // namespace dunlin::chaos
