// SPDX-License-Identifier: Apache-2.0
#include "net/web_socket_handshake.h"

#include "net/http_router.h"

#include <QCryptographicHash>

#include <algorithm>

namespace dunlin::net {
namespace {

constexpr const char *subprotocol = "dunlin.v1";
constexpr const char *version = "13";
constexpr qsizetype keyBytes = 16;
/// RFC 6455, section 1.3: what proves that the answer is to this handshake.
constexpr const char *acceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

QByteArray fieldOf(const HttpRequest &head, std::string_view name)
{
    const std::string_view value = head.header(name);
    return {value.data(), static_cast<qsizetype>(value.size())};
}

/// One of the words of a list separated by commas.
bool names(const QByteArray &list, const QByteArray &word, Qt::CaseSensitivity sensitivity)
{
    const auto words = list.split(',');
    return std::any_of(words.begin(), words.end(), [&](const QByteArray &one) {
        return one.trimmed().compare(word, sensitivity) == 0;
    });
}

tl::unexpected<HttpResponse> refusal(ErrorCode code, const char *message)
{
    HttpResponse response = errorResponse({.code = code, .message = message});
    return tl::unexpected(std::move(response));
}

tl::unexpected<HttpResponse> upgradeRequired()
{
    constexpr int upgradeRequiredStatus = 426; // RFC 9110, section 15.5.22
    HttpResponse response = errorResponse(
            {.code = ErrorCode::InvalidArgument, .message = "the WebSocket version is 13"});
    response.status = upgradeRequiredStatus;
    response.headers.emplace_back("Sec-WebSocket-Version", version);
    return tl::unexpected(std::move(response));
}

bool isKey(const QByteArray &key)
{
    const auto decoded =
            QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    // Its one way to write 16 bytes: with the padding.
    return decoded && decoded.decoded.size() == keyBytes && decoded.decoded.toBase64() == key;
}

} // namespace

bool isWebSocketUpgrade(const HttpRequest &head)
{
    return head.method == "GET"
            && names(fieldOf(head, "upgrade"), "websocket", Qt::CaseInsensitive);
}

tl::expected<QByteArray, HttpResponse> webSocketHandshake(const HttpRequest &head,
                                                          const QStringList &allowedOrigins)
{
    if (!head.isHttp11)
        return refusal(ErrorCode::InvalidArgument, "a WebSocket begins with HTTP/1.1");
    if (head.header("host").empty())
        return refusal(ErrorCode::InvalidArgument, "the field Host is missing");
    if (!names(fieldOf(head, "connection"), "upgrade", Qt::CaseInsensitive))
        return refusal(ErrorCode::InvalidArgument, "the field Connection does not name upgrade");
    if (fieldOf(head, "sec-websocket-version") != version)
        return upgradeRequired();
    const QByteArray key = fieldOf(head, "sec-websocket-key");
    if (!isKey(key))
        return refusal(ErrorCode::InvalidArgument, "Sec-WebSocket-Key is not 16 bytes of base64");
    if (!head.header("content-length").empty() && head.header("content-length") != "0")
        return refusal(ErrorCode::InvalidArgument, "a handshake has no body");
    if (!head.header("transfer-encoding").empty())
        return refusal(ErrorCode::InvalidArgument, "a handshake has no body");
    const QString origin = QString::fromLatin1(fieldOf(head, "origin"));
    if (!origin.isEmpty() && !allowedOrigins.contains(origin))
        return refusal(ErrorCode::Forbidden, "pages of this origin may not connect");

    const QByteArray accept =
            QCryptographicHash::hash(key + acceptSuffix, QCryptographicHash::Sha1).toBase64();
    QByteArray response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept + "\r\n";
    if (names(fieldOf(head, "sec-websocket-protocol"), subprotocol, Qt::CaseSensitive))
        response += QByteArray("Sec-WebSocket-Protocol: ") + subprotocol + "\r\n";
    return response + "\r\n";
}

} // namespace dunlin::net
