// SPDX-License-Identifier: Apache-2.0
// The server's data is lost and restored from a backup: apps have heard of what the server has not.
#include "client_profile.h"
#include "server_process.h"

#include <QTemporaryDir>
#include <QTest>

#include <pwd.h>
#include <unistd.h>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

class ClientRestoreTest : public QObject {
    Q_OBJECT

    /// With a PostgreSQL of its own, which is lost with its data directory.
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Client> ana_;
    std::unique_ptr<Client> ben_;
    ConversationId talk_;

    QString backup() const { return directory_->filePath(QStringLiteral("kept/backup")); }
    std::unique_ptr<Client> open(const QString &name) const
    {
        return openProfile(directory_->path(), name);
    }
    QStringList texts(Client &client) const
    {
        QStringList found;
        const auto page = await(client.messagesBefore(talk_, {}, 200));
        for (const StoredMessage &message : page->messages)
            found.append(message.text);
        return found;
    }
    ConversationSummary summary(Client &client) const
    {
        return await(client.store().conversation(talk_)).value_or(ConversationSummary());
    }
    void send(Client &client, const char *text) const
    {
        QVERIFY(await(client.outbox().queue(talk_, QString::fromLatin1(text))));
    }
    static QStringList list(const QList<const char *> &words)
    {
        QStringList all;
        for (const char *word : words)
            all.append(QString::fromLatin1(word));
        return all;
    }
    void loseAndRestore()
    {
        QCOMPARE(server_->terminate(), 0);
        QVERIFY(QDir(server_->dataDirectory()).removeRecursively());
        const auto restored = server_->run({QStringLiteral("restore"), backup()});
        QVERIFY2(restored.exitCode == 0, restored.error.constData());
        QVERIFY(server_->start());
    }

private Q_SLOTS:
    void init()
    {
        server_ = std::make_unique<ServerProcess>(
                std::string(),
                QStringList{QStringLiteral("--heartbeat-interval-ms"), QStringLiteral("500")});
        QVERIFY(server_->start());
        directory_ = std::make_unique<QTemporaryDir>();
        // The program that makes the backup is the server's user.
        const QString kept = QFileInfo(backup()).path();
        QVERIFY(QFile(directory_->path()).setPermissions(QFile::Permissions(0x7755)));
        QVERIFY(QDir().mkpath(kept) && QFile(kept).setPermissions(QFile::Permissions(0x7777)));
        ana_ = open(QStringLiteral("ana"));
        ben_ = open(QStringLiteral("ben"));
        registerAs(*ana_, server_->webSocketUrl(), QStringLiteral("ana"));
        registerAs(*ben_, server_->webSocketUrl(), QStringLiteral("ben"));
        const auto opened = await(ana_->openDirectConversation(ben_->session().self().id));
        QVERIFY(opened);
        talk_ = opened->id;
        send(*ana_, "kept");
        QTRY_COMPARE(texts(*ben_), list({"kept"}));
        QVERIFY(await(ben_->sync().markRead(talk_, MessageSeq{1})));
        QTRY_COMPARE(summary(*ana_).peerReadSeq.value, 1);
        const auto made = server_->run({QStringLiteral("backup"), backup()});
        QVERIFY2(made.exitCode == 0, made.error.constData());

        send(*ana_, "lost");
        send(*ana_, "lost too");
        QTRY_COMPARE(texts(*ben_), list({"kept", "lost", "lost too"}));
        QVERIFY(await(ben_->sync().markRead(talk_, MessageSeq{3})));
        QTRY_COMPARE(summary(*ana_).peerReadSeq.value, 3);
    }
    void cleanup()
    {
        ana_.reset();
        ben_.reset();
        server_->terminate(); // with its PostgreSQL: the next one is in the same place
        server_.reset();
    }

    void aPlaceThatIsGivenAgainIsNewToEverybody()
    {
        loseAndRestore();
        // On every device what the server has, and not what it has lost.
        QTRY_COMPARE(texts(*ana_), list({"kept"}));
        QTRY_COMPARE(texts(*ben_), list({"kept"}));
        QCOMPARE(summary(*ana_).peerReadSeq.value, 1);

        send(*ana_, "again");
        QTRY_COMPARE(texts(*ben_), list({"kept", "again"}));
        QCOMPARE(summary(*ben_).unread, 1);
        QTRY_COMPARE(summary(*ana_).peerDeliveredSeq.value, 2);
        QCOMPARE(summary(*ana_).peerReadSeq.value, 1);
        QVERIFY(await(ben_->sync().markRead(talk_, MessageSeq{2})));
        QTRY_COMPARE(summary(*ana_).peerReadSeq.value, 2);
        QCOMPARE(texts(*ana_), list({"kept", "again"}));
    }

    void whoComesLaterThanThePlacesAreGivenAgainSeesTheNewOnes()
    {
        ben_.reset();
        loseAndRestore();
        QTRY_COMPARE(texts(*ana_), list({"kept"}));
        for (const char *text : {"one", "two", "three"})
            send(*ana_, text);
        QTRY_COMPARE(summary(*ana_).lastSeq.value, 4);
        ben_ = open(QStringLiteral("ben"));
        QTRY_VERIFY(ben_->sync().isCaughtUp());
        QTRY_COMPARE(texts(*ben_), list({"kept", "one", "two", "three"}));
        QCOMPARE(summary(*ben_).unread, 3);
        QTRY_COMPARE(summary(*ana_).peerDeliveredSeq.value, 4);
        QCOMPARE(summary(*ana_).peerReadSeq.value, 1);
        // Neither are the lost ones found any more.
        const auto found = await(ben_->store().searchMessages(QStringLiteral("lost"), 10));
        QVERIFY(found);
        QCOMPARE(found->size(), 0);
    }
};

QTEST_GUILESS_MAIN(ClientRestoreTest)
#include "tst_client_restore.moc"
