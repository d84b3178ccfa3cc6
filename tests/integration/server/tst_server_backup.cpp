// SPDX-License-Identifier: Apache-2.0
// A server is backed up while it runs, lost, and made again from the backup.
#include "blob_client.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace dunlin;
using namespace dunlin::test;

namespace {

/// The test runs as root mostly, and the server's data is the user's it becomes then.
QString serverUser()
{
    return ::geteuid() == 0 ? QStringLiteral("postgres") : QString();
}

QStringList withUser(QStringList arguments)
{
    if (!serverUser().isEmpty())
        arguments += {QStringLiteral("--user"), serverUser()};
    return arguments;
}

struct Outcome {
    int exitCode = -1;
    QString output = {};
};

Outcome runServer(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(ServerProcess::program(), withUser(arguments));
    process.waitForFinished(100'000);
    return {.exitCode = process.exitCode(), .output = QString::fromUtf8(process.readAll())};
}

} // namespace

class ServerBackupTest : public QObject {
    Q_OBJECT

    QTemporaryDir directory_{QStringLiteral("/tmp/dunlin-test-XXXXXX")};
    QString folder_;
    std::string token_;
    std::int64_t conversation_ = 0;
    QString blobPath_;
    const QByteArray picture_ = randomBytes(300'000);
    std::int64_t cursor_ = 0;

    static v1::ServerFrame postPicture(WireClient &who, std::int64_t conversation,
                                       const QString &path)
    {
        v1::ClientFrame frame;
        auto &post = *frame.mutable_post_message();
        post.set_conversation_id(conversation);
        post.set_client_id(ClientId::random().toBytes());
        auto &image = *post.add_images();
        image.set_blob_id(BlobClient::idOf(path));
        image.set_content_type("image/jpeg");
        image.set_width(640);
        image.set_height(480);
        return who.request(std::move(frame));
    }

    [[nodiscard]] QStringList placeOf(const ServerProcess &server) const
    {
        return {QStringLiteral("--data-dir"), server.dataDirectory()};
    }

    static std::vector<std::string> history(WireClient &who, std::int64_t conversation)
    {
        v1::ClientFrame frame;
        frame.mutable_get_history()->set_conversation_id(conversation);
        const v1::ServerFrame answer = who.request(std::move(frame));
        std::vector<std::string> texts;
        for (const v1::Message &message : answer.history_page().messages())
            texts.push_back(message.images_size() > 0 ? "picture" : message.text());
        return texts;
    }

private Q_SLOTS:
    void initTestCase() { folder_ = directory_.filePath(QStringLiteral("backup")); }

    void aRunningServerIsBackedUp()
    {
        ServerProcess server({});
        QVERIFY(server.start());
        WireClient ana(server.webSocketUrl());
        QVERIFY(ana.open());
        QVERIFY(ana.registerAccount("ana").has_signed_in());
        WireClient ben(server.webSocketUrl());
        QVERIFY(ben.open());
        QVERIFY(ben.registerAccount("ben").has_signed_in());
        token_ = ana.token();
        conversation_ = ana.openConversation(ben.userId());
        QVERIFY(ana.post(conversation_, "hello").has_message_posted());
        BlobClient blobs(server, ana.token());
        blobPath_ = blobs.upload(picture_);
        QVERIFY(postPicture(ana, conversation_, blobPath_).has_message_posted());
        QVERIFY(!blobs.begin(1000).isEmpty()); // an upload that is not whole yet
        QVERIFY(!blobs.upload(randomBytes(5000, 7)).isEmpty()); // nothing shows it yet

        const Outcome outcome =
                runServer(QStringList{QStringLiteral("backup"), folder_} + placeOf(server));
        QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
        QVERIFY2(outcome.output.contains(QLatin1String("2 users, 2 messages and 2 pictures")),
                 qPrintable(outcome.output));
        // It has not been in the way, and what comes now is not in the backup.
        QVERIFY(ana.post(conversation_, "too late").has_message_posted());
        cursor_ = ana.syncAll(0).back().seq();
        struct stat status { };
        QCOMPARE(::stat(folder_.toLocal8Bit().constData(), &status), 0);
        QCOMPARE(int(status.st_mode & 0777), 0700); // everything is in there

        const Outcome again =
                runServer(QStringList{QStringLiteral("backup"), folder_} + placeOf(server));
        QCOMPARE(again.exitCode, 1); // an older backup is not lost by a newer one
        QVERIFY2(again.output.contains(QLatin1String("is there already")),
                 qPrintable(again.output));
        QCOMPARE(server.terminate(), 0);
    }

    void sha256sumCanCheckIt()
    {
        QProcess process;
        process.setWorkingDirectory(folder_);
        process.start(QStringLiteral("sha256sum"),
                      {QStringLiteral("--check"), QStringLiteral("--strict"),
                       QStringLiteral("SHA256SUMS")});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }

    void aDamagedBackupIsNotRestored()
    {
        const QString copy = directory_.filePath(QStringLiteral("damaged"));
        QProcess::execute(QStringLiteral("cp"), {QStringLiteral("-a"), folder_, copy});
        QFile dump(copy + QLatin1String("/database.dump"));
        QVERIFY(dump.open(QIODevice::ReadWrite));
        dump.seek(dump.size() / 2);
        dump.write("damage");
        dump.close();
        ServerProcess server({});
        const Outcome outcome =
                runServer(QStringList{QStringLiteral("restore"), copy} + placeOf(server));
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.output.contains(QLatin1String("database.dump is damaged")),
                 qPrintable(outcome.output));
    }

