// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace dunlin::net {

/// Why a WebSocket is closed: RFC 6455, section 7.4.1, and IANA's registry for 1013.
enum class CloseCode : std::uint16_t {
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    WrongData = 1007,
    PolicyViolated = 1008,
    TooLarge = 1009,
    TryAgainLater = 1013,
};

} // namespace dunlin::net
