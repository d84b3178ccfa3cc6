// SPDX-License-Identifier: Apache-2.0
#include "net/http_connection.h"

#include "async/answer.h"
#include "net/http_head.h"
#include "net/request_log.h"
#include "net/socket_end.h"
#include "net/web_socket_handshake.h"

#include <QSslSocket>

#include <algorithm>

namespace dunlin::net {
namespace {

using namespace std::chrono_literals;

/// For the peer to read the last answer and close: without sending anything more, and in all.
constexpr auto closeDeadline = 3s;
constexpr auto closeDeadlineInAll = 30s;
constexpr qint64 streamBytes = limits::httpStreamBytes;
constexpr qint64 readBufferBytes = limits::httpHeadBytes + limits::httpBodyBytes;

/// RFC 9110, section 10.1.1: the peer may hold its body back until it is asked for.
bool expectsContinue(const HttpRequest &head)
{
    const std::string_view expected = head.header("expect");
    return QByteArrayView(expected.data(), static_cast<qsizetype>(expected.size()))
                   .compare("100-continue", Qt::CaseInsensitive)
            == 0;
}

constexpr const char *continueResponse = "HTTP/1.1 100 Continue\r\n\r\n";

} // namespace

HttpConnection::HttpConnection(std::unique_ptr<QTcpSocket> socket, const HttpRouter &router,
                               WebSocketAcceptor &acceptor, QObject *parent,
                               HttpDeadlines deadlines)
    : QObject(parent), router_(router), acceptor_(acceptor), deadlines_(deadlines),
      socket_(std::move(socket))
{
    socket_->setReadBufferSize(readBufferBytes);
    deadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this, [this] {
        const bool isWaiting = state_ == State::Head || state_ == State::Body;
        if (!isWaiting || socket_->bytesAvailable() == 0)
            socket_->abort();
        else
            refuse({.code = ErrorCode::InvalidArgument, .message = "the request took too long"});
    });
    connect(socket_.get(), &QTcpSocket::disconnected, this, &HttpConnection::onDisconnected);
    connect(socket_.get(), &QTcpSocket::readyRead, this, &HttpConnection::onReadyRead);
    watchWriting(*socket_, *this, [this](qint64 bytes) { onBytesWritten(bytes); });
    deadline_.start(deadlines_.head);
    if (!isConnected())
        deleteLater();
    else if (socket_->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &HttpConnection::onReadyRead, Qt::QueuedConnection);
}

void HttpConnection::setPeer(std::shared_ptr<Peer> peer, Admission &admission)
{
    peer_ = std::move(peer);
    admission_ = &admission;
}

HttpConnection::~HttpConnection()
{
    if (onDrained_)
        std::exchange(onDrained_, nullptr)(false);
}

void HttpConnection::onReadyRead()
{
    if (socket_ && state_ == State::Head)
        readHead();
    if (!socket_)
        return; // handed on
    if (state_ == State::Body)
        readRequest();
    else if (state_ == State::Uploading && !isPumping_)
        pumpUpload(this);
    else if (state_ == State::Closing)
        throwAway();
}

bool HttpConnection::isConnected() const
{
    return socket_->state() == QAbstractSocket::ConnectedState;
}

bool HttpConnection::isEncrypted() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(socket_.get());
    return tls != nullptr && tls->isEncrypted();
}

void HttpConnection::onDisconnected()
{
    // Of an upload that is cut, what has arrived is still taken.
    if (state_ != State::Preparing && !isPumping_)
        deleteLater();
}

void HttpConnection::readHead()
{
    // Until it is whole, it stays where it is.
    const QByteArray start = socket_->peek(limits::httpHeadBytes);
    if (!start.contains("\r\n\r\n")) {
        if (start.size() >= qsizetype(limits::httpHeadBytes))
            refuse({.code = ErrorCode::HeadTooLarge, .message = "the head is too large"});
        return;
    }
    parser_ = std::make_unique<HttpParser>();
    if (feed([this] { return parser_->isHeadDone(); }))
        takeHead();
}

/// False when there is not enough yet, or the request is refused.
bool HttpConnection::feed(const std::function<bool()> &isEnough)
{
    while (!isEnough()) {
        const QByteArray bytes = socket_->peek(readBufferBytes);
        if (bytes.isEmpty())
            return false;
        const auto used =
                parser_->feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        if (!used) {
            refuse(used.error());
            return false;
        }
        socket_->skip(static_cast<qint64>(*used));
        if (*used == 0 && !isEnough())
            return false; // waits for more
    }
    return true;
}

