// SPDX-License-Identifier: Apache-2.0
#include "net/epoll_event_dispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QThread>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

namespace dunlin::net {
namespace {

/// How many ready descriptors one turn takes. The rest is ready in the next turn.
constexpr int maxEventsOfOneTurn = 256;
constexpr std::uint64_t wakeUpKey = ~std::uint64_t{0};

/// What each notifier type waits for. A failed or closed peer wakes every type, as poll() does.
constexpr std::array<std::uint32_t, 3> interestOfType{EPOLLIN, EPOLLOUT, EPOLLPRI};
constexpr std::uint32_t alwaysReported = EPOLLHUP | EPOLLERR;

constexpr std::uint64_t watchKey(int descriptor, std::uint32_t generation)
{
    return (std::uint64_t{generation} << 32U) | static_cast<std::uint32_t>(descriptor);
}

} // namespace

EpollEventDispatcher::EpollEventDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent), epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wakeUpEvent_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (!epoll_.isValid() || !wakeUpEvent_.isValid())
        qFatal("EpollEventDispatcher: no descriptors left: %s", std::strerror(errno));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = wakeUpKey;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wakeUpEvent_.get(), &event) != 0)
        qFatal("EpollEventDispatcher: cannot watch the wake-up event: %s", std::strerror(errno));
}

EpollEventDispatcher::~EpollEventDispatcher() = default;

bool EpollEventDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    isInterrupted_.store(false);
    Q_EMIT awake();
    // An event posted from here on writes to wakeUpEvent_, so that the wait below ends at once.
    QCoreApplication::sendPostedEvents();

    const bool withTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    const bool withNotifiers = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
    const bool mayWait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !isInterrupted_.load();
    if (mayWait)
        Q_EMIT aboutToBlock();
    if (isInterrupted_.load())
        return false;

    int handled = withNotifiers ? waitForEverything(mayWait, withTimers)
                                : waitForWakeUpOnly(mayWait, withTimers);
    if (withTimers)
        handled += timers_.fireExpired();
    return handled > 0;
}

int EpollEventDispatcher::waitMilliseconds(bool mayWait, bool withTimers) const
{
    if (!mayWait)
        return 0;
    const auto untilTimer = withTimers ? timers_.untilNext() : std::nullopt;
    if (!untilTimer)
        return -1;
    constexpr std::int64_t longest = std::numeric_limits<int>::max();
    return static_cast<int>(std::min<std::int64_t>(untilTimer->count(), longest));
}

int EpollEventDispatcher::waitForEverything(bool mayWait, bool withTimers)
{
    applyPendingChanges();
    std::array<epoll_event, maxEventsOfOneTurn> events; // on the stack: nested loops have their own
    int count = 0;
    do {
        count = ::epoll_wait(epoll_.get(), events.data(), maxEventsOfOneTurn,
                             waitMilliseconds(mayWait, withTimers));
    } while (count < 0 && errno == EINTR);

    const std::uint64_t wait = ++waits_;
    int handled = 0;
    for (int index = 0; index < count && waits_ == wait; ++index) {
        const std::uint64_t key = events[static_cast<std::size_t>(index)].data.u64;
        if (key == wakeUpKey) {
            acknowledgeWakeUp();
            ++handled;
            continue;
        }
        handled += activateNotifiers(static_cast<int>(key & 0xFFFFFFFFU),
                                     static_cast<std::uint32_t>(key >> 32U),
                                     events[static_cast<std::size_t>(index)].events, wait);
    }
    return handled;
}

int EpollEventDispatcher::waitForWakeUpOnly(bool mayWait, bool withTimers)
{
    pollfd wakeUp{.fd = wakeUpEvent_.get(), .events = POLLIN, .revents = 0};
    int count = 0;
    do {
        count = ::poll(&wakeUp, 1, waitMilliseconds(mayWait, withTimers));
    } while (count < 0 && errno == EINTR);
    if (count <= 0)
        return 0;
    acknowledgeWakeUp();
    return 1;
}

int EpollEventDispatcher::activateNotifiers(int descriptor, std::uint32_t generation,
                                            std::uint32_t events, std::uint64_t wait)
{
    int handled = 0;
    for (std::size_t type = 0; type < interestOfType.size(); ++type) {
        // Looked up anew each time: a handler may close the descriptor or grow the vector.
        const Watch &watch = watches_[static_cast<std::size_t>(descriptor)];
        if (watch.generation != generation || waits_ != wait)
            break;
        QSocketNotifier *notifier = watch.notifiers[type];
        if (notifier == nullptr || (events & (interestOfType[type] | alwaysReported)) == 0)
            continue;
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(notifier, &event);
        ++handled;
    }
    return handled;
}

void EpollEventDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const auto descriptor = static_cast<int>(notifier->socket());
    const auto type = static_cast<std::size_t>(notifier->type());
    if (descriptor < 0 || type >= interestOfType.size())
        return;
    if (notifier->thread() != thread() || QThread::currentThread() != thread()) {
        qWarning("EpollEventDispatcher: a socket notifier is enabled on its own thread only");
        return;
    }
    if (watches_.size() <= static_cast<std::size_t>(descriptor))
        watches_.resize(static_cast<std::size_t>(descriptor) * 2 + 64);
    Watch &watch = watches_[static_cast<std::size_t>(descriptor)];
    if (watch.notifiers[type] != nullptr && watch.notifiers[type] != notifier) {
        // Its owner closed the descriptor without disabling it: the number is another file now.
        ++watch.generation;
        watch.mustReapply = true;
    }
    watch.notifiers[type] = notifier;
    if (!std::exchange(watch.isChangePending, true))
        changedDescriptors_.push_back(descriptor);
}

void EpollEventDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const auto descriptor = static_cast<int>(notifier->socket());
    const auto type = static_cast<std::size_t>(notifier->type());
    if (descriptor < 0 || static_cast<std::size_t>(descriptor) >= watches_.size()
        || type >= interestOfType.size())
        return;
    Watch &watch = watches_[static_cast<std::size_t>(descriptor)];
    if (watch.notifiers[type] != notifier)
        return;
    watch.notifiers[type] = nullptr;
    if (wantedEvents(watch) != 0) {
        if (!std::exchange(watch.isChangePending, true))
            changedDescriptors_.push_back(descriptor);
        return;
    }
    // Nobody watches the descriptor any more, so that it may be closed and its number given to
    // another file at once: the kernel is told now, not later.
    ++watch.generation;
    if (std::exchange(watch.appliedEvents, 0) != 0)
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, descriptor, nullptr);
}

std::uint32_t EpollEventDispatcher::wantedEvents(const Watch &watch)
{
    std::uint32_t events = 0;
    for (std::size_t type = 0; type < interestOfType.size(); ++type) {
        if (watch.notifiers[type] != nullptr)
            events |= interestOfType[type];
    }
    return events;
}

void EpollEventDispatcher::applyPendingChanges()
{
    // By index: disabling a broken notifier appends to the list.
    for (std::size_t index = 0; index < changedDescriptors_.size(); ++index)
        applyChange(changedDescriptors_[index]);
    changedDescriptors_.clear();
}

void EpollEventDispatcher::applyChange(int descriptor)
{
    Watch &watch = watches_[static_cast<std::size_t>(descriptor)];
    watch.isChangePending = false;
    const bool mustReapply = std::exchange(watch.mustReapply, false);
    const std::uint32_t events = wantedEvents(watch);
    if (events == 0 || (events == watch.appliedEvents && !mustReapply))
        return;

    epoll_event event{};
    event.events = events;
    event.data.u64 = watchKey(descriptor, watch.generation);
    const int expected = watch.appliedEvents == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    int result = ::epoll_ctl(epoll_.get(), expected, descriptor, &event);
    // The descriptor was closed and opened again behind our back, or is watched already.
    if (result != 0 && errno == ENOENT)
        result = ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, descriptor, &event);
    else if (result != 0 && errno == EEXIST)
        result = ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, descriptor, &event);
    if (result == 0)
        watch.appliedEvents = events;
    else
        disableNotifiersOf(descriptor, errno);
}

void EpollEventDispatcher::disableNotifiersOf(int descriptor, int error)
{
    qWarning("EpollEventDispatcher: descriptor %d cannot be watched (%s): notifiers disabled",
             descriptor, std::strerror(error));
    watches_[static_cast<std::size_t>(descriptor)].appliedEvents = 0;
    for (std::size_t type = 0; type < interestOfType.size(); ++type) {
        // setEnabled() comes back through unregisterSocketNotifier().
        if (auto *notifier = watches_[static_cast<std::size_t>(descriptor)].notifiers[type])
            notifier->setEnabled(false);
    }
}

void EpollEventDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                                         QObject *object)
{
    if (timerId < 1 || interval < 0 || object == nullptr) {
        qWarning("EpollEventDispatcher: invalid timer");
        return;
    }
    if (object->thread() != thread() || QThread::currentThread() != thread()) {
        qWarning("EpollEventDispatcher: a timer is started on its object's own thread only");
        return;
    }
    timers_.add(timerId, std::chrono::milliseconds(interval), timerType, object);
}

bool EpollEventDispatcher::unregisterTimer(int timerId)
{
    return timers_.remove(timerId);
}

bool EpollEventDispatcher::unregisterTimers(QObject *object)
{
    return timers_.removeAllOf(object);
}

QList<QAbstractEventDispatcher::TimerInfo>
EpollEventDispatcher::registeredTimers(QObject *object) const
{
    return timers_.timersOf(object);
}

int EpollEventDispatcher::remainingTime(int timerId)
{
    return timers_.remainingMilliseconds(timerId);
}

void EpollEventDispatcher::wakeUp()
{
    // One write for any number of wake-ups until the thread has seen it.
    if (isWakeUpPending_.exchange(true))
        return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wakeUpEvent_.get(), &one, sizeof one);
}

void EpollEventDispatcher::acknowledgeWakeUp()
{
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(wakeUpEvent_.get(), &count, sizeof count);
    // In this order: a wake-up between the two is not lost, since posted events are looked at
    // before the next wait.
    isWakeUpPending_.store(false);
}

void EpollEventDispatcher::interrupt()
{
    isInterrupted_.store(true);
    wakeUp();
}

} // namespace dunlin::net
