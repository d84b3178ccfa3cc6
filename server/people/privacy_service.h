// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "store/database.h"
#include "types/types.h"

#include <optional>
#include <vector>

namespace dunlin::people {

/// When a user was last online, and whether others may know.
struct LastSeen {
    UserId user;
    /// 0: never.
    std::int64_t atMs = 0;
    bool isHidden = false;
};

/// What users let others know, and what follows from it: whose read receipts are shown, whose
/// presence. Lives on one I/O thread. Errors of every function: UNAVAILABLE, INTERNAL.
class PrivacyService {
public:
    /// database outlives the service and its tasks.
    PrivacyService(store::Database &database, Publish publish);

    /// Returns what it was before; what is so already changes nothing. From then on no member of a
    /// conversation with the user is told what was read in it, while one of them hides it.
    QCoro::Task<Result<Privacy>> change(UserId user, Privacy privacy);

    /// Of those of the users that exist.
    QCoro::Task<Result<std::vector<LastSeen>>> lastSeen(std::vector<UserId> users);

private:
    /// Empty: someone was quicker, and it is to be tried again.
    QCoro::Task<store::DbResult<std::optional<Privacy>>> tryChange(UserId user, Privacy privacy);

    store::Database &database_;
    const Publish publish_;
};

} // namespace dunlin::people
