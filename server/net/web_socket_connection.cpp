// SPDX-License-Identifier: Apache-2.0
#include "net/web_socket_connection.h"

#include "dunlin/limits.h"
#include "net/socket_end.h"

#include <QtEndian>

#include <array>

namespace dunlin::net {
namespace {

using namespace std::chrono_literals;
constexpr auto closeDeadline = 1s;
constexpr qint64 readBufferBytes = 2 * qint64(limits::frameBytes);
constexpr throttle::Rate controlFrameRate{.count = limits::controlFramesPerSecond,
                                          .burst = limits::controlFramesBurst};

using Kind = WebSocketReader::Kind;

QByteArray closePayload(std::uint16_t code, const QByteArray &reason)
{
    std::array<char, 2> bytes{};
    qToBigEndian(code, bytes.data());
    return QByteArray(bytes.data(), bytes.size()) + reason;
}

} // namespace

WebSocketConnection::WebSocketConnection(std::unique_ptr<QTcpSocket> socket,
                                         std::shared_ptr<Peer> peer,
                                         std::shared_ptr<TurnWrites> writes, QObject *parent)
    : QObject(parent), socket_(std::move(socket)), peer_(std::move(peer)),
      writes_(std::move(writes)), reader_(limits::frameBytes), controlFrames_(controlFrameRate)
{
    socket_->setReadBufferSize(readBufferBytes);
    closeTimer_.setSingleShot(true);
    connect(&closeTimer_, &QTimer::timeout, socket_.get(), &QTcpSocket::abort);
    messageTimer_.setSingleShot(true);
    connect(&messageTimer_, &QTimer::timeout, this,
            [this] { close(CloseCode::PolicyViolated, "the message took too long"); });

    connect(socket_.get(), &QTcpSocket::readyRead, this, &WebSocketConnection::onReadyRead);
    watchWriting(*socket_, *this, [this](qint64) { watchBacklog(); });
    connect(socket_.get(), &QTcpSocket::disconnected, this, &WebSocketConnection::onDisconnected);
}

WebSocketConnection::~WebSocketConnection()
{
    writes_->remove(*socket_);
    socket_->disconnect(this);
    socket_->abort();
}

void WebSocketConnection::start()
{
    if (socket_->state() != QAbstractSocket::ConnectedState)
        QMetaObject::invokeMethod(this, &WebSocketConnection::onDisconnected, Qt::QueuedConnection);
    else if (socket_->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &WebSocketConnection::onReadyRead, Qt::QueuedConnection);
}

void WebSocketConnection::onReadyRead()
{
    // All at once, so that Qt's buffer is empty and reads on; what is not whole is the reader's.
    const QByteArray bytes = socket_->readAll();
    std::string_view left(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    // Behind a close frame of either side, what comes is not looked at, a close frame apart.
    while (state_ != State::Ended && !isPeerClosing_) {
        const auto message = reader_.next(left);
        if (!message) {
            if (state_ == State::Closing)
                return;
            isPeerClosing_ = true; // nothing more can be made of what it sends
            close(message.error().code, message.error().reason);
            return;
        }
        if (!*message)
            break;
        onMessage(**message);
    }
    watchMessageDeadline();
}

void WebSocketConnection::onMessage(const WebSocketReader::Message &message)
{
    switch (message.kind) {
    case Kind::Text:
    case Kind::Binary:
        if (state_ == State::Open) {
            Q_EMIT received(message.payload,
                            message.kind == Kind::Text ? codec::FrameKind::Text
                                                       : codec::FrameKind::Binary);
        }
        break;
    case Kind::Ping:
        onPing(message.payload);
        break;
    case Kind::Pong:
        break; // asked for or not (section 5.5.3)
    case Kind::Close:
        onClose(message);
        break;
    }
}

void WebSocketConnection::onPing(const QByteArray &payload)
{
    if (state_ != State::Open)
        return;
    if (controlFrames_.take(throttle::Clock::now()).count() > 0) {
        close(CloseCode::PolicyViolated, "too many pings");
        return;
    }
    socket_->write(serverFrameHead(Kind::Pong, static_cast<std::uint64_t>(payload.size())));
    socket_->write(payload);
    writes_->add(*socket_);
    watchBacklog();
}

/// Section 5.5.1: answered with the same code, unless it is the answer to ours; then the server
/// ends the connection.
void WebSocketConnection::onClose(const WebSocketReader::Message &message)
{
    isPeerClosing_ = true;
    if (state_ == State::Open)
        sendClose(message.closeCode ? closePayload(*message.closeCode, {}) : QByteArray());
    endWriting();
}

void WebSocketConnection::send(const QByteArray &message, codec::FrameKind kind)
{
    if (state_ != State::Open)
        return;
    socket_->write(serverFrameHead(kind == codec::FrameKind::Text ? Kind::Text : Kind::Binary,
                                   static_cast<std::uint64_t>(message.size())));
    socket_->write(message);
    writes_->add(*socket_);
    watchBacklog();
}

qint64 WebSocketConnection::bytesWaiting() const
{
    return bytesToBeWritten(*socket_);
}

void WebSocketConnection::watchBacklog()
{
    if (state_ != State::Open)
        return;
    const qint64 waiting = bytesWaiting();
    if (waiting > hardWriteLimitBytes) {
        close(CloseCode::TryAgainLater, "reads too slowly");
        return;
    }
    const bool isSlow = waiting > softWriteLimitBytes;
    if (isSlow == isSlow_)
        return;
    isSlow_ = isSlow;
    Q_EMIT isSlowChanged(isSlow);
}

/// A message that has begun has to become whole; what comes of it does not give it more time.
void WebSocketConnection::watchMessageDeadline()
{
    if (state_ != State::Open || !reader_.isInMidst()) {
        messageTimer_.stop();
        return;
    }
    if (messageTimer_.isActive() && awaited_ == reader_.begun())
        return;
    awaited_ = reader_.begun();
    messageTimer_.start(limits::messageDeadline);
}

void WebSocketConnection::close(CloseCode code, const QByteArray &reason)
{
    if (state_ != State::Open)
        return;
    sendClose(closePayload(static_cast<std::uint16_t>(code), reason));
    if (isPeerClosing_)
        endWriting();
}

void WebSocketConnection::sendClose(const QByteArray &payload)
{
    state_ = State::Closing;
    messageTimer_.stop();
    closeTimer_.start(closeDeadline);
    socket_->write(serverFrameHead(Kind::Close, static_cast<std::uint64_t>(payload.size())));
    socket_->write(payload);
    writes_->add(*socket_);
}

/// The last bytes leave, and the peer has the rest of a second to close as well: closing at once,
/// with bytes of its own unread, would reset the connection, and it might not get them.
void WebSocketConnection::endWriting()
{
    state_ = State::Ended;
    messageTimer_.stop();
    if (!closeTimer_.isActive())
        closeTimer_.start(closeDeadline);
    shutDownWriting(*socket_);
}

void WebSocketConnection::onDisconnected()
{
    state_ = State::Ended;
    closeTimer_.stop();
    messageTimer_.stop();
    Q_EMIT closed();
}

} // namespace dunlin::net
