// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_message.h"

#include <chrono>
#include <string>

namespace dunlin::net {

/// What the peer calls the request, if it is 1 to 64 letters, digits, dashes, dots or underscores;
/// else a new name that no other request of this server's life has.
std::string requestIdOf(const HttpRequest &request);

/// One request in the log: at debug, and at warning when the server could not answer it. Never the
/// query, which may have a token.
class RequestLogEntry {
public:
    explicit RequestLogEntry(const HttpRequest &request)
        : method_(request.method), path_(request.path), id_(request.id),
          begin_(std::chrono::steady_clock::now())
    { }

    [[nodiscard]] const std::string &requestId() const { return id_; }
    void write(int status) const;

private:
    std::string method_;
    std::string path_;
    std::string id_;
    std::chrono::steady_clock::time_point begin_;
};

} // namespace dunlin::net
