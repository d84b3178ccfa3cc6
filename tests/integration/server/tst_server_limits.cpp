// SPDX-License-Identifier: Apache-2.0
// Every limit on what strangers and devices may do, at its edge and beyond.
#include "blob_client.h"
#include "dunlin/limits.h"
#include "raw_client.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QElapsedTimer>
#include <QTest>

using namespace dunlin;
using namespace dunlin::test;
using namespace std::chrono_literals;

namespace {

v1::ClientFrame signIn(const std::string &userName, const std::string &password)
{
    v1::ClientFrame frame;
    frame.set_request_id(1);
    frame.mutable_sign_in()->set_user_name(userName);
    frame.mutable_sign_in()->set_password(password);
    return frame;
}

v1::ClientFrame registration(const std::string &userName)
{
    v1::ClientFrame frame;
    frame.set_request_id(1);
    frame.mutable_register_account()->set_user_name(userName);
    frame.mutable_register_account()->set_password(WireClient::passwordOf());
    return frame;
}

v1::ClientFrame heartbeat(std::uint64_t id)
{
    v1::ClientFrame frame;
    frame.set_request_id(id);
    frame.mutable_heartbeat();
    return frame;
}

std::string forwardedFor(const char *address)
{
    return "X-Forwarded-For: " + std::string(address) + "\r\n";
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

class ServerLimitsTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    int users_ = 0;

    std::string newName() { return "limited" + std::to_string(++users_); }
    std::unique_ptr<WireClient> newUser(const ServerProcess &server, const std::string &name)
    {
        auto client = std::make_unique<WireClient>(server.webSocketUrl());
        if (!client->open() || !client->registerAccount(name).has_signed_in())
            qFatal("cannot register");
        return client;
    }
    /// One request on a connection of its own.
    v1::ServerFrame ask(const char *from, const v1::ClientFrame &frame) const
    {
        RawClient client(server_->port(), from);
        client.send(frame);
        return client.readAnswer(frame.request_id()).value_or(v1::ServerFrame());
    }
    std::string code(const char *from, const v1::ClientFrame &frame) const
    {
        const auto answer = ask(from, frame);
        return answer.has_signed_in() ? "SIGNED_IN" : answer.error().code();
    }
    QByteArray statusOf(const char *from, const std::string &fields) const
    {
        RawSocket socket(server_->port(), from);
        socket.send(upgradeRequest(fields));
        return QByteArray::fromStdString(socket.readUntil("\r\n")).mid(9, 3);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }

    void whoDoesNotSignInIsClosedAfterFiveSecondsInAll()
    {
        QElapsedTimer time;
        time.start();
        RawClient silent(server_->port());
        RawClient trying(server_->port());
        // What is refused gives no more time.
        v1::ClientFrame frame;
        frame.set_request_id(1);
        frame.mutable_authenticate()->set_token("rubbish");
        trying.send(frame);
        QCOMPARE(trying.readAnswer(1)->error().code(), "INVALID_TOKEN");
        QVERIFY(!silent.read());
        QCOMPARE(silent.closeCode(), 1008);
        QVERIFY(!trying.read());
        QCOMPARE(trying.closeCode(), 1008);
        QVERIFY2(time.elapsed() > 4900 && time.elapsed() < 6500,
                 qPrintable(QString::number(time.elapsed())));
    }

    void aConnectionHasTenTriesToSignIn()
    {
        RawClient client(server_->port());
        v1::ClientFrame frame;
        frame.mutable_authenticate()->set_token("rubbish");
        for (std::uint64_t i = 1; i <= 10; ++i) {
            frame.set_request_id(i);
            client.send(frame);
            QCOMPARE(client.readAnswer(i)->error().code(), "INVALID_TOKEN");
        }
        frame.set_request_id(11);
        client.send(frame);
        QVERIFY(!client.readAnswer(11));
        QCOMPARE(client.closeCode(), 1008);
    }

    void aHeadThatDripsInIsEndedAfterFiveSecondsInAll()
    {
        QElapsedTimer time;
        time.start();
        RawSocket socket(server_->port());
        std::string head = upgradeRequest();
        std::size_t at = 0;
        // A byte every 20 ms would take 4 s longer than there are.
        while (time.elapsed() < 9000 && at + 20 < head.size()) {
            if (!socket.send(head.substr(at++, 1)))
                break;
            QTest::qWait(20);
        }
        const std::string answer = socket.readAll();
        QVERIFY2(answer.empty() || answer.starts_with("HTTP/1.1 400 "), answer.c_str());
        QVERIFY2(time.elapsed() < 8000, qPrintable(QString::number(time.elapsed())));
    }

    void anAddressHasTwentyConnectionsThatAreNotSignedIn()
    {
        const auto user = newUser(*server_, newName());
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < limits::unauthenticatedPerAddress; ++i)
            clients.push_back(std::make_unique<RawClient>(server_->port(), "127.0.0.20"));
        QCOMPARE(statusOf("127.0.0.20", {}), "429");
        QCOMPARE(statusOf("127.0.0.21", {}), "101");
        // What somebody who is no proxy says of others does not help.
        QCOMPARE(statusOf("127.0.0.20", forwardedFor("203.0.113.1")), "429");
        v1::ClientFrame frame;
        frame.set_request_id(1);
        frame.mutable_authenticate()->set_token(user->token());
        clients.front()->send(frame);
        QVERIFY(clients.front()->readAnswer(1)->has_signed_in());
        QCOMPARE(statusOf("127.0.0.20", {}), "101");
    }

