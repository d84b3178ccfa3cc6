// SPDX-License-Identifier: Apache-2.0
// Who may ask what over HTTP: every route, by everyone, about what is theirs and what is not. The
// routes come from the server's own description: a new one without a row here fails.
#include "authorisation_world.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <functional>
#include <map>

using namespace dunlin;
using namespace dunlin::test;

namespace {

using Statuses = std::array<int, askers>;

struct Case {
    QString about;
    std::function<QString(AuthorisationWorld &)> path;
    Statuses statuses;
    QByteArray body = {};
    HttpFields fields = {};
    /// Instead of body, where it depends on who asks.
    std::function<QByteArray(AuthorisationWorld &, Asker)> bodyOf = {};
};

/// The same for every device that is signed in.
Statuses signedIn(int status)
{
    return {status, status, status, status, 401, 401};
}

/// To Ana's devices, to Ben's, to Cleo's.
Statuses byUser(int ana, int ben, int cleo)
{
    return {ana, ana, ben, cleo, 401, 401};
}

Statuses everyone(int status)
{
    return {status, status, status, status, status, status};
}

QString number(std::int64_t value)
{
    return QString::number(value);
}

std::function<QString(AuthorisationWorld &)> fixed(const char *path)
{
    return [path](AuthorisationWorld &) { return QString::fromLatin1(path); };
}

/// A blob of Ana's, made for this question.
QString newBlob(AuthorisationWorld &world)
{
    return BlobClient(*world.server, world.ana->token()).upload("for one question");
}

/// An upload of Ana's that is not whole.
QString newUpload(AuthorisationWorld &world)
{
    return BlobClient(*world.server, world.ana->token()).begin(4);
}

auto pathOf(const char *route)
{
    return [route](auto whose) {
        return [route, whose](AuthorisationWorld &world) {
            return QLatin1String(route) + number(whose(world));
        };
    };
}

std::vector<Case> ofUser(const char *route)
{
    const auto path = pathOf(route);
    return {{.about = QStringLiteral("Ana"),
             .path = path([](const auto &world) { return world.ana->userId(); }),
             .statuses = byUser(200, 403, 403)},
            {.about = QStringLiteral("Ben"),
             .path = path([](const auto &world) { return world.ben->userId(); }),
             .statuses = byUser(403, 200, 403)},
            {.about = QStringLiteral("nobody"),
             .path = path([](const auto &) { return std::int64_t{4711}; }),
             .statuses = signedIn(403)}};
}

/// Of a device of the asker's that is made for this question: it is used up.
QByteArray refreshTokenOf(AuthorisationWorld &world, Asker asker)
{
    std::string token;
    if (asker == Asker::Revoked)
        token = world.revokedRefreshToken;
    else if (asker != Asker::SignedOut)
        token = world.newDevice(asker)->info().refresh_token();
    return "{\"refreshToken\":\"" + QByteArray::fromStdString(token) + "\"}";
}

/// What is shown counts, and not who one has signed in as.
std::vector<Case> ofRefresh()
{
    const auto path = pathOf("/refresh/");
    return {{.about = QStringLiteral("Ana, by one's own"),
             .path = path([](const auto &world) { return world.ana->userId(); }),
             .statuses = byUser(200, 403, 403),
             .bodyOf = refreshTokenOf},
            {.about = QStringLiteral("Ben, by one's own"),
             .path = path([](const auto &world) { return world.ben->userId(); }),
             .statuses = {403, 403, 200, 403, 401, 403},
             .bodyOf = refreshTokenOf},
            {.about = QStringLiteral("Ana, by none"),
             .path = path([](const auto &world) { return world.ana->userId(); }),
             .statuses = everyone(401)}};
}

void addRestCases(std::map<QString, std::vector<Case>> &cases)
{
    cases[QStringLiteral("POST /init/{userId}")] = ofUser("/init/");
    cases[QStringLiteral("POST /heartbeat/{userId}")] = ofUser("/heartbeat/");
    cases[QStringLiteral("POST /refresh/{userId}")] = ofRefresh();
    cases[QStringLiteral("POST /conversation")] = {{.about = QStringLiteral("with nobody"),
                                                    .path = fixed("/conversation"),
                                                    .statuses = signedIn(404),
                                                    .body = "{\"userId\":\"4711\"}"}};
    const auto talk = [](const QString &rest) {
        return [rest](AuthorisationWorld &world) {
            return QLatin1String("/conversation/") + number(world.talk) + rest;
        };
    };
    const QByteArray text = "{\"text\":\"by post\"}";
    cases[QStringLiteral("POST /conversation/{conversationId}/message")] = {
            {.about = QStringLiteral("the talk"),
             .path = talk(QStringLiteral("/message")),
             .statuses = byUser(201, 201, 404),
             .body = text},
            {.about = QStringLiteral("no conversation"),
             .path = fixed("/conversation/4711/message"),
             .statuses = signedIn(404),
             .body = text}};
    cases[QStringLiteral("POST /conversation/{conversationId}/message/{messageId}/delivery")] = {
            {.about = QStringLiteral("Ana's message"),
             .path =
                     [](AuthorisationWorld &world) {
                         return QStringLiteral("/conversation/%1/message/%2/delivery")
                                 .arg(world.talk)
                                 .arg(world.anasMessageId);
                     },
             .statuses = byUser(200, 200, 404)},
            {.about = QStringLiteral("no message"),
             .path = talk(QStringLiteral("/message/1/delivery")),
             .statuses = signedIn(404)}};
    for (const char *route : {"/healthz", "/readyz", "/metrics", "/openapi.json"}) {
        cases[QLatin1String("GET ") + QLatin1String(route)] = {
                {.about = QStringLiteral("open"), .path = fixed(route), .statuses = everyone(200)}};
    }
}

void addBlobCases(std::map<QString, std::vector<Case>> &cases)
{
    const auto blob = [](std::string AuthorisationWorld::*which) {
        return [which](AuthorisationWorld &world) {
            return QLatin1String("/blobs/") + QString::fromStdString(world.*which);
        };
    };
    const auto isPrivate = blob(&AuthorisationWorld::privateBlob);
    const auto isShared = blob(&AuthorisationWorld::sharedBlob);
    cases[QStringLiteral("POST /blobs")] = {{.about = QStringLiteral("one's own"),
                                             .path = fixed("/blobs"),
                                             .statuses = signedIn(201),
                                             .fields = {{"Upload-Length", "4"}}}};
    cases[QStringLiteral("OPTIONS /blobs")] = {
            {.about = QStringLiteral("open"), .path = fixed("/blobs"), .statuses = everyone(204)}};
    cases[QStringLiteral("OPTIONS /blobs/{blobId}")] = {
            {.about = QStringLiteral("open"), .path = isPrivate, .statuses = everyone(204)}};
    cases[QStringLiteral("GET /blobs/{blobId}")] = {
            {.about = QStringLiteral("shown nowhere"),
             .path = isPrivate,
             .statuses = byUser(200, 404, 404)},
            {.about = QStringLiteral("shown in the talk"),
             .path = isShared,
             .statuses = byUser(200, 200, 404)},
            {.about = QStringLiteral("not whole"), .path = newUpload, .statuses = signedIn(404)},
            {.about = QStringLiteral("none"),
             .path = fixed("/blobs/4711-4711"),
             .statuses = signedIn(404)}};
    cases[QStringLiteral("HEAD /blobs/{blobId}")] = {
            {.about = QStringLiteral("an upload"),
             .path = newUpload,
             .statuses = byUser(200, 404, 404)},
            {.about = QStringLiteral("shown in the talk, as an upload"),
             .path = isShared,
             .statuses = byUser(200, 404, 404)}};
    cases[QStringLiteral("PATCH /blobs/{blobId}")] = {{.about = QStringLiteral("an upload"),
                                                       .path = newUpload,
                                                       .statuses = byUser(204, 404, 404),
                                                       .body = "data",
                                                       .fields = {{"Upload-Offset", "0"}}}};
    cases[QStringLiteral("DELETE /blobs/{blobId}")] = {
            {.about = QStringLiteral("an upload"),
             .path = newUpload,
             .statuses = byUser(204, 404, 404)},
            {.about = QStringLiteral("shown nowhere"),
             .path = newBlob,
             .statuses = byUser(204, 404, 404)},
            {.about = QStringLiteral("shown in the talk"),
             .path = isShared,
             .statuses = byUser(404, 404, 404)}};
}

std::map<QString, std::vector<Case>> allCases()
{
    std::map<QString, std::vector<Case>> cases;
    addRestCases(cases);
    addBlobCases(cases);
    return cases;
}

} // namespace

