// SPDX-License-Identifier: Apache-2.0
#include "message_requests.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

namespace {

struct Answer {
    int status = 0;
    QJsonObject body = {};
    QString code() const
    {
        return body[QLatin1String("error")].toObject()[QLatin1String("code")].toString();
    }
};

} // namespace

class ServerRestTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<WireClient> ana_;
    std::unique_ptr<WireClient> ben_;
    QNetworkAccessManager network_;

    Answer finish(QNetworkReply *reply)
    {
        const std::unique_ptr<QNetworkReply> owned(reply);
        if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 20'000))
            return {};
        return {.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                .body = QJsonDocument::fromJson(reply->readAll()).object()};
    }
    Answer get(const QString &path)
    {
        return finish(network_.get(QNetworkRequest(server_->httpUrl(path))));
    }
    Answer post(const QString &path, const QJsonObject &body, const std::string &token)
    {
        QNetworkRequest request(server_->httpUrl(path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        request.setRawHeader("apiKey", "tests");
        request.setRawHeader("authToken", QByteArray::fromStdString(token));
        return finish(network_.post(request, QJsonDocument(body).toJson()));
    }
    static QString number(std::int64_t value) { return QString::number(value); }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        for (auto *user : {&ana_, &ben_}) {
            *user = std::make_unique<WireClient>(server_->webSocketUrl());
            QVERIFY((*user)->open());
        }
        QVERIFY(ana_->registerAccount("ana").has_signed_in());
        QVERIFY(ben_->registerAccount("ben").has_signed_in());
    }

    void theWholeWayOfAMessageWorksOverHttp()
    {
        const auto init = post(QLatin1String("/init/") + number(ana_->userId()), {}, ana_->token());
        QCOMPARE(init.status, 200);
        QCOMPARE(init.body[QLatin1String("url")].toString(), server_->webSocketUrl().toString());
        const auto opened = post(QStringLiteral("/conversation"),
                                 {{QStringLiteral("userId"), number(ben_->userId())},
                                  {QStringLiteral("encryptionKey"), QStringLiteral("opaque")}},
                                 ana_->token());
        QCOMPARE(opened.status, 201);
        const QString talk = opened.body[QLatin1String("conversationId")].toString();
        const QJsonObject message{{QStringLiteral("text"), QStringLiteral("by post")},
                                  {QStringLiteral("clientId"),
                                   QStringLiteral("5f0c2f3e-6d0a-4c55-9f4f-0a4b2f1f6c01")}};
        const QString path = QStringLiteral("/conversation/%1/message").arg(talk);
        const auto posted = post(path, message, ana_->token());
        QCOMPARE(posted.status, 201);
        QCOMPARE(posted.body[QLatin1String("seq")].toString(), QStringLiteral("1"));
        QCOMPARE(post(path, message, ana_->token()).body, posted.body);
        QTRY_VERIFY(!ben_->liveUpdates().empty()
                    && ben_->liveUpdates().back().message_added().text() == "by post");
        const auto read =
                post(QStringLiteral("%1/%2/delivery")
                             .arg(path, posted.body[QLatin1String("messageId")].toString()),
                     {{QStringLiteral("status"), QStringLiteral("read")}}, ben_->token());
        QCOMPARE(read.status, 200);
        QTRY_COMPARE(ana_->liveUpdates().back().watermark_raised().watermark().read_seq(), 1);
        const auto again =
                post(QStringLiteral("/conversation"),
                     {{QStringLiteral("userId"), number(ana_->userId())}}, ben_->token());
        QCOMPARE(again.status, 200);
        QCOMPARE(again.body[QLatin1String("encryptionKey")].toString(), QStringLiteral("opaque"));
    }

    void aHeartbeatKeepsARestDeviceOnline()
    {
        const auto beat =
                post(QLatin1String("/heartbeat/") + number(ana_->userId()), {}, ana_->token());
        QCOMPARE(beat.status, 200);
        QVERIFY(beat.body[QLatin1String("newestUpdateSeq")].isString());
    }

    void aRefreshTokenGetsTheNextTokensOnce()
    {
        WireClient device(server_->webSocketUrl());
        QVERIFY(device.open());
        QVERIFY(device.signIn("ana").has_signed_in());
        const QString path = QLatin1String("/refresh/") + number(ana_->userId());
        const QString name = QStringLiteral("refreshToken");
        const QJsonObject first{{name, QString::fromStdString(device.info().refresh_token())}};
        // An answer that was lost is asked for again.
        QCOMPARE(post(path, first, {}).status, 200);
        const auto next = post(path, first, {});
        QCOMPARE(next.status, 200);
        const std::string token = next.body[QLatin1String("authToken")].toString().toStdString();
        QVERIFY(token != device.token());
        QVERIFY(next.body[QLatin1String("expiresAtMs")].toString().toLongLong()
                > QDateTime::currentMSecsSinceEpoch());
        const QString heartbeat = QLatin1String("/heartbeat/") + number(ana_->userId());
        QCOMPARE(post(heartbeat, {}, token).status, 200);
        // Now the first is spent: who shows it again has signed the device out.
        QCOMPARE(post(path, first, {}).code(), QStringLiteral("DEVICE_REVOKED"));
        QCOMPARE(post(heartbeat, {}, token).code(), QStringLiteral("INVALID_TOKEN"));
        const QJsonObject second{{name, next.body[QLatin1String("refreshToken")]}};
        QCOMPARE(post(path, second, {}).code(), QStringLiteral("INVALID_TOKEN"));
        QVERIFY(!server_->log().contains(first[name].toString()));
    }

    void aDeliveryOfAMessageThatWasDeletedSinceIsTaken()
    {
        const std::int64_t conversation = ana_->openConversation(ben_->userId());
        const auto posted = ana_->post(conversation, "gone").message_posted();
        QVERIFY(deleteMessages(*ana_, conversation, {posted.seq()}, DeleteFor::Everyone)
                        .has_done());
        const Answer answer = post(QStringLiteral("/conversation/%1/message/%2/delivery")
                                           .arg(number(conversation), number(posted.message_id())),
                                   {}, ben_->token());
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body[QLatin1String("seq")].toString(), number(posted.seq()));
    }

    void whatIsWrongIsRefused_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        const QString conversation = QStringLiteral("/conversation");
        QTest::newRow("someone else's init") << "/init/1"
                                             << "{}" << 403 << "FORBIDDEN";
        QTest::newRow("not a number") << "/init/abc"
                                      << "{}" << 400 << "INVALID_ARGUMENT";
        QTest::newRow("not JSON") << conversation << "{" << 400 << "INVALID_ARGUMENT";
        QTest::newRow("an array") << conversation << "[]" << 400 << "INVALID_ARGUMENT";
        QTest::newRow("no user") << conversation << "{}" << 400 << "INVALID_ARGUMENT";
        QTest::newRow("unknown user")
                << conversation << "{\"userId\":\"5\"}" << 404 << "USER_NOT_FOUND";
        QTest::newRow("unknown conversation")
                << "/conversation/5/message"
                << "{\"text\":\"x\"}" << 404 << "CONVERSATION_NOT_FOUND";
        QTest::newRow("empty message") << "/conversation/5/message"
                                       << "{}" << 400 << "MESSAGE_EMPTY";
        QTest::newRow("images that are no list")
                << "/conversation/5/message"
                << "{\"images\":\"x\"}" << 400 << "INVALID_ARGUMENT";
        QTest::newRow("an image without blob") << "/conversation/5/message"
                                               << "{\"images\":[{}]}" << 400 << "INVALID_IMAGE";
        QTest::newRow("delivery in an unknown conversation")
                << "/conversation/5/message/6/delivery"
                << "{}" << 404 << "CONVERSATION_NOT_FOUND";
        QTest::newRow("delivery of nothing known")
                << "/conversation/5/message/6/delivery"
                << "{\"status\":\"eaten\"}" << 400 << "INVALID_ARGUMENT";
    }
    void whatIsWrongIsRefused()
    {
        QFETCH(QString, path);
        QFETCH(QString, body);
        QFETCH(int, status);
        QFETCH(QString, code);
        QNetworkRequest request(server_->httpUrl(path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        request.setRawHeader("apiKey", "tests");
        request.setRawHeader("authToken", QByteArray::fromStdString(ana_->token()));
        const auto answer = finish(network_.post(request, body.toUtf8()));
        QCOMPARE(answer.code(), code);
        QCOMPARE(answer.status, status);
    }

    void withoutKeyOrTokenNothingIsDone()
    {
        QNetworkRequest bare(server_->httpUrl(QStringLiteral("/conversation")));
        bare.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        const auto noKey = finish(network_.post(bare, "{}"));
        QCOMPARE(noKey.status, 401);
        QCOMPARE(noKey.code(), QStringLiteral("API_KEY_MISSING"));
        bare.setRawHeader("apiKey", "tests");
        QCOMPARE(finish(network_.post(bare, "{}")).code(), QStringLiteral("NOT_SIGNED_IN"));
        QCOMPARE(post(QStringLiteral("/conversation"), {}, "wrong").code(),
                 QStringLiteral("INVALID_TOKEN"));
    }

    void theQueryFormIsAcceptedAndNeverLogged()
    {
        QNetworkRequest request(
                server_->httpUrl(QStringLiteral("/init/%1?apiKey=tests&authToken=%2")
                                         .arg(ana_->userId())
                                         .arg(QString::fromStdString(ana_->token()))));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        QCOMPARE(finish(network_.post(request, "")).status, 200);
        QVERIFY(!server_->log().contains(QString::fromStdString(ana_->token())));
    }

    void theOpenApiDocumentNamesExactlyTheRoutesThereAre()
    {
        const auto document = get(QStringLiteral("/openapi.json"));
        QCOMPARE(document.status, 200);
        QCOMPARE(document.body[QLatin1String("openapi")].toString(), QStringLiteral("3.1.0"));
        const QJsonObject paths = document.body[QLatin1String("paths")].toObject();
        QVERIFY(paths.size() >= 9);
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            QString concrete = path.key();
            concrete.replace(QRegularExpression(QStringLiteral("\\{[^}]*\\}")),
                             QStringLiteral("1"));
            const QJsonObject operations = path.value().toObject();
            for (const QString &method :
                 {QStringLiteral("get"), QStringLiteral("post"), QStringLiteral("patch"),
                  QStringLiteral("delete"), QStringLiteral("options")}) {
                QNetworkRequest request(server_->httpUrl(concrete));
                request.setHeader(QNetworkRequest::ContentTypeHeader,
                                  QStringLiteral("application/json"));
                const auto answer = finish(
                        network_.sendCustomRequest(request, method.toUpper().toLatin1(), "{}"));
                const bool isDescribed = operations.contains(method);
                QVERIFY2(isDescribed == (answer.status != 405) && answer.status != 404,
                         qPrintable(method + QLatin1Char(' ') + concrete));
                if (!isDescribed)
                    continue;
                const QJsonObject responses =
                        operations[method].toObject()[QLatin1String("responses")].toObject();
                QVERIFY2(responses.contains(QString::number(answer.status)),
                         qPrintable(concrete + QLatin1Char(' ') + QString::number(answer.status)));
            }
        }
    }

    void readinessFollowsTheDatabase()
    {
        QCOMPARE(get(QStringLiteral("/healthz")).status, 200);
        QCOMPARE(get(QStringLiteral("/readyz")).status, 200);
        const QString program = ServerProcess::program();
        const QStringList ask{QStringLiteral("--health-check"), QStringLiteral("--port"),
                              QString::number(server_->port())};
        QCOMPARE(QProcess::execute(program, ask), 0);
        cluster_.crash();
        // Not QTRY_COMPARE, which asks once more after it was so, maybe another thread of the
        // server.
        const auto readinessBecomes = [this](int status) {
            const auto isSo = [&] { return get(QStringLiteral("/readyz")).status == status; };
            return QTest::qWaitFor(isSo, 15'000);
        };
        QVERIFY(readinessBecomes(503));
        QCOMPARE(QProcess::execute(program, ask), 1);
        QCOMPARE(get(QStringLiteral("/healthz")).status, 200);
        const auto refused = post(QStringLiteral("/conversation"), {}, ana_->token());
        QCOMPARE(refused.status, 503);
        QCOMPARE(refused.code(), QStringLiteral("UNAVAILABLE"));
        QVERIFY(cluster_.start());
        QVERIFY(readinessBecomes(200));
    }
};

QTEST_GUILESS_MAIN(ServerRestTest)
#include "tst_server_rest.moc"