    void aLostServerIsThereAgain()
    {
        // The data of the first one went with its object.
        ServerProcess server({});
        QVERIFY(!QFileInfo::exists(server.dataDirectory()));
        const Outcome outcome =
                runServer(QStringList{QStringLiteral("restore"), folder_} + placeOf(server));
        QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
        QVERIFY(server.start());

        WireClient ana(server.webSocketUrl());
        QVERIFY(ana.open());
        QVERIFY(ana.authenticate(token_).has_signed_in()); // devices stay signed in
        QCOMPARE(history(ana, conversation_), (std::vector<std::string>{"hello", "picture"}));
        BlobClient blobs(server, token_);
        QCOMPARE(blobs.ask("GET", blobPath_).body, picture_);
        QVERIFY(ana.post(conversation_, "and on").has_message_posted());

        // A device that had heard of "too late" is told to begin anew.
        v1::ClientFrame frame;
        frame.mutable_sync()->set_since_seq(cursor_);
        const v1::SyncPage page = ana.request(std::move(frame)).sync_page();
        QVERIFY(page.is_snapshot());
        QCOMPARE(page.conversations(0).last_message().text(), std::string("and on"));

        const Outcome again =
                runServer(QStringList{QStringLiteral("restore"), folder_} + placeOf(server));
        QCOMPARE(again.exitCode, 1);
        QVERIFY2(again.output.contains(QLatin1String("there is data already")),
                 qPrintable(again.output));
        QCOMPARE(history(ana, conversation_),
                 (std::vector<std::string>{"hello", "picture", "and on"}));
        QCOMPARE(server.terminate(), 0);
    }

    void aDatabaseElsewhereIsBackedUpAndRestoredAsWell()
    {
        TestCluster cluster;
        QVERIFY(cluster.isRunning());
        const QString folder = directory_.filePath(QStringLiteral("elsewhere"));
        {
            ServerProcess server(cluster.conninfo());
            QVERIFY(server.start());
            WireClient ana(server.webSocketUrl());
            QVERIFY(ana.open());
            QVERIFY(ana.registerAccount("ana").has_signed_in());
            const QStringList place = placeOf(server)
                    + QStringList{QStringLiteral("--database-url"),
                                  QString::fromStdString(cluster.conninfo())};
            const Outcome outcome =
                    runServer(QStringList{QStringLiteral("backup"), folder} + place);
            QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
        }
        TestCluster empty;
        ServerProcess server(empty.conninfo());
        const Outcome outcome =
                runServer(QStringList{QStringLiteral("restore"), folder} + placeOf(server)
                          + QStringList{QStringLiteral("--database-url"),
                                        QString::fromStdString(empty.conninfo())});
        QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
        QVERIFY(server.start());
        WireClient ana(server.webSocketUrl());
        QVERIFY(ana.open());
        QVERIFY(ana.signIn("ana").has_signed_in());
    }

    void aMistakeOnTheCommandLineIsToldWithTheUsage()
    {
        const Outcome outcome = runServer({QStringLiteral("backup")});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY(outcome.output.contains(QLatin1String("dunlin-server backup FOLDER")));
    }
};

QTEST_GUILESS_MAIN(ServerBackupTest)
#include "tst_server_backup.moc"
