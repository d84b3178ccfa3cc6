// SPDX-License-Identifier: Apache-2.0
#include "messaging/live_stream.h"

namespace dunlin::messaging {

std::vector<LiveBatch> LiveStream::offer(LiveBatch batch, TimePoint now)
{
    if (isPaused_) {
        hasDropped_ = true;
        return {};
    }
    if (!last_)
        last_ = batch.previous;
    // Sent already, or behind a gap the stream has given up on.
    if (batch.previous < *last_)
        return {};

    const bool wasHolding = !held_.empty();
    const UpdateSeq previous = batch.previous;
    held_.emplace(previous, std::move(batch));
    std::vector<LiveBatch> ready = takeConnected();
    if (held_.size() > maxHeldBatches) {
        const std::vector<LiveBatch> late = takeAcrossGap();
        ready.insert(ready.end(), late.begin(), late.end());
    }
    // Filling one gap begins the wait for the next one anew.
    if (!wasHolding || !ready.empty())
        heldSince_ = now;
    return ready;
}

std::optional<LiveStream::TimePoint> LiveStream::deadline() const
{
    if (held_.empty())
        return std::nullopt;
    return heldSince_ + patience;
}

std::vector<LiveBatch> LiveStream::giveUp(TimePoint now)
{
    if (held_.empty() || now < heldSince_ + patience)
        return {};
    heldSince_ = now;
    return takeAcrossGap();
}

void LiveStream::pause()
{
    isPaused_ = true;
    hasDropped_ = hasDropped_ || !held_.empty();
    held_.clear();
}

bool LiveStream::resume()
{
    isPaused_ = false;
    // What was dropped may have ended anywhere: the next batch is a new beginning.
    if (hasDropped_)
        last_.reset();
    return std::exchange(hasDropped_, false);
}

std::vector<LiveBatch> LiveStream::takeConnected()
{
    std::vector<LiveBatch> ready;
    for (auto next = held_.find(*last_); next != held_.end(); next = held_.find(*last_)) {
        last_ = next->second.last;
        ready.push_back(std::move(next->second));
        held_.erase(next);
    }
    return ready;
}

std::vector<LiveBatch> LiveStream::takeAcrossGap()
{
    last_ = held_.begin()->first;
    return takeConnected();
}

} // namespace dunlin::messaging
