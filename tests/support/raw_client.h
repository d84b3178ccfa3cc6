// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin.pb.h"

#include <QtGlobal>

#include <optional>
#include <string>
#include <vector>

namespace dunlin::test {

/// A client on a bare socket, which reads only when it is told to: for what a server does with a
/// peer that does not read. Blocking; reading gives up after 20 s.
class RawClient {
public:
    /// Connects with a small window, so that what is not read waits at the server, and upgrades to
    /// a WebSocket.
    explicit RawClient(quint16 port);
    ~RawClient();
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    void send(const v1::ClientFrame &frame);
    /// The next frame; nullopt when the connection has ended.
    std::optional<v1::ServerFrame> read();
    /// Reads until the answer to this request; what comes before it is given to skipped.
    std::optional<v1::ServerFrame> readAnswer(std::uint64_t requestId,
                                              std::vector<v1::ServerFrame> *skipped = nullptr);

    /// Of the close frame that read() has met; 0 before.
    [[nodiscard]] int closeCode() const { return closeCode_; }

private:
    std::optional<std::string> readBytes(std::size_t count);

    int socket_ = -1;
    int closeCode_ = 0;
};

} // namespace dunlin::test
