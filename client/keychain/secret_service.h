// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoroTask>

namespace dunlin::client {

/// What the Secret Service says of its default collection: QtKeychain gives one error for no bus,
/// no service and a service that fails, and finds no entry where the collection stays locked.
enum class SecretServiceState { Absent, Locked, Unlocked };

/// Asks the service, without making it ask the user.
QCoro::Task<SecretServiceState> secretServiceState();

} // namespace dunlin::client
