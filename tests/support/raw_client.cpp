// SPDX-License-Identifier: Apache-2.0
#include "raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace dunlin::test {
namespace {

constexpr int windowBytes = 16 * 1024;
constexpr int readTimeoutSeconds = 20;
constexpr char finalBinary = '\x82';
constexpr unsigned char opcodeBits = 0x0F;
constexpr unsigned char lengthBits = 0x7F;
constexpr unsigned char maskBit = 0x80;
constexpr unsigned char binaryOpcode = 2;
constexpr unsigned char closeOpcode = 8;

} // namespace

RawClient::RawClient(quint16 port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &windowBytes, sizeof windowBytes);
    const timeval timeout{.tv_sec = readTimeoutSeconds, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        qFatal("cannot connect");
    const std::string upgrade = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                "Sec-WebSocket-Protocol: dunlin.v1\r\n\r\n";
    ::send(socket_, upgrade.data(), upgrade.size(), MSG_NOSIGNAL);
    std::string head;
    while (!head.ends_with("\r\n\r\n")) {
        const auto byte = readBytes(1);
        if (!byte)
            qFatal("no upgrade: %s", head.c_str());
        head += *byte;
    }
}

RawClient::~RawClient()
{
    ::close(socket_);
}

void RawClient::send(const v1::ClientFrame &frame)
{
    const std::string payload = frame.SerializeAsString();
    std::string bytes(1, finalBinary);
    if (payload.size() < 126) {
        bytes += static_cast<char>(maskBit | payload.size());
    } else {
        bytes += static_cast<char>(maskBit | 126U); // 16 bits of length
        bytes += static_cast<char>(payload.size() >> 8U);
        bytes += static_cast<char>(payload.size() & 0xFFU);
    }
    bytes.append(4, '\0'); // a mask that changes nothing
    bytes += payload;
    ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

std::optional<std::string> RawClient::readBytes(std::size_t count)
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

std::optional<v1::ServerFrame> RawClient::read()
{
    while (true) {
        const auto head = readBytes(2);
        if (!head)
            return std::nullopt;
        const auto opcode = static_cast<unsigned char>(head->at(0)) & opcodeBits;
        std::uint64_t size = static_cast<unsigned char>(head->at(1)) & lengthBits;
        const std::size_t extra = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (extra > 0) {
            const auto longer = readBytes(extra);
            if (!longer)
                return std::nullopt;
            size = 0;
            for (const char byte : *longer)
                size = (size << 8U) | static_cast<unsigned char>(byte);
        }
        const auto payload = readBytes(size);
        if (payload && opcode == closeOpcode && payload->size() >= 2)
            closeCode_ = static_cast<unsigned char>(payload->at(0)) * 256
                    + static_cast<unsigned char>(payload->at(1));
        if (!payload || opcode == closeOpcode)
            return std::nullopt;
        v1::ServerFrame frame;
        if (opcode == binaryOpcode && frame.ParseFromString(*payload))
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
