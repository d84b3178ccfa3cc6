// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "store/database.h"
#include "types/types.h"

#include <set>
#include <utility>
#include <vector>

/// What edits, deletions, reactions and pins have in common: they change messages of one
/// conversation under the lock of its row, and everyone in it hears of them.
///
/// The lock puts changes of a conversation in one order, that of all its members' update logs, and
/// holds off who would hide a message while it is told of. It is taken after blobs and before
/// users.
namespace dunlin::messaging {

/// Ends without effect when it is destroyed before commit().
struct MessageChange {
    store::Database::Transaction transaction;
    ConversationId conversation;
    std::vector<UserId> members;
    /// What was asked for, ascending, as it is now.
    std::vector<Message> messages;
    /// Who has hidden which of them.
    std::set<std::pair<UserId, MessageSeq>> hidden = {};
};

/// The blobs that the messages show are locked only for those who take them away.
enum class BlobLock { None, Shown };

/// Locks the conversation and reads the messages, each asked for once or more.
/// Errors: CONVERSATION_NOT_FOUND (also when user is no member), MESSAGE_NOT_FOUND (one of them is
/// not there at all), UNAVAILABLE, INTERNAL.
QCoro::Task<Result<MessageChange>> beginChange(store::Database &database, UserId user,
                                               ConversationId conversation,
                                               std::set<MessageSeq> seqs, BlobLock blobs);

/// Writes, tells every member's log that messages are as they are in change.messages, and commits.
/// Returns what is to be published. Those who have hidden a message are told of its place only.
QCoro::Task<Result<std::vector<UserUpdates>>> commit(MessageChange change,
                                                     std::vector<store::Query> writes);

/// Writes, tells user's log alone that the messages are hidden, and commits. Returns what is to be
/// published.
QCoro::Task<Result<std::vector<UserUpdates>>> commitHidden(MessageChange change, UserId user,
                                                           std::vector<store::Query> writes);

} // namespace dunlin::messaging
