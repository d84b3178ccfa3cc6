// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/error_code.h"
#include "dunlin/ids.h"
#include "store/connection.h"

#include <optional>
#include <string_view>

/// How every server of a database, and the programs an operator runs beside it, tell each other
/// whose sessions have to end: by NOTIFY in the transaction that took the devices away, so that it
/// is told exactly when that is committed. Any thread.
namespace dunlin::accounts {

/// The channel to LISTEN to.
inline constexpr const char *sessionEndsChannel = "dunlin_session_ends";

struct SessionEnd {
    UserId user;
    /// None: all devices of the user.
    DeviceId device = {};
    /// What the devices are told.
    ErrorCode code = ErrorCode::DeviceRevoked;

    bool operator==(const SessionEnd &) const = default;
};

/// Tells it once the transaction is committed.
store::Query tellSessionEnd(const SessionEnd &end);

/// What was told; nullopt for what this program does not understand.
std::optional<SessionEnd> sessionEndIn(std::string_view payload);
/// What tellSessionEnd() tells.
std::string payloadOf(const SessionEnd &end);

} // namespace dunlin::accounts
