// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dunlin::client {

/// One thread that runs work in the order it is posted, and hands what follows from it back to the
/// thread that owns this object. Its locks are the standard library's own, which sanitizers see
/// through.
class StoreThread : public QObject {
    Q_OBJECT

public:
    /// What then runs on the owner's thread.
    using Completion = std::function<void()>;
    /// Runs on the store's thread.
    using Work = std::function<Completion()>;

    explicit StoreThread(QObject *parent = nullptr);
    /// As finish().
    ~StoreThread() override;

    /// The owner's thread.
    void post(Work work);

    /// Runs everything posted so far with its completions, and ends the thread. The owner's thread.
    void finish();

private Q_SLOTS:
    void complete();

private:
    void runAll();

    std::mutex m_mutex;
    std::condition_variable m_hasWork;
    std::deque<Work> m_work;
    std::vector<Completion> m_completions;
    bool m_isFinishing = false;
    std::thread m_thread;
};

} // namespace dunlin::client