void HttpConnection::takeHead()
{
    request_ = parser_->head();
    request_.address = socket_->peerAddress();
    request_.id = requestIdOf(request_);
    if (!admitRequest())
        return;
    if (isWebSocketUpgrade(request_)) {
        upgrade();
        return;
    }
    const HttpRouter::UploadHandler *upload = router_.findUpload(request_);
    if (upload == nullptr) {
        if (const auto limited = parser_->setBodyLimit(limits::httpBodyBytes); !limited) {
            refuse(limited.error());
            return;
        }
        state_ = State::Body;
        if (expectsContinue(request_))
            socket_->write(continueResponse);
        readRequest();
        return;
    }
    if (parser_->isChunked() || !parser_->contentLength()) {
        refuse({.code = ErrorCode::LengthRequired, .message = "declare the body's length"});
        return;
    }
    state_ = State::Preparing;
    deadline_.stop();
    uploadLeft_ = *parser_->contentLength();
    beginUpload(this, std::move(request_), *upload);
}

QCoro::Task<void> HttpConnection::beginUpload(Guard self, HttpRequest head,
                                              HttpRouter::UploadHandler handler)
{
    const bool isContinueExpected = expectsContinue(head);
    self->request_.isKeepAlive = head.isKeepAlive;
    auto sink = co_await handler(std::move(head));
    if (!self)
        co_return;
    if (!sink) {
        self->respond(std::move(sink.error()), false); // the body is not read
        co_return;
    }
    if (isContinueExpected && self->isConnected())
        self->socket_->write(continueResponse);
    self->sink_ = std::move(*sink);
    self->state_ = State::Uploading;
    self->startStallDeadline();
    pumpUpload(self);
}

QCoro::Task<void> HttpConnection::pumpUpload(Guard self)
{
    const std::shared_ptr<BodySink> sink = self->sink_; // the connection may go meanwhile
    self->isPumping_ = true;
    while (self && self->state_ == State::Uploading) {
        if (self->uploadLeft_ == 0) {
            self->state_ = State::Answering;
            self->deadline_.stop();
            self->sink_.reset();
            HttpResponse response = co_await sink->finish();
            if (self)
                self->respond(std::move(response), self->request_.isKeepAlive);
            break;
        }
        const auto wanted = std::min<std::uint64_t>(self->uploadLeft_, streamBytes);
        QByteArray bytes = self->socket_->read(static_cast<qint64>(wanted));
        if (bytes.isEmpty())
            break;
        const qint64 byteCount = bytes.size();
        self->uploadLeft_ -= static_cast<std::uint64_t>(byteCount);
        const auto timeLeft = self->deadline_.remainingTimeAsDuration();
        self->deadline_.stop(); // what the sink takes is not the peer's time
        auto refusal = co_await sink->write(std::move(bytes));
        if (!self)
            break;
        // Only now: of many that begin at once, those that wait for the sink take less memory.
        self->socket_->setReadBufferSize(streamBytes);
        self->deadline_.start(timeLeft);
        self->moved(byteCount);
        if (refusal) {
            self->sink_.reset();
            self->respond(std::move(*refusal), false);
        }
    }
    if (!self)
        co_return;
    self->isPumping_ = false;
    if (!self->isConnected())
        self->deleteLater();
}

/// A proxy's connection carries requests of many: each is somebody else's.
bool HttpConnection::admitRequest()
{
    if (admission_ != nullptr && admission_->isProxy(socket_->peerAddress())) {
        peer_.reset(); // its place may be the one that is free
        peer_ = admission_->admit(socket_->peerAddress(), request_.header("x-forwarded-for"));
        if (!peer_) {
            peer_ = std::make_shared<Peer>();
            refuse({.code = ErrorCode::RateLimited,
                    .message = "too many connections of this address are not signed in",
                    .retryAfter = limits::signInDeadline});
            return false;
        }
    }
    request_.isEncrypted = isEncrypted();
    request_.peer = peer_;
    return true;
}

void HttpConnection::upgrade()
{
    auto answer = acceptor_.answer(request_);
    if (!answer) {
        respond(std::move(answer.error()), false);
        return;
    }
    deadline_.stop();
    socket_->disconnect(this);
    socket_->write(*answer);
    auto socket = std::move(socket_);
    deleteLater();
    acceptor_.accept(std::move(socket), std::move(peer_));
}

void HttpConnection::startStallDeadline()
{
    movedBytes_ = 0;
    deadline_.start(deadlines_.stall);
}

