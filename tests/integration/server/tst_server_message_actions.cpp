// SPDX-License-Identifier: Apache-2.0
// Edits, reactions and pins.
#include "message_requests.h"
#include "server_fixture.h"

#include <QTest>

#include <algorithm>

using namespace dunlin;
using namespace dunlin::test;

namespace {

const std::string thumb = "\U0001F44D";
const std::string heart = "\u2764\uFE0F";

/// Who has reacted how, in any order.
std::map<std::int64_t, std::string> reactionsOf(const std::optional<v1::Message> &message)
{
    std::map<std::int64_t, std::string> reactions;
    if (message) {
        for (const v1::Reaction &reaction : message->reactions())
            reactions[reaction.user_id()] = reaction.emoji();
    }
    return reactions;
}

std::vector<std::int64_t> pinnedIn(const std::optional<v1::Conversation> &conversation)
{
    if (!conversation)
        return {-1};
    return {conversation->pinned_seqs().begin(), conversation->pinned_seqs().end()};
}

} // namespace

class ServerMessageActionsTest : public ServerFixture {
    Q_OBJECT

    /// The message as devices of who see it that were there, that come back, and that are new.
    std::vector<std::optional<v1::Message>> everywhere(WireClient &who, std::int64_t seq)
    {
        const auto laptop = anotherDevice(who);
        std::vector<std::optional<v1::Message>> seen{inUpdates(who.liveUpdates(), talk_, seq),
                                                     inUpdates(laptop->syncAll(0), talk_, seq),
                                                     inHistory(*laptop, talk_, seq)};
        const auto snapshot = inSnapshot(*laptop, talk_);
        if (snapshot && snapshot->last_seq() == seq)
            seen.emplace_back(snapshot->last_message());
        return seen;
    }
    bool hasLive(WireClient &who, std::int64_t seq, const std::string &text)
    {
        const auto message = inUpdates(who.liveUpdates(), talk_, seq);
        return message && message->text() == text;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(startServer()); }
    void init() { QVERIFY(meet()); }

    void anEditedTextIsOnEveryDeviceOfBothAndTheOldOnesAreKept()
    {
        ana_->post(talk_, "one");
        QVERIFY(editMessage(*ana_, talk_, 1, "two").has_done());
        QVERIFY(editMessage(*ana_, talk_, 1, "three").has_done());
        for (WireClient *who : {ana_.get(), ben_.get()}) {
            QTRY_VERIFY(hasLive(*who, 1, "three"));
            const auto seen = everywhere(*who, 1);
            QCOMPARE(seen.size(), 4U);
            for (const auto &message : seen) {
                QVERIFY(message);
                QCOMPARE(message->SerializeAsString(), seen.front()->SerializeAsString());
                QCOMPARE(message->text(), "three");
                QVERIFY(message->edited_at_ms() >= message->sent_at_ms());
            }
        }
        QCOMPARE(cluster_.run("SELECT string_agg(version || ' ' || body, ', ' ORDER BY version)"
                              " FROM message_edits WHERE conversation_id = "
                              + std::to_string(talk_)),
                 "1 one, 2 two");
    }

    void anEditThatChangesNothingIsHeardOfByNobody()
    {
        ana_->post(talk_, "as it is");
        const std::int64_t before = newestUpdate(*ben_);
        QVERIFY(editMessage(*ana_, talk_, 1, "as it is").has_done());
        QCOMPARE(newestUpdate(*ben_), before);
        QCOMPARE(inHistory(*ben_, talk_, 1)->edited_at_ms(), 0);
    }

