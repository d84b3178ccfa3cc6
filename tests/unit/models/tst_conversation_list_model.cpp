// SPDX-License-Identifier: Apache-2.0
#include "conversation_list_model.h"
#include "model_fixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <memory>

using namespace dunlin;
using namespace dunlin::client;
using dunlin::test::ModelFixture;

namespace {

constexpr std::int64_t ana = 11;
constexpr std::int64_t ben = 12;
constexpr std::int64_t cleo = 13;

} // namespace

/// Three conversations: Cleo's is the newest, then Ben's, then Ana's.
class ConversationListModelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ModelFixture> fixture_;
    std::unique_ptr<ConversationListModel> list_;

    QStringList names() const
    {
        QStringList found;
        for (int row = 0; row < list_->count(); ++row)
            found += list_->data(list_->index(row), ConversationListModel::NameRole).toString();
        return found;
    }
    QVariant of(std::int64_t id, int role) const
    {
        return list_->data(list_->index(list_->rowOf(QString::number(id))), role);
    }
    int statusOf(std::int64_t id) const
    {
        return of(id, ConversationListModel::StatusRole).toInt();
    }

private Q_SLOTS:
    void init()
    {
        fixture_ = std::make_unique<ModelFixture>();
        fixture_->signIn();
        fixture_->addConversation(ana, "Ana");
        fixture_->addConversation(ben, "Ben");
        fixture_->addConversation(cleo, "Cleo");
        fixture_->addMessage(ana, 1, UserId{ana}, 1000, "from Ana");
        fixture_->addMessage(ben, 1, ModelFixture::self, 2000, "to Ben");
        fixture_->addMessage(cleo, 1, UserId{cleo}, 3000, "from Cleo");
        list_ = std::make_unique<ConversationListModel>(fixture_->client());
        new QAbstractItemModelTester(
                list_.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, list_.get());
        list_->reload();
        QTRY_COMPARE(names(),
                     (QStringList{QStringLiteral("Cleo"), QStringLiteral("Ben"),
                                  QStringLiteral("Ana")}));
    }
    void cleanup()
    {
        list_.reset();
        fixture_.reset();
    }

    void whatIsWrittenMovesItsConversationUpWithoutAReset()
    {
        QSignalSpy reset(list_.get(), &QAbstractItemModel::modelReset);
        QSignalSpy moved(list_.get(), &QAbstractItemModel::rowsMoved);
        const QPersistentModelIndex selected = list_->index(2);
        fixture_->addMessage(ana, 2, UserId{ana}, 4000, "again");
        QTRY_COMPARE(names().first(), QStringLiteral("Ana"));
        QCOMPARE(moved.count(), 1);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(selected.row(), 0); // what was selected still is
        QCOMPARE(of(ana, ConversationListModel::PreviewRole).toString(), QStringLiteral("again"));
        QCOMPARE(of(ana, ConversationListModel::UnreadRole).toInt(), 2);
    }

    void pinnedConversationsStayOnTop()
    {
        list_->setPinned(QString::number(ana), true);
        QTRY_COMPARE(names().first(), QStringLiteral("Ana"));
        fixture_->addMessage(cleo, 2, UserId{cleo}, 5000, "newer");
        QTRY_COMPARE(of(cleo, ConversationListModel::PreviewRole).toString(),
                     QStringLiteral("newer"));
        QCOMPARE(names(),
                 (QStringList{QStringLiteral("Ana"), QStringLiteral("Cleo"),
                              QStringLiteral("Ben")}));
        list_->setPinned(QString::number(ana), false);
        QTRY_COMPARE(names().last(), QStringLiteral("Ana"));
    }

    void theTicksFollowTheOther()
    {
        QCOMPARE(statusOf(cleo), int(MessageStatus::None)); // not ours
        QCOMPARE(statusOf(ben), int(MessageStatus::Sent));
        fixture_->raise(ben, UserId{ben}, 1, 0);
        QTRY_COMPARE(statusOf(ben), int(MessageStatus::Delivered));
        fixture_->raise(ben, UserId{ben}, 1, 1);
        QTRY_COMPARE(statusOf(ben), int(MessageStatus::Read));
    }

    void whatWaitsIsThePreviewAndItsFailureShows()
    {
        const auto queued = ModelFixture::await(
                fixture_->store().queueMessage(ConversationId{ana}, QStringLiteral("waiting")));
        QVERIFY(queued);
        QTRY_COMPARE(of(ana, ConversationListModel::PreviewRole).toString(),
                     QStringLiteral("waiting"));
        QCOMPARE(statusOf(ana), int(MessageStatus::Queued));
        QVERIFY(ModelFixture::await(
                fixture_->store().markFailed(queued->localId, QStringLiteral("FORBIDDEN"))));
        QTRY_COMPARE(statusOf(ana), int(MessageStatus::Failed));
        QVERIFY(ModelFixture::await(fixture_->store().discard(queued->localId)));
        QTRY_COMPARE(of(ana, ConversationListModel::PreviewRole).toString(),
                     QStringLiteral("from Ana"));
    }

    void mutedConversationsDoNotCountAsUnread()
    {
        QCOMPARE(list_->unread(), 2);
        list_->setMuted(QString::number(cleo), true);
        QTRY_COMPARE(list_->unread(), 1);
        QVERIFY(of(cleo, ConversationListModel::IsMutedRole).toBool());
        const MessageSeq first{1};
        QVERIFY(ModelFixture::await(fixture_->store().markRead(ConversationId{ana}, first)));
        QTRY_COMPARE(list_->unread(), 0);
    }

    void anEmptyConversationIsListedOnceItIsOpenedHere()
    {
        fixture_->addConversation(14, "Dora");
        const auto dora = ModelFixture::await(fixture_->store().conversation(ConversationId{14}));
        QVERIFY(dora);
        QCOMPARE(list_->count(), 3);
        list_->show(*dora);
        QCOMPARE(list_->count(), 4);
        QCOMPARE(names().last(), QStringLiteral("Dora"));
    }
};

QTEST_MAIN(ConversationListModelTest)
#include "tst_conversation_list_model.moc"
