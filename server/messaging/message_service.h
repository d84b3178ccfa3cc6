// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "messaging/message_change.h"
#include "store/database.h"
#include "types/types.h"

#include <string>
#include <vector>

namespace dunlin::messaging {

/// What is done with messages once they are posted. What is so already changes nothing, and nobody
/// hears of it. Lives on one I/O thread.
///
/// Errors of every function, beside those named: CONVERSATION_NOT_FOUND (also when the user is no
/// member), MESSAGE_NOT_FOUND (but for deletions also when it is deleted, for everyone or for the
/// user), UNAVAILABLE, INTERNAL.
class MessageService {
public:
    /// database outlives the service and its tasks.
    MessageService(store::Database &database, Publish publish);

    /// A message that the user can read, to be posted somewhere else.
    QCoro::Task<Result<Message>> forwardable(UserId user, ConversationId conversation,
                                             MessageSeq seq);

    /// Gives a message of the user's own another text, which may be empty where it has images. What
    /// it was is kept. Errors: of validation::checkMessageText(); FORBIDDEN for a message of
    /// someone else, or with words of someone else: one that was forwarded.
    QCoro::Task<Result<void>> edit(UserId user, ConversationId conversation, MessageSeq seq,
                                   std::string text);

    /// Erases all that was ever in messages of the user's own. Those that are erased already are
    /// passed over. Errors: INVALID_ARGUMENT (none, or more than limits::deleteMessagesMax),
    /// FORBIDDEN (someone else's among them: nothing is done then).
    QCoro::Task<Result<void>> deleteForEveryone(UserId user, ConversationId conversation,
                                                std::vector<MessageSeq> seqs);

    /// The user sees no more than their places from now on. Error: INVALID_ARGUMENT, as above.
    QCoro::Task<Result<void>> hide(UserId user, ConversationId conversation,
                                   std::vector<MessageSeq> seqs);

    /// Replaces the user's reaction; empty: none. Errors: of validation::checkReaction().
    QCoro::Task<Result<void>> react(UserId user, ConversationId conversation, MessageSeq seq,
                                    std::string emoji);

    /// For all members. Error: TOO_MANY_PINS (limits::pinnedMessagesMax).
    QCoro::Task<Result<void>> pin(UserId user, ConversationId conversation, MessageSeq seq,
                                  bool isPinned);

private:
    /// Of one message that the user sees.
    QCoro::Task<Result<MessageChange>> beginVisible(UserId user, ConversationId conversation,
                                                    MessageSeq seq);
    Result<void> publish(Result<std::vector<UserUpdates>> committed);

    store::Database &database_;
    const Publish publish_;
};

} // namespace dunlin::messaging
