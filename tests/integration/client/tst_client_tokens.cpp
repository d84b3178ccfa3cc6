// SPDX-License-Identifier: Apache-2.0
// How the app gets new tokens by itself, and what becomes of stolen ones.
#include "client_profile.h"
#include "device_tokens.h"
#include "server_process.h"
#include "test_cluster.h"

#include <QDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

class ClientTokensTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    QTemporaryDir directory_;
    int users_ = 0;

    std::unique_ptr<Client> open(const QString &profile)
    {
        return openProfile(directory_.path(), profile);
    }
    /// A profile that is signed in, and closed.
    QString newProfile()
    {
        const QString name = QStringLiteral("holder%1").arg(++users_);
        const auto client = open(name);
        registerAs(*client, server_->webSocketUrl(), name);
        return name;
    }
    [[nodiscard]] FileTokenStore storeOf(const QString &profile) const
    {
        return FileTokenStore(directory_.filePath(profile) + QLatin1String("/token"));
    }
    [[nodiscard]] DeviceTokens tokensOf(const QString &profile) const
    {
        return DeviceTokens::fromText(storeOf(profile).read());
    }
    void keep(const QString &profile, const DeviceTokens &tokens) const
    {
        QVERIFY(storeOf(profile).write(tokens.toText()));
    }
    void makeDue(const QString &profile) const
    {
        DeviceTokens tokens = tokensOf(profile);
        tokens.renewAtMs = 1;
        keep(profile, tokens);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }

    void tokensThatAreDueAreReplacedAndTheAppComesBackWithTheNewOnes()
    {
        const QString profile = newProfile();
        const DeviceTokens before = tokensOf(profile);
        QVERIFY(!before.refreshToken.isEmpty());
        makeDue(profile);
        {
            const auto client = open(profile);
            QTRY_COMPARE(client->connection().state(), ConnectionState::Online);
            QVERIFY(client->session().token() != before.token);
            QVERIFY(await(client->upload("with the new token")));
        }
        QVERIFY(tokensOf(profile).refreshToken != before.refreshToken);
        const auto again = open(profile);
        QTRY_COMPARE(again->connection().state(), ConnectionState::Online);
    }

    void aTokenFromBeforeIsReplacedByTheFirstPair()
    {
        const QString profile = newProfile();
        cluster_.run("UPDATE devices SET token_expires_at = NULL, family_hash = NULL, "
                     "refresh_hash = NULL WHERE user_id = (SELECT user_id FROM users "
                     "WHERE user_name = '"
                     + profile.toStdString() + "')");
        keep(profile, {.token = tokensOf(profile).token});
        {
            const auto client = open(profile);
            QTRY_COMPARE(client->connection().state(), ConnectionState::Online);
            QTRY_VERIFY(!tokensOf(profile).refreshToken.isEmpty());
        }
        const auto again = open(profile);
        QTRY_COMPARE(again->connection().state(), ConnectionState::Online);
    }

    void aTokenThatExpiredWhileTheAppWasAwayIsReplaced()
    {
        const QString profile = newProfile();
        cluster_.run("UPDATE devices SET token_expires_at = now() - interval '1 day' "
                     "WHERE user_id = (SELECT user_id FROM users WHERE user_name = '"
                     + profile.toStdString() + "')");
        const auto client = open(profile);
        QTRY_COMPARE(client->connection().state(), ConnectionState::Online);
        QVERIFY(client->session().isSignedIn());
    }

    void stolenTokensEndTheSessionOfBoth()
    {
        const QString profile = newProfile();
        const QString thief = profile + QLatin1String("-stolen");
        QDir(directory_.path()).mkpath(thief);
        QVERIFY(QFile::copy(directory_.filePath(profile + QLatin1String("/store.db")),
                            directory_.filePath(thief + QLatin1String("/store.db"))));
        makeDue(profile);
        keep(thief, tokensOf(profile));
        const auto stolen = open(thief);
        QTRY_COMPARE(stolen->connection().state(), ConnectionState::Online);
        QVERIFY(await(stolen->upload("the new token is used"))); // by the thief
        const auto owner = open(profile);
        QTRY_VERIFY(!owner->session().isSignedIn());
        QTRY_VERIFY(!stolen->session().isSignedIn());
    }
};

QTEST_GUILESS_MAIN(ClientTokensTest)
#include "tst_client_tokens.moc"
