// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types/types.h"

#include <span>

/// Which messages of a conversation are to be removed. Knows no database.
namespace dunlin::retention {

/// A message as far as it matters here.
struct Candidate {
    MessageSeq seq;
    UserId sender = {};
    std::int64_t sentAtMs = 0;
};

/// What a member's devices have.
struct Reception {
    UserId user;
    /// Up to here at least one device of the member has stored messages of others.
    MessageSeq delivered = {};
    /// The first message that one of the devices has not heard of; 0: there is none.
    MessageSeq firstUnheard = {};
    /// Nobody waits for a deleted account.
    bool isDeleted = false;
};

/// What was sent before this time is to be removed; 0: nothing.
std::int64_t expiredBefore(const Retention &retention, std::int64_t nowMs);

/// How many of the oldest messages are to be removed: those before the first that has to stay.
/// messages are ascending.
std::size_t countDue(std::span<const Candidate> messages, const Retention &retention,
                     std::span<const Reception> members, std::int64_t nowMs);

} // namespace dunlin::retention
