// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/codec.h"
#include "net/admission.h"
#include "net/close_code.h"
#include "net/turn_writes.h"
#include "net/web_socket_reader.h"
#include "throttle/rate_limiter.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace dunlin::net {

/// One accepted WebSocket: messages in and out, pings and closing (RFC 6455), and its limits: the
/// size of what comes in, how long a message may take to come, and how much may wait to be written
/// to a peer that reads slowly. Lives on its socket's thread.
class WebSocketConnection final : public QObject {
    Q_OBJECT

public:
    /// What may wait before the peer counts as slow, and before it is closed with 1013.
    static constexpr qint64 softWriteLimitBytes = 256 * 1024;
    static constexpr qint64 hardWriteLimitBytes = 1024 * 1024;

    WebSocketConnection(std::unique_ptr<QTcpSocket> socket, std::shared_ptr<Peer> peer,
                        std::shared_ptr<TurnWrites> writes, QObject *parent = nullptr);
    /// Cuts the connection.
    ~WebSocketConnection() override;

    /// Reads what has come already, in a later turn. Once whoever wants to hear it is connected.
    void start();

    /// One message. Nothing happens once the connection is closing.
    void send(const QByteArray &message, codec::FrameKind kind);

    /// Sends a close frame and ends the connection, at the latest after a second. reason: at most
    /// 123 bytes of UTF-8.
    void close(CloseCode code, const QByteArray &reason);

    /// True while more than the soft limit waits: nothing that can be left out should be sent.
    [[nodiscard]] bool isSlow() const noexcept { return isSlow_; }
    [[nodiscard]] Peer &peer() const noexcept { return *peer_; }

Q_SIGNALS:
    void received(const QByteArray &message, dunlin::codec::FrameKind kind);
    void isSlowChanged(bool isSlow);
    /// Last signal; whoever owns the connection deletes it later.
    void closed();

private:
    enum class State { Open, Closing, Ended };

    void onReadyRead();
    void onMessage(const WebSocketReader::Message &message);
    void onPing(const QByteArray &payload);
    void onClose(const WebSocketReader::Message &message);
    void onDisconnected();
    void sendClose(const QByteArray &payload);
    void endWriting();
    void watchBacklog();
    void watchMessageDeadline();
    [[nodiscard]] qint64 bytesWaiting() const;

    std::unique_ptr<QTcpSocket> socket_;
    const std::shared_ptr<Peer> peer_;
    const std::shared_ptr<TurnWrites> writes_;
    WebSocketReader reader_;
    throttle::RateLimiter controlFrames_;
    QTimer closeTimer_;
    QTimer messageTimer_;
    std::uint64_t awaited_ = 0; ///< Which message the timer is for.
    State state_ = State::Open;
    bool isSlow_ = false;
    bool isPeerClosing_ = false;
};

} // namespace dunlin::net
