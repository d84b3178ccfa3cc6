// SPDX-License-Identifier: Apache-2.0
#include "conversation_list_model.h"
#include "message_list_model.h"

#include <QAbstractItemModelTester>
#include <QCoroTask>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;

namespace {

constexpr UserId self{1};
constexpr UserId peer{2};
constexpr ConversationId talk{7};
constexpr qint64 minuteMs = 60'000;

template <typename Task> auto await(Task task)
{
    return QCoro::waitFor(std::move(task));
}

v1::Update added(int seq, UserId sender, qint64 atMs, const std::string &text)
{
    v1::Update update;
    update.set_seq(seq);
    auto &message = *update.mutable_message_added();
    message.set_conversation_id(talk.value);
    message.set_seq(seq);
    message.set_message_id(1000 + seq);
    message.set_sender_id(sender.value);
    message.set_sent_at_ms(atMs);
    message.set_text(text);
    message.set_client_id(ClientId::random().toBytes());
    return update;
}

} // namespace

/// The model on a store of 5,000 messages, without a server.
class MessageListModelTest : public QObject {
    Q_OBJECT

    static constexpr int messageCount = 5000;

    QTemporaryDir directory_;
    std::unique_ptr<Client> client_;
    std::unique_ptr<MessageListModel> model_;

    QVariant at(int row, int role) const { return model_->data(model_->index(row), role); }
    QString textAt(int row) const { return at(row, MessageListModel::TextRole).toString(); }
    void open(MessageSeq around = {})
    {
        model_ = std::make_unique<MessageListModel>(*client_);
        new QAbstractItemModelTester(
                model_.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, model_.get());
        model_->open(talk, around);
        QTRY_VERIFY(model_->isLoaded());
    }
    void markRead(int seq)
    {
        v1::Update update;
        auto &raised = *update.mutable_watermark_raised();
        raised.set_conversation_id(talk.value);
        raised.mutable_watermark()->set_user_id(self.value);
        raised.mutable_watermark()->set_read_seq(seq);
        QVERIFY(await(client_->store().applyUpdates({update}, UpdateSeq{seq})));
    }
    /// What stands there has no hole and nothing twice.
    void verifyNoHole() const
    {
        for (int row = 1; row < model_->count(); ++row)
            QCOMPARE(model_->seqAt(row), model_->seqAt(row - 1) - 1);
    }
    void add(int seq, UserId sender, qint64 atMs, const std::string &text)
    {
        std::vector<v1::Update> updates{added(seq, sender, atMs, text)};
        QVERIFY(await(client_->store().applyUpdates(std::move(updates), UpdateSeq{seq})));
    }

private Q_SLOTS:
    void initTestCase()
    {
        client_ = std::make_unique<Client>(directory_.path());
        QVERIFY(await(client_->start()));
        Person me;
        me.id = self;
        me.userName = QStringLiteral("me");
        QVERIFY(await(client_->store().setAccount(me)));
        client_->session().setSelf(me);
        std::vector<v1::Update> updates;
        for (int seq = 1; seq <= messageCount; ++seq)
            updates.push_back(added(seq, peer, seq * minuteMs, "text " + std::to_string(seq)));
        QVERIFY(await(client_->store().applyUpdates(std::move(updates), UpdateSeq{messageCount})));
        markRead(messageCount);
    }
    void cleanup() { model_.reset(); }

    void opensAtTheNewestWithOnePage()
    {
        open();
        QCOMPARE(model_->count(), MessageListModel::pageSize);
        QCOMPARE(textAt(0), QStringLiteral("text 5000"));
        QVERIFY(!model_->hasNewer());
    }

    void pagesBackKeepingOnlySomeInMemory()
    {
        open();
        for (int page = 0; page < 20; ++page) {
            const int before = model_->count();
            const QString oldest = textAt(before - 1);
            model_->loadOlder();
            QTRY_VERIFY(textAt(model_->count() - 1) != oldest);
            QVERIFY(model_->count() <= MessageListModel::residentMax);
        }
        QVERIFY(model_->hasNewer());
        QCOMPARE(textAt(model_->count() - 1), QStringLiteral("text %1").arg(5000 - 21 * 60 + 1));
        // And forward again to the end, without a hole.
        while (model_->hasNewer()) {
            const QString newest = textAt(0);
            model_->loadNewer();
            QTRY_VERIFY(textAt(0) != newest);
        }
        QCOMPARE(textAt(0), QStringLiteral("text 5000"));
        for (int row = 1; row < model_->count(); ++row)
            QCOMPARE(textAt(row), QStringLiteral("text %1").arg(5000 - row));
    }

