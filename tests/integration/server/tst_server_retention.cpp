// SPDX-License-Identifier: Apache-2.0
// Messages that are removed by themselves. Time passes by making what is in the database older.
#include "message_requests.h"
#include "server_fixture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace dunlin;
using namespace dunlin::test;

class ServerRetentionTest : public ServerFixture {
    Q_OBJECT

    [[nodiscard]] std::string inTalk() const
    {
        return " WHERE conversation_id = " + std::to_string(talk_);
    }
    void makeOlder(std::int64_t lastSeq, int days) const
    {
        cluster_.run("UPDATE messages SET sent_at = sent_at - interval '" + std::to_string(days)
                     + " days'" + inTalk() + " AND seq <= " + std::to_string(lastSeq));
    }
    static int removedOf(const QByteArray &answer)
    {
        // 64-bit numbers are texts.
        const auto removed = QJsonDocument::fromJson(answer)[QLatin1String("messagesRemoved")];
        return removed.isString() ? removed.toString().toInt() : -1;
    }
    /// What the server does every ten minutes. Returns how many messages it has removed.
    [[nodiscard]] int removeNow(const QStringList &settings = {}) const
    {
        const auto done = server_->run(QStringList{QStringLiteral("gc"), QStringLiteral("--json")}
                                       + settings);
        if (done.exitCode != 0)
            qWarning("%s", done.error.constData());
        return removedOf(done.output);
    }
    bool postSeveral(int count)
    {
        for (int i = 0; i < count; ++i) {
            if (!ana_->post(talk_, "canary " + std::to_string(i)).has_message_posted())
                return false;
        }
        return true;
    }
    [[nodiscard]] v1::HistoryPage history(WireClient &who, std::int64_t before = 0,
                                          std::int64_t after = -1) const
    {
        v1::ClientFrame frame;
        frame.mutable_get_history()->set_conversation_id(talk_);
        if (after >= 0)
            frame.mutable_get_history()->set_after_seq(after);
        else
            frame.mutable_get_history()->set_before_seq(before);
        return who.request(frame).history_page();
    }
    static std::vector<std::int64_t> seqsOf(const v1::HistoryPage &page)
    {
        std::vector<std::int64_t> seqs;
        for (const v1::Message &message : page.messages())
            seqs.push_back(message.seq());
        return seqs;
    }
    static std::optional<v1::RetentionChanged> lastChange(const std::vector<v1::Update> &updates)
    {
        std::optional<v1::RetentionChanged> found;
        for (const v1::Update &update : updates) {
            if (update.has_retention_changed())
                found = update.retention_changed();
        }
        return found;
    }
    /// who has stored everything, and says so.
    static void storeAll(WireClient &who, std::int64_t talk, std::int64_t seq)
    {
        v1::ClientFrame raise;
        raise.mutable_raise_watermarks()->set_conversation_id(talk);
        raise.mutable_raise_watermarks()->set_delivered_seq(seq);
        QVERIFY(who.request(raise).has_done());
        v1::ClientFrame acknowledge;
        acknowledge.mutable_acknowledge_cursor()->set_seq(newestUpdate(who));
        QVERIFY(who.request(acknowledge).has_done());
    }
    [[nodiscard]] int rowsWith(const std::string &word) const
    {
        return std::stoi(cluster_.run("SELECT (SELECT count(*) FROM messages m" + inTalk()
                                      + " AND m::text LIKE '%" + word
                                      + "%') + (SELECT count(*) FROM message_edits e" + inTalk()
                                      + " AND e::text LIKE '%" + word + "%')"));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(startServer()); }
    void init() { QVERIFY(meet()); }

    void everyMemberIsToldWhatIsSet()
    {
        QVERIFY(setRetention(*ben_, talk_, 28).has_done());
        for (WireClient *who : {ana_.get(), ben_.get()}) {
            QTRY_VERIFY(lastChange(who->liveUpdates()).has_value());
            QCOMPARE(lastChange(who->liveUpdates())->retention().days(), 28U);
            QCOMPARE(inSnapshot(*who, talk_)->retention().days(), 28U);
            const auto laptop = anotherDevice(*who);
            QCOMPARE(lastChange(laptop->syncAll(0))->retention().days(), 28U);
        }
        const std::int64_t before = newestUpdate(*ana_);
        QVERIFY(setRetention(*ana_, talk_, 28).has_done());
        QCOMPARE(newestUpdate(*ana_), before); // it is so already
        QCOMPARE(setRetention(*ana_, talk_, 366).error().code(), "INVALID_ARGUMENT");
        QVERIFY(setRetention(*ana_, talk_, 0).has_done());
        QCOMPARE(inSnapshot(*ben_, talk_)->retention().days(), 0U);
    }

