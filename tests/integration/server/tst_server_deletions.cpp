// SPDX-License-Identifier: Apache-2.0
#include "message_requests.h"
#include "server_fixture.h"

#include <QTest>

#include <algorithm>

using namespace dunlin;
using namespace dunlin::test;

namespace {

const std::string thumb = "\U0001F44D";

/// Nothing but place, ids and time.
bool isBare(const v1::Message &message)
{
    v1::Message left = message;
    left.clear_is_deleted();
    left.clear_is_hidden();
    left.clear_conversation_id();
    left.clear_seq();
    left.clear_message_id();
    left.clear_sender_id();
    left.clear_sent_at_ms();
    left.clear_client_id();
    return left.ByteSizeLong() == 0 && message.seq() > 0 && message.message_id() > 0
            && message.sender_id() > 0 && message.sent_at_ms() > 0;
}

} // namespace

class ServerDeletionsTest : public ServerFixture {
    Q_OBJECT

    /// In how many rows of the whole database the word is, as text or as bytes.
    int rowsWith(const std::string &word) const
    {
        const std::string hex = QByteArray::fromStdString(word).toHex().toStdString();
        return std::stoi(cluster_.run("SELECT sum((xpath('/row/c/text()', query_to_xml(format("
                                      "'SELECT count(*) AS c FROM %I t WHERE t::text LIKE ''%%"
                                      + word + "%%'' OR t::text LIKE ''%%" + hex
                                      + "%%''', tablename), false, true, '')))[1]::text::bigint)"
                                        " FROM pg_tables WHERE schemaname = 'public'"));
    }
    std::string countOf(const std::string &what) const
    {
        return cluster_.run("SELECT count(*) FROM " + what);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(startServer()); }
    void init() { QVERIFY(meet()); }

    void whatIsDeletedForEveryoneIsGoneFromTheDatabaseAndFromEveryDevice()
    {
        QVERIFY(!postPicture(*ana_, talk_, "the canary sings", "a canary's picture").isEmpty());
        QVERIFY(editMessage(*ana_, talk_, 1, "the canary sang").has_done());
        QVERIFY(editMessage(*ana_, talk_, 1, "the canary is silent").has_done());
        QVERIFY(setReaction(*ben_, talk_, 1, thumb).has_done());
        QVERIFY(pinMessage(*ben_, talk_, 1).has_done());
        QCOMPARE(rowsWith("canary"), 3); // the message and two versions
        QVERIFY(deleteMessages(*ana_, talk_, {1}, DeleteFor::Everyone).has_done());
        QCOMPARE(rowsWith("canary"), 0);
        for (WireClient *who : {ana_.get(), ben_.get()}) {
            const auto isGone = [&] {
                const auto live = inUpdates(who->liveUpdates(), talk_, 1);
                return live && live->is_deleted() && isBare(*live);
            };
            QTRY_VERIFY(isGone());
            const auto laptop = anotherDevice(*who);
            const auto updates = laptop->syncAll(0);
            // As it is now, also where it was added.
            const auto added = std::find_if(updates.begin(), updates.end(), [](const auto &one) {
                return one.has_message_added();
            });
            QVERIFY(added != updates.end());
            for (const auto &message :
                 {added->message_added(), *inUpdates(updates, talk_, 1),
                  *inHistory(*laptop, talk_, 1), inSnapshot(*laptop, talk_)->last_message()}) {
                QVERIFY(message.is_deleted());
                QVERIFY2(isBare(message), message.ShortDebugString().c_str());
            }
            QCOMPARE(inSnapshot(*laptop, talk_)->pinned_seqs_size(), 0);
        }
    }

    void aPictureIsReadByNobodyWhenItsLastMessageIsDeleted()
    {
        const auto cid = newUser();
        const std::int64_t other = ana_->openConversation(cid->userId());
        const QString blob = postPicture(*ana_, talk_, "");
        QVERIFY(forwardMessage(*ana_, talk_, talk_, 1).has_message_posted());
        QVERIFY(forwardMessage(*ana_, other, talk_, 1).has_message_posted());
        QVERIFY(deleteMessages(*ana_, talk_, {1}, DeleteFor::Everyone).has_done());
        QCOMPARE(statusFor(*ben_, blob), 200); // by the second
        QVERIFY(deleteMessages(*ana_, talk_, {1, 2}, DeleteFor::Everyone).has_done());
        QCOMPARE(statusFor(*ben_, blob), 404);
        QCOMPARE(statusFor(*cid, blob), 200);
        const std::string id = BlobClient::idOf(blob);
        const std::string row = "blobs WHERE is_used AND blob_id = " + id.substr(id.find('-') + 1);
        QCOMPARE(countOf(row), "1");
        QVERIFY(deleteMessages(*ana_, other, {1}, DeleteFor::Everyone).has_done());
        QCOMPARE(statusFor(*cid, blob), 404);
        QCOMPARE(countOf(row), "0");
    }

