// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "throttle/rate_limiter.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace dunlin::throttle {

/// A RateLimiter for each key, such as a device or an address. A key that has rested until its
/// bucket is full is forgotten, so memory follows who is active. Thread-safe.
class KeyedLimiter {
public:
    explicit KeyedLimiter(Rate rate) : rate_(rate) { }

    /// The key's own, for whoever takes from it often. It counts together with take() as long as
    /// somebody holds it.
    std::shared_ptr<RateLimiter> of(const std::string &key);

    /// As RateLimiter.
    std::chrono::nanoseconds take(const std::string &key, Clock::time_point now);
    void giveBack(const std::string &key);

    [[nodiscard]] std::size_t size() const;

private:
    std::shared_ptr<RateLimiter> &find(const std::string &key);
    void sweep(Clock::time_point now);

    const Rate rate_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<RateLimiter>> limiters_;
    std::size_t sweepAt_ = 1024;
};

} // namespace dunlin::throttle
