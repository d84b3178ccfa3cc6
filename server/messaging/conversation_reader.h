// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"
#include "types/types.h"

#include <unordered_map>

/// Reads of conversations that several services share. All by primary keys.
namespace dunlin::messaging {

/// What user sees of the conversations, in any order; those the user is no member of are left out.
QCoro::Task<store::DbResult<std::vector<Conversation>>>
readConversations(store::Database &database, UserId user, std::vector<ConversationId> ids);

/// The members of a conversation; empty when there is none.
QCoro::Task<store::DbResult<std::vector<UserId>>> readMembers(store::Database &database,
                                                              ConversationId conversation);

} // namespace dunlin::messaging
