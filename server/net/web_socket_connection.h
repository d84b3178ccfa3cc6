// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/codec.h"
#include "net/turn_writes.h"

#include <QObject>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketProtocol>

#include <functional>
#include <memory>

namespace dunlin::net {

/// One accepted WebSocket, with the limits QWebSocket leaves open: the size of what comes in, and
/// how much may wait to be written to a peer that reads slowly. Lives on its socket's thread.
class WebSocketConnection final : public QObject {
    Q_OBJECT

public:
    /// What may wait before the peer counts as slow, and before it is closed with 1013 ("try again
    /// later", registered with IANA after RFC 6455).
    static constexpr qint64 softWriteLimitBytes = 256 * 1024;
    static constexpr qint64 hardWriteLimitBytes = 1024 * 1024;

    WebSocketConnection(std::unique_ptr<QWebSocket> socket, std::shared_ptr<TurnWrites> writes,
                        QObject *parent = nullptr);
    /// Cuts the connection.
    ~WebSocketConnection() override;

    /// One message. Nothing happens once the connection is closing.
    void send(const QByteArray &message, codec::FrameKind kind);

    /// Sends a close frame and ends the connection, at the latest after a second.
    void close(QWebSocketProtocol::CloseCode code, const QString &reason);

    /// True while more than the soft limit waits: nothing that can be left out should be sent.
    [[nodiscard]] bool isSlow() const noexcept { return isSlow_; }

Q_SIGNALS:
    void received(const QByteArray &message, dunlin::codec::FrameKind kind);
    void isSlowChanged(bool isSlow);
    /// Last signal; whoever owns the connection deletes it later.
    void closed();

private:
    void onTextFrame(const QString &text, bool isLast);
    void watchBacklog();

    std::unique_ptr<QWebSocket> socket_;
    const std::shared_ptr<TurnWrites> writes_;
    QTimer closeTimer_;
    bool isSlow_ = false;
    bool isClosing_ = false;
};

} // namespace dunlin::net
