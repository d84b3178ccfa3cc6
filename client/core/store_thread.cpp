// SPDX-License-Identifier: Apache-2.0
#include "store_thread.h"

#include <QMetaObject>

namespace dunlin::client {

StoreThread::StoreThread(QObject *parent) : QObject(parent), m_thread([this] { runAll(); }) { }

StoreThread::~StoreThread()
{
    finish();
}

void StoreThread::post(Work work)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_work.push_back(std::move(work));
    }
    m_hasWork.notify_one();
}

void StoreThread::finish()
{
    if (!m_thread.joinable())
        return;
    {
        const std::scoped_lock lock(m_mutex);
        m_isFinishing = true;
    }
    m_hasWork.notify_one();
    m_thread.join();
    complete();
}

void StoreThread::complete()
{
    std::vector<Completion> completions;
    {
        const std::scoped_lock lock(m_mutex);
        completions.swap(m_completions);
    }
    for (const Completion &completion : completions)
        completion();
}

void StoreThread::runAll()
{
    while (true) {
        Work work;
        {
            std::unique_lock lock(m_mutex);
            m_hasWork.wait(lock, [this] { return m_isFinishing || !m_work.empty(); });
            if (m_work.empty())
                return;
            work = std::move(m_work.front());
            m_work.pop_front();
        }
        Completion completion = work();
        // Released here: what the work holds is the thread's until its completion is posted.
        work = nullptr;

        const std::scoped_lock lock(m_mutex);
        m_completions.push_back(std::move(completion));
        // By name and not by a lambda: the event is made and freed inside Qt.
        if (m_completions.size() == 1)
            QMetaObject::invokeMethod(this, "complete", Qt::QueuedConnection);
    }
}

} // namespace dunlin::client
