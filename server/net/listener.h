// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "net/admission.h"
#include "net/file_descriptor.h"
#include "net/socket_limit.h"
#include "net/tls_identity.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>
#include <memory>
#include <vector>

namespace dunlin::net {

/// count listening sockets on one address and port (SO_REUSEPORT), one for each I/O thread. Port 0
/// takes a free port, the same for all. Error: UNAVAILABLE, also when another process listens
/// there, which SO_REUSEPORT alone would hide.
Result<std::vector<FileDescriptor>> openListeningSockets(const QHostAddress &address, quint16 port,
                                                         int count);

/// The port and the address a socket is bound to.
quint16 portOf(const FileDescriptor &socket);
QHostAddress addressOf(const FileDescriptor &socket);

/// The accepting side of one I/O thread; lives on that thread. Connections beyond the limit are
/// answered with HTTP 503 and closed, those of an address without a place with 429.
class Listener final : public QTcpServer {
    Q_OBJECT

public:
    using Accepted = std::function<void(std::unique_ptr<QTcpSocket>, std::shared_ptr<Peer>)>;

    /// accepted gets each connection, which with tls begins its handshake then; its slot of the
    /// limit is freed with the socket. limit, admission and tls outlive every socket. tls nullptr:
    /// plain text.
    Listener(SocketLimit &limit, Admission &admission, Accepted accepted,
             const TlsIdentity *tls = nullptr, QObject *parent = nullptr);

    /// Starts accepting. Error: UNAVAILABLE when socket is not a listening one.
    Result<void> start(FileDescriptor socket);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    std::unique_ptr<QTcpSocket> makeSocket(FileDescriptor descriptor, SocketLimit::Slot slot);

    SocketLimit &limit_;
    Admission &admission_;
    Accepted accepted_;
    const TlsIdentity *tls_;
};

} // namespace dunlin::net
