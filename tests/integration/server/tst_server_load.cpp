// SPDX-License-Identifier: Apache-2.0
// What the server does with more than it can take, from readers, writers and long texts.
#include "raw_client.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QTest>

#include <libpq-fe.h>

using namespace dunlin;
using namespace dunlin::test;

namespace {

constexpr std::size_t longest = 16 * 1024;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isMemoryTelling = false; // a sanitizer keeps what is freed
#else
constexpr bool isMemoryTelling = true;
#endif

std::string textNumber(int number)
{
    std::string text = std::to_string(number) + ' ';
    text.resize(longest, 'x');
    return text;
}

} // namespace

class ServerLoadTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    int users_ = 0;

    std::unique_ptr<WireClient> newUser()
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open())
            qFatal("cannot connect");
        client->registerAccount("person" + std::to_string(++users_));
        return client;
    }
    std::unique_ptr<RawClient> secondDevice(const WireClient &of) const
    {
        auto client = std::make_unique<RawClient>(server_->port());
        v1::ClientFrame frame;
        frame.set_request_id(1);
        frame.mutable_authenticate()->set_token(of.token());
        client->send(frame);
        const auto answer = client->readAnswer(1);
        if (!answer || !answer->has_signed_in())
            qFatal("cannot sign in");
        return client;
    }
    /// Posts count long messages, many at a time. Returns how many were accepted.
    static int postMany(WireClient &who, std::int64_t conversation, int first, int count)
    {
        std::vector<std::uint64_t> ids;
        for (int i = first; i < first + count; ++i) {
            v1::ClientFrame frame;
            frame.mutable_post_message()->set_conversation_id(conversation);
            frame.mutable_post_message()->set_text(textNumber(i));
            frame.mutable_post_message()->set_client_id(ClientId::random().toBytes());
            ids.push_back(who.send(std::move(frame)));
        }
        int accepted = 0;
        for (const std::uint64_t id : ids)
            accepted += who.answerTo(id).has_message_posted() ? 1 : 0;
        return accepted;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        // One thread: everyone shares it with the slow ones.
        server_ = std::make_unique<ServerProcess>(
                cluster_.conninfo(),
                QStringList{QStringLiteral("--io-threads"), QStringLiteral("1"),
                            QStringLiteral("--limits-requests-per-second"), QStringLiteral("0")});
        QVERIFY(server_->start());
    }

    void aReaderThatStopsCostsLittleMemoryDelaysNobodyAndHealsBySync()
    {
        const auto ana = newUser();
        const auto cleo = newUser();
        const auto ben = newUser();
        const std::int64_t toBen = ana->openConversation(ben->userId());
        const std::int64_t toCleo = ana->openConversation(cleo->userId());
        const std::int64_t since = ben->syncAll(0).back().seq();
        const auto sleeper = secondDevice(*ben);
        ben->socket().abort();

        constexpr int batches = 15;
        constexpr int messages = batches * 100; // 24 MiB
        const qint64 memoryBefore = server_->residentBytes();
        for (int batch = 0; batch < batches; ++batch) {
            QCOMPARE(postMany(*ana, toBen, batch * 100, 100), 100);
            QVERIFY(ana->post(toCleo, "still there?").has_message_posted());
            QTRY_COMPARE(int(cleo->liveUpdates().size()), batch + 2); // the conversation was one
            ana->unasked().clear();
        }
        if (isMemoryTelling)
            QVERIFY2(server_->residentBytes() - memoryBefore < 12 * 1024 * 1024,
                     qPrintable(QString::number(server_->residentBytes() - memoryBefore)));

        // The sleeper wakes: it is still connected, has missed some, and is told so.
        v1::ClientFrame beat;
        beat.set_request_id(2);
        beat.mutable_heartbeat();
        sleeper->send(beat);
        std::vector<v1::ServerFrame> live;
        const auto answer = sleeper->readAnswer(2, &live);
        QVERIFY(answer);
        QCOMPARE(answer->heartbeat_answer().newest_update_seq(), since + messages);
        QVERIFY2(int(live.size()) < messages / 2, "everything was kept for a reader that stopped");

        const auto again = std::make_unique<WireClient>(server_->webSocketUrl());
        QVERIFY(again->open());
        again->authenticate(ben->token());
        const auto updates = again->syncAll(since);
        QCOMPARE(int(updates.size()), messages);
        for (int i = 0; i < messages; ++i)
            QCOMPARE(updates[std::size_t(i)].message_added().text(), textNumber(i));
    }

    void aReaderThatAsksForMuchAndReadsNothingIsClosed()
    {
        const auto ana = newUser();
        const auto ben = newUser();
        const std::int64_t conversation = ana->openConversation(ben->userId());
        QCOMPARE(postMany(*ana, conversation, 0, 100), 100);
        const auto greedy = secondDevice(*ben);
        for (int i = 0; i < 100; ++i) {
            v1::ClientFrame frame;
            frame.set_request_id(std::uint64_t(i) + 10);
            frame.mutable_sync();
            greedy->send(frame);
        }
        // 25 MiB of answers: the connection ends long before.
        QVERIFY(ana->post(conversation, "and on").has_message_posted());
        int pages = 0;
        while (greedy->read())
            ++pages;
        QVERIFY2(pages < 90, qPrintable(QString::number(pages)));
        QCOMPARE(greedy->closeCode(), 1013);
    }

    void longTextsComeInPagesThatAreNotTooLong()
    {
        constexpr int messages = 200;
        const auto ana = newUser();
        const auto ben = newUser();
        const std::int64_t conversation = ana->openConversation(ben->userId());
        QCOMPARE(postMany(*ana, conversation, 1, 100), 100);
        QCOMPARE(postMany(*ana, conversation, 101, 100), 100);

        std::int64_t before = messages + 1;
        while (before > 1) {
            v1::ClientFrame frame;
            frame.mutable_get_history()->set_conversation_id(conversation);
            frame.mutable_get_history()->set_before_seq(before);
            frame.mutable_get_history()->set_limit(200);
            const auto answer = ben->request(frame);
            const v1::HistoryPage &page = answer.history_page();
            QVERIFY(page.messages_size() > 0);
            QVERIFY(answer.ByteSizeLong() < 400 * 1024);
            QCOMPARE(page.messages().rbegin()->seq(), before - 1);
            before = page.messages(0).seq();
            QCOMPARE(page.has_before(), before > 1);
            QCOMPARE(page.messages(0).text(), textNumber(int(before)));
        }
        v1::ClientFrame around;
        around.mutable_get_history()->set_conversation_id(conversation);
        around.mutable_get_history()->set_around_seq(100);
        around.mutable_get_history()->set_limit(200);
        const auto page = ben->request(around).history_page();
        QVERIFY(page.messages(0).seq() < 100 && page.messages().rbegin()->seq() > 100);
        QVERIFY(page.has_before() && page.has_after());
    }

    void aSnapshotOfLongConversationsComesInPages()
    {
        constexpr int conversations = 24; // of 16 KiB each: more than one page
        const auto ana = newUser();
        std::vector<std::unique_ptr<WireClient>> peers;
        for (int i = 0; i < conversations; ++i) {
            peers.push_back(newUser());
            const std::int64_t conversation = ana->openConversation(peers.back()->userId());
            QCOMPARE(postMany(*ana, conversation, i, 1), 1);
        }
        v1::ClientFrame frame;
        frame.mutable_sync()->set_since_seq(1'000'000'000); // of another database
        int pages = 0;
        std::vector<std::string> texts;
        for (bool hasMore = true; hasMore; ++pages) {
            const auto page = ana->request(frame).sync_page();
            QVERIFY(page.is_snapshot());
            for (const auto &conversation : page.conversations())
                texts.push_back(conversation.last_message().text());
            frame.mutable_sync()->set_snapshot_token(page.snapshot_token());
            hasMore = page.has_more();
        }
        QVERIFY(pages > 1);
        QCOMPARE(int(texts.size()), conversations);
        for (int i = 0; i < conversations; ++i)
            QCOMPARE(texts[std::size_t(i)], textNumber(i));
    }

    void whenPostgresqlStandsStillWritersAreToldToWaitAndNothingAcceptedIsLost()
    {
        const auto ana = newUser();
        const auto ben = newUser();
        const std::int64_t conversation = ana->openConversation(ben->userId());
        constexpr int devices = 21;
        constexpr int each = 1000; // what one connection may have under way
        std::vector<std::unique_ptr<WireClient>> writers;
        for (int i = 0; i < devices; ++i) {
            writers.push_back(std::make_unique<WireClient>(server_->webSocketUrl()));
            QVERIFY(writers.back()->open());
            writers.back()->authenticate(ana->token());
        }
        // Nobody can write until this is over.
        const std::unique_ptr<PGconn, void (*)(PGconn *)> blocker(
                PQconnectdb(cluster_.conninfo().c_str()), PQfinish);
        PQclear(PQexec(blocker.get(), "BEGIN; LOCK TABLE conversations"));
        std::vector<std::uint64_t> ids;
        for (const auto &writer : writers) {
            for (int i = 0; i < each; ++i) {
                v1::ClientFrame frame;
                frame.mutable_post_message()->set_conversation_id(conversation);
                frame.mutable_post_message()->set_text("one of many");
                frame.mutable_post_message()->set_client_id(ClientId::random().toBytes());
                ids.push_back(writer->send(std::move(frame)));
            }
        }
        // Some are refused while the others wait.
        const auto firstAnswer = [&]() -> const v1::ServerFrame * {
            for (const auto &writer : writers) {
                for (const auto &[id, answer] : writer->answers()) {
                    if (id > 1) // not that of the sign-in
                        return &answer;
                }
            }
            return nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(firstAnswer() != nullptr, 15'000);
        const v1::Error refused = firstAnswer()->error();
        QCOMPARE(QString::fromStdString(refused.code()), QStringLiteral("OVERLOADED"));
        QVERIFY(refused.retry_after_ms() > 0);
        PQclear(PQexec(blocker.get(), "ROLLBACK"));
        int accepted = 0;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const auto answer = writers[i / each]->answerTo(ids[i]);
            if (answer.has_message_posted())
                ++accepted;
            else
                QCOMPARE(QString::fromStdString(answer.error().code()),
                         QStringLiteral("OVERLOADED"));
        }
        QVERIFY(accepted >= 20'000);
        QVERIFY(accepted < devices * each);
        QCOMPARE(cluster_.run("SELECT count(*) FROM messages WHERE conversation_id = "
                              + std::to_string(conversation)),
                 std::to_string(accepted));
    }
};

QTEST_GUILESS_MAIN(ServerLoadTest)
#include "tst_server_load.moc"