class ServerAuthorisationHttpTest : public QObject {
    Q_OBJECT

    AuthorisationWorld world_;
    const std::map<QString, std::vector<Case>> cases_ = allCases();

    HttpAnswer ask(const QString &route, const Case &wanted, const QString &path,
                   const std::string &token, const QByteArray &body, bool hasKey = true)
    {
        HttpFields fields = wanted.fields;
        if (hasKey)
            fields.append({QByteArray("apiKey"), QByteArray("tests")});
        BlobClient client(*world_.server, token);
        return client.ask(route.section(u' ', 0, 0).toLatin1(), path, fields, body);
    }
    void addRows()
    {
        QTest::addColumn<QString>("route");
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("asker");
        for (const auto &[route, list] : cases_) {
            for (std::size_t i = 0; i < list.size(); ++i) {
                for (int asker = 0; asker < askers; ++asker) {
                    const QString name = route + QLatin1String(", ") + list[i].about
                            + QLatin1String(", ") + QLatin1String(nameOf(Asker(asker)));
                    QTest::newRow(qPrintable(name)) << route << int(i) << asker;
                }
            }
        }
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(world_.build()); }

    void everyRouteHasItsCases()
    {
        const Case open{.about = {}, .path = {}, .statuses = {}};
        const auto answer =
                ask(QStringLiteral("GET x"), open, QStringLiteral("/openapi.json"), {}, {});
        const auto paths =
                QJsonDocument::fromJson(answer.body).object()[QLatin1String("paths")].toObject();
        int routes = 0;
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            const QJsonObject methods = path.value().toObject();
            for (auto method = methods.begin(); method != methods.end(); ++method) {
                const QString route = method.key().toUpper() + u' ' + path.key();
                QVERIFY2(cases_.contains(route),
                         qPrintable(QLatin1String("nobody has said who may ") + route));
                ++routes;
            }
        }
        QCOMPARE(routes, int(cases_.size()));
    }

    void everyoneIsAnsweredAsTheyMayAsk_data() { addRows(); }
    void everyoneIsAnsweredAsTheyMayAsk()
    {
        QFETCH(QString, route);
        QFETCH(int, number);
        QFETCH(int, asker);
        const Case &wanted = cases_.at(route)[std::size_t(number)];
        const QString path = wanted.path(world_);
        const QByteArray body = wanted.bodyOf ? wanted.bodyOf(world_, Asker(asker)) : wanted.body;
        const auto answer = ask(route, wanted, path, world_.tokenOf(Asker(asker)), body);
        QVERIFY2(answer.status == wanted.statuses[std::size_t(asker)],
                 qPrintable(QString::number(answer.status) + u' ' + answer.message()));
    }

    void anApiKeyIsNeededAndGivesNothing()
    {
        for (const auto &[route, list] : cases_) {
            if (route.contains(QLatin1String("/blobs")) || route.startsWith(QLatin1String("GET")))
                continue;
            const QString path = list[0].path(world_);
            const auto answer = ask(route, list[0], path, world_.ana->token(), list[0].body, false);
            QCOMPARE(answer.status, 401);
            QCOMPARE(answer.code(), QStringLiteral("API_KEY_MISSING"));
        }
    }
};

QTEST_GUILESS_MAIN(ServerAuthorisationHttpTest)
#include "tst_server_authorisation_http.moc"
