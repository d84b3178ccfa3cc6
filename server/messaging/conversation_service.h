// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "ids/id_generator.h"
#include "store/database.h"
#include "types/types.h"

namespace dunlin::messaging {

/// Where a page of history lies.
struct HistoryQuery {
    enum class Position { Before, After, Around, FromTime };
    ConversationId conversation;
    Position position = Position::Before;
    /// Before 0: the newest.
    MessageSeq seq = {};
    /// Of FromTime: around the first message that was sent then or later.
    std::int64_t fromTimeMs = 0;
    std::uint32_t limit = 0;
};

/// Ascending, without holes.
struct HistoryPage {
    std::vector<Message> messages = {};
    bool hasBefore = false;
    bool hasAfter = false;
    /// The first that is not removed.
    MessageSeq firstSeq = {};
    MessageSeq lastSeq = {};
};

struct OpenedConversation {
    Conversation conversation;
    bool isNew = false;
};

/// Opening conversations, reading them, and a user's settings and drafts for them. Lives on one I/O
/// thread. Errors of every function, beside those named: CONVERSATION_NOT_FOUND (also when the user
/// is no member), UNAVAILABLE, INTERNAL.
class ConversationService {
public:
    /// The references outlive the service and its tasks.
    ConversationService(store::Database &database, IdGenerator &ids, Publish publish);

    /// The one conversation of the pair: the same for both, whoever opens it first, however often.
    /// Errors: USER_NOT_FOUND, INVALID_ARGUMENT (a key of more than limits::encryptionKeyBytes).
    QCoro::Task<Result<OpenedConversation>> openDirect(UserId user, UserId peer,
                                                       std::string encryptionKey);

    /// To the top of the user's list.
    QCoro::Task<Result<void>> setPinned(UserId user, ConversationId conversation, bool isPinned);
    /// As ConversationSettings::mutedUntilMs. Error: INVALID_ARGUMENT (negative).
    QCoro::Task<Result<void>> mute(UserId user, ConversationId conversation, std::int64_t untilMs);

    /// Replaces what the user has begun to write; the time is the server's to say. One that is
    /// there already changes nothing. Errors: of validation::checkDraftText().
    QCoro::Task<Result<void>> saveDraft(UserId user, ConversationId conversation, Draft draft);

    /// Error: INVALID_ARGUMENT.
    QCoro::Task<Result<HistoryPage>> history(UserId user, HistoryQuery query);

    /// The members, the user among them.
    QCoro::Task<Result<std::vector<UserId>>> members(UserId user, ConversationId conversation);

    /// A message's place. Error: MESSAGE_NOT_FOUND.
    QCoro::Task<Result<MessageSeq>> seqOf(UserId user, ConversationId conversation,
                                          MessageId message);

private:
    QCoro::Task<Result<ConversationId>> findDirect(UserId user, UserId peer);
    QCoro::Task<Result<bool>> createDirect(ConversationId id, UserId user, UserId peer,
                                           std::string encryptionKey);
    /// statement returns the settings as they are then.
    QCoro::Task<Result<void>> changeSettings(UserId user, ConversationId conversation,
                                             const store::Statement &statement,
                                             store::Parameters parameters);

    store::Database &database_;
    IdGenerator &ids_;
    const Publish publish_;
};

} // namespace dunlin::messaging
