// SPDX-License-Identifier: Apache-2.0
#include "net/socket_end.h"

#include <QSslSocket>

#include <sys/socket.h>

namespace dunlin::net {
namespace {

void shutDownNow(const QTcpSocket &socket)
{
    ::shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR);
}

} // namespace

qint64 bytesToBeWritten(const QTcpSocket &socket)
{
    const auto *tls = qobject_cast<const QSslSocket *>(&socket);
    return socket.bytesToWrite() + (tls != nullptr ? tls->encryptedBytesToWrite() : 0);
}

void watchWriting(QTcpSocket &socket, QObject &receiver, std::function<void(qint64)> written)
{
    // With TLS, bytesWritten() says that bytes were encrypted.
    if (auto *tls = qobject_cast<QSslSocket *>(&socket))
        QObject::connect(tls, &QSslSocket::encryptedBytesWritten, &receiver, std::move(written));
    else
        QObject::connect(&socket, &QTcpSocket::bytesWritten, &receiver, std::move(written));
}

void shutDownWriting(QTcpSocket &socket)
{
    if (qobject_cast<QSslSocket *>(&socket) != nullptr) {
        socket.disconnectFromHost(); // the close of TLS, behind what waits
        return;
    }
    socket.flush();
    if (socket.bytesToWrite() == 0) {
        shutDownNow(socket);
        return;
    }
    QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket, [&socket] {
        if (socket.bytesToWrite() == 0)
            shutDownNow(socket);
    });
}

} // namespace dunlin::net
