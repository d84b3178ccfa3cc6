// SPDX-License-Identifier: Apache-2.0
#include "storm.h"

#include "world.h"

#include "dunlin/codec.h"

#include <QCoroTimer>
#include <QWebSocketHandshakeOptions>

namespace dunlin::chaos {
namespace {

using namespace std::chrono_literals;

constexpr qint64 deadlineMs = 60'000;
constexpr auto retryDelay = 300ms;

} // namespace

Storm::Storm(const std::vector<std::unique_ptr<test::FaultProxy>> &proxies, int clients)
    : sockets_(std::size_t(clients)), isIn_(std::size_t(clients))
{
    for (const auto &proxy : proxies)
        servers_.push_back(proxy->webSocketUrl());
    timer_.start();
    for (std::size_t i = 0; i < sockets_.size(); ++i)
        open(i);
}

void Storm::open(std::size_t index)
{
    sockets_[index] = std::make_unique<QWebSocket>();
    QWebSocket *socket = sockets_[index].get();
    connect(socket, &QWebSocket::connected, this, [socket, index] {
        v1::ClientFrame frame;
        frame.set_request_id(1);
        frame.mutable_authenticate()->set_token(World::tokenOfStranger(int(index)));
        socket->sendBinaryMessage(codec::encode(frame, codec::FrameKind::Binary));
    });
    connect(socket, &QWebSocket::binaryMessageReceived, this, [this, index](const QByteArray &got) {
        const auto frame = codec::decodeServerFrame(
                {got.constData(), static_cast<std::size_t>(got.size())}, codec::FrameKind::Binary);
        if (!frame || !frame->has_signed_in() || isIn_[index])
            return;
        isIn_[index] = true;
        ++in_;
    });
    connect(
            socket, &QWebSocket::stateChanged, this,
            [this, socket, index](QAbstractSocket::SocketState state) {
                if (state != QAbstractSocket::UnconnectedState || sockets_[index].get() != socket
                    || isIn_[index])
                    return;
                QTimer::singleShot(retryDelay, this, [this, index] { open(index); });
            },
            Qt::QueuedConnection);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QStringLiteral("dunlin.v1")});
    socket->open(servers_[index % servers_.size()], options);
}

QCoro::Task<qint64> Storm::waitUntilIn()
{
    while (in_ < sockets_.size() && timer_.elapsed() < deadlineMs)
        co_await QCoro::sleepFor(10ms);
    co_return in_ < sockets_.size() ? -1 : timer_.elapsed();
}

} // namespace dunlin::chaos
