// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "backup/backup.h"
#include "store/private_cluster.h"

#include <libpq-fe.h>

#include <QStringList>

#include <memory>
#include <vector>

namespace dunlin::backup {

/// The database of a place: that of a server that runs, or the private one, started for as long as
/// the object is there. Blocking. Errors: UNAVAILABLE, with words for an operator.
class PlaceDatabase {
public:
    static Result<std::unique_ptr<PlaceDatabase>> open(const Place &place);

    /// Rows of text.
    Result<std::vector<std::vector<std::string>>> run(const std::string &sql);
    /// One of PostgreSQL's programs, given the database behind the arguments. A password is in its
    /// environment, where others cannot read it, and not among the arguments.
    Result<void> runTool(const QString &name, QStringList arguments);

private:
    PlaceDatabase();

    std::string conninfo_;
    std::unique_ptr<store::PrivateCluster> cluster_;
    std::unique_ptr<PGconn, void (*)(PGconn *)> connection_;
};

} // namespace dunlin::backup
