// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "backup/backup.h"

namespace dunlin::backup {

/// Puts what backUp() has made into a place without data, while no server runs there. The private
/// PostgreSQL is made when it is missing.
///
/// Everything is checked against its SHA-256 first. Pictures come before the database, which comes
/// in one transaction: cut off, it can be begun again. Update logs begin anew, so that devices that
/// had already heard of what happened after the backup ask for everything as it is now.
///
/// Blocks. Errors: INVALID_ARGUMENT (no backup, damaged, or there is data already), UNAVAILABLE.
Result<Summary> restore(const Place &place, const QString &folder);

} // namespace dunlin::backup
