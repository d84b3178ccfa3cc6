// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "store/database.h"
#include "types/types.h"
#include "updates/update_log.h"

namespace dunlin::messaging {

struct SyncQuery {
    UpdateSeq since = {};
    std::uint32_t limit = 0;
    /// Of the page of a snapshot before; else empty.
    std::string snapshotToken = {};
};

struct SyncPage {
    std::vector<Update> updates = {};
    UpdateSeq next = {};
    bool hasMore = false;
    bool isSnapshot = false;
    std::vector<Conversation> conversations = {};
    std::string snapshotToken = {};
};

/// Brings a device up to date: the updates after its cursor, or a snapshot of all conversations
/// when the log does not reach back that far, or so far that replaying it would take longer. Lives
/// on one I/O thread.
class SyncService {
public:
    /// A device that is further behind gets a snapshot.
    static constexpr std::int64_t updatesBehindMax = 20'000;

    /// database outlives the service and its tasks.
    explicit SyncService(store::Database &database) : database_(database) { }

    /// Errors: INVALID_ARGUMENT, UNAVAILABLE, INTERNAL.
    QCoro::Task<Result<SyncPage>> sync(UserId user, SyncQuery query);

private:
    QCoro::Task<Result<SyncPage>> snapshot(UserId user, UpdateSeq next, ConversationId after);
    QCoro::Task<store::DbResult<void>> fill(SyncPage &page, UserId user,
                                            std::vector<updates::Entry> entries);

    store::Database &database_;
};

} // namespace dunlin::messaging
