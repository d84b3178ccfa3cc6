// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/exposition.h"
#include "net/http_router.h"
#include "throttle/network_address.h"

#include <functional>
#include <string>
#include <vector>

namespace dunlin::api {

/// Who may read the metrics, which tell how much a server is used.
struct MetricsAccess {
    /// Whoever sends it as a bearer token may; empty: nobody by this way.
    std::string token = {};
    /// Whoever comes from one of these networks may, but not through a proxy: a proxy on the same
    /// machine makes all the world come from the loopback.
    throttle::NetworkList networks = {};
};

bool mayRead(const MetricsAccess &access, const net::HttpRequest &request);

/// Adds GET /metrics. Whoever may not read it is told that there is nothing. samples: what is
/// looked up at every call, on the router's thread.
void addMetricsRoute(net::HttpRouter &router, MetricsAccess access,
                     std::function<std::vector<metrics::Sample>()> samples);

} // namespace dunlin::api
