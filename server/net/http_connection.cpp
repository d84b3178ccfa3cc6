// SPDX-License-Identifier: Apache-2.0
#include "net/http_connection.h"

#include "dunlin/limits.h"

#include <QDateTime>
#include <QLocale>
#include <QPointer>

#include <sys/socket.h>

#include <algorithm>

namespace dunlin::net {
namespace {

using namespace std::chrono_literals;

/// For the peer to read the last answer and close.
constexpr auto closeDeadline = 3s;
constexpr qint64 readBufferBytes = limits::httpHeadBytes + limits::httpBodyBytes;

QByteArray reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

/// RFC 6455, section 4.2.1: a GET whose Upgrade field names websocket. Everything else about the
/// handshake is checked by whom it is handed on to.
bool isWebSocketUpgrade(const QByteArray &head)
{
    if (!head.startsWith("GET "))
        return false;
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().compare("upgrade", Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).toLower().contains("websocket");
    }
    return false;
}

} // namespace

HttpConnection::HttpConnection(std::unique_ptr<QTcpSocket> socket, const HttpRouter &router,
                               Upgrade upgrade, QObject *parent)
    : QObject(parent), router_(router), upgrade_(std::move(upgrade)), socket_(std::move(socket))
{
    socket_->setReadBufferSize(readBufferBytes);
    deadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this, [this] {
        if (state_ == State::Closing || socket_->bytesAvailable() == 0)
            socket_->abort();
        else
            refuse({.code = ErrorCode::InvalidArgument, .message = "the request took too long"});
    });
    connect(socket_.get(), &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(socket_.get(), &QTcpSocket::readyRead, this, &HttpConnection::onReadyRead);
    deadline_.start(limits::httpHeadDeadline);
    if (socket_->state() != QAbstractSocket::ConnectedState)
        deleteLater();
    else if (socket_->bytesAvailable() > 0)
        onReadyRead();
}

void HttpConnection::onReadyRead()
{
    if (socket_ && state_ == State::Head)
        readHead();
    if (!socket_)
        return; // handed on
    if (state_ == State::Body)
        readRequest();
    else if (state_ == State::Closing)
        socket_->readAll();
}

void HttpConnection::readHead()
{
    const QByteArray start = socket_->peek(limits::httpHeadBytes);
    const qsizetype end = start.indexOf("\r\n\r\n");
    if (end < 0) {
        if (start.size() >= qsizetype(limits::httpHeadBytes))
            refuse({.code = ErrorCode::HeadTooLarge, .message = "the head is too large"});
        return;
    }
    if (isWebSocketUpgrade(start.left(end))) {
        handOn();
        return;
    }
    parser_ = std::make_unique<HttpParser>(limits::httpBodyBytes);
    state_ = State::Body;
}

void HttpConnection::handOn()
{
    deadline_.stop();
    socket_->disconnect(this);
    // QWebSocket reads a frame only once all of it is in the buffer.
    socket_->setReadBufferSize(2 * qint64(limits::frameBytes));
    auto socket = std::move(socket_);
    deleteLater();
    upgrade_(std::move(socket));
}

void HttpConnection::readRequest()
{
    while (!parser_->isDone()) {
        const QByteArray bytes = socket_->peek(readBufferBytes);
        if (bytes.isEmpty())
            return;
        const auto used =
                parser_->feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        if (!used) {
            refuse(used.error());
            return;
        }
        socket_->skip(static_cast<qint64>(*used));
        if (*used == 0 && !parser_->isDone())
            return; // waits for more
    }
    state_ = State::Answering;
    deadline_.stop();
    answer(parser_->take());
}

void HttpConnection::answer(HttpRequest request)
{
    const bool isHead = request.method == "HEAD";
    const bool isKeepAlive = request.isKeepAlive;
    const auto finish = [guard = QPointer<HttpConnection>(this), isHead,
                         isKeepAlive](const HttpResponse &response) {
        if (guard)
            guard->respond(response, isHead, isKeepAlive);
    };
    router_.route(std::move(request)).then(finish);
}

void HttpConnection::respond(const HttpResponse &response, bool isHead, bool isKeepAlive)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + ' '
            + reasonOf(response.status) + "\r\n";
    head += "Content-Type: " + QByteArray::fromStdString(response.contentType) + "\r\n";
    head += "Content-Length: " + QByteArray::number(qint64(response.body.size())) + "\r\n";
    head += "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n";
    head += isKeepAlive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
    for (const auto &[name, value] : response.headers)
        head += QByteArray::fromStdString(name) + ": " + QByteArray::fromStdString(value) + "\r\n";
    head += "\r\n";
    if (!isHead)
        head += QByteArray::fromStdString(response.body);
    socket_->write(head);
    if (!isKeepAlive) {
        closeGently();
        return;
    }
    state_ = State::Head;
    deadline_.start(limits::httpHeadDeadline);
    // A request sent behind the last one; in a later turn, so that many do not pile up the stack.
    if (socket_->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &HttpConnection::onReadyRead, Qt::QueuedConnection);
}

void HttpConnection::refuse(const Error &error)
{
    respond(errorResponse(error), false, false);
}

void HttpConnection::closeGently()
{
    // Closing with unread bytes resets the connection, and the answer may be lost: the write side
    // is shut first, and what still comes is thrown away until the peer closes.
    state_ = State::Closing;
    deadline_.start(closeDeadline);
    socket_->flush();
    const auto shutDown = [this] {
        if (socket_->bytesToWrite() == 0)
            ::shutdown(static_cast<int>(socket_->socketDescriptor()), SHUT_WR);
    };
    connect(socket_.get(), &QTcpSocket::bytesWritten, this, shutDown);
    shutDown();
    socket_->readAll();
}

} // namespace dunlin::net
