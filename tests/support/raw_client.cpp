// SPDX-License-Identifier: Apache-2.0
#include "raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>

namespace dunlin::test {
namespace {

constexpr int windowBytes = 16 * 1024;
constexpr int readTimeoutSeconds = 20;
constexpr unsigned char finalBit = 0x80;
constexpr unsigned char opcodeBits = 0x0F;
constexpr unsigned char lengthBits = 0x7F;
constexpr unsigned char maskBit = 0x80;
constexpr unsigned binaryOpcode = 2;
constexpr unsigned closeOpcode = 8;

in_addr toAddress(const char *text)
{
    in_addr address{};
    if (::inet_pton(AF_INET, text, &address) != 1)
        qFatal("not an address: %s", text);
    return address;
}

} // namespace

RawSocket::RawSocket(quint16 port, const char *from)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const int on = 1;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &windowBytes, sizeof windowBytes);
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval timeout{.tv_sec = readTimeoutSeconds, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr = toAddress(from);
    sockaddr_in there = here;
    there.sin_port = htons(port);
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket_, reinterpret_cast<sockaddr *>(&here), sizeof here) != 0
        || ::connect(socket_, reinterpret_cast<sockaddr *>(&there), sizeof there) != 0)
        qFatal("cannot connect");
}

RawSocket::~RawSocket()
{
    ::close(socket_);
}

bool RawSocket::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawSocket::sendByteByByte(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (!send(bytes.substr(i, 1)))
            return false;
    }
    return true;
}

std::optional<std::string> RawSocket::read(std::size_t count)
{
    std::string bytes(count, '\0');
    std::size_t got = 0;
    while (got < count) {
        const auto more = ::recv(socket_, bytes.data() + got, count - got, 0);
        if (more <= 0)
            return std::nullopt;
        got += static_cast<std::size_t>(more);
    }
    return bytes;
}

std::string RawSocket::readUntil(std::string_view end)
{
    std::string bytes;
    while (!bytes.ends_with(end)) {
        const auto byte = read(1);
        if (!byte)
            break;
        bytes += *byte;
    }
    return bytes;
}

std::string RawSocket::readAll()
{
    std::string bytes;
    std::array<char, 4096> piece{};
    for (;;) {
        const auto more = ::recv(socket_, piece.data(), piece.size(), 0);
        if (more <= 0)
            return bytes;
        bytes.append(piece.data(), static_cast<std::size_t>(more));
    }
}

std::string toBytes(const RawFrame &frame)
{
    constexpr std::array<unsigned char, 4> mask{0x37, 0xfa, 0x21, 0x3d};
    std::string bytes(1, static_cast<char>((frame.isFinal ? finalBit : 0U) | frame.opcode));
    const std::size_t size = frame.payload.size();
    const int lengthBytes = size < 126 ? 0 : size <= 0xFFFF ? 2 : 8;
    const std::size_t length = lengthBytes == 0 ? size : lengthBytes == 2 ? 126 : 127;
    bytes += static_cast<char>(maskBit | length);
    for (int i = lengthBytes - 1; i >= 0; --i)
        bytes += static_cast<char>((size >> (8U * static_cast<unsigned>(i))) & 0xFFU);
    for (const unsigned char byte : mask)
        bytes += static_cast<char>(byte);
    for (std::size_t i = 0; i < size; ++i)
        bytes += static_cast<char>(static_cast<unsigned char>(frame.payload[i]) ^ mask[i % 4]);
    return bytes;
}

std::string upgradeRequest(const std::string &furtherFields)
{
    return "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
           "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
           "Sec-WebSocket-Protocol: dunlin.v1\r\n"
            + furtherFields + "\r\n";
}

RawClient::RawClient(quint16 port, const char *from, const std::string &furtherFields)
    : socket_(port, from)
{
    socket_.send(upgradeRequest(furtherFields));
    const std::string head = socket_.readUntil("\r\n\r\n");
    if (!head.starts_with("HTTP/1.1 101 "))
        qFatal("no upgrade: %s", head.c_str());
}

void RawClient::send(const v1::ClientFrame &frame)
{
    socket_.send(toBytes({.opcode = binaryOpcode, .payload = frame.SerializeAsString()}));
}

std::optional<RawFrame> RawClient::readFrame()
{
    const auto head = socket_.read(2);
    if (!head)
        return std::nullopt;
    RawFrame frame;
    frame.opcode = static_cast<unsigned char>(head->at(0)) & opcodeBits;
    frame.isFinal = (static_cast<unsigned char>(head->at(0)) & finalBit) != 0;
    std::uint64_t size = static_cast<unsigned char>(head->at(1)) & lengthBits;
    const std::size_t extra = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (extra > 0) {
        const auto longer = socket_.read(extra);
        if (!longer)
            return std::nullopt;
        size = 0;
        for (const char byte : *longer)
            size = (size << 8U) | static_cast<unsigned char>(byte);
    }
    auto payload = socket_.read(size);
    if (!payload)
        return std::nullopt;
    frame.payload = std::move(*payload);
    if (frame.opcode == closeOpcode && frame.payload.size() >= 2) {
        closeCode_ = static_cast<unsigned char>(frame.payload[0]) * 256
                + static_cast<unsigned char>(frame.payload[1]);
    }
    return frame;
}

std::optional<v1::ServerFrame> RawClient::read()
{
    while (true) {
        const auto raw = readFrame();
        if (!raw || raw->opcode == closeOpcode)
            return std::nullopt;
        v1::ServerFrame frame;
        if (raw->opcode == binaryOpcode && frame.ParseFromString(raw->payload))
            return frame;
    }
}

std::optional<v1::ServerFrame> RawClient::readAnswer(std::uint64_t requestId,
                                                     std::vector<v1::ServerFrame> *skipped)
{
    while (auto frame = read()) {
        if (frame->request_id() == requestId)
            return frame;
        if (skipped != nullptr)
            skipped->push_back(std::move(*frame));
    }
    return std::nullopt;
}

} // namespace dunlin::test
