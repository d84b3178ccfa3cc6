// SPDX-License-Identifier: Apache-2.0
#include "blob_client.h"
#include "server_fixture.h"

#include <QTest>

#include <algorithm>

using namespace dunlin;
using namespace dunlin::test;

class ServerRepliesAndForwardsTest : public ServerFixture {
    Q_OBJECT

    static v1::ServerFrame reply(WireClient &who, std::int64_t talk, std::int64_t to)
    {
        v1::ClientFrame frame;
        frame.mutable_post_message()->set_conversation_id(talk);
        frame.mutable_post_message()->set_client_id(ClientId::random().toBytes());
        frame.mutable_post_message()->set_text("an answer");
        frame.mutable_post_message()->set_reply_to_seq(to);
        return who.request(frame);
    }
    static v1::ServerFrame forward(WireClient &who, std::int64_t to, std::int64_t from,
                                   std::int64_t seq, const ClientId &id = ClientId::random())
    {
        v1::ClientFrame frame;
        v1::PostMessage &post = *frame.mutable_post_message();
        post.set_conversation_id(to);
        post.set_client_id(id.toBytes());
        post.set_text("words of one's own are not looked at");
        post.mutable_forward_of()->set_conversation_id(from);
        post.mutable_forward_of()->set_seq(seq);
        return who.request(frame);
    }
    /// A picture of who's own in a message; the blob's path.
    QString postPicture(WireClient &who, std::int64_t talk, const std::string &text) const
    {
        const QString path = BlobClient(*server_, who.token()).upload(randomBytes(1000));
        v1::ClientFrame frame;
        v1::PostMessage &post = *frame.mutable_post_message();
        post.set_conversation_id(talk);
        post.set_client_id(ClientId::random().toBytes());
        post.set_text(text);
        v1::Image &image = *post.add_images();
        image.set_blob_id(BlobClient::idOf(path));
        image.set_content_type("image/png");
        image.set_width(10);
        image.set_height(10);
        return who.request(frame).has_message_posted() ? path : QString();
    }
    int statusFor(const WireClient &who, const QString &blob) const
    {
        return BlobClient(*server_, who.token()).ask("GET", blob).status;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(startServer()); }
    void init() { QVERIFY(meet()); }

    void aReplySaysWhichMessageItAnswersWhereverItIsRead()
    {
        ana_->post(talk_, "a question");
        QCOMPARE(reply(*ben_, talk_, 1).message_posted().seq(), 2);
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
        QCOMPARE(reply(*ben_, talk_, seq).message_posted().seq(), 2);
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
        QVERIFY(forward(*ben_, second, talk_, 1).has_message_posted());
        const std::int64_t third = cid->openConversation(dan->userId());
        QVERIFY(forward(*cid, third, second, 1).has_message_posted());
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
        QVERIFY(forward(*ana_, talk_, talk_, 1).has_message_posted());
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
        QCOMPARE(forward(*eve, own, talk_, 1).error().code(), "CONVERSATION_NOT_FOUND");
        QCOMPARE(forward(*eve, own, 123, 1).error().code(), "CONVERSATION_NOT_FOUND");
        QCOMPARE(forward(*ben_, talk_, talk_, 2).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(forward(*ben_, talk_, talk_, 0).error().code(), "MESSAGE_NOT_FOUND");
        // Nor brought to where one does not belong.
        QCOMPARE(forward(*ben_, own, talk_, 1).error().code(), "CONVERSATION_NOT_FOUND");
        QVERIFY(inHistory(*ana_, own, 1) == std::nullopt);
    }

    void aResentForwardIsAnsweredWithTheFirstResultAlsoWhenItsSourceIsGone()
    {
        ana_->post(talk_, "soon gone");
        const ClientId id = ClientId::random();
        const auto first = forward(*ben_, talk_, talk_, 1, id).message_posted();
        QCOMPARE(first.seq(), 2);
        QVERIFY(cluster_.run("UPDATE messages SET deleted_at = now(), body = ''"
                             " WHERE seq = 1 AND conversation_id = "
                             + std::to_string(talk_))
                        .empty());
        QCOMPARE(forward(*ben_, talk_, talk_, 1, id).message_posted().SerializeAsString(),
                 first.SerializeAsString());
        QCOMPARE(forward(*ben_, talk_, talk_, 1).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(inHistory(*ana_, talk_, 2)->text(), "soon gone");
    }
};

QTEST_GUILESS_MAIN(ServerRepliesAndForwardsTest)
#include "tst_server_replies_and_forwards.moc"
