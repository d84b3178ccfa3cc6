// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "store/database.h"
#include "types/types.h"

namespace dunlin::messaging {

/// What is done with messages once they are posted. Lives on one I/O thread. Errors of every
/// function, beside those named: CONVERSATION_NOT_FOUND (also when the user is no member),
/// MESSAGE_NOT_FOUND (also when it is deleted, for everyone or for the user), UNAVAILABLE,
/// INTERNAL.
class MessageService {
public:
    /// database outlives the service and its tasks.
    explicit MessageService(store::Database &database) : database_(database) { }

    /// A message that the user can read, to be posted somewhere else.
    QCoro::Task<Result<Message>> forwardable(UserId user, ConversationId conversation,
                                             MessageSeq seq);

private:
    store::Database &database_;
};

} // namespace dunlin::messaging
