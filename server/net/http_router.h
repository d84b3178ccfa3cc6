// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/error_code.h"
#include "net/http_message.h"

#include <QCoroTask>

#include <functional>
#include <string>
#include <vector>

namespace dunlin::net {

/// Which handler answers which method and path. Filled once, then only read.
class HttpRouter {
public:
    using Handler = std::function<QCoro::Task<HttpResponse>(HttpRequest)>;

    /// pattern: a path whose parts in braces match anything but a slash, such as
    /// "/conversation/{conversationId}/message".
    void add(std::string method, std::string_view pattern, Handler handler);

    /// Answers by the handler, with pathValues filled in; 404 (ROUTE_NOT_FOUND) or 405
    /// (METHOD_NOT_ALLOWED, with Allow) when there is none. HEAD is answered as GET.
    QCoro::Task<HttpResponse> route(HttpRequest request) const;

private:
    struct Route {
        std::string method;
        std::string pattern;
        std::vector<std::string> parts;
        Handler handler;
    };
    std::vector<Route> routes_;
};

/// The body every error has: {"error": {"code": ..., "message": ...}}.
HttpResponse errorResponse(const Error &error);

} // namespace dunlin::net
