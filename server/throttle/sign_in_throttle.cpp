// SPDX-License-Identifier: Apache-2.0
#include "throttle/sign_in_throttle.h"

#include <algorithm>

namespace dunlin::throttle {
namespace {

constexpr int doublingsMax = 30;

std::string keyOf(const std::string &network, const std::string &account)
{
    return network + ' ' + account; // a network has no space
}

} // namespace

Result<void> SignInThrottle::begin(const std::string &network, const std::string &account,
                                   Clock::time_point now)
{
    if (network.empty())
        return {};
    const std::string key = keyOf(network, account);
    const std::scoped_lock lock(mutex_);
    const auto wait = std::max(waitOf(byAccount_, key, options_.failuresPerAccount, now),
                               waitOf(byAddress_, network, options_.failuresPerAddress, now));
    if (wait.count() > 0) {
        return failure(ErrorCode::RateLimited, "too many wrong passwords",
                       std::chrono::ceil<std::chrono::milliseconds>(wait));
    }
    count(byAccount_, key, now);
    count(byAddress_, network, now);
    return {};
}

void SignInThrottle::succeeded(const std::string &network, const std::string &account)
{
    withdraw(network, account);
    const std::scoped_lock lock(mutex_);
    byAccount_.erase(keyOf(network, account));
}

void SignInThrottle::withdraw(const std::string &network, const std::string &account)
{
    if (network.empty())
        return;
    const std::scoped_lock lock(mutex_);
    const auto takeBack = [](Table &table, const std::string &key) {
        const auto found = table.find(key);
        if (found != table.end() && --found->second.count <= 0)
            table.erase(found);
    };
    takeBack(byAccount_, keyOf(network, account));
    takeBack(byAddress_, network);
}

std::chrono::nanoseconds SignInThrottle::waitOf(const Table &table, const std::string &key,
                                                int allowed, Clock::time_point now) const
{
    const auto found = table.find(key);
    if (found == table.end())
        return {};
    const Failures &failures = found->second;
    if (failures.count < allowed || now - failures.last >= options_.window)
        return {};
    const int doublings = std::min(failures.count - allowed, doublingsMax);
    const auto delay = std::min<std::chrono::nanoseconds>(options_.firstDelay * (1LL << doublings),
                                                          options_.window);
    return std::max<std::chrono::nanoseconds>(failures.last + delay - now,
                                              std::chrono::nanoseconds(0));
}

void SignInThrottle::count(Table &table, const std::string &key, Clock::time_point now) const
{
    Failures &failures = table[key];
    if (now - failures.last >= options_.window)
        failures.count = 0;
    ++failures.count;
    failures.last = now;
    if (table.size() <= options_.entriesMax)
        return;
    // Rare: somebody tries very many names or has very many addresses.
    std::erase_if(table,
                  [&](const auto &entry) { return now - entry.second.last >= options_.window; });
    if (table.size() <= options_.entriesMax)
        return;
    table.erase(std::min_element(table.begin(), table.end(), [](const auto &a, const auto &b) {
        return a.second.last < b.second.last;
    }));
}

} // namespace dunlin::throttle
