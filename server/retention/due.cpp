// SPDX-License-Identifier: Apache-2.0
#include "retention/due.h"

#include <algorithm>
#include <chrono>

namespace dunlin::retention {
namespace {

bool has(const Reception &member, const Candidate &message)
{
    if (member.isDeleted)
        return true;
    const bool isHeardOf = !member.firstUnheard || message.seq < member.firstUnheard;
    return isHeardOf && (member.user == message.sender || message.seq <= member.delivered);
}

} // namespace

std::int64_t expiredBefore(const Retention &retention, std::int64_t nowMs)
{
    using namespace std::chrono;
    return retention.days > 0 ? nowMs - milliseconds(hours(24) * retention.days).count() : 0;
}

std::size_t countDue(std::span<const Candidate> messages, const Retention &retention,
                     std::span<const Reception> members, std::int64_t nowMs)
{
    const std::int64_t before = expiredBefore(retention, nowMs);
    const auto isDue = [&](const Candidate &message) {
        if (message.sentAtMs < before)
            return true;
        return retention.untilDelivered
                && std::all_of(members.begin(), members.end(),
                               [&](const Reception &member) { return has(member, message); });
    };
    const auto firstToStay = std::find_if_not(messages.begin(), messages.end(), isDue);
    return static_cast<std::size_t>(firstToStay - messages.begin());
}

} // namespace dunlin::retention
