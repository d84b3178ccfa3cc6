// SPDX-License-Identifier: Apache-2.0
// Pictures between two apps' cores and the real server: over links that are cut, restarts,
// refusals.
#include "client_profile.h"
#include "fault_proxy.h"
#include "server_process.h"
#include "test_cluster.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

constexpr qsizetype mebibyte = 1024 * 1024;
constexpr qsizetype large = 8 * mebibyte;

QByteArray noise(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator(17).fillRange(reinterpret_cast<quint32 *>(bytes.data()), size / 4);
    return bytes;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class ClientImagesTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<FaultProxy> proxy_;
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Client> ana_;
    std::unique_ptr<Client> ben_;
    ConversationId talk_;
    int users_ = 0;

    [[nodiscard]] std::unique_ptr<Client> openProfile(const QString &name) const
    {
        return test::openProfile(directory_->path(), name);
    }
    std::unique_ptr<Client> newUser(const QString &name)
    {
        auto client = openProfile(name);
        registerAs(*client, proxy_->webSocketUrl(), QStringLiteral("painter%1").arg(++users_));
        return client;
    }
    static QString fileOf(Client &client, const QByteArray &bytes)
    {
        static int files = 0;
        QString path = client.preparedDirectory() + QStringLiteral("/file%1").arg(++files);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(bytes);
        return path;
    }
    static Image picture(Client &client, const QByteArray &bytes, const QByteArray &thumbnail = {})
    {
        return {.contentType = QStringLiteral("image/jpeg"),
                .byteSize = bytes.size(),
                .width = 640,
                .height = 480,
                .preview = "tiny",
                .file = fileOf(client, bytes),
                .thumbnailFile = thumbnail.isEmpty() ? QString() : fileOf(client, thumbnail)};
    }
    qint64 queue(const QList<Image> &images, const QString &text = {})
    {
        const auto queued = await(ana_->outbox().queue(talk_, text, images));
        if (!queued)
            qFatal("not queued: %s", queued.error().message.c_str());
        return *queued;
    }
    [[nodiscard]] QList<StoredMessage> messagesOf(Client &client) const
    {
        const auto page = await(client.store().messagesBefore(talk_, {}, 100));
        return page ? page->messages : QList<StoredMessage>();
    }
    [[nodiscard]] QStringList outgoing() const
    {
        return QDir(ana_->store().outgoingDirectory()).entryList(QDir::Files);
    }
    [[nodiscard]] QList<OutboxRow> outbox() const
    {
        return await(ana_->store().outbox()).value_or(QList<OutboxRow>());
    }
    std::string query(const std::string &sql) { return cluster_.run(sql); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(cluster_.isRunning()); }
    void init()
    {
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        proxy_ = std::make_unique<FaultProxy>(server_->port());
        directory_ = std::make_unique<QTemporaryDir>();
        ana_ = newUser(QStringLiteral("ana"));
        ben_ = newUser(QStringLiteral("ben"));
        const auto opened = await(ana_->openDirectConversation(ben_->session().self().id));
        QVERIFY(opened);
        talk_ = opened->id;
    }
    void cleanup()
    {
        ana_.reset();
        ben_.reset();
        proxy_.reset();
        server_.reset();
        directory_.reset();
    }

    void anAlbumArrivesWithItsWordsAndEachPictureIsRead()
    {
        const QByteArray first = noise(300'000);
        const QByteArray second = noise(100'000);
        const QByteArray small = noise(4'000);
        queue({picture(*ana_, first, small), picture(*ana_, second)}, QStringLiteral("the lake"));
        QTRY_COMPARE(messagesOf(*ben_).size(), 1);
        const StoredMessage message = messagesOf(*ben_).first();
        QCOMPARE(message.text, QStringLiteral("the lake"));
        QCOMPARE(message.images.size(), 2);
        QCOMPARE(message.images[0].width, 640);
        QCOMPARE(message.images[0].preview, QByteArray("tiny"));
        const auto read = [this](const QString &blobId) {
            const auto path = await(ben_->blobs().fetch(blobId));
            return path ? contentOf(*path) : QByteArray(path.error().message.c_str());
        };
        QCOMPARE(read(message.images[0].blobId), first);
        QCOMPARE(read(message.images[0].thumbnailBlobId), small);
        QCOMPARE(read(message.images[1].blobId), second);
        QVERIFY(message.images[1].thumbnailBlobId.isEmpty());

        // Who sent them has them without asking the server, and nothing is left over.
        QTRY_VERIFY(outbox().isEmpty());
        QTRY_VERIFY(outgoing().isEmpty());
        QCOMPARE(contentOf(ana_->blobs().file(message.images[0].blobId)), first);
    }

    void anUploadThatIsCutGoesOnByItselfAndDoesNotStartOver()
    {
        const QByteArray bytes = noise(large);
        const qint64 before = proxy_->bytesPassed();
        proxy_->cutAfter(5 * mebibyte);
        queue({picture(*ana_, bytes)});
        QTRY_COMPARE_WITH_TIMEOUT(messagesOf(*ben_).size(), 1, 30'000);
        // What was on its way when it was cut is sent again, not what had arrived.
        const qint64 passed = proxy_->bytesPassed() - before;
        QVERIFY2(passed < 11 * mebibyte, qPrintable(QString::number(passed)));
        const auto path = await(ben_->blobs().fetch(messagesOf(*ben_).first().images[0].blobId));
        QVERIFY(path);
        QVERIFY(contentOf(*path) == bytes);
    }

    void anUploadGoesOnAfterARestartOfTheApp()
    {
        const QByteArray bytes = noise(large);
        const qint64 before = proxy_->bytesPassed();
        const qint64 localId = queue({picture(*ana_, bytes)});
        QTRY_VERIFY(ana_->uploader().progress(localId) > 0.5);
        QVERIFY(messagesOf(*ben_).isEmpty());
        ana_.reset();
        ana_ = openProfile(QStringLiteral("ana"));
        QTRY_COMPARE_WITH_TIMEOUT(messagesOf(*ben_).size(), 1, 30'000);
        const qint64 passed = proxy_->bytesPassed() - before;
        QVERIFY2(passed < 12 * mebibyte, qPrintable(QString::number(passed)));
    }

    void wordsDoNotWaitForAPicture()
    {
        queue({picture(*ana_, noise(large))}, QStringLiteral("picture"));
        queue({}, QStringLiteral("words"));
        QTRY_COMPARE_WITH_TIMEOUT(messagesOf(*ben_).size(), 2, 30'000);
        QCOMPARE(messagesOf(*ben_).first().text, QStringLiteral("words"));
    }

    void aPictureThatIsTakenBackLeavesNothing()
    {
        const qint64 before = proxy_->bytesPassed();
        const qint64 localId = queue({picture(*ana_, noise(large))});
        QTRY_VERIFY(ana_->uploader().progress(localId) > 0.1);
        QVERIFY(await(ana_->outbox().discard(localId)));
        QVERIFY(outbox().isEmpty());
        QTRY_VERIFY(outgoing().isEmpty());
        const std::string blobs = "SELECT count(*) FROM blobs WHERE user_id = "
                + std::to_string(ana_->session().self().id.value);
        QTRY_COMPARE(query(blobs), std::string("0"));
        // Another one begins no upload of the first again.
        queue({picture(*ana_, noise(1000))}, QStringLiteral("words"));
        QTRY_COMPARE(messagesOf(*ben_).size(), 1);
        QCOMPARE(messagesOf(*ben_).first().text, QStringLiteral("words"));
        QCOMPARE(query(blobs), std::string("1"));
        const qint64 passed = proxy_->bytesPassed() - before;
        QVERIFY2(passed < large, qPrintable(QString::number(passed)));
    }

    void aPictureThatIsTakenBackAtOnceIsNotUploaded()
    {
        const qint64 before = proxy_->bytesPassed();
        const qint64 localId = queue({picture(*ana_, noise(large))});
        QVERIFY(await(ana_->outbox().discard(localId)));
        queue({}, QStringLiteral("words"));
        QTRY_COMPARE(messagesOf(*ben_).size(), 1);
        const std::string blobs = "SELECT count(*) FROM blobs WHERE user_id = "
                + std::to_string(ana_->session().self().id.value);
        QTRY_COMPARE(query(blobs), std::string("0"));
        QVERIFY(proxy_->bytesPassed() - before < mebibyte);
    }

    void aPictureThatIsRefusedSaysWhyAndCanBeSentAgain()
    {
        const std::string owner = std::to_string(ana_->session().self().id.value);
        query("INSERT INTO blob_quotas (user_id, used_bytes) VALUES (" + owner + ", 5368709120)");
        const qint64 localId = queue({picture(*ana_, noise(1000))});
        QTRY_VERIFY(outbox().value(0).state == SendState::Failed);
        QCOMPARE(outbox().value(0).failureCode, QStringLiteral("QUOTA_EXCEEDED"));
        query("UPDATE blob_quotas SET used_bytes = 0 WHERE user_id = " + owner);
        QVERIFY(await(ana_->outbox().retry(localId)));
        QTRY_COMPARE(messagesOf(*ben_).size(), 1);
    }

    void aBlobTheServerHasCollectedMeanwhileIsUploadedAgain()
    {
        proxy_->setOpen(false);
        proxy_->cutAll();
        QTRY_VERIFY(ana_->connection().state() != ConnectionState::Online);
        const qint64 localId = queue({picture(*ana_, noise(1000))});
        const auto transfers = await(ana_->store().transfersOf(localId));
        QVERIFY(transfers && transfers->size() == 1);
        const QString gone = QString::number(ana_->session().self().id.value) + QLatin1String("-7");
        QVERIFY(await(ana_->store().setTransferBlob(transfers->first().id, gone)));
        QVERIFY(await(ana_->store().markTransferDone(transfers->first().id)));
        proxy_->setOpen(true);
        QTRY_COMPARE_WITH_TIMEOUT(messagesOf(*ben_).size(), 1, 10'000);
        QVERIFY(await(ben_->blobs().fetch(messagesOf(*ben_).first().images[0].blobId)));
    }

    void whatIsWrittenOfflineIsUploadedOnceTheLinkIsBack()
    {
        proxy_->setOpen(false);
        proxy_->cutAll();
        QTRY_VERIFY(ana_->connection().state() != ConnectionState::Online);
        queue({picture(*ana_, noise(100'000))}, QStringLiteral("from the train"));
        QCOMPARE(outbox().size(), 1);
        proxy_->setOpen(true);
        QTRY_COMPARE_WITH_TIMEOUT(messagesOf(*ben_).size(), 1, 10'000);
    }

    void aDownloadThatIsCutGoesOnWhereItWas()
    {
        const QByteArray bytes = noise(large);
        queue({picture(*ana_, bytes)});
        QTRY_COMPARE_WITH_TIMEOUT(messagesOf(*ben_).size(), 1, 30'000);
        const QString blobId = messagesOf(*ben_).first().images[0].blobId;
        const qint64 before = proxy_->bytesPassed();
        proxy_->cutAfter(5 * mebibyte);
        const auto cut = await(ben_->blobs().fetch(blobId));
        QVERIFY(!cut);
        QCOMPARE(int(cut.error().code), int(ErrorCode::Unavailable));
        const auto path = await(ben_->blobs().fetch(blobId));
        QVERIFY(path);
        QVERIFY(contentOf(*path) == bytes);
        const qint64 passed = proxy_->bytesPassed() - before;
        QVERIFY2(passed < 11 * mebibyte, qPrintable(QString::number(passed)));
    }

    void aPersonsPictureIsReadByEveryone()
    {
        const QByteArray bytes = noise(20'000);
        const auto blobId = await(ana_->upload(bytes));
        QVERIFY(blobId);
        Person profile = ana_->session().self();
        profile.avatarBlobId = *blobId;
        QVERIFY(await(ana_->updateProfile(profile)));
        QCOMPARE(ana_->session().self().avatarBlobId, *blobId);
        QTRY_COMPARE(await(ben_->store().conversation(talk_))->peer.avatarBlobId, *blobId);
        const auto eve = newUser(QStringLiteral("eve"));
        const auto path = await(eve->blobs().fetch(*blobId));
        QVERIFY(path);
        QCOMPARE(contentOf(*path), bytes);
    }

    void aPictureOfAConversationOfOthersIsNotRead()
    {
        queue({picture(*ana_, noise(1000))});
        QTRY_COMPARE(messagesOf(*ben_).size(), 1);
        const auto eve = newUser(QStringLiteral("eve"));
        const auto read = await(eve->blobs().fetch(messagesOf(*ben_).first().images[0].blobId));
        QVERIFY(!read);
        QCOMPARE(int(read.error().code), int(ErrorCode::BlobNotFound));
    }
};

QTEST_GUILESS_MAIN(ClientImagesTest)
#include "tst_client_images.moc"
