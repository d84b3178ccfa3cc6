// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database_error.h"

#include <span>
#include <string>
#include <vector>

namespace dunlin::store {

/// One step of the schema: a numbered SQL file, compiled in.
struct Migration {
    int version = 0; ///< From 1, without holes.
    std::string name;
    std::string sql;
};

/// The migrations of this program, oldest first.
std::vector<Migration> builtInMigrations();

/// Brings the database to the newest of migrations, all steps in one transaction under an advisory
/// lock: of several servers that start at once one migrates and the others find it done. Returns
/// the version reached.
///
/// Blocks; for the start of the server, before any I/O thread runs. Errors: Unavailable; Other when
/// a step fails (nothing of it is kept) or when the database is newer than this program, whose
/// message says so to an operator.
DbResult<int> migrate(const std::string &conninfo, std::span<const Migration> migrations);

/// A step that a database has taken.
struct AppliedMigration {
    int version = 0;
    std::string name;
    std::int64_t appliedAtMs = 0;
};

/// What was applied to a database, oldest first; nothing for one without tables. Blocks. Errors:
/// Unavailable, whose message says why; Other.
DbResult<std::vector<AppliedMigration>> appliedMigrations(const std::string &conninfo);

} // namespace dunlin::store
