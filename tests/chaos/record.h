// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dunlin::chaos {

/// What stands for a message's text, which is not kept.
std::uint64_t fingerprintOf(std::string_view text);

/// A message somebody asked the server to post.
struct Sent {
    ConversationId conversation = {};
    UserId sender = {};
    std::uint64_t text = 0;
};

/// What the server answered to a post, each time it was asked.
struct Answers {
    /// The first acknowledgement; seq 0: there was none.
    MessageSeq seq = {};
    MessageId id = {};
    int count = 0;
    /// A later one named another place or id.
    bool isContradicted = false;
    /// Refused for good: not to be tried again unchanged.
    bool isRefused = false;
};

/// A message as it is stored, in the database or on a device.
struct Kept {
    MessageSeq seq = {};
    ClientId clientId = {};
    UserId sender = {};
    std::uint64_t text = 0;
    MessageId id = {};

    bool operator==(const Kept &) const = default;
};

/// How far a member has got.
struct Mark {
    MessageSeq delivered = {};
    MessageSeq read = {};
};

/// One update that a device has applied, in the order it has applied them.
struct Applied {
    enum class Kind : std::uint8_t { Message, Watermark, Other };

    UpdateSeq seq = {};
    Kind kind = Kind::Other;
    ConversationId conversation = {};
    Kept message = {}; ///< Kind::Message
    UserId actor = {}; ///< Kind::Watermark, with mark
    Mark mark = {};
};

/// What one device has seen.
struct DeviceRecord {
    UserId user = {};
    std::vector<Applied> log = {};
    /// Where the log begins. What a snapshot brought instead of the log before it is below.
    UpdateSeq begin = {};
    std::map<ConversationId, std::vector<Kept>> history = {}; ///< By seq.
    std::map<std::pair<ConversationId, UserId>, Mark> marks = {};
};

/// What a device's own store shows in the end, where the updates it applied are not seen.
struct StoreRecord {
    UserId user = {};
    std::map<ConversationId, std::vector<Kept>> messages = {}; ///< Ascending as shown.
};

/// What PostgreSQL holds in the end.
struct DatabaseRecord {
    std::map<ConversationId, std::vector<Kept>> messages = {}; ///< By seq.
    std::map<std::pair<ConversationId, UserId>, Mark> marks = {};
    std::map<UserId, UpdateSeq> newestUpdates = {};
};

/// Everything that was seen from outside during a run: what was asked, what was answered, what
/// every device got, and what the database holds in the end. check() judges it.
struct Record {
    std::map<ConversationId, std::vector<UserId>> members = {};
    std::unordered_map<ClientId, Sent> sent = {};
    std::unordered_map<ClientId, Answers> answers = {};
    std::vector<DeviceRecord> devices = {};
    std::vector<StoreRecord> stores = {};
    /// Watermarks whose raising was answered with Done.
    std::map<std::pair<ConversationId, UserId>, Mark> raised = {};
    DatabaseRecord database = {};

    void acknowledge(const ClientId &clientId, MessageSeq seq, MessageId id);
    void refuse(const ClientId &clientId) { answers[clientId].isRefused = true; }
    void raise(ConversationId conversation, UserId user, Mark mark);
    [[nodiscard]] std::size_t acknowledged() const;
};

} // namespace dunlin::chaos
