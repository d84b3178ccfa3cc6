// SPDX-License-Identifier: Apache-2.0
#include "api/session.h"

#include "api/convert.h"
#include "api/requests.h"
#include "dunlin/limits.h"
#include "log/log.h"
#include "metrics/metrics.h"

#include <QDateTime>

namespace dunlin::api {
namespace {

net::CloseCode closeCodeOf(ErrorCode code)
{
    return code == ErrorCode::FrameTooLarge ? net::CloseCode::TooLarge : net::CloseCode::WrongData;
}

bool isEntrance(const v1::ClientFrame &frame)
{
    return frame.has_register_account() || frame.has_sign_in() || frame.has_authenticate();
}

/// It may come on a connection that is signed in as well.
bool isRefresh(const v1::ClientFrame &frame)
{
    return frame.has_refresh_token();
}

} // namespace

Session::Session(std::unique_ptr<net::WebSocketConnection> connection, Services &services)
    : connection_(std::move(connection)), services_(services),
      connectionId_(services.hub.nextConnectionId()),
      presence_(services, *this, [this](const v1::ServerFrame &frame) { hint(frame); })
{
    connect(connection_.get(), &net::WebSocketConnection::received, this, &Session::onReceived);
    connect(connection_.get(), &net::WebSocketConnection::closed, this, &Session::onClosed);
    connect(connection_.get(), &net::WebSocketConnection::isSlowChanged, this, [this](bool isSlow) {
        if (isSlow)
            live_.pause();
        else
            live_.resume(); // what was dropped shows as a gap, or at the next heartbeat
        watchLiveDeadline();
    });
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, [this] {
        if (identity_) {
            sendAll(live_.giveUp(Clock::now()));
            watchLiveDeadline();
        } else if (!isEntering_) {
            connection_->close(net::CloseCode::PolicyViolated, "not signed in in time");
        }
    });
    entranceTime_ = connection_->peer().signInDeadline().remainingTimeAsDuration();
    timer_.start(std::chrono::ceil<std::chrono::milliseconds>(entranceTime_));
}

Session::~Session()
{
    leave();
}

void Session::onClosed()
{
    leave();
    Q_EMIT closed();
}

void Session::onReceived(const QByteArray &bytes, codec::FrameKind kind)
{
    kind_ = kind;
    auto frame = codec::decodeClientFrame(
            {bytes.constData(), static_cast<std::size_t>(bytes.size())}, kind);
    if (!frame) {
        v1::ServerFrame refusal;
        fill(*refusal.mutable_error(), frame.error());
        send(refusal);
        connection_->close(closeCodeOf(frame.error().code),
                           QByteArray::fromStdString(frame.error().message));
        return;
    }
    process(shared_from_this(), std::move(*frame));
}

QCoro::Task<void> Session::process(std::shared_ptr<Session> self, v1::ClientFrame frame)
{
    const std::uint64_t requestId = frame.request_id();
    const bool mayEndItself =
            frame.has_sign_out() || frame.has_revoke_device() || frame.has_delete_account();
    self->requestsThatEnd_ += mayEndItself ? 1 : 0;
    const int kind = frame.request_case();
    const auto begin = Clock::now();
    metrics::add(metrics::Counter::Requests);
    ++self->requestsUnderWay_;
    auto result = co_await self->answer(std::move(frame));
    --self->requestsUnderWay_;
    self->writeToLog(kind, requestId, begin, result ? nullptr : &result.error());
    v1::ServerFrame reply;
    if (result)
        reply = std::move(*result);
    else
        fill(*reply.mutable_error(), result.error());
    reply.set_request_id(requestId);
    self->send(reply);
    if (mayEndItself && --self->requestsThatEnd_ == 0 && self->heldEnd_)
        self->end(*std::exchange(self->heldEnd_, std::nullopt));
}

