// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "store/database.h"

#include <QTimer>

#include <chrono>
#include <functional>
#include <vector>

namespace dunlin::api {

/// Reads users' newest update seqs for the answers to heartbeats. Nobody waits for these: what is
/// asked for within gatherTime is read as one, so that 19,000 heartbeats a second cost 50 reads.
/// Lives on one I/O thread.
class NewestSeqs {
public:
    /// database outlives it.
    explicit NewestSeqs(store::Database &database);
    /// As close().
    ~NewestSeqs();
    NewestSeqs(const NewestSeqs &) = delete;
    NewestSeqs &operator=(const NewestSeqs &) = delete;

    /// Errors: UNAVAILABLE, INTERNAL.
    QCoro::Task<Result<UpdateSeq>> read(UserId user);

    /// Answers what waits, and whatever is asked from then on, with SHUTTING_DOWN.
    void close();

private:
    static constexpr std::chrono::milliseconds gatherTime{20};

    using Callback = std::function<void(Result<UpdateSeq>)>;
    using Asked = std::vector<std::pair<UserId, Callback>>;
    QCoro::Task<void> readAll(Asked asked);

    store::Database &database_;
    Asked waiting_;
    QTimer timer_;
    bool isClosed_ = false;
};

} // namespace dunlin::api
