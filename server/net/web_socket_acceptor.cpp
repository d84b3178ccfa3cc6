// SPDX-License-Identifier: Apache-2.0
#include "net/web_socket_acceptor.h"

#include "net/web_socket_handshake.h"

namespace dunlin::net {

WebSocketAcceptor::WebSocketAcceptor(QStringList allowedOrigins, Accepted accepted)
    : writes_(std::make_shared<TurnWrites>()), allowedOrigins_(std::move(allowedOrigins)),
      accepted_(std::move(accepted))
{ }

tl::expected<QByteArray, HttpResponse> WebSocketAcceptor::answer(const HttpRequest &head) const
{
    return webSocketHandshake(head, allowedOrigins_);
}

void WebSocketAcceptor::accept(std::unique_ptr<QTcpSocket> socket, std::shared_ptr<Peer> peer)
{
    auto connection =
            std::make_unique<WebSocketConnection>(std::move(socket), std::move(peer), writes_);
    WebSocketConnection *accepted = connection.get();
    accepted_(std::move(connection));
    accepted->start();
}

} // namespace dunlin::net
