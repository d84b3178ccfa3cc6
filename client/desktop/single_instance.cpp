// SPDX-License-Identifier: Apache-2.0
#include "single_instance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

constexpr auto answerTime = 5s;
/// Between two tries while the first app is between its lock and its socket.
constexpr int retryMs = 50;
constexpr int attemptMs = 1000;
constexpr qint64 longestRequest = 4096;
const QByteArray received = "ok\n";
const QString linkKey = QStringLiteral("link");
const QString tokenKey = QStringLiteral("activationToken");

/// What the desktop gave this start, to be passed on: it lets a window take the focus.
QString activationToken()
{
    const QString token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
    return token.isEmpty() ? qEnvironmentVariable("DESKTOP_STARTUP_ID") : token;
}

} // namespace

SingleInstance::SingleInstance(const QString &directory, QObject *parent)
    : QObject(parent), m_lock(directory + QLatin1String("/lock"))
{
    const QString profile = QFileInfo(directory).canonicalFilePath();
    const auto hash = QCryptographicHash::hash(profile.toUtf8(), QCryptographicHash::Sha256);
    // A path of a socket has at most 107 bytes: a profile's may be longer.
    m_socketPath = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation)
            + QLatin1String("/dunlin-") + QString::fromLatin1(hash.toHex().left(16));
    m_lock.setStaleLockTime(0); // it is held for days; only its holder's end makes it stale
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
}

SingleInstance::Outcome SingleInstance::claim(const QString &link)
{
    const QDeadlineTimer deadline(answerTime);
    do {
        if (m_lock.tryLock(0)) {
            // What a crash has left; the lock says that nobody listens there.
            QLocalServer::removeServer(m_socketPath);
            m_server.setSocketOptions(QLocalServer::UserAccessOption);
            if (!m_server.listen(m_socketPath))
                qWarning("other starts cannot reach this app: %s",
                         qPrintable(m_server.errorString()));
            return Outcome::First;
        }
        if (m_lock.error() != QLockFile::LockFailedError)
            return Outcome::First; // no lock can be made here, such as on a full disk
        if (handOver(link))
            return Outcome::HandedOver;
        QThread::msleep(retryMs);
    } while (!deadline.hasExpired());
    return Outcome::NoAnswer;
}

bool SingleInstance::handOver(const QString &link) const
{
    QLocalSocket socket;
    socket.connectToServer(m_socketPath);
    if (!socket.waitForConnected(attemptMs))
        return false;
    const QJsonObject request{{linkKey, link}, {tokenKey, activationToken()}};
    socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    while (!socket.canReadLine() && socket.waitForReadyRead(attemptMs)) { }
    return socket.readLine() == received;
}

void SingleInstance::onConnection()
{
    QLocalSocket *socket = m_server.nextPendingConnection();
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (!socket->canReadLine()) {
            if (socket->bytesAvailable() > longestRequest)
                socket->abort();
            return;
        }
        const QJsonObject request = QJsonDocument::fromJson(socket->readLine()).object();
        // Who has given up meanwhile has told the user so.
        if (socket->state() != QLocalSocket::ConnectedState)
            return;
        socket->write(received);
        socket->flush(); // who asked closes
        const QString token = request.value(tokenKey).toString();
        if (!token.isEmpty())
            qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
        Q_EMIT raiseWanted(request.value(linkKey).toString());
    });
}

} // namespace dunlin::client
