// SPDX-License-Identifier: Apache-2.0
#include "net/listener.h"

#include <QSslSocket>
#include <QTimer>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace dunlin::net {
namespace {

constexpr std::string_view serverIsFull = "HTTP/1.1 503 Service Unavailable\r\n"
                                          "Retry-After: 5\r\nConnection: close\r\n"
                                          "Content-Length: 0\r\n\r\n";
constexpr std::string_view addressIsFull = "HTTP/1.1 429 Too Many Requests\r\n"
                                           "Retry-After: 5\r\nConnection: close\r\n"
                                           "Content-Length: 0\r\n\r\n";
constexpr auto pauseAfterAcceptError = std::chrono::milliseconds(100);

/// Closes without a reset when possible, so that the answer arrives.
void refusePolitely(FileDescriptor socket, std::string_view refusal)
{
    ::send(socket.get(), refusal.data(), refusal.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    ::shutdown(socket.get(), SHUT_WR);
    std::array<char, 4096> ignored;
    ::recv(socket.get(), ignored.data(), ignored.size(), MSG_DONTWAIT);
}

/// Socket: QTcpSocket or QSslSocket.
template <typename Socket> class AcceptedSocket final : public Socket {
public:
    explicit AcceptedSocket(SocketLimit::Slot slot) : slot_(std::move(slot)) { }

private:
    SocketLimit::Slot slot_;
};

struct NativeAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
};

NativeAddress nativeAddress(const QHostAddress &address, quint16 port)
{
    NativeAddress native;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        v4.sin_addr.s_addr = htonl(address.toIPv4Address());
        std::memcpy(&native.storage, &v4, sizeof v4);
        native.size = sizeof v4;
        return native;
    }
    sockaddr_in6 v6{}; // QHostAddress::Any is the IPv6 wildcard, which takes IPv4 as well
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(&v6.sin6_addr, &bytes, sizeof bytes);
    std::memcpy(&native.storage, &v6, sizeof v6);
    native.size = sizeof v6;
    return native;
}

enum class Sharing { Exclusive, SharedPort };

Result<FileDescriptor> openListeningSocket(const QHostAddress &address, quint16 port,
                                           Sharing sharing)
{
    const NativeAddress native = nativeAddress(address, port);
    FileDescriptor socket(
            ::socket(native.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    const int off = 0;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (sharing == Sharing::SharedPort)
        ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (native.storage.ss_family == AF_INET6)
        ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr *>(&native.storage), native.size) != 0
        || ::listen(socket.get(), SOMAXCONN) != 0) {
        return failure(ErrorCode::Unavailable,
                       "cannot listen on " + address.toString().toStdString() + " port "
                               + std::to_string(port) + ": " + std::strerror(errno));
    }
    return socket;
}

} // namespace

quint16 portOf(const FileDescriptor &socket)
{
    sockaddr_in6 name{}; // the port is at the same place in both families
    socklen_t size = sizeof name;
    ::getsockname(socket.get(), reinterpret_cast<sockaddr *>(&name), &size);
    return ntohs(name.sin6_port);
}

QHostAddress addressOf(const FileDescriptor &socket)
{
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    ::getsockname(socket.get(), reinterpret_cast<sockaddr *>(&name), &size);
    return QHostAddress(reinterpret_cast<const sockaddr *>(&name));
}

Result<std::vector<FileDescriptor>> openListeningSockets(const QHostAddress &address, quint16 port,
                                                         int count)
{
    if (port != 0) {
        const auto probe = openListeningSocket(address, port, Sharing::Exclusive);
        if (!probe)
            return tl::unexpected(probe.error());
    }
    std::vector<FileDescriptor> sockets;
    for (int index = 0; index < count; ++index) {
        auto socket = openListeningSocket(address, port, Sharing::SharedPort);
        if (!socket)
            return tl::unexpected(socket.error());
        port = portOf(*socket);
        sockets.push_back(std::move(*socket));
    }
    return sockets;
}

Listener::Listener(SocketLimit &limit, Admission &admission, Accepted accepted,
                   const TlsIdentity *tls, QObject *parent)
    : QTcpServer(parent), limit_(limit), admission_(admission), accepted_(std::move(accepted)),
      tls_(tls)
{
    // Qt pauses after an error of accept(), such as no descriptor left.
    connect(this, &QTcpServer::acceptError, this, [this] {
        QTimer::singleShot(pauseAfterAcceptError, this, &QTcpServer::resumeAccepting);
    });
}

Result<void> Listener::start(FileDescriptor socket)
{
    if (!setSocketDescriptor(socket.get()))
        return failure(ErrorCode::Unavailable, errorString().toStdString());
    [[maybe_unused]] const int owned = socket.release(); // QTcpServer closes it
    return {};
}

std::unique_ptr<QTcpSocket> Listener::makeSocket(FileDescriptor descriptor, SocketLimit::Slot slot)
{
    std::unique_ptr<QTcpSocket> socket;
    if (tls_ == nullptr) {
        socket = std::make_unique<AcceptedSocket<QTcpSocket>>(std::move(slot));
    } else {
        auto encrypted = std::make_unique<AcceptedSocket<QSslSocket>>(std::move(slot));
        encrypted->setSslConfiguration(tls_->configuration());
        socket = std::move(encrypted);
    }
    if (!socket->setSocketDescriptor(descriptor.get()))
        return nullptr;
    [[maybe_unused]] const int owned = descriptor.release(); // the QTcpSocket closes it
    return socket;
}

void Listener::incomingConnection(qintptr descriptor)
{
    FileDescriptor accepted(static_cast<int>(descriptor));
    SocketLimit::Slot slot = limit_.tryAcquire();
    if (!slot) {
        if (tls_ == nullptr)
            refusePolitely(std::move(accepted), serverIsFull);
        return;
    }
    auto socket = makeSocket(std::move(accepted), std::move(slot));
    if (!socket)
        return;
    auto peer = admission_.greet(socket->peerAddress());
    if (!peer) {
        if (tls_ != nullptr)
            return; // an answer in plain text would not be understood
        // The QTcpSocket has the descriptor; this one is closed first and leaves the answer to go.
        refusePolitely(FileDescriptor(::dup(static_cast<int>(socket->socketDescriptor()))),
                       addressIsFull);
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto *encrypted = qobject_cast<QSslSocket *>(socket.get());
    if (encrypted != nullptr)
        encrypted->startServerEncryption();
    accepted_(std::move(socket), std::move(peer));
}

} // namespace dunlin::net
