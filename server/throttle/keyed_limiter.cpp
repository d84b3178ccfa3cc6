// SPDX-License-Identifier: Apache-2.0
#include "throttle/keyed_limiter.h"

#include <algorithm>

namespace dunlin::throttle {
namespace {

constexpr std::size_t fewestSwept = 1024;

} // namespace

std::shared_ptr<RateLimiter> KeyedLimiter::of(const std::string &key)
{
    const std::scoped_lock lock(mutex_);
    return find(key);
}

std::chrono::nanoseconds KeyedLimiter::take(const std::string &key, Clock::time_point now)
{
    const std::scoped_lock lock(mutex_);
    sweep(now);
    return find(key)->take(now);
}

void KeyedLimiter::giveBack(const std::string &key)
{
    const std::scoped_lock lock(mutex_);
    const auto found = limiters_.find(key);
    if (found != limiters_.end())
        found->second->giveBack();
}

std::size_t KeyedLimiter::size() const
{
    const std::scoped_lock lock(mutex_);
    return limiters_.size();
}

std::shared_ptr<RateLimiter> &KeyedLimiter::find(const std::string &key)
{
    const auto found = limiters_.find(key);
    if (found != limiters_.end())
        return found->second;
    sweep(Clock::now());
    return limiters_.emplace(key, std::make_shared<RateLimiter>(rate_)).first->second;
}

/// When there are twice as many as the last time left, which keeps the cost of looking at all of
/// them to a constant for each that came.
void KeyedLimiter::sweep(Clock::time_point now)
{
    if (limiters_.size() < sweepAt_)
        return;
    std::erase_if(limiters_, [now](const auto &entry) {
        return entry.second.use_count() == 1 && entry.second->isFull(now);
    });
    sweepAt_ = std::max(fewestSwept, 2 * limiters_.size());
}

} // namespace dunlin::throttle
