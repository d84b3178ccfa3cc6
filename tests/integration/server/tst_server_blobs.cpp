// SPDX-License-Identifier: Apache-2.0
// Pictures in messages: who may send, read and remove what.
#include "blob_client.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QCryptographicHash>
#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

class ServerBlobsTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<WireClient> ana_;
    std::unique_ptr<WireClient> ben_;
    std::unique_ptr<WireClient> eve_;
    std::unique_ptr<BlobClient> anaBlobs_;
    std::unique_ptr<BlobClient> benBlobs_;
    std::int64_t talk_ = 0;
    int users_ = 0;

    std::unique_ptr<WireClient> newUser()
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open())
            qFatal("cannot connect");
        client->registerAccount("painter" + std::to_string(++users_));
        return client;
    }
    static v1::ClientFrame pictureOf(std::int64_t conversation, const QString &path)
    {
        v1::ClientFrame frame;
        v1::PostMessage &post = *frame.mutable_post_message();
        post.set_conversation_id(conversation);
        post.set_client_id(ClientId::random().toBytes());
        v1::Image &image = *post.add_images();
        image.set_blob_id(BlobClient::idOf(path));
        image.set_content_type("image/jpeg");
        image.set_byte_size(1000);
        image.set_width(640);
        image.set_height(480);
        image.set_preview("tiny");
        return frame;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }
    void init()
    {
        ana_ = newUser();
        ben_ = newUser();
        eve_ = newUser();
        anaBlobs_ = std::make_unique<BlobClient>(*server_, ana_->token());
        benBlobs_ = std::make_unique<BlobClient>(*server_, ben_->token());
        talk_ = ana_->openConversation(ben_->userId());
    }

    void aPictureArrivesAndIsReadByTheMembersOnly()
    {
        const QByteArray bytes = randomBytes(300'000);
        const QString path = anaBlobs_->upload(bytes);
        QVERIFY(!path.isEmpty());
        QCOMPARE(anaBlobs_->ask("GET", path).body, bytes);
        // Nobody else before it is shown.
        QCOMPARE(benBlobs_->ask("GET", path).status, 404);

        auto frame = pictureOf(talk_, path);
        frame.mutable_post_message()->set_text("a caption");
        QVERIFY(ana_->request(frame).has_message_posted());
        QTRY_COMPARE(int(ben_->liveUpdates().size()), 2); // the conversation was the first
        const v1::Message message = ben_->liveUpdates().back().message_added();
        QCOMPARE(message.images_size(), 1);
        QCOMPARE(message.images(0).blob_id(), BlobClient::idOf(path));
        QCOMPARE(message.images(0).preview(), std::string("tiny"));
        QCOMPARE(qint64(message.images(0).byte_size()), bytes.size()); // whatever the client said
        QCOMPARE(message.text(), std::string("a caption"));

        const auto answer = benBlobs_->ask("GET", path);
        QCOMPARE(answer.body, bytes);
        QCOMPARE(answer.field("Content-Type"), QByteArray("application/octet-stream"));
        QCOMPARE(answer.field("X-Content-Type-Options"), QByteArray("nosniff"));
        QCOMPARE(answer.field("Content-Disposition"), QByteArray("attachment"));
        QVERIFY(answer.field("Cache-Control").contains("immutable"));
        QCOMPARE(answer.field("ETag"),
                 '"' + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex() + '"');
        QCOMPARE(BlobClient(*server_, eve_->token()).ask("GET", path).status, 404);
        QCOMPARE(BlobClient(*server_, {}).ask("GET", path).status, 401);

        // History and Sync show it as well, and a picture needs no words.
        QVERIFY(ana_->request(pictureOf(talk_, path)).has_message_posted());
        const auto updates = ben_->syncAll(0);
        QCOMPARE(updates.back().message_added().images_size(), 1);
        QVERIFY(updates.back().message_added().text().empty());
        v1::ClientFrame history;
        history.mutable_get_history()->set_conversation_id(talk_);
        QCOMPARE(ben_->request(history).history_page().messages(0).images_size(), 1);
    }

    void aPictureIsPostedByRestAsWell()
    {
        const QString path = anaBlobs_->upload(randomBytes(1000));
        const HttpFields fields{{QByteArray("apiKey"), QByteArray("tests")},
                                {QByteArray("Content-Type"), QByteArray("application/json")}};
        const auto answer = anaBlobs_->ask(
                "POST", QStringLiteral("/conversation/%1/message").arg(talk_), fields,
                R"({"images":[{"blobId":")" + QByteArray::fromStdString(BlobClient::idOf(path))
                        + R"(","contentType":"image/png","width":3,"height":4,"preview":"dGlueQ=="}]})");
        QVERIFY2(answer.status == 201, answer.body);
        QTRY_COMPARE(int(ben_->liveUpdates().size()), 2);
        const v1::Image image = ben_->liveUpdates().back().message_added().images(0);
        QCOMPARE(image.blob_id(), BlobClient::idOf(path));
        QCOMPARE(image.preview(), std::string("tiny"));
        QCOMPARE(qint64(image.byte_size()), 1000);
        QCOMPARE(benBlobs_->ask("GET", path).status, 200);
    }

    void partsOfAPictureAreReadByRange()
    {
        const QByteArray bytes = randomBytes(1000);
        const QString path = anaBlobs_->upload(bytes);
        const auto part = [&](const char *range) {
            return anaBlobs_->ask("GET", path, {{QByteArray("Range"), QByteArray(range)}});
        };
        const auto middle = part("bytes=100-199");
        QCOMPARE(middle.status, 206);
        QCOMPARE(middle.body, bytes.mid(100, 100));
        QCOMPARE(middle.field("Content-Range"), QByteArray("bytes 100-199/1000"));
        QCOMPARE(part("bytes=900-").body, bytes.mid(900));
        QCOMPARE(part("bytes=-10").body, bytes.right(10));
        QCOMPARE(part("bytes=990-5000").body, bytes.mid(990));
        QCOMPARE(part("bytes=0-0,5-6").status, 200);
        QCOMPARE(part("nonsense").status, 200);
        QCOMPARE(part("bytes=5-2").status, 200);
        QCOMPARE(part("bytes=-").status, 200);
        QCOMPARE(part("bytes=0-9223372036854775807").body, bytes);
        QCOMPARE(part("bytes=-9223372036854775807").body, bytes);
        QCOMPARE(part("bytes=-0").status, 416);
        const auto beyond = part("bytes=1000-");
        QCOMPARE(beyond.status, 416);
        QCOMPARE(beyond.field("Content-Range"), QByteArray("bytes */1000"));
        const QByteArray tag = middle.field("ETag");
        for (const QByteArray &known : {tag, QByteArray("W/" + tag + ", \"x\""), QByteArray("*")}) {
            QCOMPARE(anaBlobs_->ask("GET", path, {{QByteArray("If-None-Match"), known}}).status,
                     304);
        }
        const auto partIf = [&](const QByteArray &known) {
            return anaBlobs_
                    ->ask("GET", path,
                          {{QByteArray("Range"), QByteArray("bytes=0-9")},
                           {QByteArray("If-Range"), known}})
                    .status;
        };
        QCOMPARE(partIf(tag), 206);
        QCOMPARE(partIf("\"other\""), 200);
        const auto head = BlobClient(*server_, ana_->token())
                                  .ask("HEAD", path, {{QByteArray("Tus-Resumable"), QByteArray()}});
        QCOMPARE(head.status, 200);
        QCOMPARE(head.field("ETag"), tag);
        QCOMPARE(head.field("Content-Length"), QByteArray("1000"));
    }

    void aPictureThatShouldNotBeShownIsRefused_data()
    {
        QTest::addColumn<int>("which");
        for (int which = 0; which < 6; ++which)
            QTest::addRow("%d", which) << which;
    }
    void aPictureThatShouldNotBeShownIsRefused()
    {
        QFETCH(int, which);
        const QString path = anaBlobs_->upload(randomBytes(100));
        const auto frame = [&] {
            auto made = pictureOf(talk_, path);
            v1::Image &image = *made.mutable_post_message()->mutable_images(0);
            switch (which) {
            case 0:
                image.set_content_type("image/svg+xml");
                break;
            case 1:
                image.set_width(0);
                break;
            case 2:
                image.set_preview(std::string(2049, 'p'));
                break;
            case 3:
                image.set_blob_id("7-7");
                break;
            case 4:
                image.set_thumbnail_blob_id("../../x");
                break;
            default:
                for (int i = 0; i < 10; ++i)
                    *made.mutable_post_message()->add_images() = image;
            }
            return made;
        }();
        QCOMPARE(QString::fromStdString(ana_->request(frame).error().code()),
                 QStringLiteral("INVALID_IMAGE"));
        // Someone else's blob, even one that can be read.
        QCOMPARE(QString::fromStdString(ben_->request(pictureOf(talk_, path)).error().code()),
                 QStringLiteral("INVALID_IMAGE"));
    }

    void anUploadIsEndedByItsOwnerAndGivesItsRoomBack()
    {
        const QString path = anaBlobs_->begin(1000);
        const auto used = [this] {
            return cluster_.run("SELECT used_bytes FROM blob_quotas WHERE user_id = "
                                + std::to_string(ana_->userId()));
        };
        QCOMPARE(used(), std::string("1000"));
        QCOMPARE(anaBlobs_->ask("DELETE", path).status, 204);
        QCOMPARE(anaBlobs_->ask("HEAD", path).status, 404);
        QCOMPARE(used(), std::string("0"));

        const QString shown = anaBlobs_->upload(randomBytes(100));
        QVERIFY(ana_->request(pictureOf(talk_, shown)).has_message_posted());
        QCOMPARE(anaBlobs_->ask("DELETE", shown).status, 404);
        QCOMPARE(benBlobs_->ask("GET", shown).status, 200);
    }

    void aUserWhoseRoomIsUsedUpIsTold()
    {
        QVERIFY(!anaBlobs_->begin(10).isEmpty());
        cluster_.run("UPDATE blob_quotas SET used_bytes = 5368709000 WHERE user_id = "
                     + std::to_string(ana_->userId()));
        const auto answer = anaBlobs_->ask("POST", QStringLiteral("/blobs"),
                                           {{QByteArray("Upload-Length"), QByteArray("1000")}});
        QCOMPARE(answer.status, 507);
        QCOMPARE(answer.code(), QStringLiteral("QUOTA_EXCEEDED"));
    }

    void whatNothingShowsIsCollectedAfterADay()
    {
        const QString forgotten = anaBlobs_->upload(randomBytes(100));
        const QString half = anaBlobs_->begin(100);
        const QString shown = anaBlobs_->upload(randomBytes(100));
        QVERIFY(ana_->request(pictureOf(talk_, shown)).has_message_posted());
        cluster_.run("UPDATE blobs SET expires_at = now() - interval '1 second'");
        QCOMPARE(server_->terminate(), 0);
        QVERIFY(server_->start()); // collects at the start, then every hour
        QTRY_COMPARE(anaBlobs_->ask("GET", forgotten).status, 404);
        QTRY_COMPARE(anaBlobs_->ask("HEAD", half).status, 404);
        QCOMPARE(anaBlobs_->ask("GET", shown).status, 200);
    }
};

QTEST_GUILESS_MAIN(ServerBlobsTest)
#include "tst_server_blobs.moc"
