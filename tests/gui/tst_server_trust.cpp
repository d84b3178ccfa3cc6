// SPDX-License-Identifier: Apache-2.0
#include "certificate_authority.h"
#include "message_status.h"
#include "server_process.h"
#include "test_cluster.h"
#include "window_driver.h"
#include "wire_client.h"

#include <QTemporaryDir>
#include <QTest>

using namespace dunlin::client;
using namespace dunlin::test;

/// What a person sees of a server that shows a certificate which is not the one of the address.
class ServerTrustTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    TestCluster cluster_;
    CertificateAuthority authority_;
    std::unique_ptr<ServerProcess> server_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> app_;

    QString address(const QString &trust) const
    {
        QUrl url = server_->secureUrl();
        url.setFragment(trust);
        return url.toString();
    }
    QString line() const { return app_->textOf(QStringLiteral("connectionLine")); }

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        QVERIFY(cluster_.isRunning());
        authority_.issue(QStringLiteral("server"));
        authority_.selfSign(QStringLiteral("stranger"));
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo(),
                                                  authority_.flags(QStringLiteral("server")));
        QVERIFY(server_->start());
        app_ = std::make_unique<WindowDriver>(profiles_.filePath(QStringLiteral("ana")),
                                              address({}));
    }
    void cleanupTestCase() { app_.reset(); }

    void theCardSaysItUnderTheAddressAndOffersNoWayAround()
    {
        app_->askForAccount(QStringLiteral("ana"), QStringLiteral("Ana Souza"));
        QTRY_VERIFY(app_->textOf(QStringLiteral("serverFieldError"))
                            .contains(QLatin1String("certificate")));
        QVERIFY(!app_->isVisible(QStringLiteral("passwordFieldError")));
        app_->screenshot(QStringLiteral("welcome-server-not-trusted"));
        QCOMPARE(cluster_.run("SELECT count(*) FROM users"), std::string("0"));
        // The address that names who vouches for it is what helps.
        app_->fill(QStringLiteral("serverField"),
                   address(QLatin1String("ca=") + authority_.file()));
        app_->createAccount(QStringLiteral("ana"), QStringLiteral("Ana Souza"));
    }

    void theLineSaysItUntilTheServerIsItselfAgain()
    {
        WireClient ben(server_->secureUrl());
        QVERIFY(ben.open(authority_.file()));
        ben.registerAccount("ben");
        const auto ana = cluster_.run("SELECT user_id FROM users WHERE user_name = 'ana'");
        const std::int64_t talk = ben.openConversation(std::stoll(ana));
        QVERIFY(ben.post(talk, "Hello").has_message_posted());
        app_->openOnlyConversation();
        QTRY_COMPARE(app_->messages(), QStringList{QStringLiteral("Hello")});

        const QString key = authority_.path(QStringLiteral("server"));
        const QString other = authority_.path(QStringLiteral("stranger"));
        const QString kept = authority_.path(QStringLiteral("kept"));
        const auto put = [](const QString &from, const QString &to) {
            for (const char *kind : {".pem", ".key"}) {
                QFile::remove(to + QLatin1String(kind));
                QVERIFY(QFile::copy(from + QLatin1String(kind), to + QLatin1String(kind)));
            }
        };
        put(key, kept);
        server_->kill();
        put(other, key);
        QVERIFY(server_->start());
        QTRY_VERIFY(line().contains(QLatin1String("certificate")));
        app_->send(QStringLiteral("Are you there?"));
        QTRY_COMPARE(app_->messages().size(), 2);
        app_->screenshot(QStringLiteral("server-not-trusted"));
        // Asked to try at once, it does, and nothing else.
        app_->click(QStringLiteral("connectionLine"));
        QTRY_VERIFY(line().contains(QLatin1String("certificate")));
        QCOMPARE(app_->newestStatus(), int(MessageStatus::Queued));

        server_->kill();
        QTRY_VERIFY(!line().isEmpty()); // nobody is there: what was seen last still counts
        put(kept, key);
        QVERIFY(server_->start());
        app_->click(QStringLiteral("connectionLine"));
        QTRY_COMPARE_WITH_TIMEOUT(line(), QString(), 60'000);
        QTRY_COMPARE(app_->newestStatus(), int(MessageStatus::Sent));
    }
};

QTEST_MAIN(ServerTrustTest)
#include "tst_server_trust.moc"
