// SPDX-License-Identifier: Apache-2.0
// The server with a certificate of its own.
#include "blob_client.h"
#include "certificate_authority.h"
#include "raw_client.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QSslSocket>
#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

class ServerTlsTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    CertificateAuthority authority_;
    std::unique_ptr<ServerProcess> server_;
    int users_ = 0;

    std::unique_ptr<QSslSocket> connected(const QString &authority)
    {
        auto socket = std::make_unique<QSslSocket>();
        auto tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(authority));
        socket->setSslConfiguration(tls);
        socket->connectToHostEncrypted(QStringLiteral("localhost"), server_->port());
        return socket;
    }
    QByteArray ask(const QByteArray &request)
    {
        const auto socket = connected(authority_.file());
        socket->write(request);
        QByteArray answer;
        const bool hasEnded = QTest::qWaitFor(
                [&] {
                    answer += socket->readAll();
                    return socket->state() == QAbstractSocket::UnconnectedState;
                },
                20'000);
        return hasEnded ? answer : answer + " (no end)";
    }
    std::unique_ptr<WireClient> newUser()
    {
        auto client = std::make_unique<WireClient>(server_->secureUrl());
        if (!client->open(authority_.file())
            || !client->registerAccount("secure" + std::to_string(++users_)).has_signed_in())
            qFatal("cannot register");
        return client;
    }
    /// What openssl(1) says of a handshake with these flags.
    QByteArray handshake(const QStringList &flags)
    {
        QProcess openssl;
        openssl.setProcessChannelMode(QProcess::MergedChannels);
        openssl.start(QStringLiteral("openssl"),
                      QStringList{QStringLiteral("s_client"), QStringLiteral("-connect"),
                                  QStringLiteral("localhost:%1").arg(server_->port())}
                              + flags);
        openssl.closeWriteChannel();
        openssl.waitForFinished();
        return openssl.readAll();
    }
    QByteArray serialShown()
    {
        const auto socket = connected(authority_.file());
        return socket->waitForEncrypted() ? socket->peerCertificate().serialNumber() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        authority_.issue(QStringLiteral("server"));
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo(),
                                                  authority_.flags(QStringLiteral("server")));
        QVERIFY(server_->start());
    }

    void messagesGoByTls()
    {
        const auto ana = newUser();
        const auto ben = newUser();
        const std::int64_t talk = ana->openConversation(ben->userId());
        QVERIFY(ana->post(talk, std::string(16'000, 'x')).has_message_posted());
        QTRY_COMPARE(ben->liveUpdates().back().message_added().text().size(), 16'000U);
        QCOMPARE(ana->socket().sslConfiguration().protocol(), QSsl::SecureProtocols);
    }

    void tls13IsSpokenAndNothingBelow12()
    {
        const auto socket = connected(authority_.file());
        QVERIFY2(socket->waitForEncrypted(), qPrintable(socket->errorString()));
        QCOMPARE(socket->sessionProtocol(), QSsl::TlsV1_3);
        QVERIFY(handshake({QStringLiteral("-tls1_3")}).contains("New, TLSv1.3"));
        QVERIFY(handshake({QStringLiteral("-tls1_2")}).contains("New, TLSv1.2"));
        for (const char *old : {"-tls1_1", "-tls1"}) {
            const QByteArray said = handshake({QLatin1String(old), QStringLiteral("-cipher"),
                                               QStringLiteral("ALL:@SECLEVEL=0")});
            QVERIFY2(said.contains("alert protocol version"), said.constData());
        }
    }

    void responsesKeepABrowserSafe()
    {
        const QByteArray answer =
                ask("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
        for (const char *field :
             {"Strict-Transport-Security: max-age=31536000\r\n",
              "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n",
              "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"})
            QVERIFY2(answer.contains(field), field);
    }

    void aLargeBlobGoesUpAndComesDown()
    {
        const auto ana = newUser();
        const QByteArray bytes = randomBytes(5'000'000);
        const QByteArray token = QByteArray::fromStdString(ana->token());
        const QByteArray begun = ask("POST /blobs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                     "Tus-Resumable: 1.0.0\r\nUpload-Length: 5000000\r\n"
                                     "Content-Length: 0\r\nauthToken: "
                                     + token + "\r\n\r\n");
        const qsizetype at = begun.indexOf("Location: ") + 10;
        const QByteArray path = begun.mid(at, begun.indexOf('\r', at) - at);
        const BlobClient client(*server_, ana->token());
        const QByteArray patched = ask(client.patchHead(QString::fromLatin1(path), 0, bytes.size(),
                                                        "Connection: close\r\n")
                                       + bytes);
        QVERIFY2(patched.startsWith("HTTP/1.1 204 "), patched.left(500).constData());
        const QByteArray down = ask("GET " + path
                                    + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                      "authToken: "
                                    + token + "\r\n\r\n");
        QVERIFY(down.mid(down.indexOf("\r\n\r\n") + 4) == bytes);
    }

    void whoDoesNotShakeHandsIsClosedInTime()
    {
        QElapsedTimer time;
        time.start();
        RawSocket silent(server_->port());
        QCOMPARE(silent.readAll(), "");
        QVERIFY2(time.elapsed() < 7000, qPrintable(QString::number(time.elapsed())));
        RawSocket plain(server_->port());
        plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        const std::string answer = plain.readAll();
        QVERIFY(answer.find("HTTP") == std::string::npos);
    }

    void aNewCertificateIsTakenWithoutDroppingAnyone()
    {
        const auto ana = newUser();
        const QByteArray before = serialShown();
        QVERIFY(!before.isEmpty());
        authority_.issue(QStringLiteral("server"));
        server_->reload();
        QTRY_VERIFY(serialShown() != before && !serialShown().isEmpty());
        v1::ClientFrame beat;
        beat.mutable_heartbeat();
        QVERIFY(ana->isOpen());
        QVERIFY(ana->request(beat).has_heartbeat_answer());

        // A file that is broken changes nothing.
        const QByteArray good = serialShown();
        QFile file(authority_.path(QStringLiteral("server.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("rubbish");
        file.close();
        server_->reload();
        QTRY_VERIFY(server_->log().contains(QLatin1String("certificate not reloaded")));
        QCOMPARE(serialShown(), good);
        authority_.issue(QStringLiteral("server"));
        server_->reload();
        QTRY_VERIFY(serialShown() != good);
    }

    void aHealthCheckAsksByTls()
    {
        QCOMPARE(QProcess::execute(ServerProcess::program(),
                                   QStringList{QStringLiteral("--health-check"),
                                               QStringLiteral("--port"),
                                               QString::number(server_->port())}
                                           + authority_.flags(QStringLiteral("server"))),
                 0);
    }

    void aKeyOfAnotherCertificateEndsTheStart()
    {
        authority_.issue(QStringLiteral("other"));
        QStringList flags = authority_.flags(QStringLiteral("server"));
        flags.last() = authority_.path(QStringLiteral("other.key"));
        ServerProcess wrong(cluster_.conninfo(), flags);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("does not start")));
        QVERIFY(!wrong.start());
        QVERIFY(wrong.log().contains(QLatin1String("the key is not the certificate's")));
    }

    void plainTextWhereOthersListenIsWarnedOf()
    {
        ServerProcess open(cluster_.conninfo(),
                           {QStringLiteral("--address"), QStringLiteral("0.0.0.0")});
        QVERIFY(open.start());
        QTRY_VERIFY(open.log().contains(QLatin1String("plain text")));
        ServerProcess local(cluster_.conninfo());
        QVERIFY(local.start());
        QVERIFY(!local.log().contains(QLatin1String("plain text")));
    }
};

QTEST_GUILESS_MAIN(ServerTlsTest)
#include "tst_server_tls.moc"
