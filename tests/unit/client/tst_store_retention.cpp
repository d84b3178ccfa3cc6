// SPDX-License-Identifier: Apache-2.0
// What a device keeps of a conversation whose messages are removed by themselves.
#include "client.h"
#include "conversions.h"

#include <QCoroTask>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;

namespace {

constexpr UserId alice{1};
constexpr UserId bob{2};
constexpr ConversationId talk{7};

template <typename Task> auto waitForTask(Task task)
{
    return QCoro::waitFor(std::move(task));
}

/// Sent at 1000 + seq.
v1::Message messageFrom(UserId sender, int seq)
{
    v1::Message message;
    message.set_conversation_id(talk.value);
    message.set_seq(seq);
    message.set_message_id(100 + seq);
    message.set_sender_id(sender.value);
    message.set_sent_at_ms(1000 + seq);
    message.set_text("word" + std::to_string(seq));
    message.set_client_id(ClientId::random().toBytes());
    return message;
}

std::vector<std::int64_t> seqsOf(const MessagePage &page)
{
    std::vector<std::int64_t> seqs;
    for (const StoredMessage &message : page.messages)
        seqs.push_back(message.seq.value);
    return seqs;
}

using Seqs = std::vector<std::int64_t>;

} // namespace

class StoreRetentionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<LocalStore> m_store;
    std::int64_t m_cursor = 0;

    void add(const v1::Message &message)
    {
        v1::Update update;
        update.set_seq(++m_cursor);
        *update.mutable_message_added() = message;
        QVERIFY(waitForTask(m_store->applyUpdates({update}, UpdateSeq{m_cursor})));
    }
    void addSeveral(int first, int last)
    {
        for (int seq = first; seq <= last; ++seq)
            add(messageFrom(bob, seq));
    }
    void change(std::int64_t firstSeq, std::int64_t expiredBeforeMs, std::uint32_t days = 0)
    {
        v1::Update update;
        update.set_seq(++m_cursor);
        v1::RetentionChanged &changed = *update.mutable_retention_changed();
        changed.set_conversation_id(talk.value);
        changed.set_first_seq(firstSeq);
        changed.set_expired_before_ms(expiredBeforeMs);
        changed.mutable_retention()->set_days(days);
        QVERIFY(waitForTask(m_store->applyUpdates({update}, UpdateSeq{m_cursor})));
    }
    /// So long after a message of beforeMs that it may just stay.
    void removeDue(qint64 days, qint64 beforeMs)
    {
        const qint64 daysMs = days * 24 * 60 * 60 * 1000;
        QVERIFY(waitForTask(m_store->removeDue(beforeMs + daysMs)));
    }
    MessagePage before(std::int64_t seq = 0, int limit = 50)
    {
        return *waitForTask(m_store->messagesBefore(talk, MessageSeq{seq}, limit));
    }
    MessagePage after(std::int64_t seq, int limit = 50)
    {
        return *waitForTask(m_store->messagesAfter(talk, MessageSeq{seq}, limit));
    }
    ConversationSummary summary() { return *waitForTask(m_store->conversation(talk)); }

