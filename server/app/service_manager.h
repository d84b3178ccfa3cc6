// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "net/file_descriptor.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <vector>

namespace dunlin::app {

class Server;

/// What systemd and the server tell each other: sd_notify(3), sd_watchdog_enabled(3) and
/// sd_listen_fds(3), which are environment variables and datagrams. Without systemd it does
/// nothing.
///
/// Not libsystemd, which reads the environment whenever it is asked: PostgreSQL speaks the same
/// protocol, and as a child of ours it would say in our name that it is ready.
///
/// Lives on the main thread.
class ServiceManager final : public QObject {
    Q_OBJECT

public:
    /// Takes what concerns it out of the environment: make it before any thread or child.
    explicit ServiceManager(QObject *parent = nullptr);

    /// The listening socket that was opened for us, an invalid one when there is none. Only the
    /// first call takes it. Error: UNAVAILABLE when it is not one TCP socket that listens.
    Result<net::FileDescriptor> takeSocket();

    /// The server serves. From now on says that it is alive as often as is asked, while every I/O
    /// thread and this one turn: one that hangs makes systemd start the server anew. server
    /// outlives this.
    void tellReady(Server &server);
    /// The server has begun to stop.
    void tellStopping();

private:
    void send(const QByteArray &state) const;
    void watch(Server &server);

    QByteArray notifySocket_;
    int inheritedSockets_ = 0;
    std::chrono::microseconds watchdogTimeout_{0};
    QTimer watchdogTimer_;
    bool isTurnAwaited_ = false;
};

/// count descriptors of one listening socket, for as many threads. They share its queue: whichever
/// thread is awake first takes what is there. Error: UNAVAILABLE.
Result<std::vector<net::FileDescriptor>> shareSocket(net::FileDescriptor socket, int count);

} // namespace dunlin::app
