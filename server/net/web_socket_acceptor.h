// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/web_socket_connection.h"

#include <QStringList>
#include <QTcpSocket>
#include <QWebSocketServer>

#include <functional>
#include <memory>

namespace dunlin::net {

/// Turns TCP connections whose head asks for it into WebSockets (RFC 6455), subprotocol
/// "dunlin.v1". Lives on one thread.
///
/// A page in a browser could open a WebSocket to any server its user can reach, so a handshake with
/// an Origin is refused unless the operator has named that origin.
class WebSocketAcceptor final : public QObject {
    Q_OBJECT

public:
    using Accepted = std::function<void(std::unique_ptr<WebSocketConnection>)>;

    WebSocketAcceptor(QStringList allowedOrigins, Accepted accepted, QObject *parent = nullptr);

    /// socket: connected, its handshake not yet read.
    void accept(std::unique_ptr<QTcpSocket> socket);

private:
    QWebSocketServer server_;
    /// Shared with the connections, which may outlive this.
    const std::shared_ptr<TurnWrites> writes_;
    const QStringList allowedOrigins_;
    const Accepted accepted_;
};

} // namespace dunlin::net
