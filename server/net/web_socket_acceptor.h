// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/admission.h"
#include "net/http_message.h"
#include "net/web_socket_connection.h"

#include <QStringList>
#include <QTcpSocket>

#include <functional>
#include <memory>

namespace dunlin::net {

/// Turns connections whose first request asks for it into WebSockets. Lives on one thread.
class WebSocketAcceptor {
public:
    using Accepted = std::function<void(std::unique_ptr<WebSocketConnection>)>;

    WebSocketAcceptor(QStringList allowedOrigins, Accepted accepted);

    /// See webSocketHandshake().
    [[nodiscard]] tl::expected<QByteArray, HttpResponse> answer(const HttpRequest &head) const;
    /// socket: connected, with the answer above written to it.
    void accept(std::unique_ptr<QTcpSocket> socket, std::shared_ptr<Peer> peer);

private:
    /// Shared with the connections, which may outlive this.
    const std::shared_ptr<TurnWrites> writes_;
    const QStringList allowedOrigins_;
    const Accepted accepted_;
};

} // namespace dunlin::net
