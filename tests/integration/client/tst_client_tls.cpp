// SPDX-License-Identifier: Apache-2.0
// Whom the app believes to be the server: never anybody it has no reason to.
#include "certificate_authority.h"
#include "client_profile.h"
#include "server_process.h"
#include "test_cluster.h"

#include <QDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

class ClientTlsTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    CertificateAuthority authority_;
    CertificateAuthority stranger_;
    std::unique_ptr<ServerProcess> server_;
    QTemporaryDir directory_;
    int users_ = 0;

    std::unique_ptr<Client> openProfile(const QString &name)
    {
        return test::openProfile(directory_.path(), name);
    }
    QUrl address(const QString &trust, const QString &host = QStringLiteral("localhost"))
    {
        QUrl url = server_->secureUrl();
        url.setHost(host);
        url.setFragment(trust);
        return url;
    }
    Result<void> enter(Client &client, const QUrl &url)
    {
        return await(client.session().registerAccount(url, QStringLiteral("person%1").arg(++users_),
                                                      {}, QStringLiteral("correct horse"),
                                                      QStringLiteral("test")));
    }
    void serve(const QString &certificate)
    {
        server_ =
                std::make_unique<ServerProcess>(cluster_.conninfo(), authority_.flags(certificate));
        QVERIFY(server_->start());
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        authority_.issue(QStringLiteral("server"));
        authority_.issue(QStringLiteral("elsewhere"), QStringLiteral("DNS:elsewhere.example"));
        authority_.issue(QStringLiteral("expired"), QStringLiteral("DNS:localhost"), 0);
        authority_.selfSign(QStringLiteral("alone"));
    }
    void cleanup() { server_.reset(); }

    void onlyACertificateForThisAddressIsAccepted_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("trust");
        QTest::addColumn<bool>("isAccepted");
        const QString ours = QLatin1String("ca=") + authority_.file();
        const QString pin = QStringLiteral("sha256=");
        QTest::newRow("vouched for by whom the address names") << "server" << ours << true;
        QTest::newRow("vouched for by somebody this system does not know")
                << "server" << QString() << false;
        QTest::newRow("vouched for by another than the address names")
                << "server" << QLatin1String("ca=") + stranger_.file() << false;
        QTest::newRow("a file that is not there") << "server"
                                                  << "ca=/nowhere/ca.pem" << false;
        QTest::newRow("for another name") << "elsewhere" << ours << false;
        QTest::newRow("expired") << "expired" << ours << false;
        QTest::newRow("vouched for by itself") << "alone" << QString() << false;
        QTest::newRow("vouched for by itself, and pinned")
                << "alone" << pin + authority_.fingerprint(QStringLiteral("alone")) << true;
        QTest::newRow("pinned") << "server"
                                << pin + authority_.fingerprint(QStringLiteral("server")) << true;
        QTest::newRow("another is pinned")
                << "server" << pin + authority_.fingerprint(QStringLiteral("alone")) << false;
    }
    void onlyACertificateForThisAddressIsAccepted()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, trust);
        QFETCH(bool, isAccepted);
        serve(certificate);
        const auto client = openProfile(QLatin1String(QTest::currentDataTag()));
        const std::string before = cluster_.run("SELECT count(*) FROM users");
        const auto entered = enter(*client, address(trust));
        QCOMPARE(entered.has_value(), isAccepted);
        if (isAccepted) {
            // Pictures go the same way.
            const auto blob = await(client->upload("not a picture"));
            QVERIFY2(blob.has_value(), blob ? "" : blob.error().message.c_str());
            return;
        }
        QCOMPARE(entered.error().code, ErrorCode::ServerNotTrusted);
        QVERIFY(!client->session().isSignedIn());
        QCOMPARE(cluster_.run("SELECT count(*) FROM users"), before);
        // Nor is a token sent by the other way.
        BlobApi blobs;
        blobs.open(address(trust), QStringLiteral("token"));
        const auto blob = await(blobs.upload("not a picture"));
        QVERIFY(!blob);
        QCOMPARE(blob.error().code, ErrorCode::Unavailable);
    }

    void aServerThatShowsAnotherCertificateLaterIsNotConnectedToAgain()
    {
        serve(QStringLiteral("alone"));
        const auto client = openProfile(QStringLiteral("later"));
        const QString trust =
                QLatin1String("sha256=") + authority_.fingerprint(QStringLiteral("alone"));
        QVERIFY(enter(*client, address(trust)));
        QTRY_COMPARE(client->connection().state(), ConnectionState::Online);
        authority_.selfSign(QStringLiteral("alone"));
        server_->kill();
        QVERIFY(server_->start());
        QTRY_VERIFY(client->connection().isServerDistrusted());
        QVERIFY(client->connection().state() != ConnectionState::Online);
        QVERIFY(client->session().isSignedIn()); // it may be put right
    }
};

QTEST_GUILESS_MAIN(ClientTlsTest)
#include "tst_client_tls.moc"
