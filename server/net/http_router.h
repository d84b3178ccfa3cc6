// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/error_code.h"
#include "net/http_message.h"

#include <QCoroTask>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dunlin::net {

/// Which handler answers which method and path. Filled once, then only read.
class HttpRouter {
public:
    using Handler = std::function<QCoro::Task<HttpResponse>(HttpRequest)>;
    /// Where the body goes, or an answer that refuses it.
    using Upload = tl::expected<std::shared_ptr<BodySink>, HttpResponse>;
    /// Decides by the head.
    using UploadHandler = std::function<QCoro::Task<Upload>(HttpRequest)>;

    /// pattern: a path whose parts in braces match anything but a slash, such as
    /// "/conversation/{conversationId}/message". A HEAD without a route of its own is answered as
    /// GET.
    void add(std::string method, std::string_view pattern, Handler handler);
    /// As add(), for requests whose body is streamed, however long it is. It has to declare its
    /// length.
    void addUpload(std::string method, std::string_view pattern, UploadHandler handler);

    /// Answers by the handler, with pathValues filled in; 404 (ROUTE_NOT_FOUND) or 405
    /// (METHOD_NOT_ALLOWED, with Allow) when there is none.
    QCoro::Task<HttpResponse> route(HttpRequest request) const;

    /// The handler of a streamed body, with pathValues filled into head; nullptr when the body of
    /// this request is not streamed.
    const UploadHandler *findUpload(HttpRequest &head) const;

private:
    struct Route {
        std::string method;
        std::vector<std::string> parts;
        Handler handler = {};
        UploadHandler upload = {};
    };
    const Route *find(HttpRequest &request, const std::string &method) const;

    std::vector<Route> routes_;
};

/// The body every error has: {"error": {"code": ..., "message": ...}}.
HttpResponse errorResponse(const Error &error);

} // namespace dunlin::net
