// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "loop.h"

#include "dunlin.pb.h"

#include <functional>
#include <string>
#include <string_view>

namespace dunlin::bench {

/// One connection that speaks the protocol, as cheaply as it can: no objects a frame, no copies but
/// the socket's. RFC 6455 framing of what this server sends (unfragmented, unmasked) and what a
/// client has to send (masked).
class Client {
public:
    using OnFrame = std::function<void(Client &, const v1::ServerFrame &)>;

    explicit Client(Loop &loop) : loop_(loop) { }
    ~Client();
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    /// Begins connecting, and authenticates when that is done. onFrame gets SignedIn first.
    bool connect(int port, const std::string &token, OnFrame onFrame);
    /// As connect(), without a token.
    bool connect(int port, OnFrame onFrame) { return connect(port, {}, std::move(onFrame)); }
    void setOnFrame(OnFrame onFrame) { onFrame_ = std::move(onFrame); }

    void send(const v1::ClientFrame &frame);
    /// Stops reading, so that the server has to keep what it sends; or goes on.
    void setReading(bool isReading) { isReading_ = isReading; }

    [[nodiscard]] bool isSignedIn() const { return isSignedIn_; }
    [[nodiscard]] bool isOpen() const { return state_ == State::Open; }
    [[nodiscard]] bool isLost() const { return state_ == State::Lost; }
    [[nodiscard]] int descriptor() const { return descriptor_; }
    /// Free for whoever uses the client.
    int index = 0;

    // For the Loop.
    void onReady(unsigned events);
    void flush();

private:
    enum class State { Connecting, Upgrading, Open, Lost };

    void lose();
    void read();
    void takeHead();
    void takeFrames();
    void append(std::string_view payload, unsigned char opcode);

    Loop &loop_;
    OnFrame onFrame_;
    std::string token_;
    std::string in_;
    std::string out_;
    int descriptor_ = -1;
    State state_ = State::Connecting;
    bool isSignedIn_ = false;
    bool isDirty_ = false;
    bool isWaitingWritable_ = true;
    bool isReading_ = true;
};

} // namespace dunlin::bench
