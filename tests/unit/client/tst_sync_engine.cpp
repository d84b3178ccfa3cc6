// SPDX-License-Identifier: Apache-2.0
#include "scripted_server.h"
#include "sync_engine.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

class SyncEngineTest : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;

    static v1::Update messageFromPeer()
    {
        v1::Update update;
        update.set_seq(1);
        auto &message = *update.mutable_message_added();
        message.set_conversation_id(7);
        message.set_seq(1);
        message.set_message_id(70);
        message.set_sender_id(2);
        message.set_text("hello");
        message.set_client_id(ClientId::random().toBytes());
        return update;
    }

private Q_SLOTS:
    void aReceiptTheServerCannotTakeNowIsTriedAgainWithoutHaste()
    {
        LocalStore store(directory_.filePath(QStringLiteral("store.db")));
        QVERIFY(QCoro::waitFor(store.open()));
        Person self;
        self.id = UserId{1};
        QVERIFY(QCoro::waitFor(store.setAccount(self)));
        std::vector<v1::Update> updates{messageFromPeer()};
        QVERIFY(QCoro::waitFor(store.applyUpdates(std::move(updates), UpdateSeq{1})));

        ScriptedServer server;
        QElapsedTimer sinceFirst;
        int tries = 0;
        server.script = [&](const v1::ClientFrame &request) {
            if (request.has_raise_watermarks()) {
                if (++tries == 1)
                    sinceFirst.start();
                return ScriptedServer::error("UNAVAILABLE");
            }
            auto answer = ScriptedServer::signedIn();
            if (request.has_sync())
                answer.mutable_sync_page()->set_next_seq(request.sync().since_seq());
            return answer;
        };
        Connection connection(quick());
        const SyncEngine engine(store, connection);
        connection.start(server.url(), {.token = QStringLiteral("token")});
        QTRY_COMPARE_WITH_TIMEOUT(tries, 2, 20'000);
        QVERIFY2(sinceFirst.elapsed() >= 1000, qPrintable(QString::number(sinceFirst.elapsed())));
    }
};

QTEST_GUILESS_MAIN(SyncEngineTest)
#include "tst_sync_engine.moc"
