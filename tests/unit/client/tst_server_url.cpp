// SPDX-License-Identifier: Apache-2.0
#include "server_url.h"

#include <QTest>

using namespace dunlin::client;

class ServerUrlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAPersonTypesBecomesAnAddress_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        QTest::newRow("name") << "chat.example.org"
                              << "wss://chat.example.org/";
        QTest::newRow("spaces around") << " chat.example.org "
                                       << "wss://chat.example.org/";
        QTest::newRow("with path") << "example.org/dunlin"
                                   << "wss://example.org/dunlin";
        QTest::newRow("port") << "chat.example.org:7380"
                              << "ws://chat.example.org:7380/";
        QTest::newRow("here") << "localhost"
                              << "ws://localhost/";
        QTest::newRow("private network") << "192.168.1.5"
                                         << "ws://192.168.1.5/";
        QTest::newRow("scheme wins") << "wss://localhost:7380"
                                     << "wss://localhost:7380/";
        QTest::newRow("from the browser") << "https://chat.example.org"
                                          << "wss://chat.example.org/";
        QTest::newRow("credentials are dropped") << "ws://a:b@x.org/?q=1#f"
                                                 << "ws://x.org/";
        const QString fingerprint = QStringList(32, QStringLiteral("9F")).join(u':');
        QTest::newRow("a certificate of its own")
                << QLatin1String("chat.example.org:7380#sha256=") + fingerprint
                << QLatin1String("wss://chat.example.org:7380/#sha256=") + fingerprint;
        QTest::newRow("authorities of its own") << "192.168.1.5#ca=/home/ana/ca.pem"
                                                << "wss://192.168.1.5/#ca=/home/ana/ca.pem";
        QTest::newRow("half a fingerprint") << "chat.example.org#sha256=9F:86"
                                            << "";
        QTest::newRow("not a fingerprint")
                << QLatin1String("chat.example.org#sha256=") + QString(64, QLatin1Char('x')) << "";
        QTest::newRow("no file") << "chat.example.org#ca="
                                 << "";
        QTest::newRow("a certificate without TLS")
                << QLatin1String("ws://localhost#sha256=") + fingerprint << "";
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("words") << "my server"
                               << "";
        QTest::newRow("another scheme") << "ftp://x.org"
                                        << "";
    }
    void whatAPersonTypesBecomesAnAddress()
    {
        QFETCH(QString, text);
        QFETCH(QString, url);
        QCOMPARE(serverUrlFromText(text).toString(), url);
    }

    void isShownAsItWouldBeTyped()
    {
        QCOMPARE(textFromServerUrl(QUrl(QStringLiteral("ws://127.0.0.1:7380/"))),
                 QStringLiteral("ws://127.0.0.1:7380"));
        QCOMPARE(textFromServerUrl(QUrl(QStringLiteral("wss://x.org/chat"))),
                 QStringLiteral("wss://x.org/chat"));
        QCOMPARE(textFromServerUrl(QUrl(QStringLiteral("wss://x.org/#ca=/ca.pem"))),
                 QStringLiteral("wss://x.org#ca=/ca.pem"));
    }
};

QTEST_GUILESS_MAIN(ServerUrlTest)
#include "tst_server_url.moc"
