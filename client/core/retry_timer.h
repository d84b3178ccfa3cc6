// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "backoff.h"

#include <QTimer>

#include <chrono>

namespace dunlin::client {

/// When to try again what the server, the link or the store could not do for now: later with each
/// failure in a row. Lives on the GUI thread.
class RetryTimer : public QTimer {
public:
    static constexpr std::chrono::milliseconds first{1000};
    static constexpr std::chrono::milliseconds longest{30'000};

    explicit RetryTimer(Backoff backoff = Backoff(first, longest)) : m_backoff(backoff)
    {
        setSingleShot(true);
    }

    void startAfterFailure() { start(m_backoff.next()); }
    void forgetFailures() { m_backoff.reset(); }
    /// In a row.
    [[nodiscard]] int failures() const { return m_backoff.failures(); }

private:
    Backoff m_backoff;
};

} // namespace dunlin::client
