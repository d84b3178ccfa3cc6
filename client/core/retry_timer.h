// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>

#include <algorithm>
#include <chrono>

namespace dunlin::client {

/// When to try again what the server or the store could not do for now: later with each failure in
/// a row. Lives on the GUI thread.
class RetryTimer : public QTimer {
public:
    static constexpr std::chrono::milliseconds shortest{500};
    static constexpr std::chrono::milliseconds longest{30'000};

    RetryTimer() { setSingleShot(true); }

    void startAfterFailure()
    {
        const auto delay = shortest * (1LL << std::min(m_failures++, 10));
        start(std::min<std::chrono::milliseconds>(delay, longest));
    }
    void forgetFailures() { m_failures = 0; }

private:
    int m_failures = 0;
};

} // namespace dunlin::client
