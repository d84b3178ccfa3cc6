// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "throttle/rate_limiter.h"

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace dunlin::throttle {

/// Slows guessing of passwords down. Failures are counted by address and account together, and by
/// address alone: who fails too often waits, each time twice as long. Nobody can lock somebody else
/// out, since what counts against an account counts only for the address it came from: the right
/// password from an address without failures always works.
///
/// Counting follows the account's name whether there is such an account or not, so that waiting
/// does not tell. Thread-safe.
class SignInThrottle {
public:
    struct Options {
        /// Failures that cost nothing.
        int failuresPerAccount = 5;
        int failuresPerAddress = 20;
        /// After this long without a failure all are forgotten; no wait is longer either.
        std::chrono::seconds window{15 * 60};
        std::chrono::milliseconds firstDelay{1000};
        /// How many are remembered of each kind; then the oldest is forgotten.
        std::size_t entriesMax = 100'000;
    };

    explicit SignInThrottle(Options options) : options_(options) { }

    /// Before a password is looked at. It counts as a failure until succeeded() or withdraw() says
    /// otherwise, so that many tries at once do not slip through. network empty: not limited.
    /// Error: RATE_LIMITED with retryAfter.
    Result<void> begin(const std::string &network, const std::string &account,
                       Clock::time_point now);
    /// The password was right: the account's failures from there are forgotten, the address keeps
    /// the others it has.
    void succeeded(const std::string &network, const std::string &account);
    /// The password was not looked at.
    void withdraw(const std::string &network, const std::string &account);

private:
    struct Failures {
        int count = 0;
        Clock::time_point last;
    };
    using Table = std::map<std::string, Failures>;

    [[nodiscard]] std::chrono::nanoseconds waitOf(const Table &table, const std::string &key,
                                                  int allowed, Clock::time_point now) const;
    void count(Table &table, const std::string &key, Clock::time_point now) const;

    const Options options_;
    std::mutex mutex_;
    Table byAccount_; ///< Keys: network, a space, account.
    Table byAddress_;
};

} // namespace dunlin::throttle
