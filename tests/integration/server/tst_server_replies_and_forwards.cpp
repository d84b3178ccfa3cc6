// SPDX-License-Identifier: Apache-2.0
#include "message_requests.h"
#include "server_fixture.h"

#include <QTest>

#include <algorithm>

using namespace dunlin;
using namespace dunlin::test;

class ServerRepliesAndForwardsTest : public ServerFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(startServer()); }
    void init() { QVERIFY(meet()); }

    void aReplySaysWhichMessageItAnswersWhereverItIsRead()
    {
        ana_->post(talk_, "a question");
        QCOMPARE(replyTo(*ben_, talk_, 1, "an answer").message_posted().seq(), 2);
        const auto live = [this] { return inUpdates(ana_->liveUpdates(), talk_, 2); };
        QTRY_VERIFY(live());
        const auto laptop = anotherDevice(*ana_);
        for (const auto &message :
             {live(), inUpdates(ben_->syncAll(0), talk_, 2), inHistory(*laptop, talk_, 2)}) {
            QVERIFY(message);
            QCOMPARE(message->reply_to_seq(), 1);
            QCOMPARE(message->text(), "an answer");
        }
        QCOMPARE(inSnapshot(*laptop, talk_)->last_message().reply_to_seq(), 1);
    }

    void aReplyToWhatIsNotThereIsAnOrdinaryMessage_data()
    {
        QTest::addColumn<qint64>("seq");
        QTest::newRow("nothing") << qint64{0};
        QTest::newRow("before the first") << qint64{-1};
        QTest::newRow("itself") << qint64{2};
        QTest::newRow("far behind the last") << qint64{1'000'000'000'000};
    }
    void aReplyToWhatIsNotThereIsAnOrdinaryMessage()
    {
        QFETCH(qint64, seq);
        ana_->post(talk_, "a question");
        QCOMPARE(replyTo(*ben_, talk_, seq, "an answer").message_posted().seq(), 2);
        QCOMPARE(inHistory(*ana_, talk_, 2)->reply_to_seq(), 0);
    }

    void aForwardCarriesTextPicturesAndWhoWroteItFirst()
    {
        const auto cid = newUser();
        const auto dan = newUser();
        const QString blob = postPicture(*ana_, talk_, "look at this");
        QVERIFY(!blob.isEmpty());
        QCOMPARE(statusFor(*cid, blob), 404);
        const std::int64_t second = ben_->openConversation(cid->userId());
        QVERIFY(forwardMessage(*ben_, second, talk_, 1).has_message_posted());
        const std::int64_t third = cid->openConversation(dan->userId());
        QVERIFY(forwardMessage(*cid, third, second, 1).has_message_posted());
        const auto first = inHistory(*ana_, talk_, 1);
        for (const auto &message : {inHistory(*cid, second, 1), inHistory(*dan, third, 1)}) {
            QVERIFY(message);
            QCOMPARE(message->text(), "look at this");
            QCOMPARE(message->images_size(), 1);
            QCOMPARE(message->images(0).SerializeAsString(), first->images(0).SerializeAsString());
            QCOMPARE(message->forwarded_from(), ana_->userId());
        }
        QCOMPARE(first->forwarded_from(), 0);
        QCOMPARE(inHistory(*dan, third, 1)->sender_id(), cid->userId());
        QCOMPARE(statusFor(*cid, blob), 200);
        QCOMPARE(statusFor(*dan, blob), 200);
        QCOMPARE(statusFor(*newUser(), blob), 404);
    }

    void theSamePictureTwiceInOneConversationIsCountedTwice()
    {
        const QString blob = postPicture(*ana_, talk_, "");
        QVERIFY(forwardMessage(*ana_, talk_, talk_, 1).has_message_posted());
        const std::string number = BlobClient::idOf(blob);
        QCOMPARE(cluster_.run("SELECT message_count FROM blob_uses WHERE blob_id = "
                              + number.substr(number.find('-') + 1)),
                 "2");
    }

    void whatCannotBeReadCannotBeForwarded()
    {
        ana_->post(talk_, "private");
        const auto eve = newUser();
        const std::int64_t own = eve->openConversation(ana_->userId());
        QCOMPARE(forwardMessage(*eve, own, talk_, 1).error().code(), "CONVERSATION_NOT_FOUND");
        QCOMPARE(forwardMessage(*eve, own, 123, 1).error().code(), "CONVERSATION_NOT_FOUND");
        QCOMPARE(forwardMessage(*ben_, talk_, talk_, 2).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(forwardMessage(*ben_, talk_, talk_, 0).error().code(), "MESSAGE_NOT_FOUND");
        // Nor brought to where one does not belong.
        QCOMPARE(forwardMessage(*ben_, own, talk_, 1).error().code(), "CONVERSATION_NOT_FOUND");
        QVERIFY(inHistory(*ana_, own, 1) == std::nullopt);
    }

    void aResentForwardIsAnsweredWithTheFirstResultAlsoWhenItsSourceIsGone()
    {
        ana_->post(talk_, "soon gone");
        const ClientId id = ClientId::random();
        const auto first = forwardMessage(*ben_, talk_, talk_, 1, id).message_posted();
        QCOMPARE(first.seq(), 2);
        QVERIFY(cluster_.run("UPDATE messages SET deleted_at = now(), body = ''"
                             " WHERE seq = 1 AND conversation_id = "
                             + std::to_string(talk_))
                        .empty());
        QCOMPARE(forwardMessage(*ben_, talk_, talk_, 1, id).message_posted().SerializeAsString(),
                 first.SerializeAsString());
        QCOMPARE(forwardMessage(*ben_, talk_, talk_, 1).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(inHistory(*ana_, talk_, 2)->text(), "soon gone");
    }
};

QTEST_GUILESS_MAIN(ServerRepliesAndForwardsTest)
#include "tst_server_replies_and_forwards.moc"
