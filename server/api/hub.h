// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session_ends.h"
#include "net/io_thread.h"
#include "presence/presence_table.h"
#include "types/types.h"

#include <atomic>
#include <functional>
#include <utility>
#include <vector>

namespace dunlin::api {

class SessionRegistry;

/// Takes what happened on one I/O thread to the sessions on all of them. Every thread has a
/// registry of its sessions; the hub knows the threads.
///
/// attach() is called while the server starts, before any session exists; the rest may be called on
/// any I/O thread and reaches the own thread's sessions before it returns.
class Hub {
public:
    /// Both outlive the last call. registry lives on thread.
    void attach(net::IoThread &thread, SessionRegistry &registry);

    /// Committed updates, to the devices of their users.
    void publish(const std::vector<UserUpdates> &updates);
    /// Users who came or went, to those who follow them.
    void announce(const std::vector<presence::Transition> &transitions, std::int64_t atMs);
    /// The user hides or shows the last seen time now, to the user's own devices and those who
    /// follow.
    void announcePrivacy(UserId user);
    void announceTyping(ConversationId conversation, UserId user, bool isTyping,
                        std::vector<UserId> to);
    /// Ends the sessions of devices whose tokens work no more.
    void endSessions(const accounts::SessionEnd &end);

    /// Numbers connections for the PresenceTable.
    presence::ConnectionId nextConnectionId() { return ++lastConnectionId_; }

private:
    void toAll(std::function<void(SessionRegistry &)> work);

    std::vector<std::pair<net::IoThread *, SessionRegistry *>> threads_;
    std::atomic<presence::ConnectionId> lastConnectionId_ = 0;
};

} // namespace dunlin::api