    void behindAProxyEachAddressIsItsOwn()
    {
        std::vector<std::unique_ptr<RawClient>> clients;
        const std::string fields = forwardedFor("203.0.113.7");
        for (int i = 0; i < limits::unauthenticatedPerAddress; ++i) {
            clients.push_back(std::make_unique<RawClient>(server_->port(), "127.0.0.1", fields));
        }
        QCOMPARE(statusOf("127.0.0.1", fields), "429");
        QCOMPARE(statusOf("127.0.0.1", forwardedFor("203.0.113.8")), "101");
        QCOMPARE(statusOf("127.0.0.1", forwardedFor("203.0.113.8, 203.0.113.7")), "429");
        QCOMPARE(statusOf("127.0.0.1", forwardedFor("203.0.113.8") + forwardedFor("203.0.113.7")),
                 "429");
        clients.pop_back();
        // Not QTRY_COMPARE, which asks once more when it is right, and this takes the place.
        QVERIFY(QTest::qWaitFor([&] { return statusOf("127.0.0.1", fields) == "101"; }));
    }

    void aMessageHasToBecomeWhole()
    {
        const auto user = newUser(*server_, newName());
        RawClient client(server_->port());
        v1::ClientFrame frame;
        frame.set_request_id(1);
        frame.mutable_authenticate()->set_token(user->token());
        client.send(frame);
        QVERIFY(client.readAnswer(1)->has_signed_in());
        QElapsedTimer time;
        time.start();
        const std::string bytes = toBytes({.opcode = 2, .payload = std::string(1000, 'x')});
        for (std::size_t at = 0; at < bytes.size() - 1; ++at) {
            if (!client.socket().send(bytes.substr(at, 1)))
                break;
            // In time at first, so that it is not silence that ends it.
            if (time.elapsed() < 9000)
                QTest::qWait(100);
            else
                break;
        }
        QVERIFY(!client.read());
        QCOMPARE(client.closeCode(), 1008);
        QVERIFY2(time.elapsed() > 9900 && time.elapsed() < 12'000,
                 qPrintable(QString::number(time.elapsed())));
    }

    void aTextOf16KiBIsTakenAndOneByteMoreIsNot()
    {
        const auto ana = newUser(*server_, newName());
        const auto ben = newUser(*server_, newName());
        const std::int64_t conversation = ana->openConversation(ben->userId());
        QVERIFY(ana->post(conversation, std::string(limits::messageTextBytes, 'x'))
                        .has_message_posted());
        QCOMPARE(ana->post(conversation, std::string(limits::messageTextBytes + 1, 'x'))
                         .error()
                         .code(),
                 "MESSAGE_TOO_LONG");
    }

