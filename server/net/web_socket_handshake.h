// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_message.h"

#include <QStringList>

#include <tl/expected.hpp>

namespace dunlin::net {

/// Whether a request asks for a WebSocket: a GET whose Upgrade field names it (RFC 6455, section
/// 4.2.1). Whether it asks rightly is webSocketHandshake()'s to say.
bool isWebSocketUpgrade(const HttpRequest &head);

/// The answer to a handshake (section 4.2.2): the bytes of a response 101, after which the
/// connection is a WebSocket, or a response that refuses. The subprotocol is "dunlin.v1" when it is
/// offered, no extension is ever taken.
///
/// A page in a browser could open a WebSocket to any server its user can reach, so a handshake with
/// an Origin is refused unless the operator has named that origin.
tl::expected<QByteArray, HttpResponse> webSocketHandshake(const HttpRequest &head,
                                                          const QStringList &allowedOrigins);

} // namespace dunlin::net
