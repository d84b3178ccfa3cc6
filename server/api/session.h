// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/presence_feed.h"
#include "api/services.h"
#include "dunlin/limits.h"
#include "messaging/live_stream.h"
#include "net/web_socket_connection.h"

#include "dunlin.pb.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace dunlin::api {

/// One connected device, from its WebSocket's first frame to its last: who it is, its requests and
/// their answers, and what it is told unasked. Lives on its connection's thread, held by a
/// shared_ptr; a request under way holds it as well.
class Session final : public QObject, public std::enable_shared_from_this<Session> {
    Q_OBJECT

public:
    /// Requests of one connection that may be under way at once; one more is RATE_LIMITED.
    static constexpr int requestsMax = limits::requestsUnderWay;
    /// Tries to sign in, on one connection.
    static constexpr int entrancesMax = 10;

    Session(std::unique_ptr<net::WebSocketConnection> connection, Services &services);
    ~Session() override;

    [[nodiscard]] DeviceId device() const { return identity_ ? identity_->device : DeviceId{}; }

    /// Updates of the user, from whatever thread committed them.
    void deliver(const messaging::LiveBatch &batch);
    /// A frame that may be lost: not sent to a connection that reads slowly.
    void hint(const v1::ServerFrame &frame);
    /// What others' presence and privacy mean for the device; see PresenceFeed.
    void announcePresence(UserId user, bool isOnline, std::int64_t atMs);
    void privacyChanged(UserId user);
    /// The device's token works no more.
    void end(ErrorCode code);
    /// The server is going: 1001.
    void goAway();

    [[nodiscard]] bool isIdle() const noexcept { return requestsUnderWay_ == 0; }

Q_SIGNALS:
    /// The connection is gone. Last signal.
    void closed();

private:
    using Clock = std::chrono::steady_clock;
    using Reply = QCoro::Task<Result<v1::ServerFrame>>;

    void onReceived(const QByteArray &bytes, codec::FrameKind kind);
    void onClosed();
    static QCoro::Task<void> process(std::shared_ptr<Session> self, v1::ClientFrame frame);
    Reply answer(v1::ClientFrame frame);
    /// How long to wait before the next request; zero: it is counted, and goes on.
    std::chrono::milliseconds requestWait();
    Reply enter(v1::ClientFrame frame);
    Reply signOut();
    Reply refresh(std::string token);
    Reply changePassword(v1::ChangePassword request);
    Reply deleteAccount(v1::DeleteAccount request);
    [[nodiscard]] v1::ServerFrame toReply(const accounts::Entrance &entrance) const;

    void writeToLog(int kind, std::uint64_t requestId, Clock::time_point begin,
                    const Error *error) const;
    void signedIn(const accounts::Entrance &entrance);
    void leave();
    static QCoro::Task<void> confirm(std::shared_ptr<Session> self);
    void beat();
    void send(const v1::ServerFrame &frame);
    void sendAll(const std::vector<messaging::LiveBatch> &batches);
    void watchLiveDeadline();

    std::unique_ptr<net::WebSocketConnection> connection_;
    Services &services_;
    codec::FrameKind kind_ = codec::FrameKind::Binary;
    std::optional<Identity> identity_;
    bool isEntering_ = false;
    int entrances_ = 0;
    /// What is left for signing in, while the server is at it.
    std::chrono::nanoseconds entranceTime_{0};
    std::shared_ptr<throttle::RateLimiter> requests_; ///< Once signed in.
    int requestsUnderWay_ = 0;
    /// Of those, the ones that may take this device away.
    int requestsThatEnd_ = 0;
    std::optional<ErrorCode> heldEnd_;
    presence::ConnectionId connectionId_;
    messaging::LiveStream live_;
    PresenceFeed presence_;
    /// While not signed in: the deadline for that. Later: when the live stream gives up on a gap.
    QTimer timer_;
};

} // namespace dunlin::api
