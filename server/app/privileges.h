// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <QString>

namespace dunlin::app {

/// Makes the data directory, with mode 0700. When the process is root, gives it to user and becomes
/// that user for good: neither the server nor PostgreSQL runs as root. Call before any thread is
/// started. Error: UNAVAILABLE.
Result<void> prepareDataDirectory(const QString &directory, const QString &user);

/// Becomes that user for good when the process is root: only that user may connect to the private
/// database, and what is written stays that user's. Error: UNAVAILABLE.
Result<void> dropRoot(const QString &user);

/// Passwords and messages are in memory: the process, and those it starts, leave no core dump, and
/// no other process of the same user can look into this one. Call once no user is changed any more.
void keepMemoryPrivate();

} // namespace dunlin::app
