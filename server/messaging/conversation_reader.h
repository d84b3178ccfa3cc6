// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"
#include "types/types.h"

#include <unordered_map>

/// Reads of conversations and messages that several services share. All by primary keys.
namespace dunlin::messaging {

/// What user sees of the conversations, in any order; those the user is no member of are left out.
QCoro::Task<store::DbResult<std::vector<Conversation>>>
readConversations(store::Database &database, UserId user, std::vector<ConversationId> ids);

/// The members of a conversation; empty when there is none.
QCoro::Task<store::DbResult<std::vector<UserId>>> readMembers(store::Database &database,
                                                              ConversationId conversation);

/// The messages at these places, in any order.
QCoro::Task<store::DbResult<std::vector<Message>>>
readMessages(store::Database &database, std::vector<std::pair<ConversationId, MessageSeq>> places);

/// What makes a message long: text and previews.
std::size_t bytesOf(const Message &message);

/// The columns messageAt() reads, for SELECT lists of messages AS m.
#define DUNLIN_MESSAGE_COLUMNS                                                                     \
    "m.conversation_id, m.seq, m.message_id, m.sender_id, m.sent_at, m.body, m.client_id, "        \
    "coalesce(m.images, ''::bytea)"
Message messageAt(const store::Rows &rows, int row);

} // namespace dunlin::messaging
