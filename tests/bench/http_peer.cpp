// SPDX-License-Identifier: Apache-2.0
#include "http_peer.h"

#include "bed.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>

namespace dunlin::bench {

HttpPeer::HttpPeer(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        die(QStringLiteral("nobody listens on port %1").arg(port));
}

HttpPeer::~HttpPeer()
{
    ::close(socket_);
}

std::string HttpPeer::headOf(std::string_view methodAndPath, std::string_view fields,
                             std::size_t bodyBytes)
{
    std::string head(methodAndPath);
    head += " HTTP/1.1\r\nHost: localhost\r\n";
    head += fields;
    head += "Content-Length: " + std::to_string(bodyBytes) + "\r\n\r\n";
    return head;
}

std::string HttpPeer::request(std::string_view methodAndPath, std::string_view fields,
                              std::string_view body)
{
    std::string head = headOf(methodAndPath, fields, body.size());
    std::array<iovec, 2> parts{
            {{head.data(), head.size()}, {const_cast<char *>(body.data()), body.size()}}};
    while (parts[0].iov_len + parts[1].iov_len > 0) {
        auto sent = ::writev(socket_, parts.data(), int(parts.size()));
        if (sent <= 0)
            return {};
        for (iovec &part : parts) {
            const auto taken = std::min(part.iov_len, std::size_t(sent));
            part.iov_base = static_cast<char *>(part.iov_base) + taken;
            part.iov_len -= taken;
            sent -= ssize_t(taken);
        }
    }
    std::string answer;
    std::array<char, 4096> buffer{};
    while (answer.find("\r\n\r\n") == std::string::npos) {
        const auto got = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            return {};
        answer.append(buffer.data(), std::size_t(got));
    }
    return answer;
}

std::string fieldOf(const std::string &head, std::string_view name)
{
    const auto at = head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos)
        return {};
    const auto from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
}

std::string tusFields(int user)
{
    return "authToken: " + Bed::token(user) + "\r\nTus-Resumable: 1.0.0\r\n";
}

std::string beginUpload(HttpPeer &peer, int user, std::size_t bytes)
{
    const auto answer =
            peer.request("POST /blobs",
                         tusFields(user) + "Upload-Length: " + std::to_string(bytes) + "\r\n", {});
    const std::string path = fieldOf(answer, "Location");
    if (path.empty())
        die(QLatin1String("an upload is refused: ") + QString::fromStdString(answer));
    return path;
}

} // namespace dunlin::bench