/// A body that comes or goes drop by drop would keep the connection for ever: only so many bytes
/// give it more time.
void HttpConnection::moved(qint64 bytes)
{
    movedBytes_ += bytes;
    if (movedBytes_ >= limits::httpStallBytes)
        startStallDeadline();
}

void HttpConnection::readRequest()
{
    if (!feed([this] { return parser_->isDone(); }))
        return;
    request_.body = parser_->takeBody();
    state_ = State::Answering;
    deadline_.stop();
    answer(std::exchange(request_, {}));
}

void HttpConnection::answer(HttpRequest request)
{
    const bool isHead = request.method == "HEAD";
    const bool isKeepAlive = request.isKeepAlive;
    const auto finish = [guard = QPointer<HttpConnection>(this), isHead, isKeepAlive,
                         entry = RequestLogEntry(request)](HttpResponse response) {
        entry.write(response.status);
        if (!guard)
            return;
        response.headers.emplace_back("X-Request-Id", entry.requestId());
        if (isHead) {
            // The length a GET would have.
            if (!response.source)
                response.sourceBytes = static_cast<qint64>(response.body.size());
            response.source.reset();
            response.body.clear();
        }
        guard->respond(std::move(response), isKeepAlive);
    };
    router_.route(std::move(request)).then(finish);
}

void HttpConnection::respond(HttpResponse response, bool isKeepAlive)
{
    if (!isConnected()) {
        deleteLater();
        return;
    }
    socket_->write(encodeHead(response, isKeepAlive, isEncrypted())
                   + QByteArray::fromStdString(response.body));
    if (response.source)
        sendSource(this, std::move(response), isKeepAlive);
    else
        finishResponse(isKeepAlive);
}

QCoro::Task<void> HttpConnection::sendSource(Guard self, HttpResponse response, bool isKeepAlive)
{
    const std::shared_ptr<BodySource> source = response.source;
    for (qint64 left = response.sourceBytes; left > 0;) {
        const auto bytes = co_await source->read(std::min(left, streamBytes));
        if (!self)
            co_return;
        if (!bytes || bytes->isEmpty()) {
            self->socket_->abort(); // the length was promised
            co_return;
        }
        left -= bytes->size();
        self->socket_->write(*bytes);
        // One piece may wait to be written while the next is read; at the end nothing may, because
        // a request's deadline is shorter than what a slow peer needs to take the last piece.
        const bool isDrained = co_await self->drained(left > 0 ? streamBytes : 0);
        if (!isDrained || !self)
            co_return;
    }
    self->finishResponse(isKeepAlive);
}

/// Waits until no more than this waits to be written; false when the connection is gone. Ends the
/// connection when the peer takes nothing for too long.
QCoro::Task<bool> HttpConnection::drained(qint64 bytesLeft)
{
    if (bytesToBeWritten(*socket_) <= bytesLeft)
        co_return true;
    startStallDeadline();
    drainedBytes_ = bytesLeft;
    Answer<bool> answer([this](auto callback) { onDrained_ = std::move(callback); });
    co_return co_await answer;
}

void HttpConnection::onBytesWritten(qint64 bytes)
{
    if (!onDrained_)
        return;
    if (bytesToBeWritten(*socket_) > drainedBytes_) {
        moved(bytes);
        return;
    }
    deadline_.stop();
    std::exchange(onDrained_, nullptr)(true);
}

void HttpConnection::finishResponse(bool isKeepAlive)
{
    if (!isKeepAlive) {
        closeGently();
        return;
    }
    state_ = State::Head;
    socket_->setReadBufferSize(readBufferBytes);
    deadline_.start(deadlines_.head);
    // A request sent behind the last one; in a later turn, so that many do not pile up the stack.
    if (socket_->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &HttpConnection::onReadyRead, Qt::QueuedConnection);
}

void HttpConnection::refuse(const Error &error)
{
    respond(errorResponse(error), false);
}

void HttpConnection::closeGently()
{
    // Closing with unread bytes resets the connection, and the answer may be lost: the write side
    // is shut first, and what still comes is thrown away until the peer closes.
    state_ = State::Closing;
    closeDeadline_.setRemainingTime(closeDeadlineInAll);
    shutDownWriting(*socket_);
    throwAway();
}

void HttpConnection::throwAway()
{
    socket_->readAll();
    // A peer that sends the rest of a large body, and looks for the answer only then, gets it.
    if (!closeDeadline_.hasExpired())
        deadline_.start(closeDeadline);
}

} // namespace dunlin::net
