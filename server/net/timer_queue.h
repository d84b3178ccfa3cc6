// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractEventDispatcher>

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace dunlin::net {

/// The timers of one thread, ordered by the time they are due. Used by EpollEventDispatcher; all
/// functions are called on the dispatcher's thread.
///
/// Coarse and very coarse timers are served as precise ones, which their contract allows.
/// Invariant: a timer whose handler is running is not in the queue, so that a nested event loop
/// neither fires it again nor spins on it.
class TimerQueue {
public:
    using Clock = std::chrono::steady_clock;

    void add(int id, std::chrono::milliseconds interval, Qt::TimerType type, QObject *object);
    /// False when there is no such timer.
    bool remove(int id);
    bool removeAllOf(QObject *object);

    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> timersOf(QObject *object) const;
    /// Milliseconds until the timer is due, rounded up, 0 when overdue, -1 when unknown.
    [[nodiscard]] int remainingMilliseconds(int id) const;
    /// Milliseconds until the first timer is due, rounded up so that none fires early; nullopt
    /// when there is none.
    [[nodiscard]] std::optional<std::chrono::milliseconds> untilNext() const;

    /// Sends a QTimerEvent for each timer that is due now, each at most once, and returns how many.
    /// Handlers may add and remove timers, delete objects and run nested event loops.
    int fireExpired();

private:
    struct Timer {
        int id = 0;
        std::chrono::milliseconds interval{0};
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        Clock::time_point due;
        /// Unique for each add: tells a timer from a later one with the same id.
        std::uint64_t incarnation = 0;
        bool isQueued = false;
        std::uint64_t place = 0;
    };
    /// Timers due at the same time fire in the order in which they were queued.
    struct Entry {
        Clock::time_point due;
        std::uint64_t place;
        int id;
        bool operator<(const Entry &other) const
        {
            return due != other.due ? due < other.due : place < other.place;
        }
    };

    void enqueue(Timer &timer);
    void dequeue(Timer &timer);

    std::unordered_map<int, Timer> timers_;
    std::unordered_map<QObject *, std::vector<int>> idsOfObject_;
    std::set<Entry> queue_;
    std::uint64_t nextPlace_ = 0;
    std::uint64_t nextIncarnation_ = 0;
};

} // namespace dunlin::net
