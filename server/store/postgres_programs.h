// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace dunlin::store {

/// The path of one of PostgreSQL's own programs, such as "postgres" or "pg_dump"; empty when it is
/// not installed. Debian keeps most of them out of PATH, in a directory for each version.
QString postgresProgram(const QString &name);

} // namespace dunlin::store
