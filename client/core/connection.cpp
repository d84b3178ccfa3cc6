// SPDX-License-Identifier: Apache-2.0
#include "connection.h"

#include "conversions.h"
#include "dunlin/codec.h"

#include <QCoroFuture>
#include <QDateTime>
#include <QPointer>
#include <QSslSocket>
#include <QWebSocketHandshakeOptions>

namespace dunlin::client {
namespace {

/// Two beats without an answer: the link is dead, whatever TCP thinks.
constexpr int heartbeatsMissedMax = 2;

tl::unexpected<Error> unavailable(const char *why)
{
    return failure(ErrorCode::Unavailable, why);
}

Error toError(const v1::Error &error)
{
    // A code of a newer server: not one the user can do anything about.
    return {.code = errorCodeFromWireName(error.code()).value_or(ErrorCode::Internal),
            .message = error.message(),
            .retryAfter = std::chrono::milliseconds(error.retry_after_ms())};
}

} // namespace

Connection::Connection(ConnectionTimes times, QObject *parent) : QObject(parent), m_times(times)
{
    for (QTimer *timer : {&m_openTimer, &m_renewalTimer})
        timer->setSingleShot(true);
    connect(&m_openTimer, &QTimer::timeout, this, &Connection::onSocketEnded);
    connect(&m_retryTimer, &QTimer::timeout, this, &Connection::openSocket);
    connect(&m_renewalTimer, &QTimer::timeout, this, &Connection::renewTokens);
    connect(&m_heartbeatTimer, &QTimer::timeout, this, &Connection::sendHeartbeat);
}

Connection::~Connection()
{
    closeSocket();
    failAll();
    finishOpening(false);
}

void Connection::start(QUrl server, DeviceTokens tokens)
{
    stop();
    m_server = std::move(server);
    m_tokens = std::move(tokens);
    m_isWanted = true;
    openSocket();
}

void Connection::stop()
{
    m_isWanted = false;
    m_retryTimer.forgetFailures();
    m_retryTimer.stop();
    closeSocket();
    failAll();
    finishOpening(false);
    setDistrusted(false); // the next address may be another
    setState(ConnectionState::Offline);
}

void Connection::retryNow()
{
    if (m_isWanted && !m_socket)
        openSocket();
}

void Connection::openSocket()
{
    m_retryTimer.stop();
    closeSocket();
    if (m_retryTimer.failures() == 0)
        setState(ConnectionState::Connecting);
    m_socket = std::make_unique<QWebSocket>();
    QWebSocket *socket = m_socket.get();
    connect(socket, &QWebSocket::connected, this, &Connection::onConnected);
    connect(socket, &QWebSocket::binaryMessageReceived, this, &Connection::onBytes);
    // Queued: the socket is not deleted while it is telling. By then it may be another's turn.
    connect(
            socket, &QWebSocket::stateChanged, this,
            [this, socket](QAbstractSocket::SocketState state) {
                if (state == QAbstractSocket::UnconnectedState && m_socket.get() == socket)
                    onSocketEnded();
            },
            Qt::QueuedConnection);
    m_openTimer.start(m_times.requestDeadline);
    if (m_server.scheme() == QLatin1String("wss")) {
        const auto trust = ServerTrust::of(m_server);
        m_trust = trust.value_or(ServerTrust());
        const auto configuration = m_trust.configuration();
        if (!trust || !configuration) {
            setDistrusted(true);
            QMetaObject::invokeMethod(this, &Connection::onSocketEnded, Qt::QueuedConnection);
            return;
        }
        socket->setSslConfiguration(*configuration);
    }
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QStringLiteral("dunlin.v1")});
    socket->open(m_server.adjusted(QUrl::RemoveFragment), options);
    checkCertificate(*socket);
}

/// What QWebSocket itself makes of a certificate that nobody vouches for is to give up, which is
/// right but for the one that is pinned; and it knows nothing of one that is vouched for and is not
/// the one that is meant.
void Connection::checkCertificate(QWebSocket &socket)
{
    auto *tls = socket.findChild<QSslSocket *>(); // made by open()
    if (tls == nullptr)
        return;
    connect(tls, &QSslSocket::sslErrors, this, [this, tls] {
        if (m_trust.isPinned(tls->peerCertificate()))
            tls->ignoreSslErrors();
        else
            setDistrusted(true);
    });
    connect(tls, &QSslSocket::encrypted, this, [this, tls] {
        if (m_trust.isAllowed(tls->peerCertificate()))
            setDistrusted(false);
        else
            distrust();
    });
}

