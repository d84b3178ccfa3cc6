// SPDX-License-Identifier: Apache-2.0
#include "net/timer_queue.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>

namespace dunlin::net {
namespace {

std::chrono::milliseconds remainingUntil(TimerQueue::Clock::time_point due)
{
    const auto remaining = due - TimerQueue::Clock::now();
    if (remaining <= TimerQueue::Clock::duration::zero())
        return std::chrono::milliseconds(0);
    return std::chrono::ceil<std::chrono::milliseconds>(remaining);
}

} // namespace

void TimerQueue::add(int id, std::chrono::milliseconds interval, Qt::TimerType type,
                     QObject *object)
{
    remove(id);
    Timer &timer = timers_[id];
    timer = {.id = id,
             .interval = interval,
             .type = type,
             .object = object,
             .due = Clock::now() + interval,
             .incarnation = nextIncarnation_++};
    idsOfObject_[object].push_back(id);
    enqueue(timer);
}

bool TimerQueue::remove(int id)
{
    const auto found = timers_.find(id);
    if (found == timers_.end())
        return false;
    const auto ids = idsOfObject_.find(found->second.object);
    std::erase(ids->second, id);
    if (ids->second.empty())
        idsOfObject_.erase(ids);
    dequeue(found->second);
    timers_.erase(found);
    return true;
}

bool TimerQueue::removeAllOf(QObject *object)
{
    const auto found = idsOfObject_.find(object);
    if (found == idsOfObject_.end())
        return false;
    const std::vector<int> ids = std::move(found->second);
    idsOfObject_.erase(found);
    for (const int id : ids) {
        const auto timer = timers_.find(id);
        dequeue(timer->second);
        timers_.erase(timer);
    }
    return true;
}

QList<QAbstractEventDispatcher::TimerInfo> TimerQueue::timersOf(QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> infos;
    const auto found = idsOfObject_.find(object);
    if (found == idsOfObject_.end())
        return infos;
    for (const int id : found->second) {
        const Timer &timer = timers_.at(id);
        infos.append({id, static_cast<int>(timer.interval.count()), timer.type});
    }
    return infos;
}

int TimerQueue::remainingMilliseconds(int id) const
{
    const auto found = timers_.find(id);
    if (found == timers_.end())
        return -1;
    return static_cast<int>(remainingUntil(found->second.due).count());
}

std::optional<std::chrono::milliseconds> TimerQueue::untilNext() const
{
    if (queue_.empty())
        return std::nullopt;
    return remainingUntil(queue_.begin()->due);
}

int TimerQueue::fireExpired()
{
    if (queue_.empty())
        return 0;
    int fired = 0;
    const auto now = Clock::now();
    // What is queued from here on waits for the next round: a zero timer fires once a round.
    const std::uint64_t endOfRound = nextPlace_;
    while (!queue_.empty()) {
        const Entry first = *queue_.begin();
        if (first.due > now || first.place >= endOfRound)
            break;
        Timer &timer = timers_.at(first.id);
        const std::uint64_t incarnation = timer.incarnation;
        dequeue(timer);
        timer.due += timer.interval;
        if (timer.due < now)
            timer.due = now + timer.interval;

        QTimerEvent event(first.id);
        QCoreApplication::sendEvent(timer.object, &event);
        ++fired;

        const auto survivor = timers_.find(first.id);
        if (survivor != timers_.end() && survivor->second.incarnation == incarnation)
            enqueue(survivor->second);
    }
    return fired;
}

void TimerQueue::enqueue(Timer &timer)
{
    timer.place = nextPlace_++;
    timer.isQueued = true;
    queue_.insert({timer.due, timer.place, timer.id});
}

void TimerQueue::dequeue(Timer &timer)
{
    if (!std::exchange(timer.isQueued, false))
        return;
    queue_.erase({timer.due, timer.place, timer.id});
}

} // namespace dunlin::net