/// At debug, and at warning when it is the server's fault. The id is that of the connection and the
/// client's own.
void Session::writeToLog(int kind, std::uint64_t requestId, Clock::time_point begin,
                         const Error *error) const
{
    if (error != nullptr)
        metrics::countError(error->code);
    const bool isOurs = error != nullptr
            && (error->code == ErrorCode::Internal || error->code == ErrorCode::Unavailable);
    const log::Level level = isOurs ? log::Level::Warning : log::Level::Debug;
    if (!log::isWritten(level))
        return;
    const auto *field = v1::ClientFrame::descriptor()->FindFieldByNumber(kind);
    const std::string id = std::to_string(connectionId_) + '-' + std::to_string(requestId);
    const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
    log::write(level, "request",
               {{"request_id", std::string_view(id)},
                {"request", field != nullptr ? std::string_view(field->name()) : "unknown"},
                {"user_id", identity_ ? identity_->user.value : 0},
                {"code", error != nullptr ? toWireName(error->code) : "OK"},
                {"message", error != nullptr ? std::string_view(error->message) : ""},
                {"ms", std::int64_t{time.count()}}});
}

Session::Reply Session::answer(v1::ClientFrame frame)
{
    if (requestsUnderWay_ > requestsMax) {
        co_return failure(ErrorCode::RateLimited, "too many requests at once",
                          std::chrono::seconds(1));
    }
    if (const auto wait = requestWait(); wait.count() > 0)
        co_return failure(ErrorCode::RateLimited, "too many requests", wait);
    if (isEntrance(frame) || (isRefresh(frame) && !identity_))
        co_return co_await enter(std::move(frame));
    if (frame.request_case() == v1::ClientFrame::REQUEST_NOT_SET)
        co_return failure(ErrorCode::Unimplemented, "this server does not know the request");
    if (!identity_)
        co_return failure(ErrorCode::NotSignedIn, "sign in first");
    if (frame.has_sign_out())
        co_return co_await signOut();
    if (isRefresh(frame)) {
        auto &request = *frame.mutable_refresh_token();
        co_return co_await refresh(std::move(*request.mutable_refresh_token()));
    }
    if (frame.has_change_password())
        co_return co_await changePassword(std::move(*frame.mutable_change_password()));
    if (frame.has_delete_account())
        co_return co_await deleteAccount(std::move(*frame.mutable_delete_account()));
    if (frame.has_subscribe_presence()) {
        co_return co_await presence_.subscribe(std::move(*frame.mutable_subscribe_presence()));
    }
    if (frame.has_heartbeat())
        beat();
    co_return co_await answerRequest(services_, *identity_, std::move(frame));
}

std::chrono::milliseconds Session::requestWait()
{
    if (!requests_)
        return {};
    return std::chrono::ceil<std::chrono::milliseconds>(requests_->take(Clock::now()));
}

Session::Reply Session::enter(v1::ClientFrame frame)
{
    if (identity_ || isEntering_)
        co_return failure(ErrorCode::AlreadySignedIn, "this connection is signed in");
    if (++entrances_ > entrancesMax) {
        connection_->close(net::CloseCode::PolicyViolated, "too many tries to sign in");
        co_return failure(ErrorCode::RateLimited, "too many tries to sign in");
    }
    isEntering_ = true;
    // What the server takes for it is not the peer's time.
    entranceTime_ = timer_.remainingTimeAsDuration();
    timer_.stop();
    Result<accounts::Entrance> entrance;
    if (frame.has_register_account()) {
        auto &request = *frame.mutable_register_account();
        accounts::Registration registration{.userName = std::move(*request.mutable_user_name()),
                                            .displayName =
                                                    std::move(*request.mutable_display_name()),
                                            .password = std::move(*request.mutable_password()),
                                            .deviceName = std::move(*request.mutable_device_name()),
                                            .network = connection_->peer().network()};
        entrance = co_await services_.accounts.registerAccount(std::move(registration));
    } else if (frame.has_sign_in()) {
        auto &request = *frame.mutable_sign_in();
        accounts::Credentials credentials{.userName = std::move(*request.mutable_user_name()),
                                          .password = std::move(*request.mutable_password()),
                                          .deviceName = std::move(*request.mutable_device_name()),
                                          .network = connection_->peer().network()};
        entrance = co_await services_.accounts.signIn(std::move(credentials));
    } else if (frame.has_refresh_token()) {
        entrance = co_await services_.accounts.refresh(
                std::move(*frame.mutable_refresh_token()->mutable_refresh_token()));
    } else {
        entrance = co_await services_.accounts.authenticate(
                std::move(*frame.mutable_authenticate()->mutable_token()));
    }
    isEntering_ = false;
    if (!entrance) {
        timer_.start(std::chrono::ceil<std::chrono::milliseconds>(entranceTime_));
        co_return tl::unexpected(entrance.error());
    }
    if (connection_)
        signedIn(*entrance);
    co_return toReply(*entrance);
}

