// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.h"
#include "types/types.h"

#include <map>
#include <span>

/// What was removed of conversations and will be: columns of conversations.
namespace dunlin::messaging {

/// Of the conversations: a query by primary key, and its answer.
store::Query readRetention(std::span<const std::int64_t> conversations);
std::map<ConversationId, RetentionState> retentionIn(const store::Rows &rows);

/// The columns retentionAt() reads, for SELECT lists of conversations.
#define DUNLIN_RETENTION_COLUMNS                                                                   \
    "until_delivered, retention_days::bigint, first_seq, coalesce(expired_before, 'epoch')"
RetentionState retentionAt(const store::Rows &rows, int row, int firstColumn);

} // namespace dunlin::messaging
