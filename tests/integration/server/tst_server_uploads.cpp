// SPDX-License-Identifier: Apache-2.0
// Uploads by tus 1.0: what is cut goes on, what is wrong is refused and leaves nothing behind.
#include "blob_client.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

#include <sys/mount.h>
#include <unistd.h>

using namespace dunlin;
using namespace dunlin::test;

namespace {

QByteArray number(qint64 value)
{
    return QByteArray::number(value);
}

HttpFields checksum(const QByteArray &name, const QByteArray &of)
{
    const auto method = name == "sha1" ? QCryptographicHash::Sha1 : QCryptographicHash::Sha256;
    return {{QByteArray("Upload-Checksum"),
             name + ' ' + QCryptographicHash::hash(of, method).toBase64()}};
}

} // namespace

class ServerUploadsTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<WireClient> wire_;
    std::unique_ptr<BlobClient> ana_;
    std::unique_ptr<BlobClient> eve_;
    QTcpSocket stalling_;
    QString stalled_;
    QStringList filesBefore_;
    int users_ = 0;

    std::unique_ptr<WireClient> newUser()
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open()
            || !client->registerAccount("sender" + std::to_string(++users_)).has_signed_in())
            qFatal("cannot register");
        return client;
    }
    void restart()
    {
        QVERIFY(server_->start());
        ana_ = std::make_unique<BlobClient>(*server_, wire_->token()); // without old connections
    }
    QString blobDirectory() const { return server_->dataDirectory() + QLatin1String("/blobs"); }
    QStringList files() const
    {
        QStringList found;
        QDirIterator all(blobDirectory(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext())
            found += QDir(blobDirectory()).relativeFilePath(all.next());
        found.sort();
        return found;
    }
    /// Bytes of the upload that are there, without asking the server, which would end what adds.
    qint64 stored(const QString &path) const
    {
        return QFileInfo(blobDirectory() + QLatin1String("/uploads/") + path.section(u'/', -1))
                .size();
    }
    std::string rows() const
    {
        return cluster_.run("SELECT count(*) FROM blobs WHERE user_id = "
                            + std::to_string(wire_->userId()));
    }
    std::string usedBytes() const
    {
        return cluster_.run("SELECT coalesce(sum(used_bytes), 0) FROM blob_quotas WHERE user_id = "
                            + std::to_string(wire_->userId()));
    }
    /// As it was before the test began.
    bool isClean() const
    {
        const bool clean = files() == filesBefore_ && rows() == "0" && usedBytes() == "0";
        if (!clean)
            qWarning() << files() << filesBefore_ << rows().c_str() << usedBytes().c_str();
        return clean;
    }
    /// The right status and code, and a sentence for people.
    bool isRefused(const HttpAnswer &answer, int status, const QString &code) const
    {
        const QString sentence = answer.message();
        const bool isPlain = sentence.contains(u' ') && !sentence.contains(blobDirectory());
        const bool isRight = answer.status == status && answer.code() == code && isPlain
                && answer.field("Tus-Resumable") == "1.0.0";
        if (!isRight)
            qWarning() << answer.status << answer.body << answer.fields;
        return isRight;
    }
    std::unique_ptr<QTcpSocket> connected() const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QStringLiteral("127.0.0.1"), server_->port());
        socket->waitForConnected();
        return socket;
    }
    /// What comes until the connection ends.
    static QByteArray readAll(QTcpSocket &socket)
    {
        const bool hasEnded = QTest::qWaitFor(
                [&] { return socket.state() == QAbstractSocket::UnconnectedState; }, 20'000);
        return hasEnded ? socket.readAll() : QByteArray("(no end)");
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        // Stands still while the other tests run; see aStalledUploadIsEndedAndGoesOnLater().
        init();
        stalled_ = ana_->begin(1000);
        stalling_.connectToHost(QStringLiteral("127.0.0.1"), server_->port());
        stalling_.write(ana_->patchHead(stalled_, 0, 1000) + randomBytes(1000).left(400));
    }
    void init()
    {
        wire_ = newUser();
        ana_ = std::make_unique<BlobClient>(*server_, wire_->token());
        eve_ = std::make_unique<BlobClient>(*server_, newUser()->token());
        filesBefore_ = files();
    }

    void theProtocolTellsWhatItCanDo()
    {
        const auto answer = BlobClient(*server_, {}).ask("OPTIONS", QStringLiteral("/blobs"));
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.field("Tus-Version"), QByteArray("1.0.0"));
        QCOMPARE(answer.field("Tus-Extension"),
                 QByteArray("creation,expiration,termination,checksum"));
        QCOMPARE(answer.field("Tus-Checksum-Algorithm"), QByteArray("sha1,sha256"));
        QCOMPARE(answer.field("Tus-Max-Size"), number(25 * 1024 * 1024));
    }

    void anUploadThatCannotBeginLeavesNothing_data()
    {
        QTest::addColumn<QByteArray>("length");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        const QString invalid = QStringLiteral("INVALID_ARGUMENT");
        const QString large = QStringLiteral("BLOB_TOO_LARGE");
        QTest::newRow("zero bytes") << QByteArray("0") << 400 << invalid;
        QTest::newRow("negative") << QByteArray("-5") << 400 << invalid;
        QTest::newRow("no number") << QByteArray("many") << 400 << invalid;
        QTest::newRow("no length") << QByteArray() << 400 << invalid;
        QTest::newRow("beyond 64 bits") << QByteArray("99999999999999999999") << 400 << invalid;
        QTest::newRow("26 MiB") << number(26 * 1024 * 1024) << 413 << large;
        QTest::newRow("one byte too many") << number(25 * 1024 * 1024 + 1) << 413 << large;
        QTest::newRow("10 GB") << QByteArray("10000000000") << 413 << large;
    }
    void anUploadThatCannotBeginLeavesNothing()
    {
        QFETCH(QByteArray, length);
        QFETCH(int, status);
        QFETCH(QString, code);
        HttpFields fields;
        if (!length.isEmpty())
            fields.append({QByteArray("Upload-Length"), length});
        QVERIFY(isRefused(ana_->ask("POST", QStringLiteral("/blobs"), fields), status, code));
        QVERIFY(isClean());
    }

    void onlyWhoIsSignedInUploads()
    {
        const HttpFields length{{QByteArray("Upload-Length"), QByteArray("5")}};
        for (const char *token : {"", "7-7-abcdef"}) {
            BlobClient nobody(*server_, token);
            const auto answer = nobody.ask("POST", QStringLiteral("/blobs"), length);
            QCOMPARE(answer.status, 401);
            QCOMPARE(nobody.send(QStringLiteral("/blobs/7-7"), 0, "hello").status, 401);
        }
        const auto bearer = BlobClient(*server_, {})
                                    .ask("POST", QStringLiteral("/blobs"),
                                         length
                                                 + HttpFields{{QByteArray("Authorization"),
                                                               "Bearer "
                                                                       + QByteArray::fromStdString(
                                                                               wire_->token())}});
        QCOMPARE(bearer.status, 201);
        QVERIFY(bearer.field("Upload-Expires").endsWith("GMT"));
    }

    void aPartThatIsWrongChangesNothing_data()
    {
        QTest::addColumn<HttpFields>("fields");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const char *field, const QByteArray &value,
                            int status, const char *code) {
            QTest::newRow(name) << HttpFields{{QByteArray(field), value}} << status
                                << QString::fromLatin1(code);
        };
        row("other version", "Tus-Resumable", "0.2.0", 412, "UPLOAD_VERSION_UNSUPPORTED");
        row("other type", "Content-Type", "image/jpeg", 415, "UNSUPPORTED_MEDIA_TYPE");
        row("offset beyond", "Upload-Offset", "501", 409, "UPLOAD_OFFSET_MISMATCH");
        row("offset before", "Upload-Offset", "499", 409, "UPLOAD_OFFSET_MISMATCH");
        row("offset negative", "Upload-Offset", "-1", 400, "INVALID_ARGUMENT");
        row("offset no number", "Upload-Offset", "5x", 400, "INVALID_ARGUMENT");
        row("checksum unknown", "Upload-Checksum", "md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", 400,
            "INVALID_ARGUMENT");
        row("checksum no base64", "Upload-Checksum", "sha1 *", 400, "INVALID_ARGUMENT");
        row("checksum without name", "Upload-Checksum", "Kq5sNclPz7QV2+lfQIuc6R7oRu0=", 400,
            "INVALID_ARGUMENT");
        for (const char *name : {"sha1", "sha256"}) {
            QTest::addRow("wrong %s", name)
                    << checksum(name, "other") << 460 << QStringLiteral("CHECKSUM_MISMATCH");
        }
    }
    void aPartThatIsWrongChangesNothing()
    {
        QFETCH(HttpFields, fields);
        QFETCH(int, status);
        QFETCH(QString, code);
        const QByteArray bytes = randomBytes(1000);
        const QString path = ana_->begin(bytes.size());
        QCOMPARE(ana_->send(path, 0, bytes.left(500)).status, 204);
        const auto answer = fields.front().first == "Upload-Offset"
                ? ana_->ask("PATCH", path, fields, bytes.mid(500))
                : ana_->send(path, 500, bytes.mid(500), fields);
        QVERIFY(isRefused(answer, status, code));
        QCOMPARE(ana_->offset(path), 500);
        QCOMPARE(ana_->send(path, 500, bytes.mid(500)).status, 204);
        QCOMPARE(ana_->ask("GET", path).body, bytes);
        QCOMPARE(ana_->ask("DELETE", path).status, 204);
        QVERIFY(isClean());
    }

    void aBodyThatIsNotWhatWasAnnouncedChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("length");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("more than announced")
                << QByteArray("Content-Length: 1001") << QByteArray("413");
        QTest::newRow("10 GB") << QByteArray("Content-Length: 10000000000") << QByteArray("413");
        QTest::newRow("63 bits") << QByteArray("Content-Length: 9223372036854775807")
                                 << QByteArray("413");
        QTest::newRow("64 bits") << QByteArray("Content-Length: 18446744073709551614")
                                 << QByteArray("413");
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked") << QByteArray("411");
        QTest::newRow("no length") << QByteArray("X: y") << QByteArray("411");
    }
    void aBodyThatIsNotWhatWasAnnouncedChangesNothing()
    {
        QFETCH(QByteArray, length);
        QFETCH(QByteArray, status);
        const QString path = ana_->begin(1000);
        const auto socket = connected();
        socket->write(ana_->patchHead(path, 0, 5).replace("Content-Length: 5", length)
                      + "5\r\nhello\r\n0\r\n\r\n");
        const QByteArray answer = readAll(*socket);
        QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer);
        QVERIFY2(answer.contains("\"code\":\"") && answer.contains("\"message\":\""), answer);
        QCOMPARE(ana_->offset(path), 0);
        QCOMPARE(ana_->ask("DELETE", path).status, 204);
        QVERIFY(isClean());
    }

    void aBodyLongerThanDeclaredEndsWhereItWasDeclared()
    {
        const QByteArray bytes = randomBytes(1000);
        const QString path = ana_->begin(bytes.size());
        const auto socket = connected();
        socket->write(ana_->patchHead(path, 0, 500) + bytes);
        const QByteArray answer = readAll(*socket);
        QVERIFY2(answer.startsWith("HTTP/1.1 204"), answer);
        QVERIFY2(answer.contains("HTTP/1.1 400"), answer); // the rest is not a request
        QCOMPARE(ana_->offset(path), 500);
        QCOMPARE(ana_->send(path, 500, bytes.mid(500)).status, 204);
        QCOMPARE(ana_->ask("GET", path).body, bytes);
    }

    void aRequestCutAnywhereLeavesAnUploadThatGoesOn()
    {
        const QByteArray bytes = randomBytes(1000);
        const QString path = ana_->begin(bytes.size());
        const QByteArray request = ana_->patchHead(path, 0, 1000) + bytes;
        const qsizetype head = request.size() - bytes.size();
        qint64 offset = 0;
        for (int tenth = 1; tenth <= 9; ++tenth) {
            const auto socket = connected();
            const qsizetype until = request.size() * tenth / 10;
            socket->write(request.left(until));
            socket->disconnectFromHost();
            QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
            // A later one is at the wrong offset, as soon as one has brought bytes.
            if (offset == 0 && until > head)
                offset = until - head;
            QTRY_COMPARE(stored(path), offset);
            QCOMPARE(ana_->offset(path), offset);
        }
        QVERIFY(offset > 0);
        QCOMPARE(ana_->send(path, offset, bytes.mid(offset)).status, 204);
        QCOMPARE(ana_->ask("GET", path).body, bytes);
    }

    void whatIsSentWithAChecksumCountsOnlyAsAWhole()
    {
        const QByteArray bytes = randomBytes(600'000);
        const QString path = ana_->begin(bytes.size());
        const auto sum = checksum("sha256", bytes).front();
        const QByteArray most =
                ana_->patchHead(path, 0, bytes.size(), sum.first + ": " + sum.second + "\r\n")
                + bytes.left(500'000);
        const auto asked = connected();
        asked->write(most);
        QTRY_COMPARE(stored(path), 500'000);
        QCOMPARE(ana_->offset(path), 0);
        QTRY_COMPARE(stored(path), 0);
        const auto cut = connected();
        cut->write(most);
        QTRY_COMPARE(stored(path), 500'000);
        cut->abort();
        QTRY_COMPARE(stored(path), 0);
        QCOMPARE(ana_->send(path, 0, bytes, {sum}).status, 204);
        QCOMPARE(ana_->ask("GET", path).body, bytes);
    }

    void theLastOfTwoThatSendGoesOn()
    {
        const QByteArray bytes = randomBytes(1000);
        const QString path = ana_->begin(bytes.size());
        const auto silent = connected();
        silent->write(ana_->patchHead(path, 0, 1000) + bytes.left(300));
        QTRY_COMPARE(stored(path), 300);
        QCOMPARE(ana_->send(path, 300, bytes.mid(300, 300)).status, 204);
        silent->write(bytes.mid(300));
        const QByteArray answer = readAll(*silent);
        QVERIFY2(answer.startsWith("HTTP/1.1 409") && answer.contains("UPLOAD_OFFSET_MISMATCH"),
                 answer);
        QCOMPARE(ana_->send(path, 600, bytes.mid(600)).status, 204);
        QCOMPARE(ana_->ask("GET", path).body, bytes);
    }

    void whoAsksHowFarAnUploadIsGoesOnFromThere()
    {
        const QByteArray bytes = randomBytes(1000);
        const QString path = ana_->begin(bytes.size());
        const auto paused = connected();
        paused->write(ana_->patchHead(path, 0, 1000) + bytes.left(300));
        QTRY_COMPARE(stored(path), 300);
        QCOMPARE(ana_->offset(path), 300);
        paused->write(bytes.mid(300, 100)); // was on its way
        const QByteArray answer = readAll(*paused);
        QVERIFY2(answer.startsWith("HTTP/1.1 409") && answer.contains("UPLOAD_OFFSET_MISMATCH"),
                 answer);
        QCOMPARE(ana_->send(path, 300, bytes.mid(300)).status, 204);
        QCOMPARE(ana_->ask("GET", path).body, bytes);
    }

    void manyThatSendAtOnceMakeOneUpload()
    {
        const QByteArray bytes = randomBytes(1'000'000);
        const QString path = ana_->begin(bytes.size());
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 8; ++i) {
            sockets.push_back(connected());
            sockets.back()->write(ana_->patchHead(path, 0, bytes.size(), "Connection: close\r\n")
                                  + bytes);
        }
        int successes = 0;
        for (const auto &socket : sockets) {
            const QByteArray answer = readAll(*socket);
            const bool isDone = answer.startsWith("HTTP/1.1 204");
            QVERIFY2(isDone || answer.startsWith("HTTP/1.1 409")
                             || answer.startsWith("HTTP/1.1 413"),
                     answer);
            successes += isDone ? 1 : 0;
        }
        QCOMPARE(successes, 1);
        QCOMPARE(ana_->ask("GET", path).body, bytes);
    }

    void anUploadThatIsEndedWhileItComesLeavesNothing()
    {
        const QString path = ana_->begin(1000);
        const auto socket = connected();
        socket->write(ana_->patchHead(path, 0, 1000) + QByteArray(300, 'x'));
        QTRY_COMPARE(stored(path), 300);
        QCOMPARE(ana_->ask("DELETE", path).status, 204);
        socket->write(QByteArray(700, 'x'));
        const QByteArray answer = readAll(*socket);
        QVERIFY2(answer.startsWith("HTTP/1.1 404") && answer.contains("BLOB_NOT_FOUND"), answer);
        QCOMPARE(ana_->offset(path), -1);
        QVERIFY(isClean());
    }

    void someoneElsesUploadIsNotFound()
    {
        const QString path = ana_->begin(1000);
        const QString none = QStringLiteral("/blobs/%1-12345").arg(wire_->userId());
        for (const QString &foreign : {path, none}) {
            BlobClient &who = foreign == path ? *eve_ : *ana_;
            QVERIFY(isRefused(who.send(foreign, 0, "hello"), 404,
                              QStringLiteral("BLOB_NOT_FOUND")));
            QVERIFY(isRefused(who.ask("DELETE", foreign), 404, QStringLiteral("BLOB_NOT_FOUND")));
            QCOMPARE(who.ask("HEAD", foreign).status, 404);
            QCOMPARE(who.ask("GET", foreign).status, 404);
        }
        QCOMPARE(ana_->offset(path), 0);
        // Nor is one that is not whole there to be read, even for its owner.
        QCOMPARE(ana_->ask("GET", path).status, 404);
    }

    void noPathLeadsOutOfTheStore()
    {
        for (const char *trick :
             {"/blobs/1", "/blobs/..%2F..%2Fetc%2Fpasswd", "/blobs/../../etc/passwd",
              "/blobs/%2e%2e%2f%2e%2e%2fx", "/blobs/1-2-3", "/blobs/-1-2", "/blobs/1-2%00",
              "/blobs/01-2", "/blobs/1-2%20", "/blobs/99999999999999999999-1", "/blobs/",
              "/blobs//", "/blobs/%C0%AE%C0%AE"}) {
            const QString path = QString::fromLatin1(trick);
            for (const char *method : {"GET", "HEAD", "DELETE"})
                QVERIFY2(ana_->ask(method, path).status == 404, trick);
            QVERIFY2(ana_->send(path, 0, "hello").status == 404, trick);
        }
        // Names are the server's, whatever the client calls its file.
        const auto named =
                ana_->ask("POST", QStringLiteral("/blobs"),
                          {{QByteArray("Upload-Length"), QByteArray("5")},
                           {QByteArray("Upload-Metadata"),
                            "filename " + QByteArray("../../../tmp/evil.sh").toBase64()}});
        QCOMPARE(named.status, 201);
        const QRegularExpression ours(
                QStringLiteral("^(uploads|blobs/[0-9a-f]{2})/[0-9]+-[0-9]+$"));
        const QStringList all = files();
        QVERIFY(std::all_of(all.begin(), all.end(),
                            [&](const QString &file) { return ours.match(file).hasMatch(); }));
    }

    // From here on the server is stopped now and then; before, this waits for its deadline.
    void aStalledUploadIsEndedAndGoesOnLater()
    {
        QTRY_COMPARE_WITH_TIMEOUT(stalling_.state(), QAbstractSocket::UnconnectedState, 60'000);
        QVERIFY(stalling_.readAll().isEmpty());
        const std::string owner = BlobClient::idOf(stalled_);
        WireClient again(server_->webSocketUrl());
        QVERIFY(again.open());
        QVERIFY(again.signIn("sender1").has_signed_in());
        BlobClient blobs(*server_, again.token());
        QCOMPARE(blobs.offset(stalled_), 400);
        QCOMPARE(blobs.send(stalled_, 400, randomBytes(1000).mid(400)).status, 204);
        QCOMPARE(blobs.ask("GET", stalled_).body, randomBytes(1000));
    }

    void anUploadCutAtEveryTenthGoesOnEvenAfterACrash()
    {
        const QByteArray bytes = randomBytes(2'000'000);
        const QString path = ana_->begin(bytes.size());
        for (int tenth = 1; tenth <= 9; ++tenth) {
            const qint64 offset = ana_->offset(path);
            QCOMPARE(offset, bytes.size() * (tenth - 1) / 10);
            const qint64 until = bytes.size() * tenth / 10;
            const auto socket = connected(); // promises all of it, sends a tenth and goes
            socket->write(ana_->patchHead(path, offset, bytes.size() - offset)
                          + bytes.mid(offset, until - offset));
            QTRY_COMPARE(stored(path), until);
            socket->abort();
            if (tenth % 4 == 0) {
                server_->kill();
                restart();
            }
        }
        const qint64 offset = ana_->offset(path);
        QCOMPARE(ana_->send(path, offset, bytes.mid(offset)).status, 204);
        QCOMPARE(ana_->ask("GET", path).body, bytes);
        QCOMPARE(files().size(), filesBefore_.size() + 1);
    }

    void anUploadWhoseLastByteCameBeforeACrashIsFinishedLater_data()
    {
        QTest::addColumn<bool>("isRenamed");
        QTest::newRow("before the rename") << false;
        QTest::newRow("between the rename and the row") << true;
    }
    void anUploadWhoseLastByteCameBeforeACrashIsFinishedLater()
    {
        QFETCH(bool, isRenamed);
        const QByteArray bytes = randomBytes(1000);
        const QString path = ana_->upload(bytes);
        const QString name = path.section(u'/', -1);
        server_->kill();
        cluster_.run("UPDATE blobs SET sha256 = NULL WHERE user_id = "
                     + std::to_string(wire_->userId()));
        if (!isRenamed) {
            const QStringList whole = files().filter(name);
            QCOMPARE(whole.size(), 1);
            QVERIFY(QFile::rename(blobDirectory() + u'/' + whole.front(),
                                  blobDirectory() + QLatin1String("/uploads/") + name));
        }
        restart();
        QCOMPARE(ana_->ask("GET", path).status, 404);
        // The client asks how far it is, and hears that all is there.
        QCOMPARE(ana_->offset(path), bytes.size());
        QCOMPARE(ana_->ask("GET", path).body, bytes);
        QCOMPARE(ana_->send(path, bytes.size(), {}).status, 204);
        QCOMPARE(files().filter(name).size(), 1);
        QVERIFY(files().filter(name).front().startsWith(QLatin1String("blobs/")));
    }

    void anUploadThatHasExpiredIsGone()
    {
        const QString path = ana_->begin(1000);
        QCOMPARE(ana_->send(path, 0, QByteArray(300, 'x')).status, 204);
        cluster_.run("UPDATE blobs SET expires_at = now() - interval '1 second' WHERE user_id = "
                     + std::to_string(wire_->userId()));
        QCOMPARE(ana_->offset(path), -1);
        QVERIFY(isRefused(ana_->send(path, 300, QByteArray(700, 'x')), 404,
                          QStringLiteral("BLOB_NOT_FOUND")));
        QCOMPARE(server_->terminate(), 0);
        restart();
        QTRY_VERIFY(isClean());
    }

    void aRemovalThatACrashCutIsEndedLater_data()
    {
        QTest::addColumn<bool>("isUnlinked");
        QTest::newRow("before its file went") << false;
        QTest::newRow("before its row went") << true;
    }
    void aRemovalThatACrashCutIsEndedLater()
    {
        QFETCH(bool, isUnlinked);
        const QString path = ana_->upload(randomBytes(1000));
        server_->kill();
        cluster_.run("UPDATE blobs SET sha256 = NULL, expires_at = '-infinity' WHERE user_id = "
                     + std::to_string(wire_->userId()));
        if (isUnlinked)
            QVERIFY(QFile::remove(blobDirectory() + u'/'
                                  + files().filter(path.section(u'/', -1)).front()));
        restart();
        QTRY_VERIFY(isClean());
    }

    void aFullDiskIsToldAndLeavesNothing()
    {
        if (::geteuid() != 0)
            QSKIP("only root can mount a small file system to be filled");
        QCOMPARE(server_->terminate(), 0);
        const QByteArray where = blobDirectory().toLocal8Bit();
        if (::mount("tmpfs", where.constData(), "tmpfs", 0, "size=1m,mode=0777") != 0) {
            restart();
            QSKIP("a small file system to be filled cannot be mounted here");
        }
        struct Mounted {
            QByteArray where;
            ~Mounted() { ::umount2(where.constData(), MNT_DETACH); }
        } const mounted{where};
        restart();
        filesBefore_.clear();

        const QByteArray bytes = randomBytes(2'000'000);
        const QString path = ana_->begin(bytes.size());
        QVERIFY(isRefused(ana_->send(path, 0, bytes), 507, QStringLiteral("STORAGE_FULL")));
        // What fitted stays, to go on when there is room; then it is given up.
        const qint64 offset = ana_->offset(path);
        QVERIFY2(offset <= 1024 * 1024, number(offset).constData());
        QVERIFY(isRefused(ana_->send(path, offset, bytes.mid(offset)), 507,
                          QStringLiteral("STORAGE_FULL")));
        QCOMPARE(ana_->ask("DELETE", path).status, 204);
        QVERIFY(isClean());
        const QString small = ana_->upload(bytes.left(500'000));
        QCOMPARE(ana_->ask("GET", small).body, bytes.left(500'000));
        server_->terminate();
    }
};

QTEST_GUILESS_MAIN(ServerUploadsTest)
#include "tst_server_uploads.moc"