v1::ServerFrame Session::toReply(const accounts::Entrance &entrance) const
{
    v1::ServerFrame reply;
    fill(*reply.mutable_signed_in(), entrance);
    reply.mutable_signed_in()->set_heartbeat_interval_ms(
            static_cast<std::uint32_t>(services_.heartbeatInterval.count()));
    fill(*reply.mutable_signed_in()->mutable_retention(), services_.retention.policy());
    return reply;
}

Session::Reply Session::refresh(std::string token)
{
    const Identity who = *identity_;
    Result<accounts::Entrance> entrance;
    if (token.empty()) {
        entrance = co_await services_.accounts.beginRefresh(who.user, who.device);
    } else {
        const auto parsed = accounts::RefreshToken::parse(token);
        if (!parsed || parsed->user != who.user || parsed->device != who.device)
            co_return failure(ErrorCode::InvalidToken, "the token is not this device's");
        entrance = co_await services_.accounts.refresh(std::move(token));
    }
    if (!entrance)
        co_return tl::unexpected(entrance.error());
    co_return toReply(*entrance);
}

Session::Reply Session::deleteAccount(v1::DeleteAccount request)
{
    const UserId user = identity_->user;
    std::string network = connection_->peer().network();
    const auto checked = co_await services_.accounts.checkPassword(
            user, std::move(network), std::move(*request.mutable_password()));
    if (!checked)
        co_return tl::unexpected(checked.error());
    const auto marked = co_await services_.deletion.markDeleted(user);
    if (!marked)
        co_return tl::unexpected(marked.error());
    services_.hub.endSessions({.user = user, .code = ErrorCode::AccountDeleted});
    // Nobody waits for it; what is cut off is gone on with later (eraseAll).
    services_.deletion.erase(user);
    v1::ServerFrame reply;
    reply.mutable_done();
    co_return reply;
}

Session::Reply Session::changePassword(v1::ChangePassword request)
{
    const Identity who = *identity_;
    accounts::PasswordChange change{.user = who.user,
                                    .device = who.device,
                                    .oldPassword = std::move(*request.mutable_old_password()),
                                    .newPassword = std::move(*request.mutable_new_password()),
                                    .network = connection_->peer().network()};
    const auto signedOut = co_await services_.accounts.changePassword(std::move(change));
    if (!signedOut)
        co_return tl::unexpected(signedOut.error());
    for (const DeviceId device : *signedOut)
        services_.hub.endSessions({.user = who.user, .device = device});
    v1::ServerFrame reply;
    reply.mutable_done();
    co_return reply;
}

void Session::signedIn(const accounts::Entrance &entrance)
{
    timer_.stop();
    identity_ = Identity{.user = entrance.user.id, .device = entrance.device};
    requests_ = requestLimiterOf(services_, *identity_);
    connection_->peer().authenticated();
    // From here on live updates come; what was committed before the answer's newest seq was read
    // is found by Sync, and a gap between the two as well.
    services_.registry.add(identity_->user, *this);
    presence_.start(identity_->user);
    metrics::change(metrics::Gauge::Sessions, 1);
    beat();
    confirm(shared_from_this());
}

