// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <QByteArray>
#include <QList>
#include <QString>

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

    bool operator==(const StoredMessage &) const = default;
};

struct ConversationSummary {
    ConversationId id;
    Person peer;
    MessageSeq lastSeq;
    /// The newest message, one waiting in the outbox included.
    QString previewText;
    int previewImages = 0;
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
    QString draft;
    qint64 lastActivityMs = 0;

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

/// What a change of the store touched: read those again.
struct ChangeSet {
    QList<ConversationId> conversations;
    QList<UserId> people;

    [[nodiscard]] bool isEmpty() const { return conversations.isEmpty() && people.isEmpty(); }
};

enum class ConnectionState { Offline, Connecting, Online };

} // namespace dunlin::client
