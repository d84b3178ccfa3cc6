// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_message.h"

namespace dunlin::net {

/// The status line and the header fields of a response, with the empty line behind them.
QByteArray encodeHead(const HttpResponse &response, bool isKeepAlive);

} // namespace dunlin::net
