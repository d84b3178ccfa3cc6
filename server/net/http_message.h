// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "net/admission.h"

#include <QByteArray>
#include <QCoroTask>
#include <QHostAddress>
#include <QUrlQuery>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dunlin::net {

/// An HTTP request: whole, or the head of one whose body is streamed.
struct HttpRequest {
    std::string method; ///< As sent: "POST".
    std::string path; ///< Percent-decoded, without the query: "/conversation/5/message".
    QUrlQuery query;
    /// Names in lower case; of several with one name, the values in order, with commas between.
    std::map<std::string, std::string, std::less<>> headers;
    std::string body;
    /// The parts of the path the router's pattern names.
    std::map<std::string, std::string, std::less<>> pathValues;
    bool isKeepAlive = true;
    bool isHttp11 = true; ///< Or later.
    bool isEncrypted = false; ///< TLS ends here, not at a proxy.
    /// Who asks; there always is one.
    std::shared_ptr<Peer> peer = std::make_shared<Peer>();
    /// Where the connection comes from: a proxy, if there is one.
    QHostAddress address;
    /// The peer's own name for the request (X-Request-Id), or one made here; in the answer and in
    /// the log.
    std::string id;

    /// Empty when absent. name in lower case.
    [[nodiscard]] std::string_view header(std::string_view name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string_view() : std::string_view(found->second);
    }
};

/// A body that is made piece by piece.
class BodySource {
public:
    virtual ~BodySource() = default;
    /// The next bytes, at least one, at most maximum. An error cuts the connection: the head has
    /// been sent by then.
    virtual QCoro::Task<Result<QByteArray>> read(qint64 maximum) = 0;
};

struct HttpResponse {
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string cacheControl = "no-store";
    /// Instead of body: this many bytes of it.
    std::shared_ptr<BodySource> source;
    qint64 sourceBytes = 0;
};

/// Where a streamed body goes. Destroyed without finish() when the connection is cut.
class BodySink {
public:
    virtual ~BodySink() = default;
    /// Takes bytes in order; the next come when the task has ended, and meanwhile the peer waits.
    /// A response refuses them, and ends the connection: the rest of the body is not read.
    virtual QCoro::Task<std::optional<HttpResponse>> write(QByteArray bytes) = 0;
    /// The body is whole.
    virtual QCoro::Task<HttpResponse> finish() = 0;
};

} // namespace dunlin::net
