// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>

#include <coroutine>
#include <cstdint>
#include <map>
#include <utility>

namespace dunlin::blobs {

/// Lets one task at a time go on, the one with the lowest rank first, with a pause before each that
/// had to wait: co_await a Turns::Next, and give the turn back. Lives on one thread.
///
/// Of many uploads each thread has one piece on its way to the disk, and then time for those who
/// chat: many at once could take all that the processors, the memory and the disk can do. A lone
/// upload never waits. Older uploads go first, so that they end one after the other: their flushes
/// together would hold up the database's.
class Turns {
public:
    /// Measured on 2 cores with 50 uploads at once: what a message takes at the 99th percentile is
    /// mostly 2 to 4 times what it takes without them; with 1 ms 7 times, without a pause 10 to 30.
    /// Some rounds were far worse, with an unchanged median: the disk stalled, it seems.
    static constexpr auto pause = std::chrono::milliseconds(2);

    Turns()
    {
        timer_.setSingleShot(true);
        timer_.setTimerType(Qt::PreciseTimer);
        timer_.callOnTimeout([this] { goOn(); });
    }

    /// To be awaited. Give it a name first: see Answer.
    class Next {
    public:
        Next(Turns &turns, std::int64_t rank) : turns_(&turns), rank_(rank) { }
        [[nodiscard]] bool await_ready() const noexcept
        {
            return !std::exchange(turns_->isTaken_, true) || turns_->isClosed_;
        }
        void await_suspend(std::coroutine_handle<> task) const
        {
            turns_->waiting_.emplace(rank_, task);
        }
        void await_resume() const noexcept { }

    private:
        Turns *turns_;
        std::int64_t rank_;
    };

    void giveBack()
    {
        if (waiting_.empty())
            isTaken_ = false;
        else if (!isClosed_)
            timer_.start(pause);
    }

    /// Nobody waits any more.
    void close()
    {
        isClosed_ = true;
        timer_.stop();
        while (!waiting_.empty())
            goOn();
    }

private:
    void goOn() { waiting_.extract(waiting_.begin()).mapped().resume(); }

    bool isTaken_ = false;
    bool isClosed_ = false;
    std::multimap<std::int64_t, std::coroutine_handle<>> waiting_;
    QTimer timer_;
};

} // namespace dunlin::blobs
