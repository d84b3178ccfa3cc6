// SPDX-License-Identifier: Apache-2.0
// The proxy breaks what it is told to break, and nothing else.
#include "fault_proxy.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

using namespace dunlin::test;
using namespace std::chrono_literals;

class FaultProxyTest : public QObject {
    Q_OBJECT

    QTcpServer server_; ///< Sends back what it gets.
    std::unique_ptr<FaultProxy> proxy_;
    std::unique_ptr<QTcpSocket> client_;
    QByteArray got_;

    void connectClient()
    {
        got_.clear();
        client_ = std::make_unique<QTcpSocket>();
        connect(client_.get(), &QTcpSocket::readyRead, this,
                [this] { got_ += client_->readAll(); });
        client_->connectToHost(QHostAddress(QHostAddress::LocalHost),
                               quint16(proxy_->webSocketUrl().port()));
        QTRY_COMPARE(client_->state(), QAbstractSocket::ConnectedState);
    }
    void verifyEcho(const QByteArray &bytes)
    {
        got_.clear();
        client_->write(bytes);
        QTRY_COMPARE(got_, bytes);
    }

private Q_SLOTS:
    void initTestCase()
    {
        connect(&server_, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = server_.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket,
                    [socket] { socket->write(socket->readAll()); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
        QVERIFY(server_.listen(QHostAddress::LocalHost));
    }
    void init()
    {
        proxy_ = std::make_unique<FaultProxy>(server_.serverPort());
        connectClient();
        verifyEcho("hello");
    }

    void splitBytesArriveWhole()
    {
        proxy_->setWeather({.isSplit = true});
        verifyEcho(QByteArray(200, 'a'));
        verifyEcho(QByteArray(100'000, 'b'));
    }

    void whatIsDelayedIsLateAndInOrder()
    {
        proxy_->setWeather({.delay = 100ms});
        QElapsedTimer timer;
        timer.start();
        client_->write("one ");
        client_->flush();
        got_.clear();
        client_->write("two");
        QTRY_COMPARE(got_, QByteArray("one two"));
        QVERIFY2(timer.elapsed() >= 200, qPrintable(QString::number(timer.elapsed())));
    }

    void whatIsStalledArrivesLater()
    {
        proxy_->setWeather({.stallsToClient = true});
        got_.clear();
        client_->write("late");
        QTest::qWait(100); // nothing can be waited for: nothing comes
        QVERIFY(got_.isEmpty());
        proxy_->setWeather({});
        QTRY_COMPARE(got_, QByteArray("late"));
    }

    void aHalfOpenConnectionStaysSilentAndLooksAlive()
    {
        proxy_->setWeather({.losesToServer = true});
        got_.clear();
        const qint64 passed = proxy_->bytesPassed();
        client_->write("lost");
        QTRY_COMPARE(client_->bytesToWrite(), 0);
        QTest::qWait(100);
        proxy_->setWeather({});
        client_->write("and what follows");
        QTest::qWait(100);
        QCOMPARE(proxy_->bytesPassed(), passed);
        QVERIFY(got_.isEmpty());
        QCOMPARE(client_->state(), QAbstractSocket::ConnectedState);
        connectClient(); // a new one is fine
        verifyEcho("again");
    }

    void aCutEndsEveryConnection()
    {
        proxy_->cutAll();
        QTRY_COMPARE(client_->state(), QAbstractSocket::UnconnectedState);
    }
};

QTEST_GUILESS_MAIN(FaultProxyTest)
#include "tst_fault_proxy.moc"
