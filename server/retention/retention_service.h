// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "store/database.h"
#include "types/types.h"

#include <optional>

namespace dunlin::retention {

/// Messages that are removed by themselves, as the operator or the members of a conversation have
/// decided.
///
/// Messages go from the oldest on, a few hundred in a transaction that takes the conversation's
/// lock: their text, versions and pictures at once, which is when they are absent for everyone and
/// every member's update log tells of it. What is left of a row are its ids, by which a resend of
/// the message is recognised; the row goes once nobody can send it any more. A transaction that
/// finds that another has been there first does nothing, so several servers, and a command beside
/// them, may do this at the same time.
///
/// Lives on one thread. Errors of every function, beside those named: UNAVAILABLE, INTERNAL.
class RetentionService {
public:
    /// policy: what the operator has decided for every conversation. database outlives the service
    /// and its tasks.
    RetentionService(store::Database &database, Retention policy, Publish publish);

    [[nodiscard]] const Retention &policy() const { return policy_; }

    /// Any member may, for all; what it removes is removed later. What is set already changes
    /// nothing, and nobody hears of it.
    /// Errors: CONVERSATION_NOT_FOUND (also when user is no member), INVALID_ARGUMENT (more than
    /// limits::retentionDaysMax).
    QCoro::Task<Result<void>> set(UserId user, ConversationId conversation, Retention retention);

    /// Removes what is due in one conversation. Returns how many messages.
    QCoro::Task<Result<std::int64_t>> remove(ConversationId conversation);

    /// Removes what is due anywhere, and the rows of what was removed long ago. Returns how many
    /// messages.
    QCoro::Task<Result<std::int64_t>> removeAll();

private:
    struct Due;
    QCoro::Task<store::DbResult<std::optional<Due>>> findDue(ConversationId conversation);
    QCoro::Task<store::DbResult<std::int64_t>> removeDue(ConversationId conversation, Due due);
    QCoro::Task<store::DbResult<std::int64_t>> removeFrom(ConversationId conversation);
    QCoro::Task<store::DbResult<void>> dropRows();

    store::Database &database_;
    const Retention policy_;
    const Publish publish_;
};

} // namespace dunlin::retention
