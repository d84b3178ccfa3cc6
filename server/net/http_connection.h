// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_parser.h"
#include "net/http_router.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <functional>
#include <memory>

namespace dunlin::net {

/// A fresh connection, of which is not yet known what it wants: its first head is looked at without
/// being taken. A WebSocket upgrade is handed on untouched; anything else is HTTP/1.1, request by
/// request, and answered by the router.
///
/// Lives on the socket's thread and deletes itself when the connection ends or is handed on.
/// Limits: a head of limits::httpHeadBytes, a body of limits::httpBodyBytes, and
/// limits::httpHeadDeadline for each request to be whole.
class HttpConnection final : public QObject {
    Q_OBJECT

public:
    using Upgrade = std::function<void(std::unique_ptr<QTcpSocket>)>;

    HttpConnection(std::unique_ptr<QTcpSocket> socket, const HttpRouter &router, Upgrade upgrade,
                   QObject *parent);

private:
    void onReadyRead();
    void readHead();
    void readRequest();
    void handOn();
    void answer(HttpRequest request);
    void respond(const HttpResponse &response, bool isHead, bool isKeepAlive);
    void refuse(const Error &error);
    void closeGently();

    enum class State { Head, Body, Answering, Closing };

    const HttpRouter &router_;
    const Upgrade upgrade_;
    std::unique_ptr<QTcpSocket> socket_;
    std::unique_ptr<HttpParser> parser_;
    QTimer deadline_;
    State state_ = State::Head;
};

} // namespace dunlin::net
