// SPDX-License-Identifier: Apache-2.0
#include "presence/presence_table.h"

#include <algorithm>

namespace dunlin::presence {

PresenceTable::PresenceTable(std::chrono::milliseconds timeout) : timeout_(timeout) { }

std::vector<Transition> PresenceTable::connect(ConnectionId connection, UserId user,
                                               DeviceId device, TimePoint now)
{
    if (heartbeat(connection, now))
        return {};
    const std::scoped_lock lock(mutex_);
    const bool wasOnline = connectionsOfUser_.contains(user);
    entries_.emplace(connection, Entry{.user = user, .device = device, .lastHeartbeat = now});
    connectionsOfUser_.emplace(user, connection);
    byHeartbeat_.emplace(now, connection);
    if (wasOnline)
        return {};
    return {Transition{.user = user, .isOnline = true}};
}

bool PresenceTable::heartbeat(ConnectionId connection, TimePoint now)
{
    const std::scoped_lock lock(mutex_);
    const auto found = entries_.find(connection);
    if (found == entries_.end())
        return false;
    // Two threads may read the clock in one order and come here in the other.
    if (now <= found->second.lastHeartbeat)
        return true;
    forgetDue(connection, found->second.lastHeartbeat);
    found->second.lastHeartbeat = now;
    byHeartbeat_.emplace(now, connection);
    return true;
}

std::vector<Transition> PresenceTable::disconnect(ConnectionId connection)
{
    const std::scoped_lock lock(mutex_);
    return remove(connection);
}

std::vector<Transition> PresenceTable::expire(TimePoint now)
{
    const std::scoped_lock lock(mutex_);
    std::vector<Transition> transitions;
    while (!byHeartbeat_.empty() && byHeartbeat_.begin()->first + timeout_ <= now) {
        const std::vector<Transition> gone = remove(byHeartbeat_.begin()->second);
        transitions.insert(transitions.end(), gone.begin(), gone.end());
    }
    return transitions;
}

bool PresenceTable::isOnline(UserId user) const
{
    const std::scoped_lock lock(mutex_);
    return connectionsOfUser_.contains(user);
}

bool PresenceTable::isDeviceOnline(UserId user, DeviceId device) const
{
    const std::scoped_lock lock(mutex_);
    const auto [begin, end] = connectionsOfUser_.equal_range(user);
    return std::any_of(begin, end,
                       [&](const auto &item) { return entries_.at(item.second).device == device; });
}

std::size_t PresenceTable::connectionCount() const
{
    const std::scoped_lock lock(mutex_);
    return entries_.size();
}

void PresenceTable::forgetDue(ConnectionId connection, TimePoint lastHeartbeat)
{
    const auto [begin, end] = byHeartbeat_.equal_range(lastHeartbeat);
    const auto found =
            std::find_if(begin, end, [&](const auto &item) { return item.second == connection; });
    byHeartbeat_.erase(found);
}

std::vector<Transition> PresenceTable::remove(ConnectionId connection)
{
    const auto found = entries_.find(connection);
    if (found == entries_.end())
        return {};
    const Entry entry = found->second;
    entries_.erase(found);
    forgetDue(connection, entry.lastHeartbeat);

    const auto [begin, end] = connectionsOfUser_.equal_range(entry.user);
    connectionsOfUser_.erase(
            std::find_if(begin, end, [&](const auto &item) { return item.second == connection; }));
    if (connectionsOfUser_.contains(entry.user))
        return {};
    return {Transition{.user = entry.user, .isOnline = false}};
}

} // namespace dunlin::presence
