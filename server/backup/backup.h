// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <QString>

#include <cstdint>
#include <string>

namespace dunlin::backup {

/// Where a server's data is.
struct Place {
    /// Pictures are in it, and the private PostgreSQL.
    QString dataDirectory = {};
    /// libpq's connection string or URL; empty: the private PostgreSQL.
    std::string databaseUrl = {};
    /// Whose the data is, when root does this; else empty.
    QString owner = {};
};

struct Summary {
    std::int64_t users = 0;
    std::int64_t messages = 0;
    std::int64_t blobs = 0;
    std::int64_t blobBytes = 0;
    /// Pictures that are shown somewhere and whose file is missing or not what it was.
    std::int64_t brokenBlobs = 0;
};

/// Makes a folder of this name that restore() takes. The server may run: it is one moment's data,
/// that of the dump, with every picture the dump names. They are copied afterwards; one that is
/// shown is not removed within a day of being shown last, so it is still there.
///
/// The folder appears under its name once it is whole and on disk. Blocks. Errors: INVALID_ARGUMENT
/// (it is there already), UNAVAILABLE (the database, a tool, the disk).
Result<Summary> backUp(const Place &place, const QString &folder);

} // namespace dunlin::backup
