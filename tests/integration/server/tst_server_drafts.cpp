// SPDX-License-Identifier: Apache-2.0
#include "message_requests.h"
#include "server_fixture.h"

#include <QTest>

#include <algorithm>

using namespace dunlin;
using namespace dunlin::test;

class ServerDraftsTest : public ServerFixture {
    Q_OBJECT

    static std::optional<v1::Draft> lastDraft(const std::vector<v1::Update> &updates)
    {
        std::optional<v1::Draft> found;
        for (const v1::Update &update : updates) {
            if (update.has_draft_changed())
                found = update.draft_changed().draft();
        }
        return found;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(startServer()); }
    void init() { QVERIFY(meet()); }

    void aDraftIsOnEveryDeviceOfItsWriterAndNowhereElse()
    {
        ben_->post(talk_, "a question");
        const auto phone = anotherDevice(*ana_);
        QVERIFY(saveDraft(*ana_, talk_, "an answ", 1).has_done());
        QTRY_VERIFY(lastDraft(phone->liveUpdates()));
        const auto live = *lastDraft(phone->liveUpdates());
        QCOMPARE(live.text(), "an answ");
        QCOMPARE(live.reply_to_seq(), 1);
        QVERIFY(live.saved_at_ms() > 0);
        const auto laptop = anotherDevice(*ana_);
        QCOMPARE(lastDraft(laptop->syncAll(0))->SerializeAsString(), live.SerializeAsString());
        QCOMPARE(inSnapshot(*laptop, talk_)->draft().SerializeAsString(), live.SerializeAsString());
        // The conversation as it was when it was added has none yet.
        QVERIFY(!laptop->syncAll(0).front().conversation_added().has_draft());
        QVERIFY(!lastDraft(ben_->syncAll(0)));
        QVERIFY(!inSnapshot(*ben_, talk_)->has_draft());
    }

    void theLastOneCountsAndAnEmptyOneIsNone()
    {
        const auto phone = anotherDevice(*ana_);
        QVERIFY(saveDraft(*ana_, talk_, "here").has_done());
        QVERIFY(saveDraft(*phone, talk_, "there").has_done());
        QCOMPARE(inSnapshot(*ana_, talk_)->draft().text(), "there");
        const std::int64_t before = newestUpdate(*ana_);
        QVERIFY(saveDraft(*ana_, talk_, "there").has_done());
        QCOMPARE(newestUpdate(*ana_), before);
        QVERIFY(saveDraft(*ana_, talk_, "").has_done());
        QCOMPARE(newestUpdate(*ana_), before + 1);
        QVERIFY(saveDraft(*ana_, talk_, "").has_done());
        QCOMPARE(newestUpdate(*ana_), before + 1);
        QVERIFY(!inSnapshot(*ana_, talk_)->has_draft());
        const auto last = lastDraft(ana_->syncAll(0));
        QVERIFY(last && last->text().empty());
        // A reply without words is one.
        ben_->post(talk_, "a question");
        QVERIFY(saveDraft(*ana_, talk_, "", 1).has_done());
        QCOMPARE(inSnapshot(*ana_, talk_)->draft().reply_to_seq(), 1);
    }

    void aDraftHasTheLimitsOfAMessageButMayBeEmpty_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("spaces") << QByteArray(" \n ") << "";
        QTest::newRow("the longest") << QByteArray(16 * 1024, 'x') << "";
        QTest::newRow("too long") << QByteArray(16 * 1024 + 1, 'x') << "MESSAGE_TOO_LONG";
        QTest::newRow("a NUL") << QByteArray("a\0b", 3) << "INVALID_ARGUMENT";
    }
    void aDraftHasTheLimitsOfAMessageButMayBeEmpty()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        QCOMPARE(saveDraft(*ana_, talk_, text.toStdString()).error().code(), code.toStdString());
        QCOMPARE(inSnapshot(*ana_, talk_)->draft().text(),
                 code.isEmpty() ? text.toStdString() : std::string());
    }

    void strangersHaveNoDraftHere()
    {
        const auto eve = newUser();
        QCOMPARE(saveDraft(*eve, talk_, "x").error().code(), "CONVERSATION_NOT_FOUND");
        QCOMPARE(saveDraft(*eve, 123, "x").error().code(), "CONVERSATION_NOT_FOUND");
        QCOMPARE(saveDraft(*ana_, talk_, "x", -1).error().code(), "INVALID_ARGUMENT");
    }
};

QTEST_GUILESS_MAIN(ServerDraftsTest)
#include "tst_server_drafts.moc"