    void opensInTheMiddleAroundAMessage()
    {
        open(MessageSeq{2500});
        const int row = model_->rowOfSeq(2500);
        QVERIFY(row > 0);
        QCOMPARE(textAt(row), QStringLiteral("text 2500"));
        QVERIFY(model_->hasNewer());
    }

    void movingPutsOtherMessagesIntoTheRowsInView_data()
    {
        QTest::addColumn<int>("rowInView");
        QTest::newRow("newest") << 0;
        QTest::newRow("middle") << 40;
        QTest::newRow("oldest") << 119;
        QTest::newRow("none") << -1;
    }
    void movingPutsOtherMessagesIntoTheRowsInView()
    {
        QFETCH(const int, rowInView);
        open(MessageSeq{4000});
        model_->loadOlder();
        QTRY_COMPARE(model_->count(), 2 * MessageListModel::pageSize);
        connect(model_.get(), &MessageListModel::replacing, this,
                [&] { model_->setProperty("rowInView", rowInView); });
        QPersistentModelIndex inView = model_->index(std::max(0, rowInView));
        QSignalSpy reset(model_.get(), &QAbstractItemModel::modelReset);
        QSignalSpy moved(model_.get(), &MessageListModel::moved);
        const qint64 before = model_->seqAt(inView.row());
        model_->moveTo(MessageSeq{1500});
        QCOMPARE(model_->seqAt(inView.row()), before); // there until the others are
        QTRY_COMPARE(moved.count(), 1);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(model_->seqAt(inView.row()), 1500);
        QCOMPARE(inView.data(MessageListModel::TextRole).toString(), QStringLiteral("text 1500"));
        QCOMPARE(model_->count(), MessageListModel::pageSize);
        verifyNoHole();

        // To the end and what waits there, and back to where the conversation begins.
        model_->moveTo({});
        QTRY_COMPARE(moved.count(), 2);
        QVERIFY(!model_->hasNewer());
        QCOMPARE(textAt(0), QStringLiteral("text 5000"));
        verifyNoHole();
        model_->moveTo(MessageSeq{1});
        QTRY_COMPARE(moved.count(), 3);
        QCOMPARE(model_->seqAt(model_->count() - 1), 1);
        verifyNoHole();
    }

    void aPageThatWasAskedForBeforeMovingIsNotAdded()
    {
        open(MessageSeq{4000});
        QSignalSpy moved(model_.get(), &MessageListModel::moved);
        model_->loadOlder();
        model_->moveTo(MessageSeq{1500});
        model_->loadNewer(); // nor one of what is left
        model_->moveTo(MessageSeq{2500}); // and the last place wins
        QTRY_COMPARE(moved.count(), 1);
        QVERIFY(model_->rowOfSeq(2500) >= 0);
        model_->loadOlder();
        QTRY_COMPARE(model_->count(), 2 * MessageListModel::pageSize);
        verifyNoHole();
        QCOMPARE(moved.count(), 1);
    }

    void aPlaceThatIsNotThereIsTheNextOne()
    {
        open(MessageSeq{4000});
        QCOMPARE(model_->rowOfSeq(9999), -1);
        QCOMPARE(model_->rowFrom(MessageSeq{9999}), 0);
        QCOMPARE(model_->seqAt(model_->rowFrom(MessageSeq{1})), model_->seqAt(model_->count() - 1));
        QCOMPARE(model_->rowFrom(MessageSeq{4000}), model_->rowOfSeq(4000));
        QCOMPARE(model_->rowOfSeq(0), -1);
    }