private Q_SLOTS:
    void init()
    {
        m_cursor = 0;
        m_dir = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<LocalStore>(m_dir->filePath(QStringLiteral("store.db")));
        QVERIFY(waitForTask(m_store->open()));
        QVERIFY(waitForTask(m_store->setAccount({.id = alice})));
    }
    void cleanup() { m_store.reset(); }

    void whatIsSetIsKnown()
    {
        addSeveral(1, 1);
        QCOMPARE(summary().retention, Retention());
        change(1, 0, 28);
        QCOMPARE(summary().retention, Retention{.days = 28});
    }

    void expiredMessagesAreDeletedAndNotAskedForAgain()
    {
        addSeveral(1, 6);
        QSignalSpy changed(m_store.get(), &LocalStore::changed);
        change(4, 1004, 7);
        QCOMPARE(seqsOf(before()), (Seqs{4, 5, 6}));
        QVERIFY(!before().hasBefore && !before().reachedGapBefore);
        QCOMPARE(seqsOf(before(4)), Seqs());
        QVERIFY(!before(4).hasBefore && !before(4).reachedGapBefore);
        QCOMPARE(seqsOf(after(0)), (Seqs{4, 5, 6}));
        QVERIFY(!after(0).hasBefore && !after(0).reachedGapAfter);
        QVERIFY(!after(3).hasBefore);
        QVERIFY(after(4).hasBefore);
        QVERIFY(waitForTask(m_store->searchMessages(QStringLiteral("word2"), 9))->isEmpty());
        QCOMPARE(waitForTask(m_store->searchMessages(QStringLiteral("word4"), 9))->size(), 1);
        const auto changes = changed.last().first().value<ChangeSet>();
        QVERIFY(changes.changedMessages.contains(talk));
    }

    void anExpiredMessageThatComesLateIsNotKept()
    {
        addSeveral(4, 6);
        change(4, 1004, 7);
        QVERIFY(waitForTask(m_store->addHistory({messageFrom(bob, 2), messageFrom(bob, 3)})));
        QCOMPARE(seqsOf(before()), (Seqs{4, 5, 6}));
    }

    void anOwnMessageThatExpiredBeforeItsAnswerCameLeavesTheOutbox()
    {
        addSeveral(1, 6);
        change(4, 1004, 7);
        const auto row = *waitForTask(m_store->queueMessage(talk, QStringLiteral("late")));
        v1::MessagePosted posted;
        posted.set_seq(2);
        posted.set_sent_at_ms(1002);
        QVERIFY(waitForTask(m_store->markSent(row, posted)));
        QVERIFY(waitForTask(m_store->outbox())->isEmpty());
        QCOMPARE(seqsOf(before()), (Seqs{4, 5, 6}));
    }

    void theirPicturesAreNamed()
    {
        auto message = messageFrom(bob, 1);
        message.add_images()->set_blob_id("2-5");
        message.mutable_images(0)->set_thumbnail_blob_id("2-6");
        add(message);
        addSeveral(2, 2);
        QSignalSpy changed(m_store.get(), &LocalStore::changed);
        change(2, 1002, 7);
        const QStringList gone{QStringLiteral("2-5"), QStringLiteral("2-6")};
        QCOMPARE(changed.last().first().value<ChangeSet>().goneBlobs, gone);
    }

    void messagesTheServerGaveAwayAreKeptHere()
    {
        addSeveral(1, 6);
        change(7, 0);
        QCOMPARE(seqsOf(before()), (Seqs{1, 2, 3, 4, 5, 6}));
        QVERIFY(!before().hasBefore && !before().reachedGapBefore);
        QCOMPARE(seqsOf(before(0, 4)), (Seqs{3, 4, 5, 6}));
        QVERIFY(before(0, 4).hasBefore && !before(0, 4).reachedGapBefore);
        QCOMPARE(seqsOf(after(2, 2)), (Seqs{3, 4}));
        QVERIFY(after(2, 2).hasAfter && !after(2, 2).reachedGapAfter);
        QVERIFY(!after(2).hasAfter);
    }

    void holesOfWhatTheServerGaveAwayAreNotAskedFor()
    {
        addSeveral(1, 2);
        addSeveral(5, 6); // 3 and 4 came to another device only
        QVERIFY(before().reachedGapBefore);
        change(7, 0);
        QCOMPARE(seqsOf(before()), (Seqs{1, 2, 5, 6}));
        QVERIFY(!before().hasBefore);
        QCOMPARE(seqsOf(after(0)), (Seqs{1, 2, 5, 6}));
        QVERIFY(!after(0).hasAfter && !after(0).reachedGapAfter);
        // A gap behind is the server's still.
        addSeveral(9, 9);
        QCOMPARE(seqsOf(before()), (Seqs{9}));
        QVERIFY(before().reachedGapBefore);
        QCOMPARE(seqsOf(after(0)), (Seqs{1, 2, 5, 6}));
        QVERIFY(after(0).reachedGapAfter);
    }

    void whatMayBeOldIsNotAskedForWhereTheServerHasNothing()
    {
        addSeveral(1, 4);
        change(3, 0);
        QVERIFY(waitForTask(m_store->beginEpoch()));
        QVERIFY(!before(3).isStale);
        QVERIFY(before().isStale);
    }

    void removedMessagesAreNotUnread()
    {
        addSeveral(1, 6);
        QCOMPARE(summary().unread, 6);
        change(4, 1004, 7);
        QCOMPARE(summary().unread, 3);
        // Given away by the server, they are to be read here still.
        change(6, 1004, 7);
        QCOMPARE(summary().unread, 3);
        // A device that was away for all of them has nothing to read.
        change(10, 1010, 7);
        QCOMPARE(summary().unread, 0);
        QCOMPARE(summary().lastSeq.value, 9);
        QVERIFY(!before().reachedGapBefore);
    }

    void whatIsDueIsRemovedWithoutAServer()
    {
        addSeveral(1, 6);
        change(1, 0, 7);
        QSignalSpy changed(m_store.get(), &LocalStore::changed);
        removeDue(7, 1003); // sent at 1001 and 1002
        QCOMPARE(seqsOf(before()), (Seqs{3, 4, 5, 6}));
        QVERIFY(!before().hasBefore && !before().reachedGapBefore);
        QCOMPARE(summary().unread, 4);
        QVERIFY(changed.last().first().value<ChangeSet>().changedMessages.contains(talk));
        // The server's word of the same, and of more.
        change(3, 1003, 7);
        QCOMPARE(seqsOf(before()), (Seqs{3, 4, 5, 6}));
        change(5, 1005, 7);
        QCOMPARE(seqsOf(before()), (Seqs{5, 6}));
        removeDue(7, 2000);
        QCOMPARE(seqsOf(before()), Seqs());
        QCOMPARE(summary().unread, 0);
    }

    void theServersPolicyCountsWithoutIt()
    {
        addSeveral(1, 3);
        removeDue(7, 1003);
        QCOMPARE(seqsOf(before()), (Seqs{1, 2, 3}));
        QVERIFY(waitForTask(m_store->setMeta(serverRetentionKey, encodeRetention({.days = 7}))));
        removeDue(7, 1003);
        QCOMPARE(seqsOf(before()), (Seqs{3}));
        // The shorter of both.
        change(3, 1003, 28);
        removeDue(7, 1004);
        QCOMPARE(seqsOf(before()), Seqs());
    }

    void whatIsOnDevicesOnlyStaysThere()
    {
        addSeveral(1, 3);
        QVERIFY(waitForTask(
                m_store->setMeta(serverRetentionKey, encodeRetention({.untilDelivered = true}))));
        removeDue(365, 2000);
        QCOMPARE(seqsOf(before()), (Seqs{1, 2, 3}));
    }

    void anAppThatStartsWithoutAServerRemovesThem()
    {
        addSeveral(1, 3);
        change(1, 0, 365);
        m_store.reset();
        Client app(m_dir->path());
        QVERIFY(waitForTask(app.start()));
        const auto page = waitForTask(app.store().messagesBefore(talk, {}, 50));
        QCOMPARE(seqsOf(*page), Seqs());
    }

    void aClockThatWasWrongIsSetRightByTheServer()
    {
        addSeveral(1, 6);
        change(1, 0, 7);
        removeDue(7, 1006);
        QCOMPARE(seqsOf(before()), (Seqs{6}));
        // What is new comes, and what the server still has is asked for again.
        addSeveral(7, 7);
        change(3, 1003, 7);
        QCOMPARE(seqsOf(before()), (Seqs{6, 7}));
        QVERIFY(before().reachedGapBefore);
        QVERIFY(waitForTask(m_store->addHistory(
                {messageFrom(bob, 3), messageFrom(bob, 4), messageFrom(bob, 5)})));
        QCOMPARE(seqsOf(before()), (Seqs{3, 4, 5, 6, 7}));
    }

    void aGapBeforeWhatIsLeftIsAskedFor()
    {
        addSeveral(1, 2);
        addSeveral(5, 6);
        change(1, 0, 7);
        removeDue(7, 1003);
        QCOMPARE(seqsOf(before()), (Seqs{5, 6}));
        QVERIFY(before().reachedGapBefore); // 3 and 4 may be young enough
    }

    void theServersHistoryTellsWhereItBegins()
    {
        addSeveral(5, 6);
        QVERIFY(before().reachedGapBefore);
        v1::HistoryPage page;
        page.set_conversation_id(talk.value);
        page.set_first_seq(5);
        QVERIFY(waitForTask(m_store->addPage(page)));
        QVERIFY(!before().reachedGapBefore && !before().hasBefore);
    }

    void aQuoteOfARemovedMessageSaysSo()
    {
        addSeveral(1, 3);
        auto answer = messageFrom(bob, 4);
        answer.set_reply_to_seq(2);
        add(answer);
        QVERIFY(before().messages.last().quote.isKnown);
        change(3, 1003, 7);
        QVERIFY(!before().messages.last().quote.isKnown);
        QVERIFY(before().messages.last().quote.isRemoved);
    }

    void pinsOfRemovedMessagesGo()
    {
        auto pinned = messageFrom(bob, 1);
        pinned.set_is_pinned(true);
        add(pinned);
        addSeveral(2, 2);
        QCOMPARE(summary().pinned.size(), 1);
        change(2, 1002, 7);
        QVERIFY(summary().pinned.isEmpty());
    }

    void aSnapshotTellsTheSame()
    {
        addSeveral(1, 6);
        v1::Conversation conversation;
        conversation.set_conversation_id(talk.value);
        conversation.set_last_seq(8);
        conversation.set_first_seq(8);
        conversation.set_expired_before_ms(1008);
        conversation.mutable_retention()->set_days(1);
        conversation.add_members()->set_user_id(bob.value);
        *conversation.mutable_last_message() = messageFrom(bob, 8);
        QVERIFY(waitForTask(m_store->applyConversations({conversation}, std::nullopt)));
        QCOMPARE(seqsOf(before()), (Seqs{8}));
        QVERIFY(!before().hasBefore);
        QCOMPARE(summary().retention, Retention{.days = 1});
        QCOMPARE(summary().unread, 1);
    }
};

QTEST_GUILESS_MAIN(StoreRetentionTest)
#include "tst_store_retention.moc"
