// SPDX-License-Identifier: Apache-2.0
#include "api/metrics_route.h"

#include "metrics/process.h"

#include <sodium.h>

namespace dunlin::api {
namespace {

bool isEqual(std::string_view left, std::string_view right)
{
    return left.size() == right.size()
            && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

QCoro::Task<net::HttpResponse> answerWith(net::HttpResponse response)
{
    co_return response;
}

} // namespace

bool mayRead(const MetricsAccess &access, const net::HttpRequest &request)
{
    constexpr std::string_view bearer = "Bearer ";
    const std::string_view authorization = request.header("authorization");
    if (!access.token.empty() && authorization.starts_with(bearer)
        && isEqual(authorization.substr(bearer.size()), access.token))
        return true;
    for (const char *header : {"x-forwarded-for", "x-forwarded-proto", "forwarded", "via"}) {
        if (!request.header(header).empty())
            return false;
    }
    return access.networks.contains(request.address);
}

void addMetricsRoute(net::HttpRouter &router, MetricsAccess access,
                     std::function<std::vector<metrics::Sample>()> samples)
{
    router.add("GET", "/metrics",
               [access = std::move(access),
                samples = std::move(samples)](const net::HttpRequest &request) {
                   if (!mayRead(access, request)) {
                       return answerWith(net::errorResponse({.code = ErrorCode::RouteNotFound,
                                                             .message = "there is nothing here"}));
                   }
                   std::vector<metrics::Sample> all = metrics::processSamples();
                   for (metrics::Sample &sample : samples())
                       all.push_back(std::move(sample));
                   net::HttpResponse response;
                   response.contentType = metrics::expositionContentType;
                   response.body = metrics::exposition(metrics::snapshot(), all);
                   return answerWith(std::move(response));
               });
}

} // namespace dunlin::api
