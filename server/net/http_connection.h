// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/limits.h"
#include "net/http_parser.h"
#include "net/http_router.h"

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

/// A fresh connection, of which is not yet known what it wants: its first head is looked at without
/// being taken. A WebSocket upgrade is handed on untouched; anything else is HTTP/1.1, request by
/// request, and answered by the router.
///
/// Lives on the socket's thread and deletes itself when the connection ends or is handed on.
/// Limits: a head of limits::httpHeadBytes and a body of limits::httpBodyBytes. A streamed body may
/// be of any length, but has only a piece or two of limits::httpStreamBytes in memory.
class HttpConnection final : public QObject {
    Q_OBJECT

public:
    using Upgrade = std::function<void(std::unique_ptr<QTcpSocket>)>;

    HttpConnection(std::unique_ptr<QTcpSocket> socket, const HttpRouter &router, Upgrade upgrade,
                   QObject *parent, HttpDeadlines deadlines = {});
    ~HttpConnection() override;

private:
    using Guard = QPointer<HttpConnection>;

    [[nodiscard]] bool isConnected() const;
    void onDisconnected();
    void onReadyRead();
    void onBytesWritten();
    void readHead();
    void readRequest();
    bool feed(const std::function<bool()> &isEnough);
    void takeHead();
    void handOn();
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
    const Upgrade upgrade_;
    const HttpDeadlines deadlines_;
    std::unique_ptr<QTcpSocket> socket_;
    std::unique_ptr<HttpParser> parser_;
    HttpRequest request_;
    std::shared_ptr<BodySink> sink_;
    std::uint64_t uploadLeft_ = 0;
    bool isPumping_ = false;
    std::function<void(bool)> onDrained_;
    qint64 drainedBytes_ = 0;
    QTimer deadline_;
    QDeadlineTimer closeDeadline_;
    State state_ = State::Head;
};

} // namespace dunlin::net
