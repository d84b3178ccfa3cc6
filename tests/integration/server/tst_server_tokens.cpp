// SPDX-License-Identifier: Apache-2.0
// Tokens of devices: how they are replaced, and how they end.
#include "blob_client.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QElapsedTimer>
#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

class ServerTokensTest : public QObject {
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
    std::unique_ptr<WireClient> newUser()
    {
        auto client = connection();
        if (!client->registerAccount("holder" + std::to_string(++users_)).has_signed_in())
            qFatal("cannot register");
        return client;
    }
    static v1::ServerFrame refresh(WireClient &client, const std::string &token)
    {
        v1::ClientFrame frame;
        frame.mutable_refresh_token()->set_refresh_token(token);
        return client.request(frame);
    }
    static v1::ServerFrame changePassword(WireClient &client, const std::string &from,
                                          const std::string &to)
    {
        v1::ClientFrame frame;
        frame.mutable_change_password()->set_old_password(from);
        frame.mutable_change_password()->set_new_password(to);
        return client.request(frame);
    }
    /// "" when it is taken.
    std::string codeOf(const std::string &token) const
    {
        return connection()->authenticate(token).error().code();
    }
    void setOfDevice(const WireClient &of, const std::string &assignments) const
    {
        cluster_.run("UPDATE devices SET " + assignments
                     + " WHERE device_id = " + std::to_string(of.info().device_id()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(
                cluster_.conninfo(),
                QStringList{QStringLiteral("--io-threads"), QStringLiteral("2"),
                            QStringLiteral("--token-lifetime-minutes"), QStringLiteral("60")});
        QVERIFY(server_->start());
    }

    void aDeviceGetsATokenThatEndsAndOneForTheNext()
    {
        const auto ana = newUser();
        const qint64 lifetime = ana->info().token_expires_at_ms() - ana->info().server_time_ms();
        QVERIFY(qAbs(lifetime - 3'600'000) < 5000);
        const auto again = connection();
        const auto answer = refresh(*again, ana->info().refresh_token()).signed_in();
        QCOMPARE(answer.device_id(), ana->info().device_id());
        QCOMPARE(answer.user().user_id(), ana->userId());
        QVERIFY(!answer.token().empty() && answer.token() != ana->token());
        QVERIFY(!answer.refresh_token().empty()
                && answer.refresh_token() != ana->info().refresh_token());
        // The connection is signed in by it.
        v1::ClientFrame list;
        list.mutable_list_devices();
        QCOMPARE(again->request(list).device_list().devices_size(), 1);
        QCOMPARE(codeOf(answer.token()), "");
    }

    void anAnswerThatIsLostIsAskedForAgain()
    {
        const auto ana = newUser();
        const std::string first = ana->info().refresh_token();
        const auto lost = refresh(*connection(), first).signed_in();
        const auto second = refresh(*connection(), first).signed_in();
        QVERIFY(!second.token().empty());
        QCOMPARE(codeOf(ana->token()), ""); // the new one was not used yet
        QCOMPARE(codeOf(lost.token()), "INVALID_TOKEN");
        QCOMPARE(codeOf(second.token()), "");
        QCOMPARE(codeOf(ana->token()), ""); // for what is under way
        setOfDevice(*ana, "previous_token_expires_at = now() - interval '1 second'");
        QCOMPARE(codeOf(ana->token()), "TOKEN_EXPIRED");
    }

    void aTokenShownAgainSignsTheDeviceOutWhereverItIs()
    {
        const auto ana = newUser();
        const auto other = connection();
        other->signIn("holder" + std::to_string(users_));
        const std::string spent = ana->info().refresh_token();
        const auto next = refresh(*connection(), spent).signed_in();
        const auto used = connection();
        QVERIFY(used->authenticate(next.token()).has_signed_in());
        QElapsedTimer time;
        time.start();
        QCOMPARE(refresh(*connection(), spent).error().code(), "DEVICE_REVOKED");
        QTRY_VERIFY(!used->isOpen() && !ana->isOpen());
        QVERIFY(time.elapsed() < 2000);
        QCOMPARE(used->unasked().back().signed_out().code(), "DEVICE_REVOKED");
        QCOMPARE(codeOf(next.token()), "INVALID_TOKEN");
        QCOMPARE(refresh(*connection(), next.refresh_token()).error().code(), "INVALID_TOKEN");
        QVERIFY(other->isOpen());
        QCOMPARE(codeOf(other->token()), "");
    }

    void aTokenOfLongAgoIsKnownAsWell()
    {
        const auto ana = newUser();
        std::string token = ana->info().refresh_token();
        for (int i = 0; i < 5; ++i) {
            const auto next = refresh(*connection(), token).signed_in();
            QCOMPARE(codeOf(next.token()), "");
            token = next.refresh_token();
        }
        QCOMPARE(refresh(*connection(), ana->info().refresh_token()).error().code(),
                 "DEVICE_REVOKED");
        QCOMPARE(refresh(*connection(), token).error().code(), "INVALID_TOKEN");
    }

    void anExpiredTokenIsToldFromAWrongOneAndTheNextIsGot()
    {
        const auto ana = newUser();
        setOfDevice(*ana, "token_expires_at = now() - interval '1 second'");
        QCOMPARE(codeOf(ana->token()), "TOKEN_EXPIRED");
        const auto blobs =
                BlobClient(*server_, ana->token()).ask("GET", QStringLiteral("/blobs/1-1"));
        QCOMPARE(blobs.status, 401);
        QCOMPARE(blobs.code(), QStringLiteral("TOKEN_EXPIRED"));
        QVERIFY(ana->isOpen()); // who is in stays
        const auto next = refresh(*connection(), ana->info().refresh_token()).signed_in();
        QCOMPARE(codeOf(next.token()), "");
    }

    void aDeviceFromBeforeGoesOnUntilItHasItsFirstRefreshToken()
    {
        const auto ana = newUser();
        setOfDevice(*ana, "token_expires_at = NULL, family_hash = NULL, refresh_hash = NULL");
        const auto old = connection();
        QVERIFY(old->authenticate(ana->token()).has_signed_in());
        const auto lost = refresh(*old, {}).signed_in();
        QVERIFY(!lost.refresh_token().empty());
        QCOMPARE(codeOf(ana->token()), "");
        const auto first = refresh(*old, {}).signed_in();
        QCOMPARE(codeOf(lost.token()), "INVALID_TOKEN");
        QCOMPARE(codeOf(first.token()), "");
        QCOMPARE(refresh(*old, {}).error().code(), "INVALID_TOKEN"); // it has them now
        setOfDevice(*ana, "previous_token_expires_at = now() - interval '1 second'");
        QCOMPARE(codeOf(ana->token()), "TOKEN_EXPIRED");
        QVERIFY(refresh(*connection(), first.refresh_token()).has_signed_in());
    }

    void anothersTokenIsNotTaken()
    {
        const auto ana = newUser();
        const auto ben = newUser();
        QCOMPARE(refresh(*ana, ben->info().refresh_token()).error().code(), "INVALID_TOKEN");
        QCOMPARE(refresh(*connection(), {}).error().code(), "INVALID_TOKEN");
        QCOMPARE(refresh(*connection(), "rubbish").error().code(), "INVALID_TOKEN");
        QCOMPARE(refresh(*connection(), ana->token()).error().code(), "INVALID_TOKEN");
        QCOMPARE(codeOf(ana->info().refresh_token()), "INVALID_TOKEN");
        // Nobody was signed out by that.
        QVERIFY(refresh(*ana, ana->info().refresh_token()).has_signed_in());
        QVERIFY(refresh(*ben, ben->info().refresh_token()).has_signed_in());
    }

    void revokingADeviceClosesItsConnectionsWithinTwoSeconds()
    {
        const auto ana = newUser();
        const auto lost = connection();
        lost->signIn("holder" + std::to_string(users_));
        std::vector<std::unique_ptr<WireClient>> all; // on both threads
        for (int i = 0; i < 10; ++i) {
            all.push_back(connection());
            QVERIFY(all.back()->authenticate(lost->token()).has_signed_in());
        }
        v1::ClientFrame revoke;
        revoke.mutable_revoke_device()->set_device_id(lost->info().device_id());
        QElapsedTimer time;
        time.start();
        QVERIFY(ana->request(revoke).has_done());
        for (const auto &client : all)
            QTRY_VERIFY(!client->isOpen());
        QVERIFY2(time.elapsed() < 2000, qPrintable(QString::number(time.elapsed())));
        QCOMPARE(codeOf(lost->token()), "INVALID_TOKEN");
        QCOMPARE(refresh(*connection(), lost->info().refresh_token()).error().code(),
                 "INVALID_TOKEN");
        QVERIFY(ana->isOpen());
    }

    void aNewPasswordSignsTheOtherDevicesOut()
    {
        const auto ana = newUser();
        const std::string name = "holder" + std::to_string(users_);
        const auto phone = connection();
        phone->signIn(name);
        const auto laptop = connection();
        laptop->signIn(name);
        const std::string fresh = "a new password";
        QCOMPARE(changePassword(*ana, "not the old one", fresh).error().code(), "WRONG_PASSWORD");
        QCOMPARE(changePassword(*ana, WireClient::passwordOf(), "short").error().code(),
                 "PASSWORD_TOO_SHORT");
        QVERIFY(phone->isOpen() && laptop->isOpen());
        QVERIFY(changePassword(*ana, WireClient::passwordOf(), fresh).has_done());
        QElapsedTimer time;
        time.start();
        QTRY_VERIFY(!phone->isOpen() && !laptop->isOpen());
        QVERIFY(time.elapsed() < 2000);
        QVERIFY(ana->isOpen());
        QCOMPARE(codeOf(ana->token()), "");
        QCOMPARE(codeOf(phone->token()), "INVALID_TOKEN");
        QCOMPARE(connection()->signIn(name).error().code(), "WRONG_PASSWORD");
        QVERIFY(connection()->signIn(name, fresh).has_signed_in());
    }

    void whoSignsInWhileThePasswordChangesIsNotLeftSignedIn()
    {
        const auto ana = newUser();
        const std::string name = "holder" + std::to_string(users_);
        const auto late = connection();
        v1::ClientFrame change;
        change.mutable_change_password()->set_old_password(WireClient::passwordOf());
        change.mutable_change_password()->set_new_password("a new password");
        const auto changing = ana->send(change);
        v1::ClientFrame signIn;
        signIn.mutable_sign_in()->set_user_name(name);
        signIn.mutable_sign_in()->set_password(WireClient::passwordOf());
        const auto entering = late->send(signIn);
        QVERIFY(ana->answerTo(changing).has_done());
        const auto entered = late->answerTo(entering);
        if (entered.has_signed_in())
            QTRY_COMPARE(codeOf(entered.signed_in().token()), "INVALID_TOKEN");
        else
            QCOMPARE(entered.error().code(), "WRONG_PASSWORD");
    }
};

QTEST_GUILESS_MAIN(ServerTokensTest)
#include "tst_server_tokens.moc"