void Connection::distrust()
{
    setDistrusted(true);
    // Before anything of the user is sent; in a later turn, it is the socket that tells.
    m_openTimer.stop();
    m_socket->disconnect(this);
    QMetaObject::invokeMethod(this, &Connection::onSocketEnded, Qt::QueuedConnection);
}

void Connection::setDistrusted(bool isDistrusted)
{
    if (std::exchange(m_isDistrusted, isDistrusted) != isDistrusted)
        Q_EMIT serverDistrustedChanged();
}

void Connection::closeSocket()
{
    m_openTimer.stop();
    m_heartbeatTimer.stop();
    m_renewalTimer.stop();
    m_heartbeatRequest = 0;
    m_heartbeatsMissed = 0;
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->close();
    m_socket.release()->deleteLater(); // it may be on the call stack
}

void Connection::onConnected()
{
    m_openTimer.stop();
    if (m_opening)
        finishOpening(true);
    else
        authenticate();
}

void Connection::finishOpening(bool isOpen)
{
    if (const auto opening = std::exchange(m_opening, nullptr)) {
        opening->addResult(isOpen);
        opening->finish();
    }
}

void Connection::onSocketEnded()
{
    closeSocket();
    failAll();
    finishOpening(false);
    if (!m_isWanted) {
        setState(ConnectionState::Offline);
        return;
    }
    // From the second failure on it says Offline; a link that just broke may be back at once.
    if (m_state == ConnectionState::Online)
        setState(ConnectionState::Connecting);
    else
        setState(ConnectionState::Offline);
    m_retryTimer.startAfterFailure();
}

QCoro::Task<void> Connection::authenticate()
{
    const QPointer<Connection> guard(this);
    const QWebSocket *socket = m_socket.get();
    const Answer answer = co_await signInWithTokens();
    if (!guard || m_socket.get() != socket)
        co_return;
    if (answer && answer->has_signed_in()) {
        goOnline(answer->signed_in());
        co_return;
    }
    const ErrorCode code = answer ? ErrorCode::Internal : answer.error().code;
    if (code == ErrorCode::InvalidToken || code == ErrorCode::DeviceRevoked)
        onSignedOut(wireNameOf(code));
    else
        onSocketEnded();
}

QCoro::Task<Connection::Answer> Connection::signInWithTokens()
{
    const QPointer<Connection> guard(this);
    v1::ClientFrame refresh;
    refresh.mutable_refresh_token()->set_refresh_token(m_tokens.refreshToken.toStdString());
    v1::ClientFrame frame;
    if (m_tokens.isRenewalDue(QDateTime::currentMSecsSinceEpoch()))
        frame = refresh;
    else
        frame.mutable_authenticate()->set_token(m_tokens.token.toStdString());
    const auto future = exchange(std::move(frame));
    Answer answer = co_await future;
    if (!guard)
        co_return answer;
    const bool hasExpired = !answer && answer.error().code == ErrorCode::TokenExpired;
    if (hasExpired && !m_tokens.refreshToken.isEmpty()) { // the clock went back, or slept
        const auto again = exchange(std::move(refresh));
        answer = co_await again;
    }
    if (guard && answer && answer->has_signed_in())
        takeTokens(answer->signed_in());
    co_return answer;
}

bool Connection::takeTokens(const v1::SignedIn &info)
{
    if (info.token().empty() || info.refresh_token().empty())
        return false; // the ones there are go on
    m_tokens = DeviceTokens::from(info, QDateTime::currentMSecsSinceEpoch());
    Q_EMIT tokensChanged(m_tokens);
    return true;
}

/// On a connection that stays. Whatever goes wrong, the next connection tries again.
QCoro::Task<void> Connection::renewTokens()
{
    if (!m_tokens.refreshToken.isEmpty()
        && !m_tokens.isRenewalDue(QDateTime::currentMSecsSinceEpoch())) {
        scheduleRenewal();
        co_return;
    }
    const QPointer<Connection> guard(this);
    v1::ClientFrame frame;
    frame.mutable_refresh_token()->set_refresh_token(m_tokens.refreshToken.toStdString());
    const auto future = exchange(std::move(frame));
    const Answer answer = co_await future;
    if (!guard || !answer || !answer->has_signed_in())
        co_return;
    if (takeTokens(answer->signed_in()))
        scheduleRenewal();
}

void Connection::scheduleRenewal()
{
    constexpr qint64 longestMs = 24LL * 3600 * 1000; // then looked at again
    constexpr qint64 shortestMs = 100;
    const qint64 leftMs = m_tokens.renewAtMs - QDateTime::currentMSecsSinceEpoch();
    // Soon for a device from before there were refresh tokens.
    m_renewalTimer.start(static_cast<int>(std::clamp(leftMs, shortestMs, longestMs)));
}

