// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/limits.h"
#include "net/admission.h"
#include "net/http_parser.h"
#include "net/http_router.h"
#include "net/web_socket_acceptor.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace dunlin::net {

struct HttpDeadlines {
    /// For a request to be whole, a streamed body apart.
    std::chrono::milliseconds head = limits::httpHeadDeadline;
    /// For a streamed body to move, either way.
    std::chrono::milliseconds stall = limits::httpStallDeadline;
};

/// A connection that speaks HTTP/1.1, request by request, each answered by the router, until one
/// asks for a WebSocket: then it is handed on.
///
/// Lives on the socket's thread and deletes itself when the connection ends or is handed on.
/// Limits: a head of limits::httpHeadBytes and a body of limits::httpBodyBytes. A streamed body may
/// be of any length, but has only a piece or two of limits::httpStreamBytes in memory.
class HttpConnection final : public QObject {
    Q_OBJECT

public:
    /// router and acceptor outlive it.
    HttpConnection(std::unique_ptr<QTcpSocket> socket, const HttpRouter &router,
                   WebSocketAcceptor &acceptor, QObject *parent, HttpDeadlines deadlines = {});
    /// Whom the connection is from; admission decides again for each request of a proxy, and
    /// outlives it. Without this call there is no limit by address.
    void setPeer(std::shared_ptr<Peer> peer, Admission &admission);
    ~HttpConnection() override;

private:
    using Guard = QPointer<HttpConnection>;

    [[nodiscard]] bool isConnected() const;
    [[nodiscard]] bool isEncrypted() const;
    void onDisconnected();
    void onReadyRead();
    void onBytesWritten(qint64 bytes);
    void readHead();
    void readRequest();
    bool feed(const std::function<bool()> &isEnough);
    void takeHead();
    bool admitRequest();
    void upgrade();
    void moved(qint64 bytes);
    void startStallDeadline();
    void answer(HttpRequest request);
    static QCoro::Task<void> beginUpload(Guard self, HttpRequest head,
                                         HttpRouter::UploadHandler handler);
    static QCoro::Task<void> pumpUpload(Guard self);
    static QCoro::Task<void> sendSource(Guard self, HttpResponse response, bool isKeepAlive);
    QCoro::Task<bool> drained(qint64 bytesLeft);
    void respond(HttpResponse response, bool isKeepAlive);
    void finishResponse(bool isKeepAlive);
    void refuse(const Error &error);
    void closeGently();
    void throwAway();

    enum class State { Head, Body, Preparing, Uploading, Answering, Closing };

    const HttpRouter &router_;
    WebSocketAcceptor &acceptor_;
    const HttpDeadlines deadlines_;
    std::unique_ptr<QTcpSocket> socket_;
    std::shared_ptr<Peer> peer_ = std::make_shared<Peer>();
    Admission *admission_ = nullptr;
    std::unique_ptr<HttpParser> parser_;
    HttpRequest request_;
    std::shared_ptr<BodySink> sink_;
    std::uint64_t uploadLeft_ = 0;
    bool isPumping_ = false;
    std::function<void(bool)> onDrained_;
    qint64 drainedBytes_ = 0;
    qint64 movedBytes_ = 0; ///< Since the stall deadline began.
    QTimer deadline_;
    QDeadlineTimer closeDeadline_;
    State state_ = State::Head;
};

} // namespace dunlin::net
