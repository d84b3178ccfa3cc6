// SPDX-License-Identifier: Apache-2.0
#include "message_requests.h"
#include "server_fixture.h"

#include <QTest>

#include <algorithm>

using namespace dunlin;
using namespace dunlin::test;

namespace {

v1::ClientFrame privacyFrame(bool hidesReadReceipts, bool hidesLastSeen)
{
    v1::ClientFrame frame;
    frame.mutable_change_privacy()->mutable_privacy()->set_hides_read_receipts(hidesReadReceipts);
    frame.mutable_change_privacy()->mutable_privacy()->set_hides_last_seen(hidesLastSeen);
    return frame;
}

bool hide(WireClient &who, bool readReceipts, bool lastSeen)
{
    return who.request(privacyFrame(readReceipts, lastSeen)).has_done();
}

bool raise(WireClient &who, std::int64_t talk, std::int64_t delivered, std::int64_t read)
{
    v1::ClientFrame frame;
    frame.mutable_raise_watermarks()->set_conversation_id(talk);
    frame.mutable_raise_watermarks()->set_delivered_seq(delivered);
    frame.mutable_raise_watermarks()->set_read_seq(read);
    return who.request(frame).has_done();
}

/// Delivered and read.
using Mark = std::pair<std::int64_t, std::int64_t>;

/// The last of the updates about of's watermark.
Mark markIn(const std::vector<v1::Update> &updates, const WireClient &of)
{
    Mark mark;
    for (const v1::Update &update : updates) {
        const v1::Watermark &raised = update.watermark_raised().watermark();
        if (raised.user_id() == of.userId())
            mark = {raised.delivered_seq(), raised.read_seq()};
    }
    return mark;
}

Mark markIn(const std::optional<v1::Conversation> &conversation, const WireClient &of)
{
    if (conversation) {
        for (const v1::Watermark &mark : conversation->watermarks()) {
            if (mark.user_id() == of.userId())
                return {mark.delivered_seq(), mark.read_seq()};
        }
    }
    return {-1, -1};
}

v1::PresenceList follow(WireClient &who, const WireClient &whom)
{
    v1::ClientFrame frame;
    frame.mutable_subscribe_presence()->add_user_ids(whom.userId());
    return who.request(frame).presence_list();
}

/// All that who was told of whom unasked.
std::vector<v1::Presence> toldOf(WireClient &who, const WireClient &whom)
{
    std::vector<v1::Presence> told;
    for (const v1::ServerFrame &frame : who.unasked()) {
        if (frame.presence().user_id() == whom.userId())
            told.push_back(frame.presence());
    }
    return told;
}

bool isUnknown(const v1::Presence &presence)
{
    return !presence.is_online() && presence.last_seen_ms() == 0;
}

} // namespace

class ServerPrivacyTest : public ServerFixture {
    Q_OBJECT

    /// In how many conversations those who hide receipts are not counted rightly.
    std::string miscounted() const
    {
        return cluster_.run(
                "SELECT count(*) FROM conversations c WHERE read_receipts_hidden_by <>"
                " (SELECT count(*) FROM members m JOIN users u USING (user_id)"
                "  WHERE m.conversation_id = c.conversation_id AND u.hides_read_receipts)");
    }
    bool hasLastSeen(const WireClient &who) const
    {
        return cluster_.run("SELECT last_seen_at IS NOT NULL FROM users WHERE user_id = "
                            + std::to_string(who.userId()))
                == "t";
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(startServer()); }
    void init() { QVERIFY(meet()); }

    void whatIsHiddenIsTheSameOnEveryDeviceOfTheUser()
    {
        QVERIFY(!ana_->info().privacy().hides_read_receipts());
        QVERIFY(!ana_->info().privacy().hides_last_seen());
        const auto phone = anotherDevice(*ana_);
        const std::int64_t before = newestUpdate(*ana_);
        QVERIFY(hide(*ana_, true, false));
        QVERIFY(hide(*ana_, true, false));
        QCOMPARE(newestUpdate(*ana_), before + 1);
        QVERIFY(hide(*ana_, true, true));
        const auto laptop = anotherDevice(*ana_);
        QVERIFY(laptop->info().privacy().hides_read_receipts());
        QVERIFY(laptop->info().privacy().hides_last_seen());
        const auto synced = laptop->syncAll(before);
        QCOMPARE(synced.size(), 2U);
        QVERIFY(synced[0].privacy_changed().hides_read_receipts());
        QVERIFY(!synced[0].privacy_changed().hides_last_seen());
        QVERIFY(synced[1].privacy_changed().hides_last_seen());
        QTRY_COMPARE(phone->liveUpdates().size(), 2U);
        for (const auto &update : ben_->syncAll(0))
            QVERIFY(!update.has_privacy_changed());
        WireClient reconnected(server_->webSocketUrl());
        QVERIFY(reconnected.open());
        QVERIFY(reconnected.authenticate(ana_->token())
                        .signed_in()
                        .privacy()
                        .hides_read_receipts());
    }

