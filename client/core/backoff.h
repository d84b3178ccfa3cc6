// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRandomGenerator>

#include <algorithm>
#include <chrono>

namespace dunlin::client {

/// How long to wait before the next try of what failed: any time up to as long as has been waited
/// already, within bounds. So what comes back after a minute is found after two at the latest, and
/// what stays away is asked ever less often.
///
/// The whole of a wait is left to chance ("full jitter"), not a part: after a restart a thousand
/// clients lost their server in one moment, and what they have in common would bring them back in
/// one. Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
class Backoff {
public:
    /// The first wait is at most `first`, and none is longer than `longest`.
    Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest)
        : m_first(first), m_longest(longest)
    { }

    /// After a failure.
    std::chrono::milliseconds next(QRandomGenerator &random = *QRandomGenerator::global())
    {
        const auto limit = std::clamp(m_waited, m_first, m_longest);
        const std::chrono::milliseconds delay(random.bounded(qint64(limit.count()) + 1));
        m_waited += delay;
        ++m_failures;
        return delay;
    }
    /// After a success.
    void reset() { *this = Backoff(m_first, m_longest); }
    /// In a row, since the last reset().
    [[nodiscard]] int failures() const { return m_failures; }

private:
    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_longest;
    std::chrono::milliseconds m_waited{0};
    int m_failures = 0;
};

} // namespace dunlin::client
