// SPDX-License-Identifier: Apache-2.0
#include "app/health_check.h"

#include <QDeadlineTimer>
#include <QSslSocket>

#include <chrono>
#include <iostream>

namespace dunlin::app {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 5s;

/// A server that listens on every address is asked on the loopback; by IPv4, which a container
/// always has and which "::" takes as well.
QHostAddress addressToAsk(const QHostAddress &listening)
{
    const bool isEvery = listening == QHostAddress::AnyIPv4 || listening == QHostAddress::AnyIPv6
            || listening == QHostAddress::Any;
    return isEvery ? QHostAddress(QHostAddress::LocalHost) : listening;
}

int unhealthy(const std::string &reason)
{
    std::cerr << reason << '\n';
    return 1;
}

} // namespace

int checkHealth(const Configuration &configuration)
{
    const QDeadlineTimer deadline(patience);
    const auto left = [&deadline] { return static_cast<int>(deadline.remainingTime()); };
    QSslSocket socket;
    socket.connectToHost(addressToAsk(configuration.address), configuration.port);
    bool isConnected = socket.waitForConnected(left());
    if (isConnected && !configuration.tlsCertificate.isEmpty()) {
        // The certificate is for another name than this address, and nothing secret is said.
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.startClientEncryption();
        isConnected = socket.waitForEncrypted(left());
    }
    if (!isConnected) {
        return unhealthy("nobody answers on port " + std::to_string(configuration.port) + ": "
                         + socket.errorString().toStdString());
    }
    socket.write("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(left())) { }
    const QByteArray answer = socket.readAll();
    const QByteArray status = answer.left(answer.indexOf("\r\n"));
    if (!status.startsWith("HTTP/1.1 200 "))
        return unhealthy(status.isEmpty() ? "no answer" : status.toStdString());
    std::cout << answer.mid(answer.indexOf("\r\n\r\n") + 4).toStdString() << '\n';
    return 0;
}

} // namespace dunlin::app
