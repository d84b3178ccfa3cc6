// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "client.h"
#include "fault_proxy.h"
#include "server_process.h"
#include "test_cluster.h"

#include <QDeadlineTimer>
#include <QTemporaryDir>
#include <QTest>

#include <libpq-fe.h>

#include <map>
#include <random>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

constexpr int userCount = 20;
constexpr int devicesPerUser = 3;
constexpr int conversationCount = 40;
constexpr int messageCount = 2000;
constexpr int kills = 6;
constexpr int cuts = 20;

const QString password = QStringLiteral("correct horse");

ConnectionTimes quick()
{
    return {.firstBackoff = std::chrono::milliseconds(20),
            .longestBackoff = std::chrono::milliseconds(300),
            .requestDeadline = std::chrono::milliseconds(10'000)};
}

/// Of one conversation, by seq.
using History = std::map<std::int64_t, QString>;

struct Talk {
    ConversationId id;
    int first = 0;
    int second = 0;
    int sent = 0;
};

} // namespace

/// Many people write at random, on several devices each, while connections break and the server is
/// killed: in the end every device has what PostgreSQL has.
class ClientManyUsersTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<FaultProxy> proxy_;
    QTemporaryDir directory_;
    std::vector<std::array<std::unique_ptr<Client>, devicesPerUser>> users_;
    std::vector<Talk> talks_;
    std::mt19937 random_{20261124};

    int anyBelow(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }

    std::unique_ptr<Client> makeDevice(int user, int device)
    {
        const QString name = QStringLiteral("user%1").arg(user);
        const QString path = directory_.filePath(QStringLiteral("%1-%2").arg(user).arg(device));
        QDir().mkpath(path);
        auto client = std::make_unique<Client>(path, quick());
        if (!await(client->start()))
            qFatal("the profile does not open");
        const auto entered = device == 0
                ? await(client->session().registerAccount(proxy_->webSocketUrl(), name, {},
                                                          password, {}))
                : await(client->session().signIn(proxy_->webSocketUrl(), name, password, {}));
        if (!entered)
            qFatal("cannot sign in: %s", entered.error().message.c_str());
        return client;
    }

    History inPostgres(ConversationId id) const
    {
        const std::unique_ptr<PGconn, void (*)(PGconn *)> connection(
                PQconnectdb(cluster_.conninfo().c_str()), PQfinish);
        const std::string statement = "SELECT seq, body FROM messages WHERE conversation_id = "
                + std::to_string(id.value);
        const std::unique_ptr<PGresult, void (*)(PGresult *)> result(
                PQexec(connection.get(), statement.c_str()), PQclear);
        History history;
        for (int row = 0; row < PQntuples(result.get()); ++row) {
            history[std::atoll(PQgetvalue(result.get(), row, 0))] =
                    QString::fromUtf8(PQgetvalue(result.get(), row, 1));
        }
        return history;
    }

    static History onDevice(Client &client, ConversationId id)
    {
        History history;
        const auto page = await(client.store().messagesBefore(id, {}, messageCount));
        for (const StoredMessage &message : page->messages)
            history[message.seq.value] = message.text;
        return history;
    }

    static int waiting(Client &client)
    {
        const auto rows = await(client.store().outbox());
        return rows ? static_cast<int>(rows->size()) : -1;
    }

    bool isQuiet(const Talk &talk)
    {
        const History expected = inPostgres(talk.id);
        if (static_cast<int>(expected.size()) != talk.sent)
            return false;
        for (const int user : {talk.first, talk.second}) {
            for (const auto &device : users_[static_cast<std::size_t>(user)]) {
                if (waiting(*device) != 0 || onDevice(*device, talk.id).size() != expected.size())
                    return false;
            }
        }
        return true;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(
                cluster_.conninfo(),
                QStringList{QStringLiteral("--heartbeat-interval-ms"), QStringLiteral("500")});
        QVERIFY(server_->start());
        proxy_ = std::make_unique<FaultProxy>(server_->port());
        for (int user = 0; user < userCount; ++user) {
            users_.emplace_back();
            for (int device = 0; device < devicesPerUser; ++device)
                users_.back()[static_cast<std::size_t>(device)] = makeDevice(user, device);
        }
        while (static_cast<int>(talks_.size()) < conversationCount) {
            const int first = anyBelow(userCount);
            const int second = (first + 1 + anyBelow(userCount - 1)) % userCount;
            const UserId peer = users_[static_cast<std::size_t>(second)][0]->session().self().id;
            const auto opened =
                    await(users_[static_cast<std::size_t>(first)][0]->openDirectConversation(peer));
            QVERIFY(opened);
            const bool isKnown = std::any_of(talks_.begin(), talks_.end(), [&](const Talk &talk) {
                return talk.id == opened->id;
            });
            if (!isKnown)
                talks_.push_back({.id = opened->id, .first = first, .second = second});
        }
    }

    void everyDeviceHasWhatPostgresHasWhateverBreaks()
    {
        for (int number = 0; number < messageCount; ++number) {
            Talk &talk = talks_[static_cast<std::size_t>(anyBelow(conversationCount))];
            const int user = anyBelow(2) == 0 ? talk.first : talk.second;
            auto &devices = users_[static_cast<std::size_t>(user)];
            Client &device = *devices[static_cast<std::size_t>(anyBelow(devicesPerUser))];
            QVERIFY(await(device.outbox().queue(talk.id, QString::number(number))));
            ++talk.sent;
            if (number % (messageCount / cuts) == 50)
                proxy_->cutAll();
            if (number % (messageCount / kills) == 150) {
                server_->kill();
                QVERIFY(server_->start());
            }
        }
        QDeadlineTimer deadline(300'000);
        for (const Talk &talk : talks_) {
            while (!isQuiet(talk) && !deadline.hasExpired())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
        }
        int checked = 0;
        for (const Talk &talk : talks_) {
            const History expected = inPostgres(talk.id);
            QCOMPARE(static_cast<int>(expected.size()), talk.sent);
            // Dense: no message is missing and none is there twice.
            QCOMPARE(expected.empty() ? 0 : expected.rbegin()->first, talk.sent);
            for (const int user : {talk.first, talk.second}) {
                for (const auto &device : users_[static_cast<std::size_t>(user)]) {
                    QCOMPARE(onDevice(*device, talk.id), expected);
                    checked += talk.sent;
                }
            }
        }
        QCOMPARE(checked, messageCount * 2 * devicesPerUser);
        std::map<QString, int> seen;
        for (const Talk &talk : talks_) {
            for (const auto &[seq, text] : inPostgres(talk.id))
                ++seen[text];
        }
        QCOMPARE(static_cast<int>(seen.size()), messageCount);
    }

    void receiptsArriveEverywhereInTheEnd()
    {
        for (const Talk &talk : talks_) {
            for (const int user : {talk.first, talk.second}) {
                for (const auto &device : users_[static_cast<std::size_t>(user)]) {
                    const auto delivered = [&] {
                        const auto summary = await(device->store().conversation(talk.id));
                        return summary ? summary->peerDeliveredSeq.value : -1;
                    };
                    QTRY_COMPARE_WITH_TIMEOUT(delivered(), talk.sent, 30'000);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(ClientManyUsersTest)
#include "tst_client_many_users.moc"
