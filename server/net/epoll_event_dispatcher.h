// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/file_descriptor.h"
#include "net/timer_queue.h"

#include <QAbstractEventDispatcher>

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

class QSocketNotifier;

namespace dunlin::net {

/// A Qt event dispatcher on epoll, for threads with many sockets: one turn costs what is ready,
/// not what is open. Qt's own on Linux uses poll(), whose cost grows with every open socket.
///
///     QThread thread;
///     thread.setEventDispatcher(new EpollEventDispatcher); // the thread owns it
///     thread.start();
///
/// It lives on the thread it serves. wakeUp() and interrupt() may be called from any thread,
/// everything else only from its own.
///
/// - Level-triggered, so nothing is lost when a handler reads only a part.
/// - Changes of interest are collected and given to the kernel before the next wait: a socket that
///   enables and disables its write notifier within one turn costs no system call.
/// - After a handler has run a nested event loop, the rest of the outer batch is dropped: it is
///   stale, and the kernel reports again what is still ready.
/// - Regular files cannot be watched by epoll: such a notifier is disabled with a warning.
class EpollEventDispatcher final : public QAbstractEventDispatcher {
    Q_OBJECT

public:
    /// Aborts the program when the kernel gives no epoll or event descriptor: nothing can run then.
    explicit EpollEventDispatcher(QObject *parent = nullptr);
    ~EpollEventDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                       QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    /// What is known about one file descriptor; the vector's index is the descriptor.
    struct Watch {
        /// By QSocketNotifier::Type: read, write, exception.
        std::array<QSocketNotifier *, 3> notifiers{};
        /// Counts the uses of this descriptor number, so that an event of a closed one is not
        /// taken for an event of the one that got its number.
        std::uint32_t generation = 0;
        /// The epoll events the kernel was told; 0 when it does not watch the descriptor.
        std::uint32_t appliedEvents = 0;
        bool isChangePending = false;
        /// The descriptor may be another file than the one the kernel was told about.
        bool mustReapply = false;
    };

    [[nodiscard]] static std::uint32_t wantedEvents(const Watch &watch);
    void applyPendingChanges();
    void applyChange(int descriptor);
    void disableNotifiersOf(int descriptor, int error);
    [[nodiscard]] int waitMilliseconds(bool mayWait, bool withTimers) const;
    int waitForEverything(bool mayWait, bool withTimers);
    int waitForWakeUpOnly(bool mayWait, bool withTimers);
    void acknowledgeWakeUp();
    int activateNotifiers(int descriptor, std::uint32_t generation, std::uint32_t events,
                          std::uint64_t wait);

    FileDescriptor epoll_;
    FileDescriptor wakeUpEvent_;
    std::atomic<bool> isWakeUpPending_ = false;
    std::atomic<bool> isInterrupted_ = false;

    std::vector<Watch> watches_;
    std::vector<int> changedDescriptors_;
    /// Counts the waits, nested ones included.
    std::uint64_t waits_ = 0;
    TimerQueue timers_;
};

} // namespace dunlin::net