/// A device that was taken away between its token's check and its place in the registry has not
/// heard of it.
QCoro::Task<void> Session::confirm(std::shared_ptr<Session> self)
{
    const Identity who = *self->identity_;
    const auto isThere = co_await self->services_.accounts.recordActive(who.user, who.device);
    if (isThere && !*isThere)
        self->end(ErrorCode::DeviceRevoked);
}

void Session::beat()
{
    const auto now = Clock::now();
    if (services_.presence.heartbeat(connectionId_, now))
        return;
    services_.hub.announce(
            services_.presence.connect(connectionId_, identity_->user, identity_->device, now), 0);
}

void Session::leave()
{
    timer_.stop();
    if (!identity_)
        return;
    const UserId user = identity_->user;
    identity_.reset();
    metrics::change(metrics::Gauge::Sessions, -1);
    services_.registry.remove(user, *this);
    presence_.stop();
    const auto transitions = services_.presence.disconnect(connectionId_);
    if (transitions.empty())
        return;
    services_.hub.announce(transitions, QDateTime::currentMSecsSinceEpoch());
    services_.people.recordLastSeen(user, QDateTime::currentMSecsSinceEpoch());
}

Session::Reply Session::signOut()
{
    const Identity who = *identity_;
    const auto revoked = co_await services_.accounts.revokeDevice(who.user, who.device);
    if (!revoked)
        co_return tl::unexpected(revoked.error());
    leave();
    services_.hub.endSessions({.user = who.user, .device = who.device});
    v1::ServerFrame reply;
    reply.mutable_done();
    co_return reply;
}

void Session::announcePresence(UserId user, bool isOnline, std::int64_t atMs)
{
    presence_.announce(user, isOnline, atMs);
}

void Session::privacyChanged(UserId user)
{
    presence_.privacyChanged(shared_from_this(), user);
}

void Session::send(const v1::ServerFrame &frame)
{
    connection_->send(codec::encode(frame, kind_), kind_);
}

void Session::hint(const v1::ServerFrame &frame)
{
    if (!connection_->isSlow())
        send(frame);
}

void Session::deliver(const messaging::LiveBatch &batch)
{
    sendAll(live_.offer(batch, Clock::now()));
    watchLiveDeadline();
}

void Session::sendAll(const std::vector<messaging::LiveBatch> &batches)
{
    for (const messaging::LiveBatch &batch : batches) {
        metrics::add(metrics::Counter::MessagesDeliveredLive, batch.messages);
        if (kind_ == codec::FrameKind::Binary) {
            connection_->send(*batch.frame, kind_);
            continue;
        }
        // Rare (a script): the shared binary form is turned into text for this one.
        const auto frame = codec::decodeServerFrame(
                {batch.frame->constData(), static_cast<std::size_t>(batch.frame->size())},
                codec::FrameKind::Binary);
        if (frame)
            send(*frame);
    }
}

void Session::watchLiveDeadline()
{
    if (!identity_)
        return; // the timer is for signing in
    const auto deadline = live_.deadline();
    if (!deadline) {
        timer_.stop();
        return;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now());
    timer_.start(std::max(std::chrono::milliseconds(0), left));
}

void Session::end(ErrorCode code)
{
    if (!identity_)
        return;
    if (requestsThatEnd_ > 0) { // who asked for it is answered first
        heldEnd_ = code;
        return;
    }
    v1::ServerFrame frame;
    frame.mutable_signed_out()->set_code(std::string(toWireName(code)));
    send(frame);
    leave();
    connection_->close(net::CloseCode::PolicyViolated, "signed out");
}

void Session::goAway()
{
    connection_->close(net::CloseCode::GoingAway, "the server is going down");
}

} // namespace dunlin::api
