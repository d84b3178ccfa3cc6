// SPDX-License-Identifier: Apache-2.0
#include "throttle/network_address.h"

#include <QTest>

using namespace dunlin::throttle;

class NetworkAddressTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAddressCountsAsWhatOneCustomerHas_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("network");
        QTest::newRow("IPv4") << "203.0.113.5"
                              << "203.0.113.5";
        QTest::newRow("IPv4 in IPv6") << "::ffff:203.0.113.5"
                                      << "203.0.113.5";
        QTest::newRow("IPv6") << "2001:db8:1:2:3:4:5:6"
                              << "2001:db8:1:2::/64";
        QTest::newRow("its neighbour") << "2001:db8:1:2:ffff::"
                                       << "2001:db8:1:2::/64";
        QTest::newRow("another customer") << "2001:db8:1:3::1"
                                          << "2001:db8:1:3::/64";
    }
    void anAddressCountsAsWhatOneCustomerHas()
    {
        QFETCH(QString, address);
        QFETCH(QString, network);
        QCOMPARE(QString::fromStdString(networkOf(QHostAddress(address))), network);
    }

    void onlyAProxysWordIsBelieved_data()
    {
        QTest::addColumn<QString>("peer");
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("sender");
        QTest::newRow("no field") << "10.0.0.1" << QByteArray() << "10.0.0.1";
        QTest::newRow("not a proxy")
                << "203.0.113.5" << QByteArray("198.51.100.1") << "203.0.113.5";
        QTest::newRow("a proxy") << "10.0.0.1" << QByteArray("198.51.100.1") << "198.51.100.1";
        QTest::newRow("a proxy, as IPv6 sees it")
                << "::ffff:10.0.0.1" << QByteArray("198.51.100.1") << "198.51.100.1";
        QTest::newRow("what the sender wrote does not count")
                << "10.0.0.1" << QByteArray("192.0.2.66, 198.51.100.1") << "198.51.100.1";
        QTest::newRow("two proxies")
                << "10.0.0.1" << QByteArray("192.0.2.66, 198.51.100.1,10.0.0.2") << "198.51.100.1";
        QTest::newRow("proxies only")
                << "10.0.0.1" << QByteArray("10.0.0.3, 10.0.0.2") << "10.0.0.3";
        QTest::newRow("with a port")
                << "10.0.0.1" << QByteArray("198.51.100.1:4711") << "198.51.100.1";
        QTest::newRow("IPv6") << "10.0.0.1" << QByteArray("2001:db8::7") << "2001:db8::7";
        QTest::newRow("IPv6 with a port")
                << "10.0.0.1" << QByteArray("[2001:db8::7]:4711") << "2001:db8::7";
        QTest::newRow("rubbish") << "10.0.0.1" << QByteArray("unknown") << "10.0.0.1";
        QTest::newRow("rubbish before")
                << "10.0.0.1" << QByteArray("unknown, 198.51.100.1") << "198.51.100.1";
        QTest::newRow("commas") << "10.0.0.1" << QByteArray(",,,") << "10.0.0.1";
    }
    void onlyAProxysWordIsBelieved()
    {
        QFETCH(QString, peer);
        QFETCH(QByteArray, field);
        QFETCH(QString, sender);
        const auto proxies = NetworkList::parse({QStringLiteral("10.0.0.0/8")});
        QVERIFY(proxies);
        QCOMPARE(forwardedAddress(QHostAddress(peer), field.toStdString(), *proxies).toString(),
                 sender);
    }

    void whatIsNoNetworkIsRefused()
    {
        QVERIFY(NetworkList::parse({QStringLiteral("127.0.0.1"), QStringLiteral("fd00::/8")}));
        for (const char *word : {"localhost", "10.0.0.0/33", "", "1.2.3.4.5"})
            QVERIFY2(!NetworkList::parse({QLatin1String(word)}), word);
    }
};

QTEST_GUILESS_MAIN(NetworkAddressTest)
#include "tst_network_address.moc"