    void nobodyOfAPairSeesWhatIsReadWhileEitherHidesIt_data()
    {
        QTest::addColumn<bool>("readerHides");
        QTest::addColumn<bool>("writerHides");
        QTest::newRow("the reader") << true << false;
        QTest::newRow("the writer") << false << true;
        QTest::newRow("both") << true << true;
    }
    void nobodyOfAPairSeesWhatIsReadWhileEitherHidesIt()
    {
        QFETCH(bool, readerHides);
        QFETCH(bool, writerHides);
        for (int i = 0; i < 3; ++i)
            ana_->post(talk_, "news");
        QVERIFY(raise(*ben_, talk_, 3, 2));
        QVERIFY(!readerHides || hide(*ben_, true, false));
        QVERIFY(!writerHides || hide(*ana_, true, false));

        // Read alone: Ana does not even hear that something happened, Ben's other device does.
        const std::int64_t before = newestUpdate(*ana_);
        const auto benToo = anotherDevice(*ben_);
        QVERIFY(raise(*ben_, talk_, 3, 3));
        QTRY_COMPARE(markIn(benToo->liveUpdates(), *ben_), Mark(3, 3));
        QCOMPARE(markIn(inSnapshot(*benToo, talk_), *ben_), Mark(3, 3));
        QCOMPARE(newestUpdate(*ana_), before);
        QCOMPARE(markIn(ana_->syncAll(0), *ben_), Mark(3, 2));
        QCOMPARE(markIn(inSnapshot(*ana_, talk_), *ben_), Mark(3, 2));

        // Delivery shows.
        ana_->post(talk_, "more");
        QVERIFY(raise(*ben_, talk_, 4, 4));
        QTRY_COMPARE(markIn(ana_->liveUpdates(), *ben_), Mark(4, 2));
        QCOMPARE(markIn(ana_->syncAll(0), *ben_), Mark(4, 2));
        QCOMPARE(markIn(inSnapshot(*ana_, talk_), *ben_), Mark(4, 2));
        QCOMPARE(markIn(ben_->syncAll(0), *ben_), Mark(4, 4));

        // Shown again: what was read meanwhile shows with what is read next.
        QVERIFY(!readerHides || hide(*ben_, false, false));
        if (readerHides && writerHides) {
            ana_->post(talk_, "one still hides it");
            QVERIFY(raise(*ben_, talk_, 4, 5));
            QCOMPARE(markIn(ana_->syncAll(0), *ben_), Mark(5, 2));
        }
        QVERIFY(!writerHides || hide(*ana_, false, false));
        QCOMPARE(markIn(inSnapshot(*ana_, talk_), *ben_).second, 2);
        const auto last = ana_->post(talk_, "again").message_posted().seq();
        QVERIFY(raise(*ben_, talk_, last, 0));
        QCOMPARE(markIn(ana_->syncAll(0), *ben_), Mark(last, 2));
        QVERIFY(raise(*ben_, talk_, last, last));
        QCOMPARE(markIn(ana_->syncAll(0), *ben_), Mark(last, last));
        QCOMPARE(markIn(inSnapshot(*ana_, talk_), *ben_), Mark(last, last));
    }

    void conversationsThatBeginLaterAreHiddenAsWell()
    {
        QVERIFY(hide(*ana_, true, false));
        const auto cid = newUser();
        const std::int64_t talk = cid->openConversation(ana_->userId());
        cid->post(talk, "hello");
        QVERIFY(raise(*ana_, talk, 1, 1));
        QCOMPARE(markIn(cid->syncAll(0), *ana_), Mark(1, 0));
        QCOMPARE(miscounted(), "0");
    }

