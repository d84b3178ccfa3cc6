// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_message.h"

namespace dunlin::net {

/// The status line and the header fields of a response, with the empty line behind them. Among them
/// are those that keep a browser from making anything of what it gets; over TLS also the one that
/// keeps it from coming back without.
QByteArray encodeHead(const HttpResponse &response, bool isKeepAlive, bool isEncrypted);

} // namespace dunlin::net
