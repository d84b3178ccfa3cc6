// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <QByteArray>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace dunlin::messaging {

/// Consecutive updates of one user, as one transaction committed them: previous + 1 to last.
///
/// Encoded once and shared by all connections of the user, on whatever thread they are.
struct LiveBatch {
    UpdateSeq previous;
    UpdateSeq last;
    std::shared_ptr<const QByteArray> frame;
    /// How many of the updates are new messages.
    std::uint64_t messages = 0;

    bool operator==(const LiveBatch &) const = default;
};

/// The live updates on their way to one connection, put back in order.
///
/// Updates of one user may be committed by several threads. Each thread tells the connections what
/// it has committed, in commit order; between two threads, the later batch may arrive first. The
/// stream holds such a batch back until the one before it comes, which is a matter of
/// microseconds: without it the client would see a gap and ask Sync for what is already on its
/// way.
///
/// Live delivery is a hint and the update log is the truth, so the stream may always give up: what
/// it drops, or sends behind a gap, the client heals by Sync. It never sends an update twice and
/// never an older one after a newer one.
///
/// Lives on the connection's thread. Time is given by the caller.
class LiveStream {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// How long a batch is held back for the one before it.
    static constexpr std::chrono::milliseconds patience{50};
    /// How many batches are held back; one more and the stream gives up on the gap at once.
    static constexpr std::size_t maxHeldBatches = 64;

    /// A batch has arrived. Returns what is to be sent now, in order; often just this batch.
    std::vector<LiveBatch> offer(LiveBatch batch, TimePoint now);

    /// When giveUp() wants to be called; nullopt while nothing is held back.
    [[nodiscard]] std::optional<TimePoint> deadline() const;

    /// Returns the batches whose gap did not fill in time, to be sent as they are: the client sees
    /// the gap and asks Sync.
    std::vector<LiveBatch> giveUp(TimePoint now);

    /// The connection reads too slowly: drops what is held and whatever is offered, so that memory
    /// stays bounded.
    void pause();

    /// The connection has caught up. Returns true when something was dropped, which the client has
    /// to hear of: it learns by the gap in front of the next batch, or by its next heartbeat.
    bool resume();

    [[nodiscard]] bool isPaused() const noexcept { return isPaused_; }

private:
    std::vector<LiveBatch> takeConnected();
    std::vector<LiveBatch> takeAcrossGap();

    /// The last update handed out; none before the first batch, which may begin anywhere.
    std::optional<UpdateSeq> last_;
    std::map<UpdateSeq, LiveBatch> held_; ///< By previous.
    TimePoint heldSince_;
    bool isPaused_ = false;
    bool hasDropped_ = false;
};

} // namespace dunlin::messaging
