// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin.pb.h"

#include <QtGlobal>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dunlin::test {

/// A bare TCP connection that reads only when it is told to. Blocking; reading gives up after 20 s.
class RawSocket {
public:
    /// from: the loopback's address to come from, all of 127.0.0.0/8 is one.
    explicit RawSocket(quint16 port, const char *from = "127.0.0.1");
    ~RawSocket();
    RawSocket(const RawSocket &) = delete;
    RawSocket &operator=(const RawSocket &) = delete;

    /// False when the server has ended the connection.
    bool send(std::string_view bytes);
    /// Each byte as a segment of its own.
    bool sendByteByByte(std::string_view bytes);
    /// nullopt when the connection ends before.
    std::optional<std::string> read(std::size_t count);
    /// Everything up to and with end; what there was when the connection ends before.
    std::string readUntil(std::string_view end);
    /// Everything until the connection ends.
    std::string readAll();

private:
    int socket_ = -1;
};

/// A frame as it is on the wire, its payload not masked.
struct RawFrame {
    unsigned opcode = 0;
    bool isFinal = true;
    std::string payload = {};
};

/// The bytes of a frame of a client, with a mask; see RFC 6455, section 5.2.
std::string toBytes(const RawFrame &frame);

/// The handshake of a client that does everything right.
std::string upgradeRequest(const std::string &furtherFields = {});

/// A client on a bare socket: for what a server does with a peer that does not read, or that
/// breaks the rules.
class RawClient {
public:
    /// Connects with a small window, so that what is not read waits at the server, and upgrades to
    /// a WebSocket. further: fields of the handshake.
    explicit RawClient(quint16 port, const char *from = "127.0.0.1",
                       const std::string &furtherFields = {});

    RawSocket &socket() { return socket_; }
    void send(const v1::ClientFrame &frame);
    /// The next frame of any kind; nullopt when the connection has ended.
    std::optional<RawFrame> readFrame();
    /// The next message; nullopt when the connection has ended.
    std::optional<v1::ServerFrame> read();
    /// Reads until the answer to this request; what comes before it is given to skipped.
    std::optional<v1::ServerFrame> readAnswer(std::uint64_t requestId,
                                              std::vector<v1::ServerFrame> *skipped = nullptr);

    /// Of the close frame that was read; 0 before, and when it has none.
    [[nodiscard]] int closeCode() const { return closeCode_; }

private:
    RawSocket socket_;
    int closeCode_ = 0;
};

} // namespace dunlin::test
