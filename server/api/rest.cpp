// SPDX-License-Identifier: Apache-2.0
#include "api/rest.h"

#include "accounts/refresh_token.h"
#include "api/rest_body.h"
#include "messaging/images.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

namespace dunlin::api {
namespace {

using net::HttpRequest;
using net::HttpResponse;
using Reply = QCoro::Task<HttpResponse>;

constexpr std::size_t apiKeyMaxBytes = 256;
/// REST devices are told apart from WebSocket connections in the PresenceTable.
constexpr presence::ConnectionId restConnectionBit = presence::ConnectionId{1} << 63;

QString text(std::int64_t number)
{
    return QString::number(number);
}

HttpResponse json(const QJsonObject &object, int status = 200)
{
    HttpResponse response;
    response.status = status;
    response.body = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    return response;
}

std::string credential(const HttpRequest &request, std::string_view header, const QString &name)
{
    const std::string_view value = request.header(header);
    if (!value.empty())
        return std::string(value);
    return request.query.queryItemValue(name, QUrl::FullyDecoded).toStdString();
}

/// Who asks has said who it is: another may have its place, and it has asked once more.
Result<void> admit(Services &services, const HttpRequest &request, Identity who)
{
    request.peer->authenticated();
    const auto wait = requestLimiterOf(services, who)->take(std::chrono::steady_clock::now());
    if (wait.count() > 0) {
        return failure(ErrorCode::RateLimited, "too many requests",
                       std::chrono::ceil<std::chrono::milliseconds>(wait));
    }
    return {};
}

Result<void> checkApiKey(const HttpRequest &request)
{
    const std::string apiKey = credential(request, "apikey", QStringLiteral("apiKey"));
    if (apiKey.empty() || apiKey.size() > apiKeyMaxBytes)
        return failure(ErrorCode::ApiKeyMissing, "name your application by an apiKey");
    return {};
}

QCoro::Task<Result<Identity>> identify(Services &services, const HttpRequest &request)
{
    if (const auto key = checkApiKey(request); !key)
        co_return tl::unexpected(key.error());
    co_return co_await identifyByToken(services, request);
}

/// The user of the path, who has to be the one who asks.
Result<void> checkIsSelf(const HttpRequest &request, Identity who)
{
    const auto id = parsePositiveId(request.pathValues.at("userId"));
    if (!id)
        return failure(ErrorCode::InvalidArgument, "the user id is not a number");
    if (UserId{*id} != who.user)
        return failure(ErrorCode::Forbidden, "the token belongs to another user");
    return {};
}

Result<ConversationId> conversationIn(const HttpRequest &request)
{
    const auto id = parsePositiveId(request.pathValues.at("conversationId"));
    if (!id)
        return failure(ErrorCode::InvalidArgument, "the conversation id is not a number");
    return ConversationId{*id};
}

Reply initialise(Services &services, HttpRequest request)
{
    const auto who = co_await identify(services, request);
    if (!who)
        co_return net::errorResponse(who.error());
    if (const auto self = checkIsSelf(request, *who); !self)
        co_return net::errorResponse(self.error());
    const bool isSecure = request.isEncrypted || request.header("x-forwarded-proto") == "https";
    const QString host = QString::fromStdString(std::string(request.header("host")));
    co_return json(QJsonObject{
            {QStringLiteral("serverId"), QString::fromStdString(services.serverId)},
            {QStringLiteral("url"),
             (isSecure ? QLatin1String("wss://") : QLatin1String("ws://")) + host
                     + QLatin1Char('/')},
            {QStringLiteral("heartbeatIntervalMs"), int(services.heartbeatInterval.count())}});
}

Reply heartbeat(Services &services, HttpRequest request)
{
    const auto who = co_await identify(services, request);
    if (!who)
        co_return net::errorResponse(who.error());
    if (const auto self = checkIsSelf(request, *who); !self)
        co_return net::errorResponse(self.error());
    const auto connection =
            restConnectionBit | static_cast<presence::ConnectionId>(who->device.value);
    services.hub.announce(services.presence.connect(connection, who->user, who->device,
                                                    std::chrono::steady_clock::now()),
                          0);
    const auto newest = co_await services.newestSeqs.read(who->user);
    if (!newest)
        co_return net::errorResponse(newest.error());
    co_return json(QJsonObject{
            {QStringLiteral("newestUpdateSeq"), text(newest->value)},
            {QStringLiteral("serverTimeMs"), text(QDateTime::currentMSecsSinceEpoch())},
            {QStringLiteral("heartbeatIntervalMs"), int(services.heartbeatInterval.count())}});
}

/// The next tokens, for a refresh token in the body: an address is kept in too many places. The
/// token that it goes with may have ended.
Reply refresh(Services &services, HttpRequest request)
{
    if (const auto key = checkApiKey(request); !key)
        co_return net::errorResponse(key.error());
    const auto body = readBody(request.body);
    if (!body)
        co_return net::errorResponse(body.error());
    std::string shown = (*body)[QLatin1String("refreshToken")].toString().toStdString();
    const auto token = accounts::RefreshToken::parse(shown);
    if (!token) {
        co_return net::errorResponse(
                {.code = ErrorCode::InvalidToken, .message = "refreshToken is not one"});
    }
    const Identity who{.user = token->user, .device = token->device};
    if (const auto self = checkIsSelf(request, who); !self)
        co_return net::errorResponse(self.error());
    const auto entrance = co_await services.accounts.refresh(std::move(shown));
    if (!entrance)
        co_return net::errorResponse(entrance.error());
    if (const auto admitted = admit(services, request, who); !admitted)
        co_return net::errorResponse(admitted.error());
    co_return json(QJsonObject{
            {QStringLiteral("authToken"), QString::fromStdString(entrance->token)},
            {QStringLiteral("refreshToken"), QString::fromStdString(entrance->refreshToken)},
            {QStringLiteral("expiresAtMs"), text(entrance->tokenExpiresAtMs)}});
}

Reply openConversation(Services &services, HttpRequest request)
{
    const auto who = co_await identify(services, request);
    if (!who)
        co_return net::errorResponse(who.error());
    const auto body = readBody(request.body);
    if (!body)
        co_return net::errorResponse(body.error());
    const auto peer = idIn(*body, QStringLiteral("userId"));
    if (!peer)
        co_return net::errorResponse(peer.error());
    const auto opened = co_await services.conversations.openDirect(
            who->user, UserId{*peer},
            (*body)[QLatin1String("encryptionKey")].toString().toStdString());
    if (!opened)
        co_return net::errorResponse(opened.error());
    const Conversation &conversation = opened->conversation;
    co_return json(QJsonObject{{QStringLiteral("conversationId"), text(conversation.id.value)},
                               {QStringLiteral("isNew"), opened->isNew},
                               {QStringLiteral("lastSeq"), text(conversation.lastSeq.value)},
                               {QStringLiteral("encryptionKey"),
                                QString::fromStdString(conversation.encryptionKey)}},
                   opened->isNew ? 201 : 200);
}

Reply postMessage(Services &services, HttpRequest request)
{
    const auto who = co_await identify(services, request);
    if (!who)
        co_return net::errorResponse(who.error());
    const auto conversation = conversationIn(request);
    if (!conversation)
        co_return net::errorResponse(conversation.error());
    const auto body = readBody(request.body);
    if (!body)
        co_return net::errorResponse(body.error());
    const auto clientId = clientIdIn(*body);
    if (!clientId)
        co_return net::errorResponse(clientId.error());
    const auto list = imagesIn(*body);
    if (!list)
        co_return net::errorResponse(list.error());
    auto images = messaging::imagesFrom(who->user, list->images());
    if (!images)
        co_return net::errorResponse(images.error());
    messaging::Post post{.conversation = *conversation,
                         .sender = who->user,
                         .clientId = *clientId,
                         .text = (*body)[QLatin1String("text")].toString().toStdString(),
                         .images = std::move(*images)};
    const auto posted = co_await services.writer.post(std::move(post));
    if (!posted)
        co_return net::errorResponse(posted.error());
    const auto uuid = QUuid::fromRfc4122(QByteArray::fromStdString(clientId->toBytes()));
    co_return json(QJsonObject{{QStringLiteral("messageId"), text(posted->id.value)},
                               {QStringLiteral("seq"), text(posted->seq.value)},
                               {QStringLiteral("sentAtMs"), text(posted->sentAtMs)},
                               {QStringLiteral("clientId"), uuid.toString(QUuid::WithoutBraces)}},
                   201);
}

Reply recordDelivery(Services &services, HttpRequest request)
{
    const auto who = co_await identify(services, request);
    if (!who)
        co_return net::errorResponse(who.error());
    const auto conversation = conversationIn(request);
    if (!conversation)
        co_return net::errorResponse(conversation.error());
    const auto message = parsePositiveId(request.pathValues.at("messageId"));
    if (!message) {
        co_return net::errorResponse(
                {.code = ErrorCode::InvalidArgument, .message = "the message id is not a number"});
    }
    const auto body = readBody(request.body);
    if (!body)
        co_return net::errorResponse(body.error());
    const QString status = (*body)[QLatin1String("status")].toString(QStringLiteral("delivered"));
    if (status != QLatin1String("delivered") && status != QLatin1String("read")) {
        co_return net::errorResponse({.code = ErrorCode::InvalidArgument,
                                      .message = "status is \"delivered\" or \"read\""});
    }
    const auto seq =
            co_await services.conversations.seqOf(who->user, *conversation, MessageId{*message});
    if (!seq)
        co_return net::errorResponse(seq.error());
    messaging::Raise raise{.conversation = *conversation, .user = who->user, .delivered = *seq};
    if (status == QLatin1String("read"))
        raise.read = *seq;
    const auto raised = co_await services.writer.raise(raise);
    if (!raised)
        co_return net::errorResponse(raised.error());
    co_return json(QJsonObject{{QStringLiteral("seq"), text(seq->value)},
                               {QStringLiteral("status"), status}});
}

Reply answerWith(HttpResponse response)
{
    co_return response;
}

Reply answerReadiness(Readiness &readiness)
{
    const bool isReady = co_await readiness.check();
    co_return json(QJsonObject{{QStringLiteral("status"),
                                isReady ? QStringLiteral("ready") : QStringLiteral("unavailable")}},
                   isReady ? 200 : 503);
}

} // namespace

QCoro::Task<Result<Identity>> identifyByToken(Services &services, const HttpRequest &request)
{
    constexpr std::string_view bearer = "Bearer ";
    std::string token = credential(request, "authtoken", QStringLiteral("authToken"));
    const std::string_view authorization = request.header("authorization");
    if (token.empty() && authorization.starts_with(bearer))
        token = std::string(authorization.substr(bearer.size()));
    if (token.empty())
        co_return failure(ErrorCode::NotSignedIn, "an authToken is needed");
    const auto entrance = co_await services.accounts.authenticate(std::move(token));
    if (!entrance)
        co_return tl::unexpected(entrance.error());
    const Identity who{.user = entrance->user.id, .device = entrance->device};
    if (const auto admitted = admit(services, request, who); !admitted)
        co_return tl::unexpected(admitted.error());
    co_return who;
}

std::string openApiDocument()
{
    QFile file(QStringLiteral(":/dunlin/openapi.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().toStdString();
}

void addRoutes(net::HttpRouter &router, Services &services, Readiness &readiness)
{
    const auto add = [&](const char *pattern, Reply (*handler)(Services &, HttpRequest)) {
        router.add("POST", pattern, [&services, handler](HttpRequest request) {
            return handler(services, std::move(request));
        });
    };
    add("/init/{userId}", initialise);
    add("/heartbeat/{userId}", heartbeat);
    add("/refresh/{userId}", refresh);
    add("/conversation", openConversation);
    add("/conversation/{conversationId}/message", postMessage);
    add("/conversation/{conversationId}/message/{messageId}/delivery", recordDelivery);

    router.add("GET", "/healthz", [](const HttpRequest &) {
        return answerWith(json(QJsonObject{{QStringLiteral("status"), QStringLiteral("ok")}}));
    });
    router.add("GET", "/readyz",
               [&readiness](const HttpRequest &) { return answerReadiness(readiness); });
    router.add("GET", "/openapi.json", [](const HttpRequest &) {
        HttpResponse response;
        response.body = openApiDocument();
        return answerWith(response);
    });
}

} // namespace dunlin::api
