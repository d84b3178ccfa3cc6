// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <unordered_map>
#include <vector>

/// Who is online.
///
/// A user is online while at least one of the user's connections is: a connection comes with
/// connect(), stays by heartbeats, and goes with disconnect() or when its heartbeats have stopped
/// (expire()). A device may have several connections for a moment, when it reconnects before the
/// server has noticed that the old one is dead; it is online until the last of them goes.
namespace dunlin::presence {

/// One connection of a device, unique for the life of the server.
using ConnectionId = std::uint64_t;

/// A user came online or went offline.
struct Transition {
    UserId user;
    bool isOnline = false;

    bool operator==(const Transition &) const = default;
};

/// The online devices of the whole server. Any thread: one mutex, held for one look-up, taken when
/// a connection comes, goes or beats, never while a message is on its way.
///
/// Time is given by the caller, so that the table has no clock of its own.
class PresenceTable {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// timeout: a connection whose last heartbeat is at least this old is gone.
    explicit PresenceTable(std::chrono::milliseconds timeout);

    /// A signed-in connection, alive at now. An id that is known already counts as a heartbeat.
    /// Returns what this changes: nothing, or the user coming online.
    std::vector<Transition> connect(ConnectionId connection, UserId user, DeviceId device,
                                    TimePoint now);

    /// False when the connection is not known, because it has expired: the caller connects again.
    bool heartbeat(ConnectionId connection, TimePoint now);

    /// Returns what this changes: nothing, or the user going offline. Unknown ids change nothing.
    std::vector<Transition> disconnect(ConnectionId connection);

    /// Forgets the connections whose heartbeats have stopped; costs only as much as it forgets.
    std::vector<Transition> expire(TimePoint now);

    [[nodiscard]] bool isOnline(UserId user) const;
    [[nodiscard]] bool isDeviceOnline(UserId user, DeviceId device) const;
    [[nodiscard]] std::size_t connectionCount() const;

private:
    struct Entry {
        UserId user;
        DeviceId device;
        TimePoint lastHeartbeat;
    };

    void forgetDue(ConnectionId connection, TimePoint lastHeartbeat);
    std::vector<Transition> remove(ConnectionId connection);

    const std::chrono::milliseconds timeout_;
    mutable std::mutex mutex_;
    std::unordered_map<ConnectionId, Entry> entries_;
    std::unordered_multimap<UserId, ConnectionId> connectionsOfUser_;
    /// The oldest heartbeat first.
    std::multimap<TimePoint, ConnectionId> byHeartbeat_;
};

} // namespace dunlin::presence