    void whoeverChangesItWhileConversationsBeginIsCountedInAllOfThem()
    {
        const auto phone = anotherDevice(*ana_);
        std::vector<Client> people;
        for (int i = 0; i < 8; ++i)
            people.push_back(newUser());
        std::vector<std::pair<WireClient *, std::uint64_t>> requests;
        for (int i = 0; i < 8; ++i) {
            requests.emplace_back(ana_.get(), ana_->send(privacyFrame(i % 2 == 0, false)));
            v1::ClientFrame frame;
            frame.mutable_open_direct_conversation()->set_user_id(ana_->userId());
            WireClient &person = *people[static_cast<std::size_t>(i)];
            requests.emplace_back(&person, person.send(frame));
            requests.emplace_back(phone.get(), phone->send(privacyFrame(i % 3 == 0, false)));
            requests.emplace_back(&person, person.send(privacyFrame(i % 3 == 0, false)));
        }
        for (const auto &[who, request] : requests) {
            const auto answer = who->answerTo(request);
            QVERIFY2(!answer.has_error(), answer.ShortDebugString().c_str());
        }
        QCOMPARE(miscounted(), "0");
        QVERIFY(hide(*ana_, true, false));
        QCOMPARE(miscounted(), "0");
        QVERIFY(hide(*ana_, false, false));
        QCOMPARE(miscounted(), "0");
    }

    void whoHidesLastSeenIsNotSeenAndSeesNobodyFromThatMomentOn()
    {
        QVERIFY(follow(*ben_, *ana_).presences(0).is_online());
        QVERIFY(follow(*ana_, *ben_).presences(0).is_online());
        QVERIFY(hide(*ana_, false, true));
        QTRY_COMPARE(toldOf(*ben_, *ana_).size(), 1U);
        QVERIFY(isUnknown(toldOf(*ben_, *ana_).back()));
        QTRY_COMPARE(toldOf(*ana_, *ben_).size(), 1U);
        QVERIFY(isUnknown(toldOf(*ana_, *ben_).back()));
        QVERIFY(isUnknown(follow(*ben_, *ana_).presences(0)));
        QVERIFY(isUnknown(follow(*ana_, *ben_).presences(0)));

        // Ana goes and comes: Ben is told nothing, not even that.
        const auto cid = newUser();
        QVERIFY(cid->openConversation(ben_->userId()) > 0);
        v1::ClientFrame both;
        both.mutable_subscribe_presence()->add_user_ids(ana_->userId());
        both.mutable_subscribe_presence()->add_user_ids(cid->userId());
        QCOMPARE(ben_->request(both).presence_list().presences_size(), 2);
        ana_->socket().close();
        QTRY_VERIFY(hasLastSeen(*ana_));
        cid->socket().close();
        QTRY_VERIFY(!toldOf(*ben_, *cid).empty()); // what came first has arrived as well
        QCOMPARE(toldOf(*ben_, *ana_).size(), 1U);
        QVERIFY(isUnknown(follow(*ben_, *ana_).presences(0)));

        // Shown again: Ben sees Ana as she is, and she him.
        const auto back = anotherDevice(*ana_);
        QVERIFY(isUnknown(follow(*back, *ben_).presences(0)));
        QVERIFY(hide(*back, false, false));
        QTRY_COMPARE(toldOf(*ben_, *ana_).size(), 2U);
        QVERIFY(toldOf(*ben_, *ana_).back().is_online());
        QTRY_COMPARE(toldOf(*back, *ben_).size(), 1U);
        QVERIFY(toldOf(*back, *ben_).back().is_online());
        back->socket().close();
        QTRY_COMPARE(toldOf(*ben_, *ana_).size(), 3U);
        QVERIFY(!toldOf(*ben_, *ana_).back().is_online());
        QVERIFY(toldOf(*ben_, *ana_).back().last_seen_ms() > 0);
    }

    void aDeviceThatSignsInWhileLastSeenIsHiddenSeesNobody()
    {
        QVERIFY(hide(*ana_, false, true));
        const auto laptop = anotherDevice(*ana_);
        QVERIFY(isUnknown(follow(*laptop, *ben_).presences(0)));
        ben_->socket().close();
        QTRY_VERIFY(hasLastSeen(*ben_));
        const auto benAgain = anotherDevice(*ben_);
        QVERIFY(isUnknown(follow(*laptop, *ben_).presences(0)));
        QVERIFY(isUnknown(follow(*benAgain, *ana_).presences(0)));
        QCOMPARE(toldOf(*laptop, *ben_).size(), 0U);
    }

    void readReceiptsAndLastSeenAreHiddenApart()
    {
        QVERIFY(follow(*ben_, *ana_).presences(0).is_online());
        QVERIFY(hide(*ana_, true, false));
        QVERIFY(follow(*ben_, *ana_).presences(0).is_online());
        QCOMPARE(toldOf(*ben_, *ana_).size(), 0U);
        QVERIFY(hide(*ana_, false, true));
        ana_->post(talk_, "news");
        QVERIFY(raise(*ben_, talk_, 1, 1));
        QCOMPARE(markIn(ana_->syncAll(0), *ben_), Mark(1, 1));
    }
};

QTEST_GUILESS_MAIN(ServerPrivacyTest)
#include "tst_server_privacy.moc"
