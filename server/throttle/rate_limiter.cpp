// SPDX-License-Identifier: Apache-2.0
#include "throttle/rate_limiter.h"

#include <algorithm>

namespace dunlin::throttle {
namespace {

std::int64_t toNs(Clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

} // namespace

RateLimiter::RateLimiter(Rate rate)
    : intervalNs_(rate.count > 0 ? std::max<std::int64_t>(1, rate.period.count() / rate.count) : 0),
      toleranceNs_(intervalNs_ * std::max<std::int64_t>(1, rate.burst))
{ }

std::chrono::nanoseconds RateLimiter::take(Clock::time_point now)
{
    if (intervalNs_ == 0)
        return {};
    const std::int64_t currentNs = toNs(now);
    std::int64_t fullAt = fullAtNs_.load(std::memory_order_relaxed);
    while (true) {
        const std::int64_t wanted = std::max(fullAt, currentNs) + intervalNs_;
        if (wanted - currentNs > toleranceNs_)
            return std::chrono::nanoseconds(wanted - currentNs - toleranceNs_);
        if (fullAtNs_.compare_exchange_weak(fullAt, wanted, std::memory_order_relaxed))
            return {};
    }
}

void RateLimiter::giveBack()
{
    fullAtNs_.fetch_sub(intervalNs_, std::memory_order_relaxed);
}

bool RateLimiter::isFull(Clock::time_point now) const
{
    return fullAtNs_.load(std::memory_order_relaxed) <= toNs(now);
}

} // namespace dunlin::throttle
