// SPDX-License-Identifier: Apache-2.0
#include "dunlin/limits.h"
#include "net/http_head.h"
#include "net/http_parser.h"
#include "net/http_router.h"
#include "net/request_log.h"
#include "net/web_socket_handshake.h"
#include "targets.h"
#include "throttle/network_address.h"

#include <QHostAddress>

#include <algorithm>
#include <optional>

namespace dunlin::fuzz {
namespace {

using namespace net;

struct Request {
    HttpRequest head;
    std::string body;
    bool isWhole = false;
};

/// As HttpConnection reads one; nullopt where it would refuse. Bytes come in pieces.
std::optional<Request> read(std::string_view bytes, std::size_t pieceBytes)
{
    HttpParser parser;
    Request request;
    std::string waiting;
    bool isHeadTaken = false;
    while (!bytes.empty() && !parser.isDone()) {
        const std::string_view piece = bytes.substr(0, pieceBytes);
        waiting += piece;
        bytes.remove_prefix(piece.size());
        // The parser is given a head only as a whole.
        if (!isHeadTaken && waiting.find("\r\n\r\n") == std::string::npos) {
            if (waiting.size() >= limits::httpHeadBytes)
                return std::nullopt;
            continue;
        }
        std::size_t used = 0;
        do {
            const auto fed = parser.feed(waiting);
            if (!fed)
                return std::nullopt;
            used = *fed;
            require(used <= waiting.size(), "no more is used than there is");
            waiting.erase(0, used);
            if (parser.isHeadDone() && !isHeadTaken) {
                isHeadTaken = true;
                request.head = parser.head();
                if (!parser.setBodyLimit(limits::httpBodyBytes))
                    return std::nullopt;
            }
        } while (used > 0 && !parser.isDone() && !waiting.empty());
    }
    if (parser.isDone()) {
        request.isWhole = true;
        request.body = parser.takeBody();
        require(request.body.size() <= limits::httpBodyBytes, "a body is not larger than allowed");
    }
    if (!isHeadTaken)
        return std::nullopt;
    return request;
}

HttpRouter makeRouter()
{
    HttpRouter router;
    const auto refuse = [](const HttpRequest &) -> QCoro::Task<HttpResponse> {
        co_return HttpResponse{};
    };
    for (const char *pattern :
         {"/init/{userId}", "/conversation/{conversationId}/message/{messageId}/delivery",
          "/healthz"})
        router.add("POST", pattern, refuse);
    router.addUpload("PATCH", "/blobs/{blobId}",
                     [](const HttpRequest &) -> QCoro::Task<HttpRouter::Upload> {
                         co_return tl::unexpected(HttpResponse{});
                     });
    return router;
}

bool isOneLine(const QByteArray &head)
{
    // Nothing that a peer sent begins a line of its own in the answer.
    return head.indexOf("\r\n\r\n") == head.size() - 4;
}

} // namespace

void httpRequest(std::string_view bytes)
{
    static const HttpRouter router = makeRouter();
    const std::size_t pieceBytes = 1 + takeByte(bytes);
    const auto atOnce = read(bytes, bytes.size() + 1);
    const auto inPieces = read(bytes, pieceBytes);
    // In pieces, a mistake in the body may be met only after the head was taken.
    if (!atOnce || !inPieces)
        return;
    require(atOnce->isWhole == inPieces->isWhole && atOnce->head.method == inPieces->head.method
                    && atOnce->head.path == inPieces->head.path
                    && atOnce->head.headers == inPieces->head.headers
                    && atOnce->body == inPieces->body,
            "it does not matter in what pieces a request comes");

    HttpRequest request = atOnce->head;
    const std::string id = requestIdOf(request);
    require(!id.empty() && id.size() <= 64 && id.find_first_of(" \r\n\"") == std::string::npos,
            "a request's id is one short word");
    const bool isUpload = router.findUpload(request) != nullptr;
    require(!isUpload || request.pathValues.contains("blobId"), "an upload names its blob");
    const auto route = router.route(request);
    require(route.isReady(), "the router waits for nothing");
    const auto accepted = webSocketHandshake(atOnce->head, {});
    require(!accepted || isOneLine(*accepted), "a handshake is answered by one head");
}

void webSocketHandshake(std::string_view bytes)
{
    const auto request = read(bytes, bytes.size() + 1);
    if (!request || !isWebSocketUpgrade(request->head))
        return;
    const QString allowed = QStringLiteral("https://chat.example.org");
    const auto answer = webSocketHandshake(request->head, {allowed});
    if (!answer) {
        require(answer.error().status >= 400, "who is refused is told so");
        require(isOneLine(encodeHead(answer.error(), false, true)), "a refusal is one head");
        return;
    }
    require(isOneLine(*answer) && answer->startsWith("HTTP/1.1 101 "), "an answer is one head");
    const std::string_view origin = request->head.header("origin");
    require(origin.empty() || origin == allowed.toStdString(), "no other page connects");
    require(request->body.empty(), "a handshake has no body");
}

void forwardedFor(std::string_view bytes)
{
    static const auto proxies = *throttle::NetworkList::parse({QStringLiteral("127.0.0.1"),
                                                               QStringLiteral("10.0.0.0/8"),
                                                               QStringLiteral("fd00::/8")});
    const QHostAddress proxy(QHostAddress::LocalHost);
    const QHostAddress sender = throttle::forwardedAddress(proxy, bytes, proxies);
    require(!sender.isNull(), "there always is a sender");
    const std::string network = throttle::networkOf(sender);
    require(!network.empty() && network.size() <= 64, "a sender has a network");

    const QHostAddress stranger(QStringLiteral("203.0.113.5"));
    require(throttle::forwardedAddress(stranger, bytes, proxies) == stranger,
            "a stranger's word about where it comes from does not count");
}

} // namespace dunlin::fuzz
