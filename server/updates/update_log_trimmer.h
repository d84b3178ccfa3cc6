// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"

#include <chrono>

namespace dunlin::updates {

/// Removes what is older than its keep from the update log, a few hundred users at a time, so that
/// nobody waits for it. A device whose cursor is behind what is left gets a snapshot.
class UpdateLogTrimmer {
public:
    /// database outlives the trimmer and its tasks.
    explicit UpdateLogTrimmer(store::Database &database) : database_(database) { }

    /// Goes once through all users. Returns how many entries went. An error ends the round; the
    /// next one begins anew.
    QCoro::Task<store::DbResult<std::int64_t>> trim(std::chrono::milliseconds keep);

private:
    store::Database &database_;
};

} // namespace dunlin::updates
