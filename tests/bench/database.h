// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace dunlin::bench {

/// The server's database as the bench looks into it: blocking, a mistake ends the program.
class Database {
public:
    explicit Database(const QString &conninfo);

    void run(const std::string &sql);
    /// Rows of text.
    std::vector<std::vector<std::string>> read(const std::string &sql);

private:
    std::unique_ptr<PGresult, void (*)(PGresult *)> execute(const std::string &sql);

    std::unique_ptr<PGconn, void (*)(PGconn *)> connection_;
};

} // namespace dunlin::bench