    void tooManyPingsCloseTheConnection()
    {
        RawClient client(server_->port());
        const std::string ping = toBytes({.opcode = 9, .payload = "p"});
        std::string all;
        for (int i = 0; i < limits::controlFramesBurst; ++i)
            all += ping;
        client.socket().send(all);
        for (int i = 0; i < limits::controlFramesBurst; ++i)
            QCOMPARE(client.readFrame()->payload, "p");
        client.socket().send(all);
        while (const auto frame = client.readFrame()) {
            if (frame->opcode == 8)
                break;
        }
        QCOMPARE(client.closeCode(), 1008);
    }

    void aDevicesRequestsAreLimitedOnAllOfItsConnectionsTogether()
    {
        ServerProcess server(cluster_.conninfo(),
                             {QStringLiteral("--limits-requests-per-second"), QStringLiteral("1")});
        QVERIFY(server.start());
        const auto first = newUser(server, newName());
        const auto other = newUser(server, newName());
        WireClient second(server.webSocketUrl());
        QVERIFY(second.open());
        QVERIFY(second.authenticate(first->token()).has_signed_in());
        int answered = 0;
        std::uint32_t retryAfter = 0;
        for (int i = 0; i < 30; ++i) {
            const auto answer = (i % 2 == 0 ? *first : second).request(heartbeat(1));
            answered += answer.has_heartbeat_answer() ? 1 : 0;
            if (answer.has_error()) {
                QCOMPARE(answer.error().code(), "RATE_LIMITED");
                retryAfter = answer.error().retry_after_ms();
            }
        }
        // 2 at once, and what comes back meanwhile.
        QVERIFY2(answered >= 2 && answered < 25, qPrintable(QString::number(answered)));
        QVERIFY(retryAfter > 0 && retryAfter <= 1000);
        while (first->request(heartbeat(1)).has_heartbeat_answer()) { }
        QCOMPARE(BlobClient(server, first->token()).ask("GET", QStringLiteral("/blobs/1-1")).code(),
                 QStringLiteral("RATE_LIMITED"));
        QVERIFY(other->request(heartbeat(1)).has_heartbeat_answer());
        QVERIFY(QTest::qWaitFor(
                [&] { return first->request(heartbeat(1)).has_heartbeat_answer(); }));
    }

    void anAddressWaitsAfterFiveWrongPasswordsAndNobodyElseDoes()
    {
        const std::string name = newName();
        newUser(*server_, name);
        const auto right = signIn(name, WireClient::passwordOf());
        const auto wrong = signIn(name, "wrong password");
        for (int i = 0; i < limits::signInFailuresPerAccount; ++i)
            QCOMPARE(code("127.0.0.40", wrong), "WRONG_PASSWORD");
        const auto refused = ask("127.0.0.40", right);
        QCOMPARE(refused.error().code(), "RATE_LIMITED");
        QVERIFY(refused.error().retry_after_ms() > 0 && refused.error().retry_after_ms() <= 1000);
        // Not even when the name is written otherwise.
        std::string capitals = name;
        capitals[0] = 'L';
        QCOMPARE(code("127.0.0.40", signIn(capitals, WireClient::passwordOf())), "RATE_LIMITED");
        // Somebody else's wrong passwords are not the owner's.
        QCOMPARE(code("127.0.0.41", right), "SIGNED_IN");
        QTRY_COMPARE(code("127.0.0.40", right), "SIGNED_IN");
        QCOMPARE(code("127.0.0.40", wrong), "WRONG_PASSWORD");
    }

    void thePasswordOfADeletionIsGuessedNoFaster()
    {
        const std::string name = newName();
        const auto owner = newUser(*server_, name);
        RawClient client(server_->port(), "127.0.0.44");
        v1::ClientFrame frame;
        frame.set_request_id(1);
        frame.mutable_authenticate()->set_token(owner->token());
        client.send(frame);
        QVERIFY(client.readAnswer(1)->has_signed_in());
        std::uint64_t id = 1;
        const auto deletionWith = [&](const std::string &password) {
            frame.set_request_id(++id);
            frame.mutable_delete_account()->set_password(password);
            client.send(frame);
            return client.readAnswer(id).value_or(v1::ServerFrame());
        };
        for (int i = 0; i < limits::signInFailuresPerAccount; ++i)
            QCOMPARE(deletionWith("wrong password").error().code(), "WRONG_PASSWORD");
        QCOMPARE(deletionWith(WireClient::passwordOf()).error().code(), "RATE_LIMITED");
        // The door counts the same.
        QCOMPARE(code("127.0.0.44", signIn(name, WireClient::passwordOf())), "RATE_LIMITED");
        QVERIFY(QTest::qWaitFor([&] { return deletionWith(WireClient::passwordOf()).has_done(); }));
    }

