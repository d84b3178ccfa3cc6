// SPDX-License-Identifier: Apache-2.0
#include "app/service_manager.h"

#include "app/server.h"
#include "log/log.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>

namespace dunlin::app {
namespace {

/// Where systemd puts the first socket.
constexpr int firstInheritedDescriptor = 3;

QByteArray takeVariable(const char *name)
{
    const QByteArray value = qgetenv(name);
    qunsetenv(name);
    return value;
}

/// Variables that name a process are for that one alone; a child of it may find them as well.
bool isForThisProcess(const QByteArray &pid)
{
    return pid.toLongLong() == ::getpid();
}

int option(int socket, int name)
{
    int value = 0;
    socklen_t size = sizeof value;
    return ::getsockopt(socket, SOL_SOCKET, name, &value, &size) == 0 ? value : -1;
}

bool isListeningTcpSocket(int socket)
{
    const int domain = option(socket, SO_DOMAIN);
    return (domain == AF_INET || domain == AF_INET6) && option(socket, SO_TYPE) == SOCK_STREAM
            && option(socket, SO_ACCEPTCONN) == 1;
}

} // namespace

ServiceManager::ServiceManager(QObject *parent)
    : QObject(parent), notifySocket_(takeVariable("NOTIFY_SOCKET"))
{
    const QByteArray watchdogPid = takeVariable("WATCHDOG_PID");
    const QByteArray watchdogUsec = takeVariable("WATCHDOG_USEC");
    if (watchdogPid.isEmpty() || isForThisProcess(watchdogPid))
        watchdogTimeout_ = std::chrono::microseconds(watchdogUsec.toLongLong());
    const QByteArray listenPid = takeVariable("LISTEN_PID");
    const QByteArray listenFds = takeVariable("LISTEN_FDS");
    takeVariable("LISTEN_FDNAMES");
    if (isForThisProcess(listenPid))
        inheritedSockets_ = listenFds.toInt();
    for (int index = 0; index < inheritedSockets_; ++index)
        ::fcntl(firstInheritedDescriptor + index, F_SETFD, FD_CLOEXEC);
}

Result<net::FileDescriptor> ServiceManager::takeSocket()
{
    const int count = std::exchange(inheritedSockets_, 0);
    if (count == 0)
        return net::FileDescriptor();
    if (count > 1) {
        return failure(ErrorCode::Unavailable,
                       "the socket unit has " + std::to_string(count)
                               + " addresses; give it one, such as ListenStream=7380, which takes "
                                 "IPv4 and IPv6");
    }
    net::FileDescriptor socket(firstInheritedDescriptor);
    if (!isListeningTcpSocket(socket.get())) {
        return failure(ErrorCode::Unavailable,
                       "the socket that was handed over is not a TCP socket that listens");
    }
    return socket;
}

void ServiceManager::tellReady(Server &server)
{
    send("READY=1\nSTATUS=Serving on port " + QByteArray::number(server.port()));
    if (watchdogTimeout_.count() <= 0)
        return;
    connect(&watchdogTimer_, &QTimer::timeout, this, [this, &server] { watch(server); });
    // Half the time, as sd_watchdog_enabled(3) recommends.
    watchdogTimer_.start(std::chrono::duration_cast<std::chrono::milliseconds>(watchdogTimeout_)
                         / 2);
}

void ServiceManager::tellStopping()
{
    watchdogTimer_.stop();
    send("STOPPING=1");
}

void ServiceManager::watch(Server &server)
{
    if (std::exchange(isTurnAwaited_, true))
        return;
    server.afterATurnOfEveryThread([this] {
        isTurnAwaited_ = false;
        send("WATCHDOG=1");
    });
}

void ServiceManager::send(const QByteArray &state) const
{
    if (notifySocket_.isEmpty())
        return;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto length = static_cast<std::size_t>(notifySocket_.size());
    if (length >= sizeof address.sun_path) {
        log::warning("cannot tell systemd", {{"reason", "NOTIFY_SOCKET is too long"}});
        return;
    }
    std::memcpy(address.sun_path, notifySocket_.constData(), length);
    if (address.sun_path[0] == '@') // a name without a file
        address.sun_path[0] = '\0';
    const net::FileDescriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
    if (::sendto(socket.get(), state.constData(), static_cast<std::size_t>(state.size()),
                 MSG_NOSIGNAL, reinterpret_cast<const sockaddr *>(&address), size)
        < 0)
        log::warning("cannot tell systemd", {{"reason", std::string_view(std::strerror(errno))}});
}

Result<std::vector<net::FileDescriptor>> shareSocket(net::FileDescriptor socket, int count)
{
    std::vector<net::FileDescriptor> shared;
    for (int index = 1; index < count; ++index) {
        shared.emplace_back(::fcntl(socket.get(), F_DUPFD_CLOEXEC, 0));
        if (!shared.back().isValid()) {
            return failure(ErrorCode::Unavailable,
                           std::string("cannot share the listening socket: ")
                                   + std::strerror(errno));
        }
    }
    shared.push_back(std::move(socket));
    return shared;
}

} // namespace dunlin::app
