// SPDX-License-Identifier: Apache-2.0
#include "net/web_socket_connection.h"

#include "dunlin/limits.h"

namespace dunlin::net {
namespace {

using namespace std::chrono_literals;
constexpr auto closeDeadline = 1s;
constexpr auto tryAgainLater = static_cast<QWebSocketProtocol::CloseCode>(1013);

} // namespace

WebSocketConnection::WebSocketConnection(std::unique_ptr<QWebSocket> socket,
                                         std::shared_ptr<TurnWrites> writes, QObject *parent)
    : QObject(parent), socket_(std::move(socket)), writes_(std::move(writes))
{
    // Qt's own limits are 2 GiB. Beyond these it closes with 1009.
    socket_->setMaxAllowedIncomingFrameSize(limits::frameBytes);
    socket_->setMaxAllowedIncomingMessageSize(limits::frameBytes);
    closeTimer_.setSingleShot(true);
    connect(&closeTimer_, &QTimer::timeout, socket_.get(), &QWebSocket::abort);

    connect(socket_.get(), &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &message) {
                if (!isClosing_)
                    Q_EMIT received(message, codec::FrameKind::Binary);
            });
    connect(socket_.get(), &QWebSocket::textFrameReceived, this, &WebSocketConnection::onTextFrame);
    connect(socket_.get(), &QWebSocket::bytesWritten, this, &WebSocketConnection::watchBacklog);
    connect(socket_.get(), &QWebSocket::disconnected, this, &WebSocketConnection::closed);
}

WebSocketConnection::~WebSocketConnection()
{
    writes_->remove(*socket_);
    socket_->disconnect(this);
    socket_->abort();
}

void WebSocketConnection::onTextFrame(const QString &text, bool isLast)
{
    if (isClosing_)
        return;
    // Qt decodes each fragment by itself, which breaks a character that lies across two.
    if (!isLast) {
        close(QWebSocketProtocol::CloseCodePolicyViolated,
              QStringLiteral("a text message has to be one frame"));
        return;
    }
    Q_EMIT received(text.toUtf8(), codec::FrameKind::Text);
}

void WebSocketConnection::send(const QByteArray &message, codec::FrameKind kind)
{
    if (isClosing_ || !socket_->isValid())
        return;
    if (kind == codec::FrameKind::Binary)
        socket_->sendBinaryMessage(message);
    else
        socket_->sendTextMessage(QString::fromUtf8(message));
    writes_->add(*socket_);
    watchBacklog();
}

void WebSocketConnection::watchBacklog()
{
    if (isClosing_)
        return;
    const qint64 waiting = socket_->bytesToWrite();
    if (waiting > hardWriteLimitBytes) {
        close(tryAgainLater, QStringLiteral("reads too slowly"));
        return;
    }
    const bool isSlow = waiting > softWriteLimitBytes;
    if (isSlow == isSlow_)
        return;
    isSlow_ = isSlow;
    Q_EMIT isSlowChanged(isSlow);
}

void WebSocketConnection::close(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    if (isClosing_)
        return;
    isClosing_ = true;
    closeTimer_.start(closeDeadline);
    socket_->close(code, reason);
}

} // namespace dunlin::net
