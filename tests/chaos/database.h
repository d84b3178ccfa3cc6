// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record.h"

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <vector>

namespace dunlin::chaos {

/// The server's database as it is looked into from outside: blocking; a mistake ends the program.
class Database {
public:
    explicit Database(const std::string &conninfo);

    std::vector<std::vector<std::string>> run(const std::string &sql);
    /// All of what is to be judged.
    DatabaseRecord read();
    std::map<UserId, UpdateSeq> newestUpdates();

private:
    std::unique_ptr<PGconn, void (*)(PGconn *)> connection_;
};

} // namespace dunlin::chaos
