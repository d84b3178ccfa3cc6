// SPDX-License-Identifier: Apache-2.0
// What an operator does on the command line while the server runs.
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

namespace {

/// What a running server may take to hear of what a command did.
constexpr int patienceMs = 2000;

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

} // namespace

class ServerAdminTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    int users_ = 0;

    std::unique_ptr<WireClient> connection() const
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open())
            qFatal("cannot connect");
        return client;
    }
    std::unique_ptr<WireClient> newUser(std::string *name = nullptr)
    {
        auto client = connection();
        const std::string own = "admined" + std::to_string(++users_);
        client->registerAccount(own);
        if (name != nullptr)
            *name = own;
        return client;
    }
    QJsonObject object(const QStringList &command, const QByteArray &input = {}) const
    {
        const auto result = server_->run(command + QStringList{QStringLiteral("--json")}, input);
        if (result.exitCode != 0)
            qWarning() << command << result.exitCode << result.error;
        return QJsonDocument::fromJson(result.output).object();
    }
    QJsonArray list(const QStringList &command) const
    {
        const auto result = server_->run(command + QStringList{QStringLiteral("--json")});
        if (result.exitCode != 0)
            qWarning() << command << result.exitCode << result.error;
        return QJsonDocument::fromJson(result.output).array();
    }
    static QStringList of(const char *text, const std::string &name)
    {
        return words(text) + QStringList{QString::fromStdString(name)};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }

    void anAddedUserSignsInWithThePasswordOfTheStandardInput()
    {
        const auto added =
                object({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("Added"),
                        QStringLiteral("--display-name"), QStringLiteral("Ada Added")},
                       "a password of four words\n");
        QCOMPARE(added[QLatin1String("userName")].toString(), QStringLiteral("added"));
        QCOMPARE(added[QLatin1String("displayName")].toString(), QStringLiteral("Ada Added"));
        QCOMPARE(added[QLatin1String("devices")].toString(), QStringLiteral("0"));
        const auto client = connection();
        const auto signedIn = client->signIn("added", "a password of four words");
        QVERIFY2(signedIn.has_signed_in(), signedIn.ShortDebugString().c_str());
        QCOMPARE(QString::number(client->userId()), added[QLatin1String("userId")].toString());

        QCOMPARE(server_->run(words("user add added"), "another password\n").exitCode, 4);
        QCOMPARE(server_->run(words("user add short"), "1234567\n").exitCode, 4);
        const auto nothing = server_->run(words("user add nothing"));
        QCOMPARE(nothing.exitCode, 2);
        QVERIFY2(nothing.error.contains("standard input"), nothing.error.constData());
    }

    void mistakesEndWithACodeAndAPlainSentence()
    {
        const auto unknown = server_->run(words("user show nobody-there"));
        QCOMPARE(unknown.exitCode, 3);
        QCOMPARE(unknown.error, QByteArray("dunlin-server: there is no such user\n"));
        QVERIFY(unknown.output.isEmpty());
        const auto asJson = server_->run(words("user show nobody-there --json"));
        QCOMPARE(
                QJsonDocument::fromJson(asJson.error)[QLatin1String("error")][QLatin1String("code")]
                        .toString(),
                QStringLiteral("USER_NOT_FOUND"));
        QCOMPARE(server_->run(words("user dance")).exitCode, 2);
        QCOMPARE(server_->run(words("user")).exitCode, 2);
        QCOMPARE(server_->run(words("user show")).exitCode, 2);
    }

    void usersAreListedByPagesAndShownByNameAndId()
    {
        std::string name;
        const auto client = newUser(&name);
        const QJsonArray all = list(words("user list"));
        QVERIFY(all.size() >= 2);
        const QJsonArray first = list(words("user list --limit 1"));
        QCOMPARE(first.size(), 1);
        QCOMPARE(first[0], all[0]);
        const QJsonArray second =
                list(words("user list --limit 1 --after")
                     + QStringList{first[0].toObject()[QLatin1String("userId")].toString()});
        QCOMPARE(second[0], all[1]);
        const auto byName = object(of("user show", name));
        QCOMPARE(byName[QLatin1String("devices")].toString(), QStringLiteral("1"));
        QCOMPARE(object(of("user show", std::to_string(client->userId()))), byName);
        const auto text = server_->run(of("user show", name));
        QVERIFY2(text.output.contains(name.c_str()), text.output.constData());
    }

    void aRevokedDeviceIsThrownOutOfTheRunningServer()
    {
        std::string name;
        const auto stays = newUser(&name);
        const auto goes = connection();
        goes->signIn(name);
        QCOMPARE(list(of("device list", name)).size(), 2);
        QElapsedTimer timer;
        const QString id = QString::number(goes->info().device_id());
        QCOMPARE(object(of("device revoke", name) + QStringList{id})[QLatin1String("isRevoked")],
                 QJsonValue(true));
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(!goes->isOpen(), patienceMs);
        QCOMPARE(goes->unasked().back().signed_out().code(), "DEVICE_REVOKED");
        QVERIFY(stays->isOpen());
        QCOMPARE(connection()->authenticate(goes->token()).error().code(), "INVALID_TOKEN");
        QVERIFY(connection()->authenticate(stays->token()).has_signed_in());
        QCOMPARE(server_->run(of("device revoke", name) + QStringList{id}).exitCode, 3);
    }

    void aDisabledUserIsSignedOutUntilEnabled()
    {
        std::string name;
        const auto client = newUser(&name);
        QVERIFY(!object(of("user disable", name))[QLatin1String("disabledAt")].isNull());
        QTRY_VERIFY_WITH_TIMEOUT(!client->isOpen(), patienceMs);
        QCOMPARE(client->unasked().back().signed_out().code(), "ACCOUNT_DISABLED");
        QCOMPARE(connection()->authenticate(client->token()).error().code(), "INVALID_TOKEN");
        QCOMPARE(connection()->signIn(name).error().code(), "ACCOUNT_DISABLED");
        // Who does not know the password learns nothing.
        QCOMPARE(connection()->signIn(name, "not the password").error().code(), "WRONG_PASSWORD");
        QVERIFY(object(of("user enable", name))[QLatin1String("disabledAt")].isNull());
        QVERIFY(connection()->signIn(name).has_signed_in());
    }

    void aNewPasswordEndsWhatTheOldOneBegan()
    {
        std::string name;
        const auto client = newUser(&name);
        object(of("user reset-password", name), "an entirely new one\n");
        QTRY_VERIFY_WITH_TIMEOUT(!client->isOpen(), patienceMs);
        QCOMPARE(client->unasked().back().signed_out().code(), "DEVICE_REVOKED");
        QCOMPARE(connection()->signIn(name).error().code(), "WRONG_PASSWORD");
        QVERIFY(connection()->signIn(name, "an entirely new one").has_signed_in());
    }

    void whatIsToldWhileTheServerHasNoDatabaseIsFoundOutLater()
    {
        std::string name;
        const auto client = newUser(&name);
        const auto other = newUser();
        const std::string id = std::to_string(client->info().device_id());
        server_->freeze();
        // Its connections are gone, and with them whatever is told.
        cluster_.run("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                     " WHERE pid <> pg_backend_pid() AND datname = current_database()");
        cluster_.run("DELETE FROM devices WHERE device_id = " + id);
        server_->thaw();
        QTRY_VERIFY_WITH_TIMEOUT(!client->isOpen(), 10'000);
        QCOMPARE(client->unasked().back().signed_out().code(), "DEVICE_REVOKED");
        QVERIFY(other->isOpen());
    }

    void statisticsCountWhatIsThere()
    {
        const auto before = object(words("stats"));
        const auto one = newUser();
        const auto two = newUser();
        const auto conversation = one->openConversation(two->userId());
        QVERIFY(one->post(conversation, "counted").has_message_posted());
        const auto after = object(words("stats"));
        const auto grown = [&](const char *name) {
            return after[QLatin1String(name)].toString().toLongLong()
                    - before[QLatin1String(name)].toString().toLongLong();
        };
        QCOMPARE(grown("users"), 2);
        QCOMPARE(grown("devices"), 2);
        QCOMPARE(grown("conversations"), 1);
        QCOMPARE(grown("messages"), 1);
        QVERIFY(after[QLatin1String("databaseBytes")].toString().toLongLong() > 1'000'000);
    }

    void migrationsAndSettingsAreToldAndGarbageIsCollected()
    {
        const QJsonArray steps = list(words("migrate status"));
        QVERIFY(steps.size() >= 3);
        for (const QJsonValue &step : steps)
            QCOMPARE(step[QLatin1String("state")].toString(), QStringLiteral("applied"));
        const auto settings = object(words("config check --port 1234"));
        QCOMPARE(settings[QLatin1String("port")].toString(), QStringLiteral("1234"));
        QCOMPARE(settings[QLatin1String("database-url")].toString(), QStringLiteral("given"));
        QCOMPARE(server_->run(words("config check --port 99999")).exitCode, 2);
        const auto collected = object(words("gc"));
        QCOMPARE(collected[QLatin1String("blobsRemoved")].toString(), QStringLiteral("0"));
    }

    void aDatabaseThatIsNotThereIsSaid()
    {
        const ServerProcess nowhere("host=/nonexistent dbname=dunlin");
        const auto result = nowhere.run(words("stats"));
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.error.contains("cannot be reached"), result.error.constData());
        const ServerProcess never({});
        const auto empty = never.run(words("stats"));
        QCOMPARE(empty.exitCode, 1);
        QVERIFY2(empty.error.contains("--data-dir"), empty.error.constData());
    }

    void aPrivateDatabaseIsReachedWhetherTheServerRunsOrNot()
    {
        ServerProcess own({});
        QVERIFY(own.start());
        QCOMPARE(own.run(words("user add early"), "correct horse\n").exitCode, 0);
        QCOMPARE(own.terminate(), 0);
        QCOMPARE(own.run(words("user add late"), "correct horse\n").exitCode, 0);
        QVERIFY(own.start());
        WireClient client(own.webSocketUrl());
        QVERIFY(client.open());
        QVERIFY(client.signIn("late").has_signed_in());
    }
};

QTEST_GUILESS_MAIN(ServerAdminTest)
#include "tst_server_admin.moc"
