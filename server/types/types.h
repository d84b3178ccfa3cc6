// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"
#include "dunlin/retention.h"
#include "types/blob_id.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What the server's folders talk about: plain values, the same words as in the protocol and the
/// schema. Times are milliseconds since 1970-01-01 UTC, texts UTF-8.
namespace dunlin {

struct User {
    UserId id;
    std::string userName = {};
    std::string displayName = {};
    std::string about = {};
    /// 0: derived from the id; 1 to limits::avatarColors: the palette's colours.
    int avatarColor = 0;
    /// A picture of the user's own; without number: none.
    BlobId avatar = {};
    /// Nothing is left of the account but its id.
    bool isDeleted = false;
};

/// A picture of a message. The blobs are the sender's.
struct Image {
    BlobId blob;
    std::string contentType = {};
    std::int64_t byteSize = 0;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    /// A JPEG of a few pixels, at most limits::imagePreviewBytes; may be empty.
    std::string preview = {};
    BlobId thumbnail = {};
};

struct Reaction {
    UserId user;
    std::string emoji = {};

    bool operator==(const Reaction &) const = default;
};

struct Message {
    ConversationId conversation = {};
    MessageSeq seq = {};
    MessageId id = {};
    UserId sender = {};
    std::int64_t sentAtMs = 0;
    std::string text = {};
    ClientId clientId = {};
    std::vector<Image> images = {};
    /// 0: never.
    std::int64_t editedAtMs = 0;
    /// For everyone: only its place, ids and time are left.
    bool isDeleted = false;
    /// For the user who asks: only its place, ids and time are told.
    bool isHidden = false;
    /// The message of the same conversation that is answered; 0: none.
    MessageSeq replyToSeq = {};
    /// Who wrote it first, when it was forwarded; else 0.
    UserId forwardedFrom = {};
    /// At most one of each member.
    std::vector<Reaction> reactions = {};
    bool isPinned = false;
};

/// How far a member's devices have stored and the member has seen a conversation. read <=
/// delivered.
struct Watermark {
    UserId user;
    MessageSeq delivered = {};
    MessageSeq read = {};
};

struct ConversationSettings {
    bool isPinned = false;
    /// 0: not muted. The largest number: until unmuted.
    std::int64_t mutedUntilMs = 0;
};

/// What a user has begun to write in a conversation. Without text and reply: nothing.
struct Draft {
    std::string text = {};
    MessageSeq replyToSeq = {};
    std::int64_t savedAtMs = 0;

    [[nodiscard]] bool isEmpty() const { return text.empty() && !replyToSeq; }
};

/// What a user lets others know. Who hides something does not see it of others either.
struct Privacy {
    bool hidesReadReceipts = false;
    bool hidesLastSeen = false;

    bool operator==(const Privacy &) const = default;
};

/// What has been removed of a conversation, and what will be.
struct RetentionState {
    Retention retention = {};
    /// Messages before it are not at the server any more.
    MessageSeq first = MessageSeq{1};
    /// Devices delete what was sent before; 0: nothing.
    std::int64_t expiredBeforeMs = 0;
};

/// What one user sees of a conversation.
struct Conversation {
    ConversationId id;
    std::vector<User> members = {};
    std::vector<Watermark> watermarks = {};
    MessageSeq lastSeq = {};
    std::optional<Message> lastMessage = {};
    std::int64_t createdAtMs = 0;
    ConversationSettings settings = {};
    std::string encryptionKey = {};
    /// Ascending.
    std::vector<MessageSeq> pinnedSeqs = {};
    Draft draft = {};
    RetentionState retention = {};
};

struct MessageAdded {
    std::shared_ptr<const Message> message;
};
struct WatermarkRaised {
    ConversationId conversation = {};
    Watermark watermark;
};
struct ConversationAdded {
    std::shared_ptr<const Conversation> conversation;
};
struct SettingsChanged {
    ConversationId conversation = {};
    ConversationSettings settings;
};
struct ProfileChanged {
    std::shared_ptr<const User> user;
};
/// The message as it is now.
struct MessageChanged {
    std::shared_ptr<const Message> message;
};
struct MessagesHidden {
    ConversationId conversation = {};
    std::vector<MessageSeq> seqs = {};
};
struct DraftChanged {
    ConversationId conversation = {};
    Draft draft = {};
};
struct PrivacyChanged {
    Privacy privacy;
};
struct RetentionChanged {
    ConversationId conversation = {};
    RetentionState state = {};
};

/// One entry of a user's update log.
struct Update {
    UpdateSeq seq;
    std::variant<MessageAdded, WatermarkRaised, ConversationAdded, SettingsChanged, ProfileChanged,
                 MessageChanged, MessagesHidden, DraftChanged, PrivacyChanged, RetentionChanged>
            event;
};

/// Consecutive new entries of one user's log, previous + 1 and on, as one transaction committed
/// them.
struct UserUpdates {
    UserId user;
    UpdateSeq previous;
    std::vector<Update> updates = {};
};

/// Takes committed updates to the devices that are connected now. Called on the thread that
/// committed them, in commit order.
using Publish = std::function<void(std::vector<UserUpdates>)>;

} // namespace dunlin
