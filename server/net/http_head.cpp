// SPDX-License-Identifier: Apache-2.0
#include "net/http_head.h"

#include <algorithm>
#include <array>

namespace dunlin::net {
namespace {

/// RFC 9110, and for 460 the checksum extension of tus 1.0.
constexpr std::array<std::pair<int, const char *>, 26> reasons{{
        {200, "OK"},
        {201, "Created"},
        {204, "No Content"},
        {206, "Partial Content"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {460, "Checksum Mismatch"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {507, "Insufficient Storage"},
        {0, "Status"},
}};

QByteArray reasonOf(int status)
{
    const auto found = std::find_if(reasons.begin(), reasons.end(), [status](const auto &reason) {
        return reason.first == status || reason.first == 0;
    });
    return found->second;
}

/// RFC 9110, section 8.6: neither has a body, nor a length.
bool hasNoBody(int status)
{
    return status == 204 || status == 304;
}

} // namespace

QByteArray encodeHead(const HttpResponse &response, bool isKeepAlive, bool isEncrypted)
{
    const qint64 length =
            response.body.empty() ? response.sourceBytes : qint64(response.body.size());
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + ' '
            + reasonOf(response.status) + "\r\n";
    if (!hasNoBody(response.status)) {
        head += "Content-Type: " + QByteArray::fromStdString(response.contentType) + "\r\n";
        head += "Content-Length: " + QByteArray::number(length) + "\r\n";
    }
    head += "X-Content-Type-Options: nosniff\r\n"
            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
            "Cross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n";
    if (isEncrypted)
        head += "Strict-Transport-Security: max-age=31536000\r\n";
    head += "Cache-Control: " + QByteArray::fromStdString(response.cacheControl) + "\r\n";
    head += isKeepAlive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
    for (const auto &[name, value] : response.headers)
        head += QByteArray::fromStdString(name) + ": " + QByteArray::fromStdString(value) + "\r\n";
    return head + "\r\n";
}

} // namespace dunlin::net
