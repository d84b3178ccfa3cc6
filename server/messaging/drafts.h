// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.h"
#include "types/types.h"

#include <map>
#include <span>

/// What users have begun to write: columns of user_conversations.
namespace dunlin::messaging {

/// The drafts of user in the conversations: a query by primary key, and its answer. One that was
/// taken away is there with the time of that.
store::Query readDrafts(UserId user, std::span<const std::int64_t> conversations);
std::map<ConversationId, Draft> draftsIn(const store::Rows &rows);

/// The columns draftAt() reads, for SELECT lists of user_conversations.
#define DUNLIN_DRAFT_COLUMNS                                                                       \
    "coalesce(draft_text, ''), coalesce(draft_reply_to_seq, 0), coalesce(draft_saved_at, 'epoch')"
Draft draftAt(const store::Rows &rows, int row, int firstColumn);

} // namespace dunlin::messaging