    void aQueuedMessageStandsAtTheEndAndStaysThereWhenItIsSent()
    {
        open();
        const auto row = await(client_->store().queueMessage(talk, QStringLiteral("mine")));
        QVERIFY(row);
        QTRY_COMPARE(textAt(0), QStringLiteral("mine"));
        QCOMPARE(at(0, MessageListModel::StatusRole).toInt(), int(MessageStatus::Queued));
        QSignalSpy removed(model_.get(), &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(model_.get(), &QAbstractItemModel::rowsInserted);
        v1::MessagePosted posted;
        posted.set_seq(messageCount + 1);
        posted.set_message_id(99'999);
        posted.set_sent_at_ms((messageCount + 1) * minuteMs);
        QVERIFY(await(client_->store().markSent(*row, posted)));
        QTRY_COMPARE(at(0, MessageListModel::StatusRole).toInt(), int(MessageStatus::Sent));
        QCOMPARE(textAt(0), QStringLiteral("mine"));
        QCOMPARE(removed.count(), 0);
        QCOMPARE(inserted.count(), 0);
        QTRY_VERIFY(await(client_->store().outbox())->isEmpty());
        QVERIFY(at(0, MessageListModel::IsOwnRole).toBool());
    }

    void messagesOfOneSenderWithinFiveMinutesAreAGroup()
    {
        open();
        const qint64 base = 10'000 * minuteMs;
        add(messageCount + 2, peer, base, "a");
        add(messageCount + 3, peer, base + 4 * minuteMs, "b");
        add(messageCount + 4, peer, base + 10 * minuteMs, "c");
        add(messageCount + 5, self, base + 11 * minuteMs, "d");
        QTRY_COMPARE(textAt(0), QStringLiteral("d"));
        const auto isFirst = [this](int row) {
            return at(row, MessageListModel::IsFirstOfGroupRole).toBool();
        };
        const auto isLast = [this](int row) {
            return at(row, MessageListModel::IsLastOfGroupRole).toBool();
        };
        QVERIFY(isFirst(3) && !isLast(3)); // a
        QVERIFY(!isFirst(2) && isLast(2)); // b
        QVERIFY(isFirst(1) && isLast(1)); // c, later
        QVERIFY(isFirst(0) && isLast(0)); // d, of another
    }

    void aDayIsNamedAboveItsFirstMessage()
    {
        open();
        const qint64 nextDay = 20'000 * minuteMs;
        add(messageCount + 6, peer, nextDay, "new day");
        add(messageCount + 7, peer, nextDay + minuteMs, "same day");
        QTRY_COMPARE(textAt(0), QStringLiteral("same day"));
        QVERIFY(at(0, MessageListModel::DayTextRole).toString().isEmpty());
        QVERIFY(!at(1, MessageListModel::DayTextRole).toString().isEmpty());
    }

    void theDividerStandsAboveTheFirstUnreadOfTheOther()
    {
        open();
        model_->setUnreadAfter(MessageSeq{messageCount + 3}, true);
        const int row = model_->firstUnreadRow();
        QCOMPARE(textAt(row), QStringLiteral("c"));
        QVERIFY(at(row, MessageListModel::IsFirstUnreadRole).toBool());
        model_->setUnreadAfter({}, false);
        QCOMPARE(model_->firstUnreadRow(), -1);
    }

    void theConversationListFollowsItsConversation()
    {
        ConversationListModel list(*client_);
        new QAbstractItemModelTester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     &list);
        list.reload();
        QTRY_COMPARE(list.count(), 1);
        const auto of = [&list](int role) { return list.data(list.index(0), role); };
        QCOMPARE(of(ConversationListModel::PreviewRole).toString(), QStringLiteral("same day"));
        const int unread = of(ConversationListModel::UnreadRole).toInt();
        QVERIFY(unread > 0);
        QSignalSpy reset(&list, &QAbstractItemModel::modelReset);
        add(messageCount + 8, peer, 20'010 * minuteMs, "one more");
        QTRY_COMPARE(of(ConversationListModel::UnreadRole).toInt(), unread + 1);
        QCOMPARE(reset.count(), 0);
        QVERIFY(await(client_->store().setDraft(talk, Draft{.text = QStringLiteral("draft")})));
        QTRY_COMPARE(of(ConversationListModel::DraftRole).toString(), QStringLiteral("draft"));
    }

    void whatComesAtOnceBeyondOnePageIsPagedIn()
    {
        open();
        const int first = int(model_->newestSeq().value) + 1;
        const int last = first + MessageListModel::residentMax + 100;
        std::vector<v1::Update> updates;
        for (int seq = first; seq <= last; ++seq)
            updates.push_back(
                    added(seq, peer, (20'100 + seq) * minuteMs, "text " + std::to_string(seq)));
        QVERIFY(await(client_->store().applyUpdates(std::move(updates), UpdateSeq{last})));
        QTRY_VERIFY(model_->newestSeq().value >= first);
        const auto isAtEnd = [&] {
            model_->loadNewer();
            return !model_->hasNewer() && model_->newestSeq().value == last;
        };
        QTRY_VERIFY(isAtEnd());
        QCOMPARE(textAt(0), QStringLiteral("text %1").arg(last));
        QCOMPARE(textAt(150), QStringLiteral("text %1").arg(last - 150));

        // Opened once more: where what is not read begins, with what was read above.
        markRead(first - 1);
        open();
        QVERIFY(model_->hasNewer());
        model_->setUnreadAfter(MessageSeq{first - 1}, true);
        QCOMPARE(textAt(model_->firstUnreadRow()), QStringLiteral("text %1").arg(first));
        QVERIFY(model_->firstUnreadRow() < model_->count() - 1);
        // At the end the divider would stand above a message that is not the first.
        QSignalSpy moved(model_.get(), &MessageListModel::moved);
        model_->moveTo({});
        QTRY_COMPARE(moved.count(), 1);
        model_->setUnreadAfter(MessageSeq{first - 1}, true);
        QCOMPARE(model_->firstUnreadRow(), -1);
        markRead(last);
    }

    void aGapAfterALongAbsenceIsKnown()
    {
        open();
        QVERIFY(!model_->hasNewer());
        const int last = int(model_->newestSeq().value) + 100;
        v1::Conversation conversation;
        conversation.set_conversation_id(talk.value);
        conversation.set_last_seq(last);
        conversation.add_members()->set_user_id(self.value);
        conversation.add_members()->set_user_id(peer.value);
        auto &mark = *conversation.add_watermarks();
        mark.set_user_id(self.value);
        mark.set_read_seq(model_->newestSeq().value);
        *conversation.mutable_last_message() =
                added(last, peer, 40'000 * minuteMs, "after the gap").message_added();
        std::vector<v1::Conversation> snapshot{conversation};
        QVERIFY(await(
                client_->store().applyConversations(std::move(snapshot), UpdateSeq{last + 1})));
        QTRY_VERIFY(model_->hasNewer()); // without a server it stays so
        // Nor can one go there: what is shown stays.
        const qint64 newest = model_->seqAt(0);
        QSignalSpy failed(model_.get(), &MessageListModel::moveFailed);
        model_->moveTo(MessageSeq{last - 50});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(model_->seqAt(0), newest);
        model_->loadOlder();
        QTRY_VERIFY(model_->count() > MessageListModel::pageSize);
    }

    void removedMessagesLeaveTheList()
    {
        open(MessageSeq{4990});
        const int before = model_->count();
        const int row = model_->rowOfSeq(4990);
        QVERIFY(row >= 0 && row < before - 1);
        v1::Update update;
        auto &change = *update.mutable_retention_changed();
        change.set_conversation_id(talk.value);
        change.set_first_seq(4991);
        change.set_expired_before_ms(4991 * minuteMs);
        change.mutable_retention()->set_days(1);
        QVERIFY(await(client_->store().applyUpdates({update}, UpdateSeq{20'000})));
        QTRY_COMPARE(model_->rowOfSeq(4990), -1);
        QCOMPARE(model_->count(), row);
        QCOMPARE(textAt(model_->count() - 1), QStringLiteral("text 4991"));
        model_->loadOlder();
        // Nothing stands before it, so its day is told.
        QTRY_VERIFY(!at(model_->count() - 1, MessageListModel::DayTextRole).toString().isEmpty());
    }
};

QTEST_MAIN(MessageListModelTest)
#include "tst_message_list_model.moc"
