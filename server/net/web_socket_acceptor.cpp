// SPDX-License-Identifier: Apache-2.0
#include "net/web_socket_acceptor.h"

#include <QWebSocketCorsAuthenticator>

namespace dunlin::net {

WebSocketAcceptor::WebSocketAcceptor(QStringList allowedOrigins, Accepted accepted, QObject *parent)
    : QObject(parent), server_(QStringLiteral("dunlin-server"), QWebSocketServer::NonSecureMode),
      writes_(std::make_shared<TurnWrites>()), allowedOrigins_(std::move(allowedOrigins)),
      accepted_(std::move(accepted))
{
    server_.setSupportedSubprotocols({QStringLiteral("dunlin.v1")});
    connect(&server_, &QWebSocketServer::originAuthenticationRequired, this,
            [this](QWebSocketCorsAuthenticator *authenticator) {
                const QString origin = authenticator->origin();
                authenticator->setAllowed(origin.isEmpty() || allowedOrigins_.contains(origin));
            });
    connect(&server_, &QWebSocketServer::newConnection, this, [this] {
        while (QWebSocket *socket = server_.nextPendingConnection()) {
            socket->setParent(nullptr);
            accepted_(std::make_unique<WebSocketConnection>(std::unique_ptr<QWebSocket>(socket),
                                                            writes_));
        }
    });
}

void WebSocketAcceptor::accept(std::unique_ptr<QTcpSocket> socket)
{
    // QWebSocketServer owns it from here on and reads what has come already.
    server_.handleConnection(socket.release());
}

} // namespace dunlin::net
