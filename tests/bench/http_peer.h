// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dunlin::bench {

/// One HTTP/1.1 connection that sends large bodies and reads short answers. Blocking.
class HttpPeer {
public:
    /// Ends the program when nobody listens there.
    explicit HttpPeer(int port);
    ~HttpPeer();
    HttpPeer(const HttpPeer &) = delete;
    HttpPeer &operator=(const HttpPeer &) = delete;

    /// fields: lines of the head that end with CR LF. Returns the head of the answer, empty when
    /// the connection has ended.
    std::string request(std::string_view methodAndPath, std::string_view fields,
                        std::string_view body);

    /// The socket, for whoever wants to wait for many.
    [[nodiscard]] int descriptor() const { return socket_; }
    static std::string headOf(std::string_view methodAndPath, std::string_view fields,
                              std::size_t bodyBytes);

private:
    int socket_ = -1;
};

/// The value of a field of an answer's head; empty when it is not there.
std::string fieldOf(const std::string &head, std::string_view name);

/// Fields for the upload routes, in the name of a user of the Bed.
std::string tusFields(int user);
/// Begins an upload; returns its path. Ends the program when it is refused.
std::string beginUpload(HttpPeer &peer, int user, std::size_t bytes);

} // namespace dunlin::bench