    void twoWhoDeleteTheSamePictureAtOnceCountItRight()
    {
        const QString blob = postPicture(*ana_, talk_, "");
        for (int i = 0; i < 9; ++i)
            QVERIFY(forwardMessage(*ana_, talk_, talk_, 1).has_message_posted());
        const auto phone = anotherDevice(*ana_);
        std::vector<std::pair<WireClient *, std::uint64_t>> requests;
        for (int seq = 1; seq <= 9; ++seq) {
            for (WireClient *who : {ana_.get(), phone.get()}) {
                v1::ClientFrame frame;
                frame.mutable_delete_messages()->set_conversation_id(talk_);
                frame.mutable_delete_messages()->add_seqs(seq);
                frame.mutable_delete_messages()->set_for_everyone(true);
                requests.emplace_back(who, who->send(frame));
            }
        }
        for (const auto &[who, request] : requests)
            QVERIFY(who->answerTo(request).has_done());
        QCOMPARE(statusFor(*ben_, blob), 200);
        QVERIFY(deleteMessages(*ana_, talk_, {10}, DeleteFor::Everyone).has_done());
        QCOMPARE(statusFor(*ben_, blob), 404);
        // The conversation, ten posts, each of which was deleted once.
        QCOMPARE(newestUpdate(*ben_), 21);
    }

    void onlyOnesOwnAreDeletedForEveryoneAndAllOrNone()
    {
        ana_->post(talk_, "of Ana");
        ben_->post(talk_, "of Ben");
        const auto eve = newUser();
        const std::int64_t before = newestUpdate(*ana_);
        for (const DeleteFor whom : {DeleteFor::Everyone, DeleteFor::Self}) {
            QCOMPARE(deleteMessages(*eve, talk_, {1}, whom).error().code(),
                     "CONVERSATION_NOT_FOUND");
            QCOMPARE(deleteMessages(*eve, 123, {1}, whom).error().code(), "CONVERSATION_NOT_FOUND");
            QCOMPARE(deleteMessages(*ana_, talk_, {1, 3}, whom).error().code(),
                     "MESSAGE_NOT_FOUND");
            QCOMPARE(deleteMessages(*ana_, talk_, {0}, whom).error().code(), "MESSAGE_NOT_FOUND");
            QCOMPARE(deleteMessages(*ana_, talk_, {}, whom).error().code(), "INVALID_ARGUMENT");
        }
        QCOMPARE(deleteMessages(*ana_, talk_, {1, 2}, DeleteFor::Everyone).error().code(),
                 "FORBIDDEN");
        QCOMPARE(newestUpdate(*ana_), before);
        QCOMPARE(inHistory(*ana_, talk_, 1)->text(), "of Ana");
        QCOMPARE(inHistory(*ana_, talk_, 2)->text(), "of Ben");
    }

    void aHundredAreDeletedAtOnceAndNoMore_data()
    {
        QTest::addColumn<bool>("forEveryone");
        QTest::newRow("for everyone") << true;
        QTest::newRow("for oneself") << false;
    }
    void aHundredAreDeletedAtOnceAndNoMore()
    {
        QFETCH(bool, forEveryone);
        const DeleteFor whom = forEveryone ? DeleteFor::Everyone : DeleteFor::Self;
        std::vector<std::int64_t> seqs;
        for (int i = 0; i < 101; ++i)
            seqs.push_back(ana_->post(talk_, "one of many").message_posted().seq());
        QCOMPARE(deleteMessages(*ana_, talk_, seqs, whom).error().code(), "INVALID_ARGUMENT");
        seqs.pop_back();
        QVERIFY(deleteMessages(*ana_, talk_, seqs, whom).has_done());
        v1::ClientFrame frame;
        frame.mutable_get_history()->set_conversation_id(talk_);
        frame.mutable_get_history()->set_limit(200);
        const auto page = ana_->request(frame).history_page();
        QCOMPARE(page.messages_size(), 101);
        QCOMPARE(std::count_if(page.messages().begin(), page.messages().end(), isBare), 100);
        QCOMPARE(page.messages(100).text(), "one of many");
    }

