// SPDX-License-Identifier: Apache-2.0
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

class ServerAccountsTest : public QObject {
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
    std::string newName() { return "user" + std::to_string(++users_); }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }

    void aRegisteredUserSignsInOnASecondDeviceAndByToken()
    {
        const auto first = connection();
        const std::string name = newName();
        const auto registered = first->registerAccount(name);
        QVERIFY2(registered.has_signed_in(), registered.ShortDebugString().c_str());
        QCOMPARE(registered.signed_in().user().user_name(), name);
        QVERIFY(!first->token().empty());
        const auto second = connection();
        const auto signedIn = second->signIn(name);
        QCOMPARE(signedIn.signed_in().user().user_id(), first->userId());
        QVERIFY(signedIn.signed_in().device_id() != registered.signed_in().device_id());
        const auto again = connection();
        const auto authenticated = again->authenticate(first->token());
        QCOMPARE(authenticated.signed_in().device_id(), registered.signed_in().device_id());
        QCOMPARE(authenticated.signed_in().token(), "");
        QCOMPARE(authenticated.signed_in().heartbeat_interval_ms(), 5000U);
    }

    void whatIsWrongIsRefusedWithAStableCode_data()
    {
        QTest::addColumn<QString>("userName");
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("code");
        const QString good = QStringLiteral("long enough");
        QTest::newRow("taken name") << "taken" << good << "USER_NAME_TAKEN";
        QTest::newRow("taken name in capitals") << " TAKEN " << good << "USER_NAME_TAKEN";
        QTest::newRow("short name") << "ab" << good << "INVALID_USER_NAME";
        QTest::newRow("spaces") << "a b c" << good << "INVALID_USER_NAME";
        QTest::newRow("sql") << "a';drop" << good << "INVALID_USER_NAME";
        QTest::newRow("short password") << "fine"
                                        << "1234567"
                                        << "PASSWORD_TOO_SHORT";
        QTest::newRow("long password")
                << "fine" << QString(257, QLatin1Char('x')) << "PASSWORD_TOO_LONG";
    }
    void whatIsWrongIsRefusedWithAStableCode()
    {
        QFETCH(QString, userName);
        QFETCH(QString, password);
        QFETCH(QString, code);
        connection()->registerAccount("taken");
        v1::ClientFrame frame;
        frame.mutable_register_account()->set_user_name(userName.toStdString());
        frame.mutable_register_account()->set_password(password.toStdString());
        const auto answer = connection()->request(std::move(frame));
        QCOMPARE(answer.error().code(), code.toStdString());
    }

    void aWrongPasswordAndAnUnknownNameAreTheSame()
    {
        const std::string name = newName();
        connection()->registerAccount(name);
        const auto wrong = connection()->signIn(name, "not the password");
        const auto unknown = connection()->signIn("nobody-at-all");
        QCOMPARE(wrong.error().code(), "WRONG_PASSWORD");
        QCOMPARE(wrong.error().SerializeAsString(), unknown.error().SerializeAsString());
        const auto long_ = connection()->signIn(name, std::string(10'000, 'x'));
        QCOMPARE(long_.error().code(), "WRONG_PASSWORD");
    }

    void nothingIsAnsweredBeforeSigningIn()
    {
        v1::ClientFrame frame;
        frame.mutable_sync();
        QCOMPARE(connection()->request(frame).error().code(), "NOT_SIGNED_IN");
        const auto client = connection();
        QCOMPARE(client->authenticate("rubbish").error().code(), "INVALID_TOKEN");
        client->registerAccount(newName());
        QCOMPARE(client->registerAccount(newName()).error().code(), "ALREADY_SIGNED_IN");
    }

    void aRevokedDeviceIsThrownOutAndItsTokenWorksNoMore()
    {
        const std::string name = newName();
        const auto first = connection();
        first->registerAccount(name);
        const auto second = connection();
        second->signIn(name);
        v1::ClientFrame list;
        list.mutable_list_devices();
        const auto devices = first->request(list).device_list();
        QCOMPARE(devices.devices_size(), 2);
        v1::ClientFrame revoke;
        revoke.mutable_revoke_device()->set_device_id(second->info().device_id());
        QVERIFY(first->request(revoke).has_done());
        QTRY_VERIFY(!second->isOpen());
        QCOMPARE(second->unasked().back().signed_out().code(), "DEVICE_REVOKED");
        QCOMPARE(connection()->authenticate(second->token()).error().code(), "INVALID_TOKEN");
        QCOMPARE(first->request(revoke).error().code(), "DEVICE_NOT_FOUND");
        QCOMPARE(first->request(list).device_list().devices_size(), 1);
    }

    void someoneElsesDeviceCannotBeRevoked()
    {
        const auto victim = connection();
        victim->registerAccount(newName());
        const auto other = connection();
        other->registerAccount(newName());
        v1::ClientFrame revoke;
        revoke.mutable_revoke_device()->set_device_id(victim->info().device_id());
        QCOMPARE(other->request(revoke).error().code(), "DEVICE_NOT_FOUND");
        QVERIFY(connection()->authenticate(victim->token()).has_signed_in());
    }

    void signingOutEndsTheSessionEverywhere()
    {
        const auto client = connection();
        client->registerAccount(newName());
        const auto twin = connection();
        twin->authenticate(client->token());
        v1::ClientFrame signOut;
        signOut.mutable_sign_out();
        QVERIFY(client->request(signOut).has_done());
        QTRY_VERIFY(!twin->isOpen());
        QCOMPARE(connection()->authenticate(client->token()).error().code(), "INVALID_TOKEN");
    }

    void brokenFramesAreAnsweredOnceAndTheConnectionClosed()
    {
        const auto client = connection();
        client->socket().sendBinaryMessage(QByteArray("\xff\xff\xff\xff", 4));
        QTRY_VERIFY(!client->isOpen());
        QCOMPARE(int(client->socket().closeCode()), 1007);
        QCOMPARE(client->unasked().front().error().code(), "MALFORMED_FRAME");

        const auto large = connection();
        large->socket().sendBinaryMessage(QByteArray(100'000, 'x'));
        QTRY_VERIFY(!large->isOpen());
        QCOMPARE(int(large->socket().closeCode()), 1009);

        const auto json = connection();
        json->socket().sendTextMessage(QStringLiteral("{\"request_id\": nonsense"));
        QTRY_VERIFY(!json->isOpen());
        QCOMPARE(json->unasked().front().error().code(), "MALFORMED_FRAME");
    }

    void textThatIsNotUtf8IsRefusedWithItsCode()
    {
        v1::ClientFrame frame;
        frame.set_request_id(1);
        frame.mutable_find_users()->set_query("ab");
        std::string bytes = frame.SerializeAsString();
        bytes.replace(bytes.find("ab"), 2, "\xc3\x28");
        const auto client = connection();
        client->registerAccount(newName());
        client->socket().sendBinaryMessage(QByteArray::fromStdString(bytes));
        QTRY_VERIFY(!client->isOpen());
        QCOMPARE(int(client->socket().closeCode()), 1007);
        QVERIFY(!client->unasked().empty());
        const auto refusal = client->unasked().back();
        QVERIFY2(refusal.error().code() == "INVALID_UTF8", refusal.ShortDebugString().c_str());
    }

    void anUnknownRequestIsUnimplementedAndTheConnectionStays()
    {
        const auto client = connection();
        QCOMPARE(client->request({}).error().code(), "UNIMPLEMENTED");
        QVERIFY(client->registerAccount(newName()).has_signed_in());
    }

    void secretsAreNotInTheLogNorInTheDatabase()
    {
        const auto client = connection();
        client->registerAccount(newName());
        QVERIFY(!server_->log().contains(QString::fromStdString(client->token())));
        QVERIFY(!server_->log().contains(QString::fromStdString(WireClient::passwordOf())));
    }

    void sigtermClosesWith1001AndEndsCleanly()
    {
        const auto client = connection();
        client->registerAccount(newName());
        QCOMPARE(server_->terminate(), 0);
        QTRY_VERIFY(!client->isOpen());
        QCOMPARE(int(client->socket().closeCode()), 1001);
        QVERIFY(server_->start());
        QVERIFY(connection()->authenticate(client->token()).has_signed_in());
    }
};

QTEST_GUILESS_MAIN(ServerAccountsTest)
#include "tst_server_accounts.moc"
