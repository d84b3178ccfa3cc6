// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace dunlin::throttle {

using Clock = std::chrono::steady_clock;

/// count in each period, and burst of them at once after a rest. A count of 0: no limit.
struct Rate {
    std::int64_t count = 0;
    std::chrono::nanoseconds period = std::chrono::seconds(1);
    std::int64_t burst = 1;
};

/// A token bucket, kept as the one moment at which it will be full again (what ATM networks call
/// the generic cell rate algorithm), so that taking from it is one atomic exchange. Thread-safe.
class RateLimiter {
public:
    explicit RateLimiter(Rate rate);

    /// Zero: go, and it is counted. Else nothing is counted, and it may be tried again after this
    /// long.
    std::chrono::nanoseconds take(Clock::time_point now);
    /// What was taken last is not counted after all.
    void giveBack();

    /// Nothing is missing: as good as a new one.
    [[nodiscard]] bool isFull(Clock::time_point now) const;

private:
    const std::int64_t intervalNs_; ///< 0: no limit.
    const std::int64_t toleranceNs_;
    std::atomic<std::int64_t> fullAtNs_ = 0;
};

} // namespace dunlin::throttle
