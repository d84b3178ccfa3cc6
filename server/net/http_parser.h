// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "net/http_message.h"

#include <memory>
#include <optional>
#include <string_view>

namespace dunlin::net {

/// One HTTP/1.1 request (RFC 9112) out of bytes that come in pieces. Boost.Beast does the parsing
/// and stays inside the .cpp file.
class HttpParser {
public:
    HttpParser();
    ~HttpParser();

    /// Takes bytes and returns how many were used: fewer than given when the head or the request
    /// ended before them, or needs more to go on. Errors: INVALID_ARGUMENT (not HTTP),
    /// BODY_TOO_LARGE, HEAD_TOO_LARGE.
    Result<std::size_t> feed(std::string_view bytes);

    [[nodiscard]] bool isHeadDone() const;
    /// The request without its body, once isHeadDone().
    [[nodiscard]] HttpRequest head() const;
    /// What the head declares; nullopt for a chunked body.
    [[nodiscard]] std::optional<std::uint64_t> contentLength() const;
    [[nodiscard]] bool isChunked() const;

    /// Bytes of the body that are taken; once isHeadDone() and before anything of it is fed.
    /// Error: BODY_TOO_LARGE when more is declared.
    Result<void> setBodyLimit(std::uint64_t bytes);

    [[nodiscard]] bool isDone() const;
    /// The body, once isDone().
    [[nodiscard]] std::string takeBody();

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

} // namespace dunlin::net
