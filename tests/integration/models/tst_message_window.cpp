// SPDX-License-Identifier: Apache-2.0
#include "client_profile.h"
#include "message_list_model.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

/// What of a long conversation is on screen while the server is there.
class MessageWindowTest : public QObject {
    Q_OBJECT

    // More than a page of history has.
    static constexpr int messageCount = 450;

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    QTemporaryDir directory_;
    std::unique_ptr<Client> ana_;
    ConversationId talk_;

    static int staleIn(const MessageListModel &model)
    {
        int stale = 0;
        for (int row = 0; row < model.count(); ++row)
            stale += model.messageAt(row)->isStale ? 1 : 0;
        return stale;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        ana_ = openProfile(directory_.path(), QStringLiteral("ana"));
        registerAs(*ana_, server_->webSocketUrl(), QStringLiteral("ana"));
        WireClient ben(server_->webSocketUrl());
        QVERIFY(ben.open());
        QVERIFY(ben.registerAccount("ben").has_signed_in());
        talk_ = ConversationId{ben.openConversation(ana_->session().self().id.value)};
        for (int i = 0; i < messageCount; ++i)
            QVERIFY(ben.post(talk_.value, "message " + std::to_string(i)).has_message_posted());
    }
    void cleanupTestCase() { ana_.reset(); }

    void allThatIsShownIsAskedForAgainOnceTheLogWasLeftBehind()
    {
        QTRY_COMPARE(await(ana_->store().conversation(talk_))->lastSeq.value, messageCount);
        ana_->sync().markRead(talk_, MessageSeq{messageCount}); // so that it opens at the end
        QTRY_COMPARE(await(ana_->store().conversation(talk_))->unread, 0);
        MessageListModel model(*ana_);
        model.open(talk_);
        QTRY_VERIFY(model.isLoaded());
        while (model.count() < messageCount) {
            const int before = model.count();
            model.loadOlder();
            QTRY_VERIFY(model.count() > before);
        }
        QTRY_VERIFY(ana_->sync().isCaughtUp());
        QCOMPARE(staleIn(model), 0);
        QVERIFY(await(ana_->store().beginEpoch()));
        // Something happens to one of them, so they are read again.
        const MessageSeq newest = model.newestSeq();
        QVERIFY(await(ana_->actions().react(talk_, newest, QStringLiteral("\U0001F44D"))));
        QTRY_VERIFY(!model.messageAt(0)->reactions.isEmpty());
        QTRY_COMPARE(staleIn(model), 0);
        const auto stored =
                await(ana_->store().messagesBefore(talk_, {}, MessageListModel::residentMax));
        QVERIFY(!stored->isStale);
    }
};

QTEST_MAIN(MessageWindowTest)
#include "tst_message_window.moc"
