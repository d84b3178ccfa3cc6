// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTcpSocket>

#include <functional>

namespace dunlin::net {

/// What was written and has not left the program, as plain text or encrypted.
qint64 bytesToBeWritten(const QTcpSocket &socket);

/// Calls written with a number of bytes each time some have left the program.
void watchWriting(QTcpSocket &socket, QObject &receiver, std::function<void(qint64)> written);

/// Writes what waits, then tells the peer that nothing follows. Reading goes on where the transport
/// can do that: TLS ends both ways at once.
void shutDownWriting(QTcpSocket &socket);

} // namespace dunlin::net
