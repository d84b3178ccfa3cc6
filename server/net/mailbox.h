// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/job.h"

#include <mutex>
#include <vector>

namespace dunlin::net {

/// Jobs from many threads to one, taken in batches: however many arrive while the reader is busy,
/// it is woken once and pays for the lock once. Jobs of one poster stay in order.
class Mailbox {
public:
    enum class Posted {
        First, ///< The mailbox was empty: the poster wakes the reader.
        Joined, ///< The reader has been woken already.
        Refused ///< The mailbox is closed: the job was dropped.
    };

    /// Any thread.
    Posted post(Job job)
    {
        const std::scoped_lock lock(mutex_);
        if (isClosed_)
            return Posted::Refused;
        jobs_.push_back(std::move(job));
        return jobs_.size() == 1 ? Posted::First : Posted::Joined;
    }

    /// The reader's thread: everything posted so far, oldest first.
    [[nodiscard]] std::vector<Job> takeAll()
    {
        std::vector<Job> jobs;
        const std::scoped_lock lock(mutex_);
        jobs.swap(jobs_);
        return jobs;
    }

    /// Any thread: refuses what is posted from now on. What is inside can still be taken.
    void close()
    {
        const std::scoped_lock lock(mutex_);
        isClosed_ = true;
    }

private:
    std::mutex mutex_;
    std::vector<Job> jobs_;
    bool isClosed_ = false;
};

} // namespace dunlin::net
