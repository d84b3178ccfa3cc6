// SPDX-License-Identifier: Apache-2.0
#include "fault_proxy.h"

#include <QTcpSocket>

namespace dunlin::test {
namespace {

constexpr qint64 bufferBytes = 64 * 1024;

} // namespace

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
        near->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        far->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        far->connectToHost(QHostAddress::LocalHost, serverPort_);
        connectWay(*near, *far);
        connectWay(*far, *near);
        connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::disconnectFromHost);
        connect(far, &QTcpSocket::errorOccurred, near, &QTcpSocket::abort);
        connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
    }
}

void FaultProxy::connectWay(QTcpSocket &from, QTcpSocket &to)
{
    from.setReadBufferSize(bufferBytes);
    connect(&from, &QTcpSocket::readyRead, &to, [this, &from, &to] { pass(from, to); });
    connect(&to, &QTcpSocket::connected, &from, [this, &from, &to] { pass(from, to); });
    connect(&to, &QTcpSocket::bytesWritten, &from, [this, &from, &to] { pass(from, to); });
}

/// As fast as the other side reads: what is cut is then no more than a link would lose.
void FaultProxy::pass(QTcpSocket &from, QTcpSocket &to)
{
    if (to.state() != QAbstractSocket::ConnectedState || to.bytesToWrite() >= bufferBytes)
        return;
    const QByteArray bytes = from.readAll();
    if (bytes.isEmpty())
        return;
    to.write(bytes);
    bytesPassed_ += bytes.size();
    if (bytesUntilCut_ < 0)
        return;
    bytesUntilCut_ -= bytes.size();
    if (bytesUntilCut_ < 0)
        QMetaObject::invokeMethod(this, &FaultProxy::cutAll, Qt::QueuedConnection);
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
