// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.h"
#include "dunlin/codec.h"

#include <QWebSocketServer>

#include <functional>
#include <optional>
#include <vector>

namespace dunlin::test {

using namespace dunlin::client;

/// A server that answers as the test wants, over a real WebSocket.
class ScriptedServer : public QObject {
public:
    using Script = std::function<std::optional<v1::ServerFrame>(const v1::ClientFrame &)>;

    ScriptedServer() : server_(QStringLiteral("test"), QWebSocketServer::NonSecureMode)
    {
        server_.setSupportedSubprotocols({QStringLiteral("dunlin.v1")});
        connect(&server_, &QWebSocketServer::newConnection, this, [this] {
            QWebSocket *socket = server_.nextPendingConnection();
            socket->setParent(this);
            sockets.append(socket);
            connect(socket, &QWebSocket::binaryMessageReceived, this,
                    [this, socket](const QByteArray &bytes) { onBytes(socket, bytes); });
        });
        server_.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] QUrl url() const { return server_.serverUrl(); }

    void send(QWebSocket *socket, const v1::ServerFrame &frame)
    {
        socket->sendBinaryMessage(codec::encode(frame, codec::FrameKind::Binary));
    }

    static v1::ServerFrame signedIn(int heartbeatMs = 60'000)
    {
        v1::ServerFrame frame;
        frame.mutable_signed_in()->mutable_user()->set_user_id(1);
        frame.mutable_signed_in()->set_token("token");
        frame.mutable_signed_in()->set_newest_update_seq(5);
        frame.mutable_signed_in()->set_heartbeat_interval_ms(
                static_cast<std::uint32_t>(heartbeatMs));
        return frame;
    }
    static v1::ServerFrame error(const char *code)
    {
        v1::ServerFrame frame;
        frame.mutable_error()->set_code(code);
        return frame;
    }

    Script script = [](const v1::ClientFrame &) { return signedIn(); };
    /// As a server from before there were any.
    bool isWithoutRefreshTokens = true;
    QList<QWebSocket *> sockets;
    std::vector<v1::ClientFrame> requests;

private:
    void onBytes(QWebSocket *socket, const QByteArray &bytes)
    {
        const auto request = codec::decodeClientFrame(
                {bytes.constData(), static_cast<std::size_t>(bytes.size())},
                codec::FrameKind::Binary);
        auto answer = error("UNIMPLEMENTED");
        const bool isUnknown = isWithoutRefreshTokens && request->has_refresh_token();
        if (!isUnknown) {
            requests.push_back(*request);
            const auto said = script(*request);
            if (!said)
                return;
            answer = *said;
        }
        answer.set_request_id(request->request_id());
        send(socket, answer);
    }

    QWebSocketServer server_;
};

inline ConnectionTimes quick()
{
    return {.firstBackoff = std::chrono::milliseconds(10),
            .longestBackoff = std::chrono::milliseconds(50),
            .requestDeadline = std::chrono::milliseconds(300)};
}

} // namespace dunlin::test
