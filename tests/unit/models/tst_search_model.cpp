// SPDX-License-Identifier: Apache-2.0
#include "conversation_list_model.h"
#include "model_fixture.h"
#include "search_model.h"

#include <QAbstractItemModelTester>

#include <memory>

using namespace dunlin;
using namespace dunlin::client;
using dunlin::test::ModelFixture;

/// Offline: what is on the device is found, and it is said that people are not.
class SearchModelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ModelFixture> fixture_;
    std::unique_ptr<ConversationListModel> list_;
    std::unique_ptr<SearchModel> search_;

    QStringList all(int role) const
    {
        QStringList found;
        for (int row = 0; row < search_->count(); ++row)
            found += search_->data(search_->index(row, 0), role).toString();
        return found;
    }
    void find(const QString &query)
    {
        search_->setQuery(query);
        QTRY_VERIFY(!search_->isSearching());
    }

private Q_SLOTS:
    void init()
    {
        fixture_ = std::make_unique<ModelFixture>();
        fixture_->signIn();
        fixture_->addConversation(11, "Ana Souza");
        fixture_->addConversation(12, "Ben");
        fixture_->addMessage(11, 1, UserId{11}, 1000,
                             "I asked somebody about it and then we agreed to meet at the station");
        fixture_->addMessage(12, 1, UserId{12}, 2000, "Ana has the map");
        list_ = std::make_unique<ConversationListModel>(fixture_->client());
        list_->reload();
        QTRY_COMPARE(list_->count(), 2);
        search_ = std::make_unique<SearchModel>(fixture_->client(), *list_);
        new QAbstractItemModelTester(search_.get(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     search_.get());
    }
    void cleanup()
    {
        search_.reset();
        list_.reset();
        fixture_.reset();
    }

    void conversationsComeBeforeMessages()
    {
        find(QStringLiteral("ana"));
        QCOMPARE(all(SearchModel::TitleRole),
                 (QStringList{QStringLiteral("Ana Souza"), QStringLiteral("Ben")}));
        QCOMPARE(search_->data(search_->index(0, 0), SearchModel::KindRole).toInt(),
                 int(SearchModel::ConversationKind));
        QCOMPARE(search_->data(search_->index(1, 0), SearchModel::KindRole).toInt(),
                 int(SearchModel::MessageKind));
        QCOMPARE(search_->data(search_->index(1, 0), SearchModel::SeqRole).toInt(), 1);
        QVERIFY(!search_->notice().isEmpty());
    }

    void theExcerptBeginsWithAWholeWordBeforeTheOneLookedFor()
    {
        find(QStringLiteral("me"));
        QCOMPARE(all(SearchModel::SubtitleRole),
                 QStringList{QStringLiteral("\u2026and then we agreed to meet at the station")});
    }

    void onlyTheLastOfFastTypingIsAnswered()
    {
        search_->setQuery(QStringLiteral("a"));
        search_->setQuery(QStringLiteral("an"));
        find(QStringLiteral("nothing like this"));
        QCOMPARE(search_->count(), 0);
    }

    void anEmptyFieldFindsNothing()
    {
        find(QStringLiteral("ana"));
        QVERIFY(search_->count() > 0);
        search_->setQuery(QStringLiteral("  "));
        QVERIFY(!search_->isActive());
        QVERIFY(!search_->isSearching());
        QCOMPARE(search_->count(), 0);
        QVERIFY(search_->notice().isEmpty());
    }
};

QTEST_MAIN(SearchModelTest)
#include "tst_search_model.moc"
