// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/services.h"

#include "dunlin.pb.h"

#include <functional>
#include <memory>
#include <unordered_set>
#include <vector>

namespace dunlin::api {

class Session;

/// What one session is told of others' presence: of those it follows, while neither they nor its
/// own user hide when they were last seen. Of whom it does not know for sure, it tells nothing.
///
/// What is hidden is read from the database, when a subscription begins and again whenever someone
/// whom it concerns has changed it; of what is read at the same time only the latest counts. Lives
/// in its session, on the session's thread; its tasks hold the session.
class PresenceFeed {
public:
    using Send = std::function<void(const v1::ServerFrame &)>;

    /// send: a frame that may be lost. services outlives the feed.
    PresenceFeed(Services &services, Session &session, Send send);

    /// The session's user is known from here on.
    void start(UserId self) { self_ = self; }
    /// Follows nobody any more, and tells nothing.
    void stop();

    /// Replaces the subscription. Errors: INVALID_ARGUMENT, NOT_SIGNED_IN (stopped meanwhile),
    /// UNAVAILABLE, INTERNAL.
    QCoro::Task<Result<v1::ServerFrame>> subscribe(v1::SubscribePresence request);

    /// Someone who may be followed came or went.
    void announce(UserId user, bool isOnline, std::int64_t atMs);
    /// The user, who is followed or the session's own, hides or shows the last seen time now.
    void privacyChanged(std::shared_ptr<Session> session, UserId user);

private:
    QCoro::Task<void> refresh(std::shared_ptr<Session> session);
    QCoro::Task<Result<std::vector<people::LastSeen>>> read();
    void follow(const std::vector<UserId> &users);
    void unfollowAll();
    /// Takes what was read; returns those who are shown now and were not.
    std::vector<v1::Presence> show(const std::vector<people::LastSeen> &seen);
    void tell(UserId user, bool isOnline, std::int64_t lastSeenMs);

    Services &services_;
    Session &session_;
    const Send send_;
    UserId self_; ///< 0: stopped, or not started.
    std::unordered_set<UserId> followed_;
    std::unordered_set<UserId> shown_; ///< Of those followed.
    std::uint64_t lastRead_ = 0; ///< Numbers the reads.
};

} // namespace dunlin::api
