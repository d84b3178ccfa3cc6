// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTcpSocket>

namespace dunlin::net {

/// What was written and has not left the program, as plain text or encrypted.
qint64 bytesToBeWritten(const QTcpSocket &socket);

/// Writes what waits, then tells the peer that nothing follows. Reading goes on where the transport
/// can do that: TLS ends both ways at once.
void shutDownWriting(QTcpSocket &socket);

} // namespace dunlin::net
