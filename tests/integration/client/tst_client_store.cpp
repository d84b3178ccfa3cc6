// SPDX-License-Identifier: Apache-2.0
// The app's store when the app is killed and when its file is damaged, with a real server.
#include "await.h"
#include "client.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QDir>
#include <QProcess>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <random>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kills = 30; // a process starts ten times slower
#else
constexpr int kills = 200;
#endif
constexpr int longestLifeMs = 60;
constexpr int historyPage = 100'000;

} // namespace

class ClientStoreTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    QTemporaryDir directory_;
    QString profile_;
    std::unique_ptr<WireClient> peer_;
    ConversationId talk_;
    std::mt19937 random_{20261125};

    std::unique_ptr<Client> openApp() const
    {
        auto app = std::make_unique<Client>(profile_);
        const auto started = await(app->start());
        if (!started || !*started)
            qFatal("the profile does not open");
        return app;
    }

    static QStringList textsIn(Client &app, ConversationId conversation)
    {
        QStringList texts;
        const auto page = await(app.sync().messagesBefore(conversation, {}, historyPage));
        if (page) {
            for (const StoredMessage &message : page->messages)
                texts.append(message.text);
        }
        return texts;
    }

    QStringList textsInPostgres() const
    {
        const std::string all =
                cluster_.run("SELECT string_agg(body, ' ' ORDER BY seq) FROM messages"
                             " WHERE conversation_id = "
                             + std::to_string(talk_.value));
        return QString::fromStdString(all).split(u' ', Qt::SkipEmptyParts);
    }

    /// One life of the app: it sends, the peer sends too, and it is killed.
    void live(int number, QSet<QString> &tried, QSet<QString> &queued)
    {
        QProcess victim;
        victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        victim.start(QStringLiteral(DUNLIN_STORE_VICTIM),
                     {profile_, QString::number(talk_.value), QStringLiteral("l%1").arg(number)});
        QByteArray said;
        // From the first message on, so that it always dies at work; or while it opens its store.
        if (number % 4 != 0)
            QVERIFY(QTest::qWaitFor(
                    [&] { return (said += victim.readAllStandardOutput()).contains("queued"); },
                    20'000));
        QVERIFY(peer_->post(talk_.value, QStringLiteral("p%1").arg(number).toStdString())
                        .has_message_posted());
        QTest::qWait(std::uniform_int_distribution<int>(0, longestLifeMs)(random_));
        QCOMPARE(victim.state(), QProcess::Running);
        victim.kill();
        QVERIFY(victim.waitForFinished());
        said += victim.readAllStandardOutput();
        for (const QByteArray &line : said.split('\n')) {
            const QString text = QString::fromLatin1(line.mid(line.indexOf(' ') + 1));
            if (line.startsWith("trying "))
                tried.insert(text);
            else if (line.startsWith("queued "))
                queued.insert(text);
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        peer_ = std::make_unique<WireClient>(server_->webSocketUrl());
        QVERIFY(peer_->open());
        QVERIFY(peer_->registerAccount("peer").has_signed_in());
        profile_ = directory_.filePath(QStringLiteral("profile"));
        QVERIFY(QDir().mkpath(profile_));
        Client app(profile_);
        QVERIFY(await(app.start()));
        QVERIFY(await(app.session().registerAccount(server_->webSocketUrl(),
                                                    QStringLiteral("victim"), {},
                                                    QStringLiteral("correct horse"), {})));
        const auto opened = await(app.openDirectConversation(UserId{peer_->userId()}));
        QVERIFY(opened);
        talk_ = opened->id;
    }

    void nothingIsLostOrDoubledWhereverTheAppIsKilled()
    {
        QSet<QString> tried;
        QSet<QString> queued;
        for (int number = 0; number < kills; ++number)
            live(number, tried, queued);
        const auto app = openApp();
        const auto isQuiet = [&] {
            const auto rows = await(app->store().outbox());
            return rows && rows->isEmpty() && app->sync().isCaughtUp();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isQuiet(), 60'000);
        const QStringList kept = textsInPostgres();
        const QSet<QString> once(kept.begin(), kept.end());
        QCOMPARE(once.size(), kept.size()); // nothing twice
        for (const QString &text : queued)
            QVERIFY2(once.contains(text), qPrintable(text));
        int own = 0;
        for (const QString &text : kept) {
            own += text.startsWith(u'l') ? 1 : 0;
            QVERIFY2(text.startsWith(u'p') || tried.contains(text), qPrintable(text));
        }
        QTRY_COMPARE(textsIn(*app, talk_), kept);
        qInfo("%d kills, %d messages of its own, %lld of the peer", kills, own, kept.size() - own);
        QVERIFY(QDir(profile_).entryList({QStringLiteral("store.db.damaged*")}).isEmpty());
    }

    void aDamagedStoreIsLoadedFromTheServerAgain()
    {
        QVERIFY(peer_->post(talk_.value, "before").has_message_posted());
        const QStringList kept = textsInPostgres();
        QFile file(profile_ + QLatin1String("/store.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(file.size(), '\x5a')); // not even the account can be read
        file.close();

        Client app(profile_);
        const QSignalSpy rebuilt(&app.store(), &LocalStore::rebuilt);
        const auto started = await(app.start());
        QVERIFY(started && *started); // still signed in
        QCOMPARE(rebuilt.count(), 1);
        QTRY_VERIFY(app.sync().isCaughtUp());
        QTRY_COMPARE(textsIn(app, talk_), kept);
        QCOMPARE(QDir(profile_).entryList({QStringLiteral("store.db.damaged-*")}).size(), 1);
        QVERIFY(await(app.outbox().queue(talk_, QStringLiteral("and-on"))));
        QTRY_COMPARE(textsInPostgres().last(), QStringLiteral("and-on"));
    }
};

QTEST_GUILESS_MAIN(ClientStoreTest)
#include "tst_client_store.moc"
