// SPDX-License-Identifier: Apache-2.0
#include "net/http_router.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <map>
#include <optional>

namespace dunlin::net {
namespace {

std::vector<std::string> partsOf(std::string_view path)
{
    std::vector<std::string> parts;
    while (!path.empty()) {
        const auto slash = path.find('/');
        parts.emplace_back(path.substr(0, slash));
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
        if (slash != std::string_view::npos && path.empty())
            parts.emplace_back();
    }
    return parts;
}

bool isVariable(std::string_view part)
{
    return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

using PathValues = std::map<std::string, std::string, std::less<>>;

std::optional<PathValues> match(const std::vector<std::string> &pattern,
                                const std::vector<std::string> &path)
{
    if (pattern.size() != path.size())
        return std::nullopt;
    PathValues values;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (isVariable(pattern[i]))
            values.emplace(pattern[i].substr(1, pattern[i].size() - 2), path[i]);
        else if (pattern[i] != path[i])
            return std::nullopt;
    }
    return values;
}

} // namespace

void HttpRouter::add(std::string method, std::string_view pattern, Handler handler)
{
    routes_.push_back({.method = std::move(method),
                       .parts = partsOf(pattern),
                       .handler = std::move(handler)});
}

void HttpRouter::addUpload(std::string method, std::string_view pattern, UploadHandler handler)
{
    routes_.push_back(
            {.method = std::move(method), .parts = partsOf(pattern), .upload = std::move(handler)});
}

const HttpRouter::Route *HttpRouter::find(HttpRequest &request, const std::string &method) const
{
    const std::vector<std::string> path = partsOf(request.path);
    for (const Route &route : routes_) {
        if (route.method != method)
            continue;
        if (auto values = match(route.parts, path)) {
            request.pathValues = std::move(*values);
            return &route;
        }
    }
    return nullptr;
}

const HttpRouter::UploadHandler *HttpRouter::findUpload(HttpRequest &head) const
{
    const Route *route = find(head, head.method);
    return route != nullptr && route->upload ? &route->upload : nullptr;
}

QCoro::Task<HttpResponse> HttpRouter::route(HttpRequest request) const
{
    const Route *route = find(request, request.method);
    if (route == nullptr && request.method == "HEAD")
        route = find(request, "GET");
    if (route != nullptr && route->handler)
        co_return co_await route->handler(std::move(request));
    const std::vector<std::string> path = partsOf(request.path);
    std::string allowed;
    for (const Route &other : routes_) {
        if (match(other.parts, path))
            allowed += (allowed.empty() ? "" : ", ") + other.method;
    }
    if (allowed.empty()) {
        co_return errorResponse(
                Error{.code = ErrorCode::RouteNotFound, .message = "there is nothing here"});
    }
    HttpResponse response = errorResponse(
            Error{.code = ErrorCode::MethodNotAllowed, .message = "use " + allowed + " here"});
    response.headers.emplace_back("Allow", allowed);
    co_return response;
}

HttpResponse errorResponse(const Error &error)
{
    const QJsonObject body{
            {QStringLiteral("code"), QString::fromUtf8(toWireName(error.code).data())},
            {QStringLiteral("message"), QString::fromStdString(error.message)}};
    HttpResponse response;
    response.status = httpStatus(error.code);
    response.body = QJsonDocument(QJsonObject{{QStringLiteral("error"), body}})
                            .toJson(QJsonDocument::Compact)
                            .toStdString();
    if (error.retryAfter.count() > 0) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(error.retryAfter);
        response.headers.emplace_back("Retry-After", std::to_string(seconds.count()));
    }
    return response;
}

} // namespace dunlin::net
