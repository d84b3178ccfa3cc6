// SPDX-License-Identifier: Apache-2.0
#include "dunlin/limits.h"
#include "net/http_connection.h"
#include "net/web_socket_acceptor.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace dunlin;
using namespace dunlin::net;

namespace {

QCoro::Task<HttpResponse> echo(HttpRequest request)
{
    HttpResponse response;
    response.contentType = "text/plain";
    response.body = request.method + ' ' + request.pathValues["name"] + ' ' + request.body;
    co_return response;
}

} // namespace

class HttpConnectionTest : public QObject {
    Q_OBJECT

    QTcpServer server_;
    HttpRouter router_;
    std::vector<std::unique_ptr<WebSocketConnection>> webSockets_;
    std::unique_ptr<WebSocketAcceptor> acceptor_;

    QByteArray exchange(const QByteArray &request, bool isClosedAfter)
    {
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, server_.serverPort());
        client.write(request);
        QByteArray answer;
        const auto read = [&] {
            answer += client.readAll();
            return isClosedAfter ? client.state() == QAbstractSocket::UnconnectedState
                                 : answer.contains("\r\n\r\n");
        };
        if (!QTest::qWaitFor(read, 10'000))
            answer += " (no end)";
        return answer;
    }

    QUrl webSocketUrl() const
    {
        return QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(server_.serverPort()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        router_.add("POST", "/echo/{name}", echo);
        router_.add("GET", "/echo/{name}", echo);
        acceptor_ = std::make_unique<WebSocketAcceptor>(
                QStringList{QStringLiteral("https://good.example")},
                [this](std::unique_ptr<WebSocketConnection> connection) {
                    auto *raw = connection.get();
                    connect(raw, &WebSocketConnection::received, raw,
                            [raw](const QByteArray &message, codec::FrameKind kind) {
                                raw->send(message, kind);
                            });
                    webSockets_.push_back(std::move(connection));
                });
        connect(&server_, &QTcpServer::newConnection, this, [this] {
            auto *socket = server_.nextPendingConnection();
            socket->setParent(nullptr);
            new HttpConnection( // deletes itself
                    std::unique_ptr<QTcpSocket>(socket), router_, *acceptor_, this);
        });
        QVERIFY(server_.listen(QHostAddress::LocalHost));
    }
    void cleanup() { webSockets_.clear(); }

    void aRequestIsAnsweredByItsRoute()
    {
        const auto answer = exchange(
                "POST /echo/a%20b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", false);
        QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        QVERIFY2(answer.endsWith("POST a b hello"), answer);
    }

    void requestsSentBehindEachOtherAreAnsweredInOrder()
    {
        const auto answer = exchange("GET /echo/one HTTP/1.1\r\nHost: x\r\n\r\n"
                                     "GET /echo/two HTTP/1.1\r\nHost: x\r\n\r\n"
                                     "GET /echo/three HTTP/1.1\r\nHost: x\r\n"
                                     "Connection: close\r\n\r\n",
                                     true);
        QVERIFY(answer.indexOf("GET one") > 0);
        QVERIFY(answer.indexOf("GET two") > answer.indexOf("GET one"));
        QVERIFY(answer.indexOf("GET three") > answer.indexOf("GET two"));
    }

    void badRequestsAreRefusedWithAStableCode_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("code");
        const QByteArray head = "POST /echo/a HTTP/1.1\r\nHost: x\r\n";
        QTest::newRow("no such route")
                << QByteArray("GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                << QByteArray("404") << QByteArray("ROUTE_NOT_FOUND");
        QTest::newRow("wrong method")
                << QByteArray("DELETE /echo/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                << QByteArray("405") << QByteArray("METHOD_NOT_ALLOWED");
        QTest::newRow("not HTTP") << QByteArray("hello\r\n\r\n") << QByteArray("400")
                                  << QByteArray("INVALID_ARGUMENT");
        QTest::newRow("declared body too large")
                << head + "Content-Length: 600000000\r\n\r\n"
                << QByteArray("413") << QByteArray("BODY_TOO_LARGE");
        QTest::newRow("chunked body too large")
                << head + "Transfer-Encoding: chunked\r\n\r\n20000\r\n" + QByteArray(0x20000, 'x')
                << QByteArray("413") << QByteArray("BODY_TOO_LARGE");
        QTest::newRow("head too large")
                << head + "X: " + QByteArray(limits::httpHeadBytes, 'x') + "\r\n\r\n"
                << QByteArray("431") << QByteArray("HEAD_TOO_LARGE");
    }
    void badRequestsAreRefusedWithAStableCode()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, code);
        const auto answer = exchange(request, true);
        QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer);
        QVERIFY2(answer.contains(code), answer);
        QVERIFY2(!answer.endsWith("(no end)"), answer);
    }

    void aWebSocketIsHandedOnAndEchoes()
    {
        QWebSocket client;
        QSignalSpy binary(&client, &QWebSocket::binaryMessageReceived);
        QSignalSpy text(&client, &QWebSocket::textMessageReceived);
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({QStringLiteral("dunlin.v1")});
        client.open(webSocketUrl(), options);
        QTRY_VERIFY(client.isValid());
        QCOMPARE(client.subprotocol(), QStringLiteral("dunlin.v1"));
        client.sendBinaryMessage(QByteArray(60'000, 'b'));
        client.sendTextMessage(QStringLiteral("t\u00e4xt"));
        QTRY_COMPARE(binary.count(), 1);
        QTRY_COMPARE(text.count(), 1);
        QCOMPARE(binary[0][0].toByteArray().size(), 60'000);
        QCOMPARE(text[0][0].toString(), QStringLiteral("t\u00e4xt"));
    }

    void anOversizedFrameClosesWith1009()
    {
        QWebSocket client;
        client.open(webSocketUrl());
        QTRY_VERIFY(client.isValid());
        client.sendBinaryMessage(QByteArray(limits::frameBytes + 1, 'b'));
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(int(client.closeCode()), 1009);
    }

    void anOriginIsRefusedUnlessAllowed()
    {
        QWebSocket evil(QStringLiteral("https://evil.example"));
        QSignalSpy failed(&evil, &QWebSocket::disconnected);
        evil.open(webSocketUrl());
        QTRY_VERIFY(failed.count() > 0 || evil.error() != QAbstractSocket::UnknownSocketError);
        QVERIFY(!evil.isValid());
        QWebSocket good(QStringLiteral("https://good.example"));
        good.open(webSocketUrl());
        QTRY_VERIFY(good.isValid());
    }

    void aPeerThatReadsTooSlowlyIsClosedAtTheHardLimit()
    {
        QWebSocket client;
        client.open(webSocketUrl());
        QTRY_VERIFY(client.isValid());
        QTRY_COMPARE(webSocketUrl().isValid() && !webSockets_.empty(), true);
        auto *connection = webSockets_.back().get();
        QSignalSpy slow(connection, &WebSocketConnection::isSlowChanged);
        QSignalSpy closed(connection, &WebSocketConnection::closed);
        // In one turn of the loop nothing is written: all of it waits.
        for (int i = 0; i < 20; ++i)
            connection->send(QByteArray(64 * 1024, 's'), codec::FrameKind::Binary);
        QVERIFY(slow.count() >= 1);
        QTRY_COMPARE(closed.count(), 1);
        // 1013 on the wire, which QWebSocket takes for a mistake.
        QTRY_COMPARE(int(client.closeCode()), 1002);
    }
};

QTEST_GUILESS_MAIN(HttpConnectionTest)
#include "tst_http_connection.moc"
