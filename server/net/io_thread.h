// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/mailbox.h"

#include <QThread>

#include <memory>

namespace dunlin::net {

/// One I/O thread: an event loop on EpollEventDispatcher and a mailbox. What a job creates lives
/// on the thread and never leaves it; other threads reach it by post().
///
/// Created, started, stopped and destroyed by the same thread (the main one).
class IoThread {
public:
    /// index names the thread ("io-0") and is its place among the server's I/O threads.
    explicit IoThread(int index);
    /// Stops it.
    ~IoThread();
    IoThread(const IoThread &) = delete;
    IoThread &operator=(const IoThread &) = delete;

    void start();
    /// Runs every job posted so far, then ends the event loop and waits for the thread. Objects of
    /// the thread are to be destroyed by a job (runBlocking) before.
    void stop();

    /// Runs job on the thread, after everything this caller posted before. Any thread, the I/O
    /// thread itself included (the job then runs in a later turn of the loop).
    /// False when the thread is stopping: the job is dropped.
    bool post(Job job);

    /// As post(), and waits until job has run. For start and stop only; never from an I/O thread.
    /// False when the thread is not running.
    bool runBlocking(Job job);

    [[nodiscard]] int index() const noexcept { return index_; }
    /// True when called on this thread.
    [[nodiscard]] bool isCurrent() const noexcept;

private:
    class Receiver;

    int index_;
    QThread thread_;
    Mailbox mailbox_;
    std::unique_ptr<Receiver> receiver_;
};

} // namespace dunlin::net
