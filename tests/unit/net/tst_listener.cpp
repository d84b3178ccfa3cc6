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
    void anAddressHasSoManyPlacesAndOthersHaveTheirs();
};

void ListenerTest::allListenersShareTheFreePort()
{
    auto sockets = openListeningSockets(QHostAddress(QHostAddress::LocalHost), 0, 2);
    QVERIFY(sockets.has_value());
    SocketLimit limit(10);
    std::vector<std::unique_ptr<QTcpSocket>> accepted;
    const auto keep = [&](std::unique_ptr<QTcpSocket> socket, const std::shared_ptr<Peer> &) {
        accepted.push_back(std::move(socket));
    };
    Admission admission({});
    Listener one(limit, admission, keep);
    Listener two(limit, admission, keep);
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
    Admission admission({});
    Listener listener(limit, admission,
                      [&](std::unique_ptr<QTcpSocket> socket, const std::shared_ptr<Peer> &) {
                          accepted = std::move(socket);
                      });
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

void ListenerTest::anAddressHasSoManyPlacesAndOthersHaveTheirs()
{
    auto sockets = openListeningSockets(QHostAddress(QHostAddress::LocalHost), 0, 1);
    SocketLimit limit(100);
    Admission admission({.unauthenticatedPerAddress = 2});
    std::vector<std::pair<std::unique_ptr<QTcpSocket>, std::shared_ptr<Peer>>> accepted;
    Listener listener(limit, admission,
                      [&](std::unique_ptr<QTcpSocket> socket, std::shared_ptr<Peer> peer) {
                          accepted.emplace_back(std::move(socket), std::move(peer));
                      });
    QVERIFY(listener.start(std::move(sockets->at(0))).has_value());
    const auto connected = [&](const char *from) {
        auto client = std::make_unique<QTcpSocket>();
        client->bind(QHostAddress(QLatin1String(from)));
        client->connectToHost(QHostAddress::LocalHost, listener.serverPort());
        return client;
    };
    const auto first = connected("127.0.0.2");
    const auto second = connected("127.0.0.2");
    QTRY_COMPARE(int(accepted.size()), 2);
    const auto third = connected("127.0.0.2");
    QTRY_COMPARE(third->state(), QAbstractSocket::UnconnectedState);
    const QByteArray answer = third->readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 429 "), answer.constData());
    const auto neighbour = connected("127.0.0.3");
    QTRY_COMPARE(int(accepted.size()), 3);
    QCOMPARE(limit.open(), 3);
    // A place is free once its peer has proved whose it is, or has gone.
    accepted[0].second->authenticated();
    const auto fourth = connected("127.0.0.2");
    QTRY_COMPARE(int(accepted.size()), 4);
    accepted.erase(accepted.begin() + 1);
    const auto fifth = connected("127.0.0.2");
    QTRY_COMPARE(int(accepted.size()), 4);
}

QTEST_GUILESS_MAIN(ListenerTest)
#include "tst_listener.moc"