    void anAddressWaitsAfterTwentyWrongPasswordsForAnyone()
    {
        const std::string name = newName();
        newUser(*server_, name);
        for (int i = 0; i < limits::signInFailuresPerAddress; ++i)
            QCOMPARE(code("127.0.0.42", signIn("nobody" + std::to_string(i), "wrong password")),
                     "WRONG_PASSWORD");
        QCOMPARE(code("127.0.0.42", signIn(name, WireClient::passwordOf())), "RATE_LIMITED");
        QCOMPARE(code("127.0.0.43", signIn(name, WireClient::passwordOf())), "SIGNED_IN");
    }

    void timeDoesNotTellWhichNamesThereAre()
    {
        const std::string name = newName();
        const auto client = newUser(*server_, name);
        const auto millisecondsOf = [&](const std::string &who) {
            WireClient asking(server_->webSocketUrl());
            if (!asking.open())
                return -1.0;
            QElapsedTimer time;
            time.start();
            const auto answer = asking.signIn(who, "not the password");
            const double elapsed = double(time.nsecsElapsed()) / 1e6;
            return answer.error().code() == "WRONG_PASSWORD" ? elapsed : -1.0;
        };
        // Another program may slow one round down, but not every one to the same side; and what two
        // series of the same name differ by is not the name's doing.
        double difference = 1e9;
        double noise = 0;
        for (int round = 0; round < 6 && std::abs(difference) > 5 + noise; ++round) {
            std::vector<double> known;
            std::vector<double> knownAgain;
            std::vector<double> unknown;
            for (int i = 0; i < 9; ++i) {
                known.push_back(millisecondsOf(name));
                unknown.push_back(millisecondsOf("nobody-at-all"));
                knownAgain.push_back(millisecondsOf(name));
            }
            QVERIFY(median(known) > 5); // a password was looked at
            difference = median(known) - median(unknown);
            noise = std::abs(median(known) - median(knownAgain));
        }
        QVERIFY2(std::abs(difference) <= 5 + noise, qPrintable(QString::number(difference)));
    }

    void anAddressMakesSoManyAccountsAnHour()
    {
        for (int i = 0; i < limits::registrationsPerHour; ++i)
            QCOMPARE(code("127.0.0.50", registration(newName())), "SIGNED_IN");
        const auto refused = ask("127.0.0.50", registration(newName()));
        QCOMPARE(refused.error().code(), "RATE_LIMITED");
        QVERIFY(refused.error().retry_after_ms() > 60'000);
        QCOMPARE(code("127.0.0.51", registration(newName())), "SIGNED_IN");
    }

    void theQueueOfPasswordsIsBounded()
    {
        std::vector<std::unique_ptr<RawClient>> clients;
        int overloaded = 0;
        int wrong = 0;
        constexpr int many = 60;
        for (int i = 0; i < many; ++i) {
            clients.push_back(std::make_unique<RawClient>(server_->port()));
            clients.back()->send(signIn("nobody", "wrong password"));
        }
        for (const auto &client : clients) {
            const auto answer = client->readAnswer(1);
            QVERIFY(answer);
            overloaded += answer->error().code() == "OVERLOADED" ? 1 : 0;
            wrong += answer->error().code() == "WRONG_PASSWORD" ? 1 : 0;
            if (answer->error().code() == "OVERLOADED")
                QVERIFY(answer->error().retry_after_ms() > 0);
        }
        QCOMPARE(overloaded + wrong, many);
        QVERIFY(overloaded > 0);
        QVERIFY(wrong >= int(limits::passwordQueue));
    }
};

QTEST_GUILESS_MAIN(ServerLimitsTest)
#include "tst_server_limits.moc"