    void whatIsOlderThanItsTimeIsRemovedAtOnceWhenItIsSet()
    {
        QVERIFY(postSeveral(5));
        makeOlder(3, 8);
        QVERIFY(setRetention(*ana_, talk_, 7).has_done());
        for (WireClient *who : {ana_.get(), ben_.get()}) {
            const auto isRemoved = [&] {
                const auto change = lastChange(who->liveUpdates());
                return change && change->first_seq() == 4 && change->expired_before_ms() > 0;
            };
            QTRY_VERIFY(isRemoved());
            QCOMPARE(seqsOf(history(*who)), (std::vector<std::int64_t>{4, 5}));
            QCOMPARE(inSnapshot(*who, talk_)->first_seq(), 4);
        }
        QCOMPARE(rowsWith("canary"), 2);
    }

    void historyEndsWhereItWasRemoved()
    {
        QVERIFY(postSeveral(5));
        makeOlder(3, 2);
        QVERIFY(setRetention(*ana_, talk_, 1).has_done());
        QTRY_COMPARE(history(*ana_).first_seq(), 4);
        QVERIFY(!history(*ana_).has_before());
        QVERIFY(history(*ana_, 4).messages().empty());
        QVERIFY(!history(*ana_, 4).has_before());
        QVERIFY(history(*ana_, 2).messages().empty());
        QCOMPARE(seqsOf(history(*ana_, 0, 0)), (std::vector<std::int64_t>{4, 5}));
        QCOMPARE(seqsOf(history(*ana_, 0, 2)), (std::vector<std::int64_t>{4, 5}));
        QVERIFY(!inHistory(*ana_, talk_, 2));
        QCOMPARE(seqsOf(history(*ana_, 0, 4)), (std::vector<std::int64_t>{5}));
    }

    void aConversationOfWhichEverythingIsRemovedGoesOn()
    {
        QVERIFY(postSeveral(3));
        makeOlder(3, 2);
        QVERIFY(setRetention(*ana_, talk_, 1).has_done());
        QTRY_COMPARE(inSnapshot(*ben_, talk_)->first_seq(), 4);
        QVERIFY(!inSnapshot(*ben_, talk_)->has_last_message());
        QCOMPARE(inSnapshot(*ben_, talk_)->last_seq(), 3);
        QVERIFY(history(*ben_).messages().empty());
        QVERIFY(!history(*ben_).has_before());
        QCOMPARE(ana_->post(talk_, "new").message_posted().seq(), 4);
        QCOMPARE(seqsOf(history(*ben_)), (std::vector<std::int64_t>{4}));
    }