    void anEditHasTheLimitsOfAMessage_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("empty") << QByteArray() << "MESSAGE_EMPTY";
        QTest::newRow("spaces") << QByteArray(" \n ") << "MESSAGE_EMPTY";
        QTest::newRow("the longest") << QByteArray(16 * 1024, 'x') << "";
        QTest::newRow("too long") << QByteArray(16 * 1024 + 1, 'x') << "MESSAGE_TOO_LONG";
        QTest::newRow("a NUL") << QByteArray("a\0b", 3) << "INVALID_ARGUMENT";
    }
    void anEditHasTheLimitsOfAMessage()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        ana_->post(talk_, "short");
        QCOMPARE(editMessage(*ana_, talk_, 1, text.toStdString()).error().code(),
                 code.toStdString());
        const bool isEdited = code.isEmpty();
        QCOMPARE(inHistory(*ben_, talk_, 1)->text(), isEdited ? text.toStdString() : "short");
    }

    void aCaptionMayBeTakenAwayFromItsPicture()
    {
        QVERIFY(!postPicture(*ana_, talk_, "a caption").isEmpty());
        QVERIFY(editMessage(*ana_, talk_, 1, "").has_done());
        QCOMPARE(inHistory(*ben_, talk_, 1)->text(), "");
        QCOMPARE(inHistory(*ben_, talk_, 1)->images_size(), 1);
        QCOMPARE(editMessage(*ana_, talk_, 1, " ").error().code(), "MESSAGE_EMPTY");
    }

    void onlyWordsOfOnesOwnCanBeEdited()
    {
        ana_->post(talk_, "of Ana");
        QCOMPARE(editMessage(*ben_, talk_, 1, "of Ben").error().code(), "FORBIDDEN");
        QVERIFY(forwardMessage(*ben_, talk_, talk_, 1).has_message_posted());
        QCOMPARE(editMessage(*ben_, talk_, 2, "of Ben").error().code(), "FORBIDDEN");
        QCOMPARE(inHistory(*ana_, talk_, 1)->text(), "of Ana");
        QCOMPARE(inHistory(*ana_, talk_, 2)->text(), "of Ana");
    }

    void strangersAndPlacesThatAreNotThereReachNothing()
    {
        ana_->post(talk_, "private");
        const auto eve = newUser();
        for (const std::int64_t talk : {talk_, std::int64_t{123}, std::int64_t{0}}) {
            QCOMPARE(editMessage(*eve, talk, 1, "x").error().code(), "CONVERSATION_NOT_FOUND");
            QCOMPARE(setReaction(*eve, talk, 1, thumb).error().code(), "CONVERSATION_NOT_FOUND");
            QCOMPARE(pinMessage(*eve, talk, 1).error().code(), "CONVERSATION_NOT_FOUND");
        }
        for (const std::int64_t seq : {0, -1, 2}) {
            QCOMPARE(editMessage(*ana_, talk_, seq, "x").error().code(), "MESSAGE_NOT_FOUND");
            QCOMPARE(setReaction(*ana_, talk_, seq, thumb).error().code(), "MESSAGE_NOT_FOUND");
            QCOMPARE(pinMessage(*ana_, talk_, seq).error().code(), "MESSAGE_NOT_FOUND");
        }
        const auto message = inHistory(*ana_, talk_, 1);
        QCOMPARE(message->text(), "private");
        QCOMPARE(message->reactions_size(), 0);
        QVERIFY(!message->is_pinned());
    }

    void eachMemberHasOneReactionWhichEveryDeviceShows()
    {
        ana_->post(talk_, "nice?");
        QVERIFY(setReaction(*ana_, talk_, 1, thumb).has_done());
        QVERIFY(setReaction(*ben_, talk_, 1, thumb).has_done());
        QVERIFY(setReaction(*ben_, talk_, 1, heart).has_done());
        const std::map<std::int64_t, std::string> both{{ana_->userId(), thumb},
                                                       {ben_->userId(), heart}};
        for (WireClient *who : {ana_.get(), ben_.get()}) {
            QTRY_COMPARE(reactionsOf(inUpdates(who->liveUpdates(), talk_, 1)), both);
            for (const auto &message : everywhere(*who, 1))
                QCOMPARE(reactionsOf(message), both);
        }
        const std::int64_t before = newestUpdate(*ana_);
        QVERIFY(setReaction(*ben_, talk_, 1, heart).has_done());
        QCOMPARE(newestUpdate(*ana_), before);
        QVERIFY(setReaction(*ana_, talk_, 1, "").has_done());
        QVERIFY(setReaction(*ben_, talk_, 1, "").has_done());
        QCOMPARE(newestUpdate(*ana_), before + 2);
        QVERIFY(setReaction(*ben_, talk_, 1, "").has_done());
        QCOMPARE(newestUpdate(*ana_), before + 2);
        QCOMPARE(inHistory(*ben_, talk_, 1)->reactions_size(), 0);
        QCOMPARE(setReaction(*ben_, talk_, 1, "not an emoji").error().code(), "INVALID_ARGUMENT");
        QCOMPARE(setReaction(*ben_, talk_, 1, thumb + thumb).error().code(), "INVALID_ARGUMENT");
    }

    void reactionsOfSeveralAtOnceAreAllKept()
    {
        constexpr int messages = 20;
        for (int i = 0; i < messages; ++i)
            ana_->post(talk_, "again");
        // Two devices each, so that several I/O threads are at it.
        const auto anaToo = anotherDevice(*ana_);
        const auto benToo = anotherDevice(*ben_);
        std::vector<std::pair<WireClient *, std::uint64_t>> requests;
        for (int seq = 1; seq <= messages; ++seq) {
            for (WireClient *who : {ana_.get(), ben_.get(), anaToo.get(), benToo.get()})
                requests.emplace_back(who, who->send(reactionFrame(talk_, seq, thumb)));
        }
        for (const auto &[who, request] : requests)
            QVERIFY(who->answerTo(request).has_done());
        const std::map<std::int64_t, std::string> both{{ana_->userId(), thumb},
                                                       {ben_->userId(), thumb}};
        const auto updates = benToo->syncAll(0);
        for (int seq = 1; seq <= messages; ++seq)
            QCOMPARE(reactionsOf(inUpdates(updates, talk_, seq)), both);
        // One for the conversation, and for each message its post and two reactions.
        QCOMPARE(updates.size(), std::size_t{1 + 3 * messages});
        QTRY_COMPARE(reactionsOf(inUpdates(ana_->liveUpdates(), talk_, messages)), both);
    }

    void whatOnePinsIsPinnedForAll()
    {
        for (const char *text : {"one", "two", "three"})
            ana_->post(talk_, text);
        QVERIFY(pinMessage(*ben_, talk_, 3).has_done());
        QVERIFY(pinMessage(*ana_, talk_, 1).has_done());
        for (WireClient *who : {ana_.get(), ben_.get()}) {
            const auto isLive = [&](int seq) {
                return inUpdates(who->liveUpdates(), talk_, seq)->is_pinned();
            };
            QTRY_VERIFY(isLive(1) && isLive(3));
            QVERIFY(!isLive(2));
            for (const auto &message : everywhere(*who, 3))
                QVERIFY(message->is_pinned());
            QCOMPARE(pinnedIn(inSnapshot(*who, talk_)), (std::vector<std::int64_t>{1, 3}));
        }
        const std::int64_t before = newestUpdate(*ana_);
        QVERIFY(pinMessage(*ana_, talk_, 1).has_done());
        QVERIFY(pinMessage(*ana_, talk_, 2, false).has_done());
        QCOMPARE(newestUpdate(*ana_), before);
        QVERIFY(pinMessage(*ana_, talk_, 3, false).has_done());
        QCOMPARE(newestUpdate(*ana_), before + 1);
        QCOMPARE(pinnedIn(inSnapshot(*ben_, talk_)), std::vector<std::int64_t>{1});
    }

    void fiftyMessagesCanBePinnedAndNoMore()
    {
        for (int i = 0; i < 52; ++i)
            ana_->post(talk_, "important");
        for (int seq = 1; seq <= 49; ++seq)
            QVERIFY(pinMessage(*ana_, talk_, seq).has_done());
        // Three at once for the one place that is left.
        std::vector<std::uint64_t> requests;
        for (int seq = 50; seq <= 52; ++seq) {
            v1::ClientFrame frame;
            frame.mutable_pin_message()->set_conversation_id(talk_);
            frame.mutable_pin_message()->set_seq(seq);
            frame.mutable_pin_message()->set_is_pinned(true);
            requests.push_back(ben_->send(frame));
        }
        std::vector<std::string> codes;
        for (const std::uint64_t request : requests)
            codes.push_back(ben_->answerTo(request).error().code());
        std::sort(codes.begin(), codes.end());
        QCOMPARE(codes, (std::vector<std::string>{"", "TOO_MANY_PINS", "TOO_MANY_PINS"}));
        QCOMPARE(inSnapshot(*ben_, talk_)->pinned_seqs_size(), 50);
        // Deleting one makes room.
        QVERIFY(deleteMessages(*ana_, talk_, {1}, DeleteFor::Everyone).has_done());
        QCOMPARE(inSnapshot(*ben_, talk_)->pinned_seqs_size(), 49);
        QVERIFY(!inHistory(*ben_, talk_, 1)->is_pinned());
        QVERIFY(pinMessage(*ben_, talk_, 2, true).has_done());
    }

    void whatWasDoneIsThereAfterTheServerIsKilled()
    {
        ana_->post(talk_, "one");
        QVERIFY(editMessage(*ana_, talk_, 1, "two").has_done());
        QVERIFY(setReaction(*ben_, talk_, 1, heart).has_done());
        QVERIFY(pinMessage(*ben_, talk_, 1).has_done());
        server_->kill();
        QVERIFY(server_->start());
        const auto again = anotherDevice(*ben_);
        const auto message = inUpdates(again->syncAll(0), talk_, 1);
        QCOMPARE(message->text(), "two");
        QCOMPARE(message->reactions(0).emoji(), heart);
        QVERIFY(message->is_pinned());
    }
};

QTEST_GUILESS_MAIN(ServerMessageActionsTest)
#include "tst_server_message_actions.moc"
