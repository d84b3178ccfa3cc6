// SPDX-License-Identifier: Apache-2.0
#include "fault_proxy.h"

#include <QTcpSocket>

namespace dunlin::test {

FaultProxy::FaultProxy(quint16 serverPort) : serverPort_(serverPort)
{
    connect(&server_, &QTcpServer::newConnection, this, &FaultProxy::onConnection);
    server_.listen(QHostAddress::LocalHost);
    port_ = server_.serverPort();
}

QUrl FaultProxy::webSocketUrl() const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(port_));
}

void FaultProxy::onConnection()
{
    while (QTcpSocket *near = server_.nextPendingConnection()) {
        auto *far = new QTcpSocket(near);
        far->connectToHost(QHostAddress::LocalHost, serverPort_);
        connect(near, &QTcpSocket::readyRead, far, [near, far] { far->write(near->readAll()); });
        connect(far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
        connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::disconnectFromHost);
        connect(far, &QTcpSocket::errorOccurred, near, &QTcpSocket::abort);
        connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
    }
}

void FaultProxy::cutAll()
{
    const auto sockets = server_.findChildren<QTcpSocket *>(QString(), Qt::FindDirectChildrenOnly);
    for (QTcpSocket *socket : sockets)
        socket->abort();
}

void FaultProxy::setOpen(bool isOpen)
{
    if (isOpen)
        server_.listen(QHostAddress::LocalHost, port_);
    else
        server_.close();
}

} // namespace dunlin::test
