// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "net/http_message.h"

#include <memory>
#include <string_view>

namespace dunlin::net {

/// One HTTP/1.1 request (RFC 9112) out of bytes that come in pieces. Boost.Beast does the parsing
/// and stays inside the .cpp file.
class HttpParser {
public:
    /// bodyLimit in bytes; a larger declared or chunked body is refused from its first sign.
    explicit HttpParser(std::size_t bodyLimit);
    ~HttpParser();

    /// Takes bytes and returns how many were used: fewer than given when the request ended before
    /// them or needs more to go on. Errors: INVALID_ARGUMENT (not HTTP), BODY_TOO_LARGE,
    /// HEAD_TOO_LARGE.
    Result<std::size_t> feed(std::string_view bytes);

    [[nodiscard]] bool isDone() const;
    /// The request, once isDone().
    [[nodiscard]] HttpRequest take();

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

} // namespace dunlin::net
