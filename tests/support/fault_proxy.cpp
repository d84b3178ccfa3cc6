// SPDX-License-Identifier: Apache-2.0
#include "fault_proxy.h"

#include <QTcpSocket>
#include <QTimer>

#include <deque>

namespace dunlin::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr qint64 bufferBytes = 64 * 1024;
constexpr qsizetype shortPieceBytes = 256;
constexpr qsizetype splitOfALongPiece = 64;

} // namespace

/// One direction of one connection, child of the socket that is read.
class FaultProxyWay : public QObject {
public:
    FaultProxyWay(FaultProxy &proxy, QTcpSocket &from, QTcpSocket &to, bool isToServer)
        : QObject(&from), proxy_(proxy), from_(from), to_(to), isToServer_(isToServer)
    {
        from.setReadBufferSize(bufferBytes);
        timer_.setSingleShot(true);
        timer_.setTimerType(Qt::PreciseTimer);
        connect(&timer_, &QTimer::timeout, this, &FaultProxyWay::pass);
        connect(&from, &QTcpSocket::readyRead, this, &FaultProxyWay::pass);
        connect(&to, &QTcpSocket::connected, this, &FaultProxyWay::pass);
        connect(&to, &QTcpSocket::bytesWritten, this, &FaultProxyWay::pass);
        connect(&proxy, &FaultProxy::weatherChanged, this, &FaultProxyWay::pass);
    }

    /// It has lost something.
    [[nodiscard]] bool isDead() const { return isDead_; }

private:
    struct Piece {
        Clock::time_point due;
        QByteArray bytes;
    };

    void pass()
    {
        take();
        while (!pieces_.empty() && to_.state() == QAbstractSocket::ConnectedState
               && pieces_.front().due <= Clock::now()) {
            const QByteArray bytes = std::move(pieces_.front().bytes);
            pieces_.pop_front();
            waiting_ -= bytes.size();
            write(bytes);
        }
        if (!pieces_.empty() && pieces_.front().due > Clock::now())
            timer_.start(std::chrono::ceil<std::chrono::milliseconds>(pieces_.front().due
                                                                      - Clock::now()));
    }

    /// As fast as the other side reads: what is cut is then no more than a link would lose.
    void take()
    {
        if (!from_.isOpen())
            return; // the other side has cut both
        const Weather &weather = proxy_.weather();
        isDead_ = isDead_
                || ((isToServer_ ? weather.losesToServer : weather.losesToClient)
                    && from_.bytesAvailable() > 0);
        if (isDead_) {
            from_.readAll();
            return;
        }
        if ((isToServer_ ? weather.stallsToServer : weather.stallsToClient)
            || waiting_ + to_.bytesToWrite() >= bufferBytes
            || to_.state() != QAbstractSocket::ConnectedState)
            return;
        QByteArray bytes = from_.readAll();
        if (bytes.isEmpty())
            return;
        waiting_ += bytes.size();
        pieces_.push_back({.due = Clock::now() + weather.delay, .bytes = std::move(bytes)});
    }

    void write(const QByteArray &bytes)
    {
        qsizetype alone = 0;
        if (proxy_.weather().isSplit)
            alone = bytes.size() <= shortPieceBytes ? bytes.size() : splitOfALongPiece;
        for (qsizetype i = 0; i < alone; ++i) {
            to_.write(bytes.constData() + i, 1);
            to_.flush();
        }
        if (alone < bytes.size())
            to_.write(bytes.constData() + alone, bytes.size() - alone);
        proxy_.countPassed(bytes.size());
    }

    FaultProxy &proxy_;
    QTcpSocket &from_;
    QTcpSocket &to_;
    const bool isToServer_;
    std::deque<Piece> pieces_;
    qint64 waiting_ = 0; ///< Bytes in pieces_.
    bool isDead_ = false;
    QTimer timer_;
};

FaultProxy::FaultProxy(quint16 serverPort, const QHostAddress &server)
    : serverPort_(serverPort), serverAddress_(server)
{
    connect(&server_, &QTcpServer::newConnection, this, &FaultProxy::onConnection);
    // A storm of clients comes at once.
    server_.setListenBacklogSize(4096);
    server_.setMaxPendingConnections(4096);
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
        far->connectToHost(serverAddress_, serverPort_);
        new FaultProxyWay(*this, *near, *far, true); // owned by the sockets
        auto *back = new FaultProxyWay(*this, *far, *near, false);
        // The end of a connection is lost like everything else.
        connect(far, &QTcpSocket::disconnected, near, [near, back] {
            if (!back->isDead())
                near->disconnectFromHost();
        });
        connect(far, &QTcpSocket::errorOccurred, near, [near, back] {
            if (!back->isDead())
                near->abort();
        });
        connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
    }
}

void FaultProxy::countPassed(qint64 bytes)
{
    bytesPassed_ += bytes;
    if (bytesUntilCut_ < 0)
        return;
    bytesUntilCut_ -= bytes;
    if (bytesUntilCut_ < 0)
        QMetaObject::invokeMethod(this, &FaultProxy::cutAll, Qt::QueuedConnection);
}

void FaultProxy::setWeather(Weather weather)
{
    weather_ = weather;
    Q_EMIT weatherChanged();
}

int FaultProxy::connections() const
{
    return int(server_.findChildren<QTcpSocket *>(QString(), Qt::FindDirectChildrenOnly).size());
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
