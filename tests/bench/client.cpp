// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace dunlin::bench {
namespace {

constexpr std::string_view upgrade = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                     "Sec-WebSocket-Key: ZHVubGluLWJlbmNoLWtleQ==\r\n"
                                     "Sec-WebSocket-Protocol: dunlin.v1\r\n\r\n";
constexpr unsigned char binaryOpcode = 2;
constexpr unsigned char closeOpcode = 8;
constexpr unsigned char pingOpcode = 9;
constexpr unsigned char pongOpcode = 10;
constexpr unsigned char finalBit = 0x80;
constexpr unsigned char maskBit = 0x80;
constexpr std::array<unsigned char, 4> mask{0x3a, 0x91, 0x5c, 0xe7};
constexpr std::uint64_t authenticateId = 1;

std::uint64_t bigEndianAt(const std::string &bytes, std::size_t at, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

} // namespace

Client::~Client()
{
    lose();
}

void Client::lose()
{
    state_ = State::Lost;
    if (descriptor_ < 0)
        return;
    loop_.remove(*this);
    // A reset: thousands of connections would otherwise leave thousands of ports waiting.
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    ::close(descriptor_);
    descriptor_ = -1;
}

bool Client::connect(int port, const std::string &token, OnFrame onFrame)
{
    token_ = token;
    onFrame_ = std::move(onFrame);
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) {
        state_ = State::Lost;
        return false;
    }
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int done = ::connect(descriptor_, reinterpret_cast<sockaddr *>(&address), sizeof address);
    loop_.add(*this);
    if (done != 0 && errno != EINPROGRESS) {
        lose();
        return false;
    }
    return true;
}

void Client::append(std::string_view payload, unsigned char opcode)
{
    out_.push_back(static_cast<char>(finalBit | opcode));
    if (payload.size() < 126) {
        out_.push_back(static_cast<char>(maskBit | payload.size()));
    } else {
        out_.push_back(static_cast<char>(maskBit | 126U)); // the frames sent here are under 64 KiB
        out_.push_back(static_cast<char>(payload.size() >> 8U));
        out_.push_back(static_cast<char>(payload.size() & 0xFFU));
    }
    out_.append(reinterpret_cast<const char *>(mask.data()), mask.size());
    const std::size_t begin = out_.size();
    out_.append(payload);
    for (std::size_t i = 0; i < payload.size(); ++i)
        out_[begin + i] = static_cast<char>(static_cast<unsigned char>(out_[begin + i])
                                            ^ mask[i % mask.size()]);
    if (!isDirty_) {
        isDirty_ = true;
        loop_.wantWrite(*this);
    }
}

void Client::send(const v1::ClientFrame &frame)
{
    static thread_local std::string bytes;
    frame.SerializeToString(&bytes);
    append(bytes, binaryOpcode);
}

void Client::flush()
{
    isDirty_ = false;
    if (descriptor_ < 0 || state_ == State::Connecting)
        return;
    while (!out_.empty()) {
        const auto sent = ::send(descriptor_, out_.data(), out_.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN)
            break;
        if (sent < 0) {
            lose();
            return;
        }
        out_.erase(0, static_cast<std::size_t>(sent));
    }
    if (isWaitingWritable_ == out_.empty()) {
        isWaitingWritable_ = !out_.empty();
        loop_.waitWritable(*this, isWaitingWritable_);
    }
}

void Client::onReady(unsigned events)
{
    if (state_ == State::Connecting && (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) {
            lose();
            return;
        }
        state_ = State::Upgrading;
        out_ = upgrade;
        flush();
    } else if ((events & EPOLLOUT) != 0) {
        flush();
    }
    if (descriptor_ >= 0 && isReading_ && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
        read();
}

void Client::read()
{
    static thread_local std::array<char, 256 * 1024> buffer;
    const auto got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0) {
        lose();
        return;
    }
    in_.append(buffer.data(), static_cast<std::size_t>(got));
    if (state_ == State::Upgrading)
        takeHead();
    if (state_ == State::Open)
        takeFrames();
}

void Client::takeHead()
{
    const auto end = in_.find("\r\n\r\n");
    if (end == std::string::npos)
        return;
    if (!in_.starts_with("HTTP/1.1 101")) {
        lose();
        return;
    }
    in_.erase(0, end + 4);
    state_ = State::Open;
    if (token_.empty())
        return;
    v1::ClientFrame frame;
    frame.set_request_id(authenticateId);
    frame.mutable_authenticate()->set_token(token_);
    send(frame);
}

void Client::takeFrames()
{
    static thread_local v1::ServerFrame frame; // cleared, not freed, by each parse
    std::size_t at = 0;
    while (state_ == State::Open && in_.size() - at >= 2) {
        const auto opcode = static_cast<unsigned char>(in_[at]) & 0x0FU;
        std::size_t size = static_cast<unsigned char>(in_[at + 1]) & 0x7FU;
        std::size_t head = 2;
        if (size == 126)
            head += 2;
        else if (size == 127)
            head += 8;
        if (in_.size() - at < head)
            break;
        if (head > 2)
            size = bigEndianAt(in_, at + 2, head - 2);
        if (in_.size() - at < head + size)
            break;
        const std::string_view payload(in_.data() + at + head, size);
        at += head + size;
        if (opcode == closeOpcode) {
            lose();
            return;
        }
        if (opcode == pingOpcode)
            append(payload, pongOpcode);
        if (opcode != binaryOpcode
            || !frame.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
            continue;
        isSignedIn_ = isSignedIn_ || frame.has_signed_in();
        onFrame_(*this, frame);
    }
    in_.erase(0, at);
    if (in_.empty() && in_.capacity() > 4096)
        in_.shrink_to_fit(); // thousands of clients
}

} // namespace dunlin::bench
