// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/readiness.h"
#include "api/services.h"
#include "net/http_router.h"

namespace dunlin::api {

/// Adds the HTTP routes: the REST interface over the same domain as the WebSocket protocol, the
/// probes and the OpenAPI document that describes them all. services and readiness outlive the
/// router.
///
/// Every REST route needs an API key, which names an application and grants no right, and a
/// device's token: in the header fields apiKey and authToken, or in the query, which is accepted
/// and never logged.
void addRoutes(net::HttpRouter &router, Services &services, Readiness &readiness);

/// Who asks, by the token in the field authToken, in the query, or as a bearer token. Errors:
/// NOT_SIGNED_IN, INVALID_TOKEN, RATE_LIMITED, UNAVAILABLE. request outlives the task.
QCoro::Task<Result<Identity>> identifyByToken(Services &services, const net::HttpRequest &request);

/// The OpenAPI 3.1 document, JSON.
std::string openApiDocument();

} // namespace dunlin::api