    void whatIsDeletedCannotBeChangedAnyMore()
    {
        ana_->post(talk_, "gone");
        QVERIFY(deleteMessages(*ana_, talk_, {1}, DeleteFor::Everyone).has_done());
        const std::int64_t before = newestUpdate(*ben_);
        QVERIFY(deleteMessages(*ana_, talk_, {1, 1}, DeleteFor::Everyone).has_done());
        QCOMPARE(editMessage(*ana_, talk_, 1, "back").error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(setReaction(*ana_, talk_, 1, thumb).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(pinMessage(*ana_, talk_, 1).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(forwardMessage(*ana_, talk_, talk_, 1).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(newestUpdate(*ben_), before);
    }

    void aResendOfWhatWasDeletedSinceStaysDeleted()
    {
        const ClientId id = ClientId::random();
        const auto first = ana_->post(talk_, "gone", id).message_posted();
        QVERIFY(deleteMessages(*ana_, talk_, {1}, DeleteFor::Everyone).has_done());
        QCOMPARE(ana_->post(talk_, "gone", id).message_posted().SerializeAsString(),
                 first.SerializeAsString());
        QVERIFY(inHistory(*ben_, talk_, 1)->is_deleted());
    }

    void aReplyKnowsThePlaceOfWhatWasDeletedAndNothingElse()
    {
        ana_->post(talk_, "what does the cuckoo say?");
        replyTo(*ben_, talk_, 1, "an answer");
        QVERIFY(deleteMessages(*ana_, talk_, {1}, DeleteFor::Everyone).has_done());
        QCOMPARE(inHistory(*ana_, talk_, 2)->reply_to_seq(), 1);
        QCOMPARE(rowsWith("cuckoo"), 0);
        QVERIFY(deleteMessages(*ben_, talk_, {2}, DeleteFor::Everyone).has_done());
        QVERIFY(isBare(*inHistory(*ana_, talk_, 2)));
    }

    void whatIsHiddenIsGoneOnEveryDeviceOfOneAndOfNobodyElse()
    {
        for (const char *text : {"one", "two", "three", "four"})
            ben_->post(talk_, text);
        const auto phone = anotherDevice(*ana_);
        const std::int64_t before = newestUpdate(*ben_);
        QVERIFY(deleteMessages(*ana_, talk_, {4, 1, 2}, DeleteFor::Self).has_done());
        const auto hidden = [](const std::vector<v1::Update> &updates) {
            std::vector<std::int64_t> seqs;
            for (const v1::Update &update : updates)
                seqs.insert(seqs.end(), update.messages_hidden().seqs().begin(),
                            update.messages_hidden().seqs().end());
            return seqs;
        };
        QTRY_COMPARE(hidden(phone->liveUpdates()), (std::vector<std::int64_t>{1, 2, 4}));
        const auto laptop = anotherDevice(*ana_);
        const auto updates = laptop->syncAll(0);
        QCOMPARE(hidden(updates), (std::vector<std::int64_t>{1, 2, 4}));
        for (const int seq : {1, 2, 4}) {
            for (const auto &message :
                 {*inUpdates(updates, talk_, seq), *inHistory(*laptop, talk_, seq)}) {
                QVERIFY(message.is_hidden());
                QVERIFY(isBare(message));
            }
        }
        QVERIFY(inSnapshot(*laptop, talk_)->last_message().is_hidden());
        QVERIFY(isBare(inSnapshot(*laptop, talk_)->last_message()));
        QCOMPARE(inHistory(*laptop, talk_, 3)->text(), "three");
        QCOMPARE(inHistory(*ben_, talk_, 4)->text(), "four");
        QCOMPARE(newestUpdate(*ben_), before);
        // Again: nothing new.
        const std::int64_t own = newestUpdate(*ana_);
        QVERIFY(deleteMessages(*ana_, talk_, {1, 2, 4}, DeleteFor::Self).has_done());
        QCOMPARE(newestUpdate(*ana_), own);
    }

    void whatIsHiddenStaysHiddenWhateverOthersDoWithIt()
    {
        ben_->post(talk_, "one");
        QVERIFY(pinMessage(*ben_, talk_, 1).has_done());
        QVERIFY(deleteMessages(*ana_, talk_, {1}, DeleteFor::Self).has_done());
        QCOMPARE(inSnapshot(*ana_, talk_)->pinned_seqs_size(), 0);
        QCOMPARE(inSnapshot(*ben_, talk_)->pinned_seqs_size(), 1);
        QVERIFY(editMessage(*ben_, talk_, 1, "two").has_done());
        const std::int64_t newest = newestUpdate(*ana_);
        const auto hasArrived = [&] {
            const auto updates = ana_->liveUpdates();
            return !updates.empty() && updates.back().seq() == newest;
        };
        QTRY_VERIFY(hasArrived());
        QVERIFY(isBare(ana_->liveUpdates().back().message_changed()));
        QVERIFY(ana_->liveUpdates().back().message_changed().is_hidden());
        QVERIFY(isBare(*inUpdates(anotherDevice(*ana_)->syncAll(0), talk_, 1)));
        QCOMPARE(editMessage(*ana_, talk_, 1, "x").error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(setReaction(*ana_, talk_, 1, thumb).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(pinMessage(*ana_, talk_, 1, false).error().code(), "MESSAGE_NOT_FOUND");
        QCOMPARE(forwardMessage(*ana_, talk_, talk_, 1).error().code(), "MESSAGE_NOT_FOUND");
    }

    void onesOwnMayBeHiddenFirstAndDeletedForEveryoneThen()
    {
        ana_->post(talk_, "regretted");
        QVERIFY(deleteMessages(*ana_, talk_, {1}, DeleteFor::Self).has_done());
        QVERIFY(deleteMessages(*ana_, talk_, {1}, DeleteFor::Everyone).has_done());
        QVERIFY(inHistory(*ben_, talk_, 1)->is_deleted());
        QVERIFY(inHistory(*ana_, talk_, 1)->is_hidden());
        // And what is left of it can be hidden by others.
        QVERIFY(deleteMessages(*ben_, talk_, {1}, DeleteFor::Self).has_done());
        QVERIFY(inHistory(*ben_, talk_, 1)->is_hidden());
    }
};

QTEST_GUILESS_MAIN(ServerDeletionsTest)
#include "tst_server_deletions.moc"
