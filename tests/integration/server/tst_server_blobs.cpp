// SPDX-License-Identifier: Apache-2.0
// Pictures: uploads by tus 1.0, downloads, who may read what, and messages that show them.
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QCryptographicHash>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTcpSocket>
#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

namespace {

using Fields = QList<std::pair<QByteArray, QByteArray>>;

struct Answer {
    int status = 0;
    QByteArray body = {};
    Fields fields = {};
    [[nodiscard]] QByteArray field(const QByteArray &name) const
    {
        for (const auto &[key, value] : fields) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }
};

QByteArray bytesOf(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    quint32 state = 42;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return bytes;
}

} // namespace

class ServerBlobsTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<WireClient> ana_;
    std::unique_ptr<WireClient> ben_;
    std::unique_ptr<WireClient> eve_;
    QNetworkAccessManager network_;
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
    Answer ask(const QByteArray &method, const QString &path, const WireClient *who,
               const Fields &fields = {}, const QByteArray &body = {})
    {
        QNetworkRequest request(server_->httpUrl(path));
        request.setHeader(QNetworkRequest::ContentTypeHeader,
                          QStringLiteral("application/offset+octet-stream"));
        request.setRawHeader("Tus-Resumable", "1.0.0");
        if (who != nullptr)
            request.setRawHeader("authToken", QByteArray::fromStdString(who->token()));
        for (const auto &[name, value] : fields)
            request.setRawHeader(name, value);
        // As a custom request the answer to a HEAD would be waited for with its body.
        const std::unique_ptr<QNetworkReply> reply(
                method == "HEAD" ? network_.head(request)
                                 : network_.sendCustomRequest(request, method, body));
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20'000))
            return {};
        Answer answer{.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                      .body = reply->readAll()};
        for (const auto &[name, value] : reply->rawHeaderPairs())
            answer.fields.append({name, value});
        return answer;
    }
    /// The path of a new upload; empty when refused.
    QString begin(const WireClient &who, qint64 size)
    {
        const auto answer = ask("POST", QStringLiteral("/blobs"), &who,
                                {{QByteArray("Upload-Length"), QByteArray::number(size)}});
        return answer.status == 201 ? QString::fromLatin1(answer.field("Location")) : QString();
    }
    Answer send(const WireClient &who, const QString &path, qint64 offset, const QByteArray &bytes,
                Fields fields = {})
    {
        fields.append({QByteArray("Upload-Offset"), QByteArray::number(offset)});
        return ask("PATCH", path, &who, fields, bytes);
    }
    QString upload(const WireClient &who, const QByteArray &bytes)
    {
        const QString path = begin(who, bytes.size());
        return send(who, path, 0, bytes).status == 204 ? path : QString();
    }
    static std::string idOf(const QString &path) { return path.section(u'/', -1).toStdString(); }
    static v1::ClientFrame pictureOf(std::int64_t conversation, const QString &path)
    {
        v1::ClientFrame frame;
        v1::PostMessage &post = *frame.mutable_post_message();
        post.set_conversation_id(conversation);
        post.set_client_id(ClientId::random().toBytes());
        v1::Image &image = *post.add_images();
        image.set_blob_id(idOf(path));
        image.set_content_type("image/jpeg");
        image.set_byte_size(1000);
        image.set_width(640);
        image.set_height(480);
        image.set_preview("tiny");
        return frame;
    }
    QString code(const Answer &answer)
    {
        return QString::fromUtf8(answer.body)
                .section(QLatin1String("\"code\":\""), 1)
                .section(u'"', 0, 0);
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
        talk_ = ana_->openConversation(ben_->userId());
    }

    void aPictureArrivesAndIsReadByTheMembersOnly()
    {
        const QByteArray bytes = bytesOf(300'000);
        const QString path = upload(*ana_, bytes);
        QVERIFY(!path.isEmpty());
        QCOMPARE(ask("GET", path, ana_.get()).body, bytes);
        // Nobody else before it is shown.
        QCOMPARE(ask("GET", path, ben_.get()).status, 404);

        auto frame = pictureOf(talk_, path);
        frame.mutable_post_message()->set_text("a caption");
        QVERIFY(ana_->request(frame).has_message_posted());
        QTRY_COMPARE(int(ben_->liveUpdates().size()), 2); // the conversation was the first
        const v1::Message message = ben_->liveUpdates().back().message_added();
        QCOMPARE(message.images_size(), 1);
        QCOMPARE(message.images(0).blob_id(), idOf(path));
        QCOMPARE(message.images(0).preview(), std::string("tiny"));
        QCOMPARE(qint64(message.images(0).byte_size()), bytes.size()); // whatever the client said
        QCOMPARE(message.text(), std::string("a caption"));

        const auto answer = ask("GET", path, ben_.get());
        QCOMPARE(answer.body, bytes);
        QCOMPARE(answer.field("Content-Type"), QByteArray("application/octet-stream"));
        QCOMPARE(answer.field("X-Content-Type-Options"), QByteArray("nosniff"));
        QCOMPARE(answer.field("Content-Disposition"), QByteArray("attachment"));
        QVERIFY(answer.field("Cache-Control").contains("immutable"));
        QCOMPARE(answer.field("ETag"),
                 '"' + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex() + '"');
        QCOMPARE(ask("GET", path, eve_.get()).status, 404);
        QCOMPARE(ask("GET", path, nullptr).status, 401);

        // History and Sync show it as well, and a picture needs no words.
        QVERIFY(ana_->request(pictureOf(talk_, path)).has_message_posted());
        const auto updates = ben_->syncAll(0);
        QCOMPARE(updates.back().message_added().images_size(), 1);
        QVERIFY(updates.back().message_added().text().empty());
        v1::ClientFrame history;
        history.mutable_get_history()->set_conversation_id(talk_);
        QCOMPARE(ben_->request(history).history_page().messages(0).images_size(), 1);
    }

    void partsOfAPictureAreReadByRange()
    {
        const QByteArray bytes = bytesOf(1000);
        const QString path = upload(*ana_, bytes);
        const auto part = [&](const char *range) {
            return ask("GET", path, ana_.get(), {{QByteArray("Range"), QByteArray(range)}});
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
        const auto beyond = part("bytes=1000-");
        QCOMPARE(beyond.status, 416);
        QCOMPARE(beyond.field("Content-Range"), QByteArray("bytes */1000"));
        const QByteArray tag = middle.field("ETag");
        QCOMPARE(ask("GET", path, ana_.get(), {{QByteArray("If-None-Match"), tag}}).status, 304);
    }

    void anUploadThatWasCutGoesOnWhereItWas()
    {
        const QByteArray bytes = bytesOf(2'000'000);
        const QString path = begin(*ana_, bytes.size());
        for (int tenth = 1; tenth <= 9; ++tenth) {
            const auto status = ask("HEAD", path, ana_.get());
            const qint64 offset = status.field("Upload-Offset").toLongLong();
            QCOMPARE(status.status, 200);
            QCOMPARE(status.field("Upload-Length").toLongLong(), bytes.size());
            // Promises all of it, sends another tenth and goes.
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), server_->port());
            const qint64 until = bytes.size() * tenth / 10;
            socket.write("PATCH " + path.toLatin1() + " HTTP/1.1\r\nHost: x\r\nauthToken: "
                         + QByteArray::fromStdString(ana_->token())
                         + "\r\nTus-Resumable: 1.0.0\r\n"
                           "Content-Type: application/offset+octet-stream\r\nUpload-Offset: "
                         + QByteArray::number(offset) + "\r\nContent-Length: "
                         + QByteArray::number(bytes.size() - offset) + "\r\n\r\n");
            socket.write(bytes.mid(offset, until - offset));
            const auto arrived = [&] {
                return ask("HEAD", path, ana_.get()).field("Upload-Offset").toLongLong() == until;
            };
            QTRY_VERIFY(arrived());
            socket.abort();
            if (tenth == 5) {
                server_->kill();
                QVERIFY(server_->start());
            }
        }
        const qint64 offset = ask("HEAD", path, ana_.get()).field("Upload-Offset").toLongLong();
        QCOMPARE(send(*ana_, path, offset, bytes.mid(offset)).status, 204);
        QCOMPARE(ask("GET", path, ana_.get()).body, bytes);
    }

    void whatIsWrongIsRefusedAndLeavesNothing()
    {
        // Sizes.
        const auto create = [&](const QByteArray &length) {
            return ask("POST", QStringLiteral("/blobs"), ana_.get(),
                       {{QByteArray("Upload-Length"), length}});
        };
        QCOMPARE(create("0").status, 400);
        QCOMPARE(create("-5").status, 400);
        QCOMPARE(create("many").status, 400);
        QCOMPARE(create(QByteArray::number(26 * 1024 * 1024)).status, 413);
        QCOMPARE(code(create("10000000000")), QStringLiteral("BLOB_TOO_LARGE"));

        const QByteArray bytes = bytesOf(1000);
        const QString path = begin(*ana_, bytes.size());
        const Fields otherVersion{{QByteArray("Tus-Resumable"), QByteArray("0.2.0")}};
        QCOMPARE(send(*ana_, path, 0, bytes, otherVersion).status, 412);
        const Fields otherType{{QByteArray("Content-Type"), QByteArray("image/jpeg")}};
        QCOMPARE(send(*ana_, path, 0, bytes, otherType).status, 415);
        QCOMPARE(send(*ana_, path, 5, bytes).status, 409);
        QCOMPARE(send(*ana_, path, 0, bytesOf(1001)).status, 413);
        QCOMPARE(send(*ben_, path, 0, bytes).status, 404);
        QCOMPARE(ask("HEAD", path, ben_.get()).status, 404);
        QCOMPARE(ask("DELETE", path, ben_.get()).status, 404);
        // Half of it is not a blob.
        QCOMPARE(send(*ana_, path, 0, bytes.left(500)).status, 204);
        QCOMPARE(ask("GET", path, ana_.get()).status, 404);
        QCOMPARE(QString::fromStdString(ana_->request(pictureOf(talk_, path)).error().code()),
                 QStringLiteral("INVALID_IMAGE"));
        // What does not match its checksum is not kept.
        const auto sum = [](const QByteArray &of) {
            return Fields{
                    {QByteArray("Upload-Checksum"),
                     "sha1 " + QCryptographicHash::hash(of, QCryptographicHash::Sha1).toBase64()}};
        };
        QCOMPARE(send(*ana_, path, 500, bytes.mid(500), sum("other")).status, 460);
        QCOMPARE(ask("HEAD", path, ana_.get()).field("Upload-Offset"), QByteArray("500"));
        QCOMPARE(send(*ana_, path, 500, bytes.mid(500), sum(bytes.mid(500))).status, 204);
        QCOMPARE(ask("GET", path, ana_.get()).body, bytes);

        for (const char *trick : {"/blobs/1", "/blobs/..%2F..%2Fetc%2Fpasswd", "/blobs/1-2-3",
                                  "/blobs/-1-2", "/blobs/99999999999999999999-1"})
            QCOMPARE(ask("GET", QString::fromLatin1(trick), ana_.get()).status, 404);
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
        const QString path = upload(*ana_, bytesOf(100));
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
        const QString path = begin(*ana_, 1000);
        const auto used = [this] {
            return cluster_.run("SELECT used_bytes FROM blob_quotas WHERE user_id = "
                                + std::to_string(ana_->userId()));
        };
        QCOMPARE(used(), std::string("1000"));
        QCOMPARE(ask("DELETE", path, ana_.get()).status, 204);
        QCOMPARE(ask("HEAD", path, ana_.get()).status, 404);
        QCOMPARE(used(), std::string("0"));

        const QString shown = upload(*ana_, bytesOf(100));
        QVERIFY(ana_->request(pictureOf(talk_, shown)).has_message_posted());
        QCOMPARE(ask("DELETE", shown, ana_.get()).status, 404);
        QCOMPARE(ask("GET", shown, ben_.get()).status, 200);
    }

    void aUserWhoseRoomIsUsedUpIsTold()
    {
        QVERIFY(!begin(*ana_, 10).isEmpty());
        cluster_.run("UPDATE blob_quotas SET used_bytes = 5368709000 WHERE user_id = "
                     + std::to_string(ana_->userId()));
        const auto answer = ask("POST", QStringLiteral("/blobs"), ana_.get(),
                                {{QByteArray("Upload-Length"), QByteArray("1000")}});
        QCOMPARE(answer.status, 507);
        QCOMPARE(code(answer), QStringLiteral("QUOTA_EXCEEDED"));
    }

    void whatNothingShowsIsCollectedAfterADay()
    {
        const QString forgotten = upload(*ana_, bytesOf(100));
        const QString half = begin(*ana_, 100);
        const QString shown = upload(*ana_, bytesOf(100));
        QVERIFY(ana_->request(pictureOf(talk_, shown)).has_message_posted());
        cluster_.run("UPDATE blobs SET expires_at = now() - interval '1 second'");
        QCOMPARE(server_->terminate(), 0);
        QVERIFY(server_->start()); // collects at the start, then every hour
        QTRY_COMPARE(ask("GET", forgotten, ana_.get()).status, 404);
        QTRY_COMPARE(ask("HEAD", half, ana_.get()).status, 404);
        QCOMPARE(ask("GET", shown, ana_.get()).status, 200);
    }

    void theProtocolTellsWhatItCanDo()
    {
        const auto answer = ask("OPTIONS", QStringLiteral("/blobs"), nullptr);
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.field("Tus-Version"), QByteArray("1.0.0"));
        QVERIFY(answer.field("Tus-Extension").contains("checksum"));
        QCOMPARE(answer.field("Tus-Max-Size"), QByteArray::number(25 * 1024 * 1024));
    }
};

QTEST_GUILESS_MAIN(ServerBlobsTest)
#include "tst_server_blobs.moc"
