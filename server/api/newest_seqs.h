// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "store/database.h"

#include <functional>
#include <vector>

namespace dunlin::api {

/// Reads users' newest update seqs for the answers to heartbeats: all that were asked for while the
/// last read was under way go into the next one, so that a thousand heartbeats cost a few reads.
/// Lives on one I/O thread.
class NewestSeqs {
public:
    /// database outlives it.
    explicit NewestSeqs(store::Database &database) : database_(database) { }

    /// Errors: UNAVAILABLE, INTERNAL.
    QCoro::Task<Result<UpdateSeq>> read(UserId user);

private:
    using Callback = std::function<void(Result<UpdateSeq>)>;
    QCoro::Task<void> run();

    store::Database &database_;
    std::vector<std::pair<UserId, Callback>> waiting_;
    bool isRunning_ = false;
};

} // namespace dunlin::api
