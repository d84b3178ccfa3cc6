// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"
#include "types/types.h"

#include <set>
#include <span>
#include <utility>
#include <vector>

/// Messages as a user sees them: what the user has deleted for himself alone shows its place, ids
/// and time; what was removed by retention is not there. All by primary keys.
namespace dunlin::messaging {

using MessagePlace = std::pair<ConversationId, MessageSeq>;

/// The messages at these places, in any order.
QCoro::Task<store::DbResult<std::vector<Message>>>
readMessages(store::Database &database, UserId user, std::vector<MessagePlace> places);

/// The messages first to last of a conversation, ascending.
QCoro::Task<store::DbResult<std::vector<Message>>> readRange(store::Database &database, UserId user,
                                                             ConversationId conversation,
                                                             MessageSeq first, MessageSeq last);

/// Which of the places user has hidden: a query, and its answer.
store::Query readHidden(UserId user, std::span<const MessagePlace> places);
std::set<MessagePlace> hiddenIn(const store::Rows &rows);

/// Leaves what one who has hidden the message is told of it.
void hide(Message &message);

/// The messages at these places as all who have not hidden them see them: a query, and its rows.
store::Query readMessagesAt(std::span<const MessagePlace> places);
std::vector<Message> messagesIn(const store::Rows &rows);

/// What makes a message long: text, previews and reactions.
std::size_t bytesOf(const Message &message);

} // namespace dunlin::messaging
