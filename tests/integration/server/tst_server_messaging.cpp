// SPDX-License-Identifier: Apache-2.0
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QTest>

#include <algorithm>

using namespace dunlin;
using namespace dunlin::test;

class ServerMessagingTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<WireClient> ana_;
    std::unique_ptr<WireClient> ben_;
    std::int64_t talk_ = 0;
    int users_ = 0;

    std::unique_ptr<WireClient> connection(codec::FrameKind kind = codec::FrameKind::Binary) const
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl(), kind);
        if (!client->open())
            qFatal("cannot connect");
        return client;
    }
    std::unique_ptr<WireClient> newUser()
    {
        auto client = connection();
        client->registerAccount("person" + std::to_string(++users_));
        return client;
    }
    std::unique_ptr<WireClient> secondDevice(const WireClient &of) const
    {
        auto client = connection();
        client->signIn(of.info().user().user_name());
        return client;
    }
    static v1::ServerFrame raise(WireClient &who, std::int64_t conversation, int delivered,
                                 int read)
    {
        v1::ClientFrame frame;
        frame.mutable_raise_watermarks()->set_conversation_id(conversation);
        frame.mutable_raise_watermarks()->set_delivered_seq(delivered);
        frame.mutable_raise_watermarks()->set_read_seq(read);
        return who.request(frame);
    }
    static v1::HistoryPage history(WireClient &who, v1::GetHistory query)
    {
        v1::ClientFrame frame;
        *frame.mutable_get_history() = std::move(query);
        return who.request(frame).history_page();
    }
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }
    void init()
    {
        ana_ = newUser();
        ben_ = newUser();
        talk_ = ana_->openConversation(ben_->userId());
        QVERIFY(talk_ > 0);
    }

    void theConversationOfAPairIsOneWhoeverOpensIt()
    {
        QCOMPARE(ben_->openConversation(ana_->userId()), talk_);
        QCOMPARE(ana_->openConversation(ben_->userId()), talk_);
        // At the same moment, from both sides.
        const auto other = newUser();
        const auto third = newUser();
        v1::ClientFrame there;
        there.mutable_open_direct_conversation()->set_user_id(third->userId());
        v1::ClientFrame back;
        back.mutable_open_direct_conversation()->set_user_id(other->userId());
        const auto first = other->send(there);
        const auto second = third->send(back);
        const auto a = other->answerTo(first).conversation_opened();
        const auto b = third->answerTo(second).conversation_opened();
        QVERIFY(a.conversation().conversation_id() > 0);
        QCOMPARE(a.conversation().conversation_id(), b.conversation().conversation_id());
        QVERIFY(a.is_new() != b.is_new());
    }

    void aMessageReachesEveryDeviceOfBothOnce()
    {
        const auto anaToo = secondDevice(*ana_);
        const auto benToo = secondDevice(*ben_);
        const auto posted = ana_->post(talk_, "hello");
        QCOMPARE(posted.message_posted().seq(), 1);
        for (WireClient *client : {ana_.get(), anaToo.get(), ben_.get(), benToo.get()}) {
            const auto arrived = [client] {
                const auto updates = client->liveUpdates();
                return std::count_if(updates.begin(), updates.end(), [](const auto &update) {
                    return update.message_added().text() == "hello";
                });
            };
            QTRY_COMPARE(arrived(), 1);
        }
        QCOMPARE(cluster_.run("SELECT body FROM messages WHERE conversation_id = "
                              + std::to_string(talk_)),
                 "hello");
    }

    void aResendIsAnsweredWithTheFirstResult()
    {
        const ClientId id = ClientId::random();
        const auto first = ana_->post(talk_, "once", id).message_posted();
        const auto second = ana_->post(talk_, "once", id).message_posted();
        QCOMPARE(second.SerializeAsString(), first.SerializeAsString());
        // Both at once, on two connections: one row still.
        const auto anaToo = secondDevice(*ana_);
        const ClientId other = ClientId::random();
        v1::ClientFrame frame;
        frame.mutable_post_message()->set_conversation_id(talk_);
        frame.mutable_post_message()->set_text("twice at once");
        frame.mutable_post_message()->set_client_id(other.toBytes());
        const auto here = ana_->send(frame);
        const auto there = anaToo->send(frame);
        const auto a = ana_->answerTo(here).message_posted();
        const auto b = anaToo->answerTo(there).message_posted();
        QVERIFY(a.seq() > 0);
        QCOMPARE(a.SerializeAsString(), b.SerializeAsString());
        QCOMPARE(cluster_.run("SELECT count(*) FROM messages WHERE conversation_id = "
                              + std::to_string(talk_)),
                 "2");
    }

    void historyFromATimeBeginsWithTheFirstMessageSentThenOrLater()
    {
        for (int i = 1; i <= 9; ++i)
            ana_->post(talk_, std::to_string(i));
        // One each day; on the fifth day two.
        cluster_.run("UPDATE messages SET sent_at = '2026-01-01'::timestamptz"
                     " + (seq - (seq > 5)::int - 1) * interval '1 day' WHERE conversation_id = "
                     + std::to_string(talk_));
        const auto from = [this](std::int64_t timeMs) {
            v1::GetHistory query;
            query.set_conversation_id(talk_);
            query.set_from_time_ms(timeMs);
            query.set_limit(2); // one before the place, and the place
            const auto page = history(*ben_, query);
            return page.messages_size() > 0 ? page.messages(page.messages_size() - 1).seq() : 0;
        };
        constexpr std::int64_t day = 86'400'000;
        const std::int64_t first =
                std::stoll(cluster_.run("SELECT extract(epoch FROM '2026-01-01'::timestamptz)"
                                        "::bigint * 1000"));
        QCOMPARE(from(first + 3 * day), 4);
        QCOMPARE(from(first + 3 * day - 1), 4);
        QCOMPARE(from(first + 4 * day), 5); // of two at one time, the first
        QCOMPARE(from(first + 4 * day + 1), 7);
        QCOMPARE(from(first + 100 * day), 9); // none: the last
        for (const std::int64_t nonsense : {std::int64_t{-1}, std::int64_t{1} << 62}) {
            v1::ClientFrame frame;
            frame.mutable_get_history()->set_conversation_id(talk_);
            frame.mutable_get_history()->set_from_time_ms(nonsense);
            QCOMPARE(ben_->request(frame).error().code(), "INVALID_ARGUMENT");
        }
    }

    void manyAtOnceAreDenseAndInTheOrderTheyWereSent()
    {
        std::vector<std::uint64_t> requests;
        for (int i = 0; i < 300; ++i) {
            v1::ClientFrame frame;
            frame.mutable_post_message()->set_conversation_id(talk_);
            frame.mutable_post_message()->set_text(std::to_string(i));
            frame.mutable_post_message()->set_client_id(ClientId::random().toBytes());
            requests.push_back(ana_->send(frame));
        }
        for (int i = 0; i < 300; ++i) {
            QCOMPARE(ana_->answerTo(requests[static_cast<std::size_t>(i)]).message_posted().seq(),
                     i + 1);
        }
        v1::GetHistory newest;
        newest.set_conversation_id(talk_);
        newest.set_limit(200);
        const auto page = history(*ben_, newest);
        QCOMPARE(page.messages_size(), 200);
        QCOMPARE(page.messages(0).text(), "100");
        QCOMPARE(page.messages(199).text(), "299");
        QVERIFY(page.has_before());
        QVERIFY(!page.has_after());
        v1::GetHistory after;
        after.set_conversation_id(talk_);
        after.set_after_seq(298);
        QCOMPARE(history(*ben_, after).messages_size(), 2);
        v1::GetHistory around;
        around.set_conversation_id(talk_);
        around.set_around_seq(150);
        around.set_limit(10);
        const auto middle = history(*ben_, around);
        QCOMPARE(middle.messages(0).seq(), 145);
        QCOMPARE(middle.messages_size(), 10);
        v1::GetHistory before;
        before.set_conversation_id(talk_);
        before.set_before_seq(3);
        QCOMPARE(history(*ben_, before).messages_size(), 2);
    }

    void aBadMessageIsRefusedAloneWithAStableCode_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("empty") << QByteArray() << "MESSAGE_EMPTY";
        QTest::newRow("spaces") << QByteArray(" \n\t ") << "MESSAGE_EMPTY";
        QTest::newRow("too long") << QByteArray(16 * 1024 + 1, 'x') << "MESSAGE_TOO_LONG";
        QTest::newRow("a NUL") << QByteArray("a\0b", 3) << "INVALID_ARGUMENT";
    }
    void aBadMessageIsRefusedAloneWithAStableCode()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        QCOMPARE(ana_->post(talk_, text.toStdString()).error().code(), code.toStdString());
        QCOMPARE(ana_->post(talk_, "good").message_posted().seq(), 1);
    }

    void strangersReachNothingOfAConversation()
    {
        ana_->post(talk_, "private");
        const auto eve = newUser();
        QCOMPARE(eve->post(talk_, "hi").error().code(), "CONVERSATION_NOT_FOUND");
        QCOMPARE(eve->post(123, "hi").error().code(), "CONVERSATION_NOT_FOUND");
        QCOMPARE(raise(*eve, talk_, 1, 1).error().code(), "CONVERSATION_NOT_FOUND");
        v1::ClientFrame frame;
        frame.mutable_get_history()->set_conversation_id(talk_);
        QCOMPARE(eve->request(frame).error().code(), "CONVERSATION_NOT_FOUND");
        frame.mutable_change_conversation_settings()->set_conversation_id(talk_);
        frame.mutable_change_conversation_settings()->set_is_pinned(true);
        QCOMPARE(eve->request(frame).error().code(), "CONVERSATION_NOT_FOUND");
        frame.mutable_set_typing()->set_conversation_id(talk_);
        QCOMPARE(eve->request(frame).error().code(), "CONVERSATION_NOT_FOUND");
        frame.mutable_open_direct_conversation()->set_user_id(42);
        QCOMPARE(eve->request(frame).error().code(), "USER_NOT_FOUND");
    }

    void receiptsOnlyRiseAndAreHeldAtTheLastMessage()
    {
        ana_->post(talk_, "one");
        ana_->post(talk_, "two");
        QVERIFY(raise(*ben_, talk_, 1, 0).has_done());
        QVERIFY(raise(*ben_, talk_, 0, 99).has_done());
        QVERIFY(raise(*ben_, talk_, 1, 1).has_done());
        std::vector<std::pair<int, int>> seen;
        for (const auto &update : ana_->syncAll(0)) {
            if (update.has_watermark_raised()) {
                QCOMPARE(update.watermark_raised().watermark().user_id(), ben_->userId());
                seen.emplace_back(update.watermark_raised().watermark().delivered_seq(),
                                  update.watermark_raised().watermark().read_seq());
            }
        }
        QCOMPARE(seen, (std::vector<std::pair<int, int>>{{1, 0}, {2, 2}}));
        QCOMPARE(raise(*ben_, talk_, -1, 0).error().code(), "INVALID_ARGUMENT");
    }

    void syncGivesEverythingSinceTheCursorWithoutAHole()
    {
        for (int i = 0; i < 700; ++i) {
            v1::ClientFrame frame;
            frame.mutable_post_message()->set_conversation_id(talk_);
            frame.mutable_post_message()->set_text(std::to_string(i));
            frame.mutable_post_message()->set_client_id(ClientId::random().toBytes());
            ana_->send(frame);
        }
        QTRY_COMPARE(ben_->syncAll(0).size(), 701U); // the conversation and 700 messages
        const auto updates = ben_->syncAll(0);
        for (std::size_t i = 0; i < updates.size(); ++i)
            QCOMPARE(updates[i].seq(), static_cast<std::int64_t>(i) + 1);
        QVERIFY(updates[0].has_conversation_added());
        QCOMPARE(updates[0].conversation_added().last_seq(), 0);
        QCOMPARE(updates[0].conversation_added().members_size(), 2);
        QCOMPARE(updates[700].message_added().text(), "699");
        QCOMPARE(ben_->syncAll(690).size(), 11U);
    }

    void aCursorTheLogDoesNotReachGetsASnapshotInPages()
    {
        for (int i = 0; i < 105; ++i) {
            const auto other = newUser();
            QVERIFY(other->openConversation(ana_->userId()) > 0);
        }
        ana_->post(talk_, "newest");
        const std::string user = std::to_string(ana_->userId());
        cluster_.run("DELETE FROM updates WHERE user_id = " + user + " AND seq <= 50");
        cluster_.run("UPDATE users SET update_tail_seq = 50 WHERE user_id = " + user);
        v1::ClientFrame frame;
        frame.mutable_sync()->set_since_seq(3);
        const auto first = ana_->request(frame).sync_page();
        QVERIFY(first.is_snapshot());
        QCOMPARE(first.conversations_size(), 100);
        QVERIFY(first.has_more());
        frame.mutable_sync()->set_snapshot_token(first.snapshot_token());
        const auto second = ana_->request(frame).sync_page();
        QVERIFY(second.is_snapshot());
        QCOMPARE(second.conversations_size(), 6);
        QVERIFY(!second.has_more());
        QCOMPARE(second.next_seq(), first.next_seq());
        std::vector<v1::Conversation> all(first.conversations().begin(),
                                          first.conversations().end());
        all.insert(all.end(), second.conversations().begin(), second.conversations().end());
        const auto found = std::find_if(all.begin(), all.end(), [this](const auto &conversation) {
            return conversation.conversation_id() == talk_;
        });
        QVERIFY(found != all.end());
        QCOMPARE(found->last_message().text(), "newest");
        // From a database that was restored: a cursor beyond the log.
        v1::ClientFrame beyond;
        beyond.mutable_sync()->set_since_seq(1'000'000);
        QVERIFY(ana_->request(beyond).sync_page().is_snapshot());
    }

    void settingsFollowTheUserToEveryDeviceAndNobodyElse()
    {
        const auto anaToo = secondDevice(*ana_);
        v1::ClientFrame frame;
        auto &change = *frame.mutable_change_conversation_settings();
        change.set_conversation_id(talk_);
        QCOMPARE(ana_->request(frame).error().code(), "INVALID_ARGUMENT");
        change.set_muted_until_ms(-1);
        QCOMPARE(ana_->request(frame).error().code(), "INVALID_ARGUMENT");
        change.set_muted_until_ms(12345);
        QVERIFY(ana_->request(frame).has_done());
        // One choice leaves the other as it is.
        change.set_is_pinned(true);
        QVERIFY(ana_->request(frame).has_done());
        QTRY_COMPARE(anaToo->liveUpdates().size(), std::size_t(2));
        const auto update = anaToo->liveUpdates().back();
        QVERIFY(update.settings_changed().settings().is_pinned());
        QCOMPARE(update.settings_changed().settings().muted_until_ms(), 12345);
        for (const auto &other : ben_->syncAll(0))
            QVERIFY(!other.has_settings_changed());
    }

    void typingIsSeenByTheOtherAndNotStored()
    {
        v1::ClientFrame frame;
        frame.mutable_set_typing()->set_conversation_id(talk_);
        frame.mutable_set_typing()->set_is_typing(true);
        QVERIFY(ana_->request(frame).has_done());
        const auto typing = [this] {
            const auto &frames = ben_->unasked();
            return std::count_if(frames.begin(), frames.end(), [this](const auto &unasked) {
                return unasked.typing().user_id() == ana_->userId() && unasked.typing().is_typing();
            });
        };
        QTRY_COMPARE(typing(), 1);
    }

    void theNewestUpdateIsInEveryHeartbeat()
    {
        ana_->post(talk_, "one");
        v1::ClientFrame frame;
        frame.mutable_heartbeat();
        QCOMPARE(ben_->request(frame).heartbeat_answer().newest_update_seq(), 2);
    }

    void jsonClientsAreAnsweredAndToldInJson()
    {
        const auto text = connection(codec::FrameKind::Text);
        QVERIFY(text->signIn(ben_->info().user().user_name()).has_signed_in());
        ana_->post(talk_, "gr\u00fc\u00dfe \U0001F44B");
        QTRY_VERIFY(!text->liveUpdates().empty());
        QCOMPARE(text->liveUpdates().back().message_added().text(), "gr\u00fc\u00dfe \U0001F44B");
    }

    void aServerKilledInTheMiddleLosesNothingThatWasAcknowledged()
    {
        std::vector<std::pair<ClientId, std::uint64_t>> sent;
        for (int i = 0; i < 200; ++i) {
            const ClientId id = ClientId::random();
            v1::ClientFrame frame;
            frame.mutable_post_message()->set_conversation_id(talk_);
            frame.mutable_post_message()->set_text(std::to_string(i));
            frame.mutable_post_message()->set_client_id(id.toBytes());
            sent.emplace_back(id, ana_->send(frame));
        }
        ana_->answerTo(sent[20].second);
        server_->kill();
        QTRY_VERIFY(!ana_->isOpen());
        QVERIFY(server_->start());
        const auto again = connection();
        QVERIFY(again->authenticate(ana_->token()).has_signed_in());
        for (std::size_t i = 0; i < sent.size(); ++i) {
            const auto before = ana_->answerTo(sent[i].second);
            const auto resent = again->post(talk_, std::to_string(i), sent[i].first);
            QVERIFY(resent.has_message_posted());
            if (before.has_message_posted())
                QCOMPARE(resent.message_posted().seq(), before.message_posted().seq());
        }
        QCOMPARE(cluster_.run(
                         "SELECT count(*) || ' ' || max(seq) FROM messages WHERE conversation_id = "
                         + std::to_string(talk_)),
                 "200 200");
    }

    void withoutADatabaseRequestsAreUnavailableAndWorkAgainWhenItIsBack()
    {
        const ClientId id = ClientId::random();
        QVERIFY(ana_->post(talk_, "before").has_message_posted());
        cluster_.crash();
        const auto failed = ana_->post(talk_, "during", id);
        QCOMPARE(failed.error().code(), "UNAVAILABLE");
        QVERIFY(failed.error().retry_after_ms() > 0);
        v1::ClientFrame frame;
        frame.mutable_sync();
        QCOMPARE(ana_->request(frame).error().code(), "UNAVAILABLE");
        QVERIFY(cluster_.start());
        QTRY_VERIFY_WITH_TIMEOUT(ana_->post(talk_, "during", id).has_message_posted(), 15'000);
        QCOMPARE(ana_->post(talk_, "during", id).message_posted().seq(), 2);
    }
};

QTEST_GUILESS_MAIN(ServerMessagingTest)
#include "tst_server_messaging.moc"
