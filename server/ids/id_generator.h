// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>

namespace dunlin {

/// Makes the 64-bit ids of users, devices, conversations and messages: 41 bits of milliseconds
/// since 2024-01-01 UTC (enough until 2093), 10 bits of the node that made it, 12 bits of a
/// counter. Ids of one generator only rise, so that they sort by time, are unique without asking
/// anyone, and always positive.
///
/// When the clock goes back, or more than 4,096 ids are asked for in a millisecond, the generator
/// goes on from its last id: it runs ahead of the clock until the clock has caught up. What is
/// remembered lives as long as the process: after a restart, a clock that was set back by more
/// than the restart took could make an id again, which the tables' primary keys refuse.
///
/// Thread-safe, without a lock.
class IdGenerator {
public:
    using Clock = std::function<std::chrono::system_clock::time_point()>;

    static constexpr int nodeBits = 10;
    static constexpr int counterBits = 12;
    static constexpr int maxNode = (1 << nodeBits) - 1;
    /// 2024-01-01 00:00 UTC.
    static constexpr std::chrono::milliseconds epoch{1'704'067'200'000};

    /// node: 0 to maxNode, different for every server of a cluster.
    explicit IdGenerator(int node, Clock clock = std::chrono::system_clock::now);

    std::int64_t next();

    /// When the id was made, in milliseconds since 1970, to within the lead described above.
    static std::chrono::milliseconds timeOf(std::int64_t id) noexcept;
    static int nodeOf(std::int64_t id) noexcept;

private:
    const std::int64_t node_;
    const Clock clock_;
    /// The time and the counter of the last id as one number: adding 1 overflows into the time.
    std::atomic<std::int64_t> last_ = 0;
};

} // namespace dunlin
