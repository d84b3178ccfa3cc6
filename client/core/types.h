// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"
#include "dunlin/retention.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

/// The client's own value types: what the store keeps and the models show. Times are milliseconds
/// since 1970-01-01 UTC. Plain values, usable on any thread.
namespace dunlin::client {

struct Person {
    UserId id = {};
    QString userName = {};
    QString displayName = {};
    QString about = {};
    /// 0: derived from the id; 1 to 8: the palette's colours.
    int avatarColor = 0;
    /// Empty: none.
    QString avatarBlobId = {};
    /// The account was deleted: nothing is left of it, and what it wrote is erased.
    bool isDeleted = false;

    bool operator==(const Person &) const = default;
};

/// A picture of a message.
struct Image {
    /// Empty until it is uploaded.
    QString blobId = {};
    /// image/jpeg, image/png, image/webp or image/gif.
    QString contentType = {};
    qint64 byteSize = 0;
    /// Pixels.
    int width = 0;
    int height = 0;
    /// A JPEG of a few pixels; may be empty.
    QByteArray preview = {};
    /// Empty: the picture itself is small enough.
    QString thumbnailBlobId = {};
    /// Paths of the picture and its thumbnail while they wait in the outbox.
    QString file = {};
    QString thumbnailFile = {};

    bool operator==(const Image &) const = default;
};

struct Reaction {
    UserId user;
    QString emoji;

    bool operator==(const Reaction &) const = default;
};

/// The message that a message answers, as the store knows it now.
struct Quote {
    /// 0: it answers none.
    MessageSeq seq = {};
    /// Else the store does not have it, and what follows is empty.
    bool isKnown = false;
    bool isDeleted = false;
    /// Neither here nor at the server any more.
    bool isRemoved = false;
    UserId sender = {};
    QString text = {};
    QList<Image> images = {};

    bool operator==(const Quote &) const = default;
};

/// What a new message refers to.
struct References {
    /// The message it answers; 0: none.
    MessageSeq replyTo = {};
    /// The message it repeats; 0: none.
    ConversationId forwardedConversation = {};
    MessageSeq forwardedSeq = {};

    bool operator==(const References &) const = default;
};

/// What is being written in a conversation.
struct Draft {
    QString text = {};
    MessageSeq replyTo = {};

    [[nodiscard]] bool isEmpty() const { return text.isEmpty() && !replyTo; }
    bool operator==(const Draft &) const = default;
};

enum class SendState { Queued, Failed, Sent };

struct StoredMessage {
    ConversationId conversation;
    /// 0 while it waits in the outbox.
    MessageSeq seq;
    MessageId id;
    UserId sender;
    qint64 sentAtMs = 0;
    /// The caption when there are images; may be empty then.
    QString text;
    QList<Image> images;
    ClientId clientId;
    SendState state = SendState::Sent;
    /// The wire name of the error (see error_code.h), only when Failed.
    QString failureCode;
    /// The outbox row; 0 once the message is sent.
    qint64 localId = 0;
    /// 0: never.
    qint64 editedAtMs = 0;
    /// Deleted for everyone: nothing but its place is left.
    bool isDeleted = false;
    /// Deleted for this user alone: not to be shown.
    bool isHidden = false;
    bool isPinned = false;
    Quote quote = {};
    /// Who wrote it first; 0: it was not forwarded.
    UserId forwardedFrom = {};
    QList<Reaction> reactions = {};
    /// What the store has may be out of date: the log of changes was not followed.
    bool isStale = false;

    bool operator==(const StoredMessage &) const = default;
};

struct ConversationSummary {
    ConversationId id;
    Person peer;
    MessageSeq lastSeq;
    /// The newest message, one waiting in the outbox included.
    QString previewText;
    int previewImages = 0;
    bool isPreviewDeleted = false;
    MessageSeq previewSeq;
    UserId previewSender;
    qint64 previewAtMs = 0;
    SendState previewState = SendState::Sent;
    MessageSeq ownReadSeq;
    MessageSeq ownDeliveredSeq;
    MessageSeq peerDeliveredSeq;
    MessageSeq peerReadSeq;
    int unread = 0;
    bool isPinned = false;
    /// 0: not muted. The largest qint64: until unmuted.
    qint64 mutedUntilMs = 0;
    Draft draft;
    /// Ascending.
    QList<MessageSeq> pinned;
    qint64 lastActivityMs = 0;
    /// As the members have set it.
    Retention retention;

    bool operator==(const ConversationSummary &) const = default;
};

/// Messages in ascending order without a hole. A gap means that the server has messages beside the
/// page which the store does not; has... is true for a gap as well.
struct MessagePage {
    ConversationId conversation;
    QList<StoredMessage> messages;
    bool hasBefore = false;
    bool hasAfter = false;
    bool reachedGapBefore = false;
    bool reachedGapAfter = false;
    /// Some of the messages are.
    bool isStale = false;
};

/// Where a time is among the messages that are here.
struct DatedPlace {
    MessageSeq seq;
    /// The message before it is here too: none that is not could be nearer.
    bool isCertain = false;
};

struct Presence {
    UserId user;
    bool isOnline = false;
    /// 0: never seen, or not shown.
    qint64 lastSeenMs = 0;
};

struct Device {
    DeviceId id;
    QString name;
    qint64 createdAtMs = 0;
    qint64 lastActiveAtMs = 0;
    bool isCurrent = false;
    bool isOnline = false;
};

/// What the user lets others know. Who hides it does not see it of others.
struct Privacy {
    bool hidesReadReceipts = false;
    bool hidesLastSeen = false;

    bool operator==(const Privacy &) const = default;
};

/// What a change of the store touched: read those again.
struct ChangeSet {
    QList<ConversationId> conversations;
    QList<UserId> people;
    /// Of conversations: those where messages that were there are not as they were.
    QList<ConversationId> changedMessages;
    /// Of messages that were removed or erased.
    QStringList goneBlobs;

    [[nodiscard]] bool isEmpty() const { return conversations.isEmpty() && people.isEmpty(); }
};

enum class ConnectionState { Offline, Connecting, Online };

} // namespace dunlin::client