QCoro::Task<Result<v1::SignedIn>> Connection::enter(QUrl server, v1::ClientFrame request)
{
    const QPointer<Connection> guard(this);
    stop();
    m_server = std::move(server);
    m_opening = std::make_shared<QPromise<bool>>();
    const auto opening = m_opening->future();
    m_opening->start();
    openSocket();
    const bool isOpen = co_await opening;
    if (guard && !isOpen && m_isDistrusted)
        co_return failure(ErrorCode::ServerNotTrusted, "the certificate is not the server's");
    if (!guard || !isOpen)
        co_return unavailable("the server cannot be reached");
    const auto future = exchange(std::move(request));
    const Answer answer = co_await future;
    if (!guard)
        co_return unavailable("the connection is gone");
    if (!answer) {
        stop();
        co_return tl::unexpected(answer.error());
    }
    if (!answer->has_signed_in()) {
        stop();
        co_return failure(ErrorCode::Internal, "an answer of another kind");
    }
    m_tokens = DeviceTokens::from(answer->signed_in(), QDateTime::currentMSecsSinceEpoch());
    co_return answer->signed_in();
}

void Connection::goOnline(const v1::SignedIn &info)
{
    m_isWanted = true;
    if (!m_socket) { // it was lost in the meantime
        openSocket();
        return;
    }
    m_retryTimer.forgetFailures();
    m_heartbeatTimer.start(std::max(100, static_cast<int>(info.heartbeat_interval_ms())));
    scheduleRenewal();
    Q_EMIT signedIn(info);
    setState(ConnectionState::Online);
    Q_EMIT newestUpdateKnown(UpdateSeq{info.newest_update_seq()});
}

void Connection::onSignedOut(const QString &code)
{
    stop();
    m_tokens = {};
    Q_EMIT signedOut(code);
}

void Connection::sendHeartbeat()
{
    if (m_heartbeatRequest != 0) {
        if (++m_heartbeatsMissed >= heartbeatsMissedMax)
            onSocketEnded();
        return;
    }
    v1::ClientFrame frame;
    frame.mutable_heartbeat();
    exchange(std::move(frame));
    m_heartbeatRequest = m_lastRequestId;
}

QCoro::Task<Result<v1::ServerFrame>> Connection::request(v1::ClientFrame frame)
{
    if (m_state != ConnectionState::Online)
        co_return unavailable("not connected");
    const auto future = exchange(std::move(frame));
    co_return co_await future;
}

QFuture<Connection::Answer> Connection::exchange(v1::ClientFrame frame)
{
    const quint64 id = ++m_lastRequestId;
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    m_pending.insert(id, promise);
    frame.set_request_id(id);
    if (m_socket)
        m_socket->sendBinaryMessage(codec::encode(frame, codec::FrameKind::Binary));
    QTimer::singleShot(m_times.requestDeadline, this,
                       [this, id] { resolve(id, unavailable("no answer in time")); });
    return promise->future();
}

void Connection::resolve(quint64 requestId, Answer answer)
{
    const auto promise = m_pending.take(requestId);
    if (!promise)
        return; // answered already, or not ours
    promise->addResult(std::move(answer));
    promise->finish();
}

void Connection::failAll()
{
    const auto ids = m_pending.keys();
    for (const quint64 id : ids)
        resolve(id, unavailable("the connection was lost"));
}

void Connection::onBytes(const QByteArray &bytes)
{
    const auto frame = codec::decodeServerFrame(
            {bytes.constData(), static_cast<std::size_t>(bytes.size())}, codec::FrameKind::Binary);
    if (!frame) {
        qWarning("the server sent what is not a frame");
        onSocketEnded();
        return;
    }
    if (frame->request_id() == 0) {
        if (frame->has_signed_out())
            onSignedOut(QString::fromStdString(frame->signed_out().code()));
        else if (!frame->has_error()) // an error of the whole connection, which is closed now
            Q_EMIT frameReceived(*frame);
        return;
    }
    if (frame->request_id() == m_heartbeatRequest) {
        m_heartbeatRequest = 0;
        m_heartbeatsMissed = 0;
        if (frame->has_heartbeat_answer())
            Q_EMIT newestUpdateKnown(UpdateSeq{frame->heartbeat_answer().newest_update_seq()});
    }
    resolve(frame->request_id(),
            frame->has_error() ? Answer(tl::unexpected(toError(frame->error()))) : Answer(*frame));
}

void Connection::setState(ConnectionState state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

} // namespace dunlin::client
