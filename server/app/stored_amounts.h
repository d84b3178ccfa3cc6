// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/exposition.h"
#include "store/database.h"

#include <atomic>

namespace dunlin::app {

/// How much the database holds, for the metrics. Whole tables are read for it, so it is looked up
/// now and then and not whenever someone asks.
class StoredAmounts {
public:
    /// On the database's thread; this outlives the task. What cannot be read stays as it was.
    QCoro::Task<void> refresh(store::Database &database);

    /// Any thread.
    [[nodiscard]] std::vector<metrics::Sample> samples() const;

private:
    std::atomic<std::int64_t> users_ = 0;
    std::atomic<std::int64_t> blobBytes_ = 0;
    std::atomic<std::int64_t> updates_ = 0;
};

} // namespace dunlin::app
