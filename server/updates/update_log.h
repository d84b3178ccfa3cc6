// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"
#include "types/types.h"

#include <vector>

/// The update log: for each user every durable event that concerns the user, dense in seq, the same
/// for all devices.
///
/// A seq is given under the lock of the user's row, in the transaction that writes the entry, so
/// commit order is seq order and a reader never sees a hole that fills later. Rows that several
/// writers lock are locked in one order: members, conversations, users, each by ascending id.
namespace dunlin::updates {

enum class Kind : std::int16_t {
    MessageAdded = 1,
    WatermarkRaised = 2,
    ConversationAdded = 3,
    SettingsChanged = 4,
    ProfileChanged = 5,
    MessageChanged = 6,
    MessagesHidden = 7,
    DraftChanged = 8,
    PrivacyChanged = 9,
    RetentionChanged = 10
};

/// One row. What an entry says beyond its numbers is read from where it lives now: the message, the
/// conversation, the profile.
struct Entry {
    UserId user;
    Kind kind = Kind::MessageAdded;
    ConversationId conversation = {};
    /// Whose watermark or profile.
    UserId actor = {};
    /// The message's seq; the first of the hidden messages; the delivered watermark; 1 when pinned;
    /// 1 when read receipts are hidden.
    std::int64_t position = 0;
    /// The last of the hidden messages; the read watermark; muted until, in ms; 1 when last seen is
    /// hidden.
    std::int64_t readPosition = 0;
    UpdateSeq seq = {};
};

/// Takes the next seqs of the users the entries are for.
store::Query takeSeqs(const std::vector<Entry> &entries);
/// Gives the seqs that takeSeqs() returned to the entries, in their order. False when a user is not
/// there.
bool assignSeqs(const store::Rows &rows, std::vector<Entry> &entries);
store::Query insertEntries(const std::vector<Entry> &entries);

/// All three, and the commit of the transaction they end. Returns the entries with their seqs.
QCoro::Task<store::DbResult<std::vector<Entry>>>
appendAndCommit(store::Database::Transaction &transaction, std::vector<Entry> entries);

/// What is to be published once the entries are committed; events[i] belongs to entries[i].
std::vector<UserUpdates> toPublish(const std::vector<Entry> &entries,
                                   std::vector<decltype(Update::event)> events);

/// Where a user's log ends and begins.
struct Bounds {
    UpdateSeq newest;
    /// Entries up to this one are gone.
    UpdateSeq tail;
};
store::Query readBounds(UserId user);
Bounds boundsOf(const store::Rows &rows);

store::Query readEntries(UserId user, UpdateSeq since, int limit);
std::vector<Entry> entriesOf(UserId user, const store::Rows &rows);

} // namespace dunlin::updates