    void everythingOfARemovedMessageGoes()
    {
        const QString picture = postPicture(*ana_, talk_, "canary", "a canary's picture");
        QVERIFY(!picture.isEmpty());
        QVERIFY(editMessage(*ana_, talk_, 1, "canary again").has_done());
        QVERIFY(pinMessage(*ben_, talk_, 1).has_done());
        QVERIFY(setReaction(*ben_, talk_, 1, "\U0001F44D").has_done());
        QVERIFY(deleteMessages(*ben_, talk_, {1}, DeleteFor::Self).has_done());
        QVERIFY(replyTo(*ben_, talk_, 1, "an answer").has_message_posted());
        QCOMPARE(statusFor(*ben_, picture), 200);
        makeOlder(1, 2);
        QVERIFY(setRetention(*ana_, talk_, 1).has_done());
        QTRY_COMPARE(inSnapshot(*ana_, talk_)->first_seq(), 2);
        QCOMPARE(rowsWith("canary"), 0);
        QCOMPARE(statusFor(*ben_, picture), 404);
        QCOMPARE(inSnapshot(*ana_, talk_)->pinned_seqs_size(), 0);
        QCOMPARE(cluster_.run("SELECT count(*) FROM hidden_messages" + inTalk()), std::string("0"));
        QCOMPARE(cluster_.run("SELECT count(*) FROM blob_uses" + inTalk()), std::string("0"));
        // The answer stands; nothing can be done to what it answers.
        QCOMPARE(inHistory(*ana_, talk_, 2)->reply_to_seq(), 1);
        QCOMPARE(editMessage(*ana_, talk_, 1, "back").error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(setReaction(*ben_, talk_, 1, "\U0001F44D").error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(pinMessage(*ben_, talk_, 1).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(forwardMessage(*ben_, talk_, talk_, 1).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(deleteMessages(*ana_, talk_, {1}, DeleteFor::Everyone).error().code(),
                 "MESSAGE_NOT_FOUND");
    }

    void aDeviceThatWasAwayHearsOfNoRemovedMessage()
    {
        QVERIFY(postSeveral(2));
        QVERIFY(editMessage(*ana_, talk_, 1, "canary edited").has_done());
        makeOlder(1, 2);
        QVERIFY(setRetention(*ana_, talk_, 1).has_done());
        QTRY_COMPARE(inSnapshot(*ben_, talk_)->first_seq(), 2);
        const auto updates = anotherDevice(*ben_)->syncAll(0);
        QVERIFY(!inUpdates(updates, talk_, 1));
        QVERIFY(inUpdates(updates, talk_, 2));
        QCOMPARE(lastChange(updates)->first_seq(), 2);
    }

    void aResendOfARemovedMessageGetsTheFirstResult()
    {
        const ClientId id = ClientId::random();
        const auto first = ana_->post(talk_, "canary", id).message_posted();
        makeOlder(1, 2);
        QVERIFY(setRetention(*ana_, talk_, 1).has_done());
        QTRY_COMPARE(inSnapshot(*ana_, talk_)->first_seq(), 2);
        const auto again = ana_->post(talk_, "canary", id).message_posted();
        QCOMPARE(again.message_id(), first.message_id());
        QCOMPARE(again.seq(), first.seq());
        QCOMPARE(rowsWith("canary"), 0);
        // Nobody sends it after that long; then the row goes.
        cluster_.run("UPDATE messages SET removed_at = removed_at - interval '31 days'" + inTalk());
        QCOMPARE(removeNow(), 0);
        QCOMPARE(cluster_.run("SELECT count(*) FROM messages" + inTalk()), std::string("0"));
    }

    void whatEveryDeviceHasIsRemovedFromTheServerAlone()
    {
        const auto phone = anotherDevice(*ben_);
        QVERIFY(postSeveral(3));
        QVERIFY(setRetention(*ana_, talk_, 0, true).has_done());
        QCOMPARE(removeNow(), 0); // Ben has nothing yet
        storeAll(*ana_, talk_, 3);
        storeAll(*ben_, talk_, 3);
        QCOMPARE(removeNow(), 0); // his phone has not heard of it
        storeAll(*phone, talk_, 3);
        QCOMPARE(removeNow(), 3);
        QVERIFY(history(*ben_).messages().empty());
        const auto change = lastChange(ben_->syncAll(0));
        QCOMPARE(change->first_seq(), 4);
        QCOMPARE(change->expired_before_ms(), 0); // devices keep it
        QVERIFY(postSeveral(1));
        QCOMPARE(removeNow(), 0);
    }

    void aDeviceThatIsAwayForLongIsNotWaitedFor()
    {
        const auto phone = anotherDevice(*ben_);
        QVERIFY(postSeveral(3));
        QVERIFY(setRetention(*ana_, talk_, 0, true).has_done());
        storeAll(*ana_, talk_, 3);
        storeAll(*ben_, talk_, 3);
        QCOMPARE(removeNow(), 0);
        cluster_.run("UPDATE updates SET created_at = now() - interval '8 days' WHERE user_id = "
                     + std::to_string(ben_->userId()));
        QCOMPARE(removeNow(), 3); // the log is trimmed before
        QVERIFY(history(*ben_).messages().empty());
    }

    void devicesDeleteWhatOnlyTheyHaveWhenItsTimeHasPassed()
    {
        QVERIFY(postSeveral(2));
        QVERIFY(setRetention(*ana_, talk_, 0, true).has_done());
        storeAll(*ana_, talk_, 2);
        storeAll(*ben_, talk_, 2);
        QCOMPARE(removeNow(), 2);
        QVERIFY(setRetention(*ana_, talk_, 7).has_done());
        QCOMPARE(removeNow(), 0);
        QCOMPARE(inSnapshot(*ana_, talk_)->expired_before_ms(), 0);
        cluster_.run("UPDATE conversations SET handed_over_at = handed_over_at - interval '8 days'"
                     + inTalk());
        QCOMPARE(removeNow(), 0);
        const std::int64_t before = inSnapshot(*ana_, talk_)->expired_before_ms();
        QVERIFY(before > 0);
        QCOMPARE(lastChange(ben_->syncAll(0))->expired_before_ms(), before);
        QCOMPARE(removeNow(), 0);
        QCOMPARE(inSnapshot(*ana_, talk_)->expired_before_ms(), before); // told once
    }

    void manyMessagesAreRemovedBatchByBatch()
    {
        cluster_.run("INSERT INTO messages (conversation_id, seq, message_id, sender_id, client_id,"
                     " sent_at, body) SELECT "
                     + std::to_string(talk_) + ", s, s, " + std::to_string(ana_->userId())
                     + ", gen_random_uuid(), now() - interval '3 days', 'canary'"
                       " FROM generate_series(1, 1700) s");
        cluster_.run("UPDATE conversations SET last_seq = 1700" + inTalk());
        QVERIFY(postSeveral(1));
        const std::int64_t before = newestUpdate(*ana_);
        QVERIFY(setRetention(*ana_, talk_, 1).has_done());
        QTRY_COMPARE(inSnapshot(*ana_, talk_)->first_seq(), 1701);
        QCOMPARE(rowsWith("canary"), 1);
        QVERIFY(newestUpdate(*ana_) - before <= 6);
    }

    void severalWhoRemoveAtOnceRemoveOnce()
    {
        const QString picture = postPicture(*ana_, talk_, "canary");
        for (int i = 0; i < 600; ++i)
            QVERIFY(ana_->post(talk_, "canary").has_message_posted());
        QVERIFY(forwardMessage(*ana_, talk_, talk_, 1).has_message_posted()); // a second use
        makeOlder(601, 2);
        std::vector<std::unique_ptr<QProcess>> commands;
        cluster_.run("UPDATE conversations SET retention_days = 1" + inTalk());
        int removed = 0;
        for (int i = 0; i < 3; ++i) {
            commands.push_back(std::make_unique<QProcess>());
            server_->begin(*commands.back(), {QStringLiteral("gc"), QStringLiteral("--json")});
        }
        for (const auto &command : commands) {
            QVERIFY(command->waitForFinished(60'000));
            removed += removedOf(command->readAllStandardOutput());
        }
        QCOMPARE(removed, 601);
        QCOMPARE(statusFor(*ben_, picture), 200); // by the forwarded one
        QCOMPARE(seqsOf(history(*ben_)), (std::vector<std::int64_t>{602}));
    }

    void theOperatorsPolicyHoldsEverywhere()
    {
        QVERIFY(postSeveral(3));
        makeOlder(2, 31);
        const QStringList policy{QStringLiteral("--retention-days"), QStringLiteral("30")};
        QCOMPARE(removeNow(), 0);
        QCOMPARE(removeNow(policy), 2);
        QCOMPARE(seqsOf(history(*ben_)), (std::vector<std::int64_t>{3}));
        // Members can have it shorter, not longer.
        QVERIFY(setRetention(*ana_, talk_, 365).has_done());
        makeOlder(3, 31);
        QCOMPARE(removeNow(policy), 1);

        ServerProcess strict(cluster_.conninfo(), policy);
        QVERIFY(strict.start());
        WireClient device(strict.webSocketUrl());
        QVERIFY(device.open());
        QVERIFY(device.authenticate(ana_->token()).has_signed_in());
        QCOMPARE(device.info().retention().days(), 30U);
        QCOMPARE(ana_->info().retention().days(), 0U);
    }
};

QTEST_GUILESS_MAIN(ServerRetentionTest)
#include "tst_server_retention.moc"
