// SPDX-License-Identifier: Apache-2.0
#include "net/http_parser.h"

#include "dunlin/limits.h"

#include <QUrl>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <limits>

namespace dunlin::net {

namespace http = boost::beast::http;

struct HttpParser::Parser {
    http::request_parser<http::string_body> request;
};

HttpParser::HttpParser() : parser_(std::make_unique<Parser>())
{
    parser_->request.header_limit(limits::httpHeadBytes);
    // None for now; boost::none would refuse every body, by a comparison in Beast 1.74.
    parser_->request.body_limit(std::numeric_limits<std::uint64_t>::max());
}

HttpParser::~HttpParser() = default;

Result<std::size_t> HttpParser::feed(std::string_view bytes)
{
    // The end of a chunked body has five bytes. Beast 1.74 takes for granted, by an assertion, that
    // they are there once it has seen the first three.
    constexpr std::size_t lastChunkBytes = 5;
    if (isHeadDone() && isChunked() && bytes.size() < lastChunkBytes)
        return 0;
    boost::system::error_code error;
    const std::size_t used =
            parser_->request.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    if (!error || error == http::error::need_more)
        return used;
    if (error == http::error::body_limit)
        return failure(ErrorCode::BodyTooLarge, "the body is too large");
    if (error == http::error::header_limit)
        return failure(ErrorCode::HeadTooLarge, "the request's head is too large");
    return failure(ErrorCode::InvalidArgument, "not an HTTP request: " + error.message());
}

bool HttpParser::isHeadDone() const
{
    return parser_->request.is_header_done();
}

std::optional<std::uint64_t> HttpParser::contentLength() const
{
    const auto length = parser_->request.content_length();
    return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

bool HttpParser::isChunked() const
{
    return parser_->request.chunked();
}

Result<void> HttpParser::setBodyLimit(std::uint64_t bytes)
{
    if (contentLength().value_or(0) > bytes)
        return failure(ErrorCode::BodyTooLarge, "the body is too large");
    parser_->request.body_limit(bytes);
    parser_->request.eager(true);
    return {};
}

bool HttpParser::isDone() const
{
    return parser_->request.is_done();
}

HttpRequest HttpParser::head() const
{
    const auto &message = parser_->request.get();
    HttpRequest request;
    request.method = std::string(message.method_string());
    request.isKeepAlive = message.keep_alive();
    request.isHttp11 = message.version() >= 11;
    const auto target = message.target();
    const QUrl url = QUrl::fromEncoded(
            QByteArray(target.data(), static_cast<qsizetype>(target.size())), QUrl::StrictMode);
    request.path = url.path(QUrl::FullyDecoded).toStdString();
    request.query = QUrlQuery(url);
    for (const auto &field : message) {
        std::string name(field.name_string());
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const auto [known, isNew] =
                request.headers.emplace(std::move(name), std::string(field.value()));
        if (!isNew) // RFC 9110, section 5.2
            known->second += ", " + std::string(field.value());
    }
    return request;
}

std::string HttpParser::takeBody()
{
    return std::move(parser_->request.get().body());
}

} // namespace dunlin::net
