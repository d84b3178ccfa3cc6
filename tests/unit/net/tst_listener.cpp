// SPDX-License-Identifier: Apache-2.0
#include "net/listener.h"

#include <QTest>

using namespace dunlin::net;

class ListenerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allListenersShareTheFreePort();
    void aPortInUseIsAnError();
    void connectionsBeyondTheLimitAreRefusedWith503();
};

void ListenerTest::allListenersShareTheFreePort()
{
    auto sockets = openListeningSockets(QHostAddress(QHostAddress::LocalHost), 0, 2);
    QVERIFY(sockets.has_value());
    SocketLimit limit(10);
    std::vector<std::unique_ptr<QTcpSocket>> accepted;
    const auto keep = [&](std::unique_ptr<QTcpSocket> socket) {
        accepted.push_back(std::move(socket));
    };
    Listener one(limit, keep);
    Listener two(limit, keep);
    QVERIFY(one.start(std::move(sockets->at(0))).has_value());
    QVERIFY(two.start(std::move(sockets->at(1))).has_value());
    QVERIFY(one.serverPort() != 0);
    QCOMPARE(one.serverPort(), two.serverPort());
    std::array<QTcpSocket, 8> clients;
    for (QTcpSocket &client : clients)
        client.connectToHost(QHostAddress::LocalHost, one.serverPort());
    QTRY_COMPARE(accepted.size(), clients.size());
    QCOMPARE(limit.open(), 8);
    accepted.clear();
    QCOMPARE(limit.open(), 0);
}

void ListenerTest::aPortInUseIsAnError()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const auto refused =
            openListeningSockets(QHostAddress(QHostAddress::LocalHost), other.serverPort(), 1);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, dunlin::ErrorCode::Unavailable);

    const auto first = openListeningSockets(QHostAddress(QHostAddress::LocalHost), 0, 1);
    QTcpServer adopted;
    QVERIFY(adopted.setSocketDescriptor(::dup(first->at(0).get())));
    QVERIFY(!openListeningSockets(QHostAddress(QHostAddress::LocalHost), adopted.serverPort(), 1));
}

void ListenerTest::connectionsBeyondTheLimitAreRefusedWith503()
{
    auto sockets = openListeningSockets(QHostAddress(QHostAddress::LocalHost), 0, 1);
    SocketLimit limit(1);
    std::unique_ptr<QTcpSocket> accepted;
    Listener listener(limit,
                      [&](std::unique_ptr<QTcpSocket> socket) { accepted = std::move(socket); });
    QVERIFY(listener.start(std::move(sockets->at(0))).has_value());
    QTcpSocket first;
    first.connectToHost(QHostAddress::LocalHost, listener.serverPort());
    QTRY_VERIFY(accepted);
    QTcpSocket second;
    second.connectToHost(QHostAddress::LocalHost, listener.serverPort());
    QTRY_COMPARE(second.state(), QAbstractSocket::UnconnectedState);
    const QByteArray answer = second.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 503 "), answer.constData());
    accepted.reset();
    QTcpSocket third;
    third.connectToHost(QHostAddress::LocalHost, listener.serverPort());
    QTRY_VERIFY(accepted);
}

QTEST_GUILESS_MAIN(ListenerTest)
#include "tst_listener.moc"
