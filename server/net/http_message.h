// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QUrlQuery>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dunlin::net {

/// A whole HTTP request.
struct HttpRequest {
    std::string method; ///< As sent: "POST".
    std::string path; ///< Percent-decoded, without the query: "/conversation/5/message".
    QUrlQuery query;
    std::map<std::string, std::string, std::less<>> headers; ///< Names in lower case.
    std::string body;
    /// The parts of the path the router's pattern names.
    std::map<std::string, std::string, std::less<>> pathValues;
    bool isKeepAlive = true;

    /// Empty when absent. name in lower case.
    [[nodiscard]] std::string_view header(std::string_view name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string_view() : std::string_view(found->second);
    }
};

struct HttpResponse {
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

} // namespace dunlin::net
