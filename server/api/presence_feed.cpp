// SPDX-License-Identifier: Apache-2.0
#include "api/presence_feed.h"

#include "api/session_registry.h"
#include "dunlin/limits.h"

#include <algorithm>

namespace dunlin::api {
namespace {

void fill(v1::Presence &to, UserId user, bool isOnline, std::int64_t lastSeenMs)
{
    to.set_user_id(user.value);
    to.set_is_online(isOnline);
    to.set_last_seen_ms(lastSeenMs);
}

} // namespace

PresenceFeed::PresenceFeed(Services &services, Session &session, Send send)
    : services_(services), session_(session), send_(std::move(send))
{ }

void PresenceFeed::stop()
{
    self_ = {};
    unfollowAll();
}

void PresenceFeed::follow(const std::vector<UserId> &users)
{
    unfollowAll();
    for (const UserId user : users) {
        if (followed_.insert(user).second)
            services_.registry.follow(user, session_);
    }
}

void PresenceFeed::unfollowAll()
{
    shown_.clear();
    for (const UserId followed : std::exchange(followed_, {}))
        services_.registry.unfollow(followed, session_);
}

QCoro::Task<Result<v1::ServerFrame>> PresenceFeed::subscribe(v1::SubscribePresence request)
{
    if (static_cast<std::size_t>(request.user_ids_size()) > limits::presenceSubscriptionUsers)
        co_return failure(ErrorCode::InvalidArgument, "too many users at once");
    std::vector<UserId> wanted;
    for (const std::int64_t id : request.user_ids())
        wanted.push_back(UserId{id});
    const auto allowed = co_await services_.people.contactsAmong(self_, std::move(wanted));
    if (!allowed)
        co_return tl::unexpected(allowed.error());
    if (!self_)
        co_return failure(ErrorCode::NotSignedIn, "the connection has ended");
    // Followed first and read then, so that no change between the two is missed.
    follow(*allowed);
    const std::uint64_t number = ++lastRead_;
    const auto seen = co_await read();
    if (!seen)
        co_return tl::unexpected(seen.error());
    if (!self_)
        co_return failure(ErrorCode::NotSignedIn, "the connection has ended");

    v1::ServerFrame reply;
    v1::PresenceList &list = *reply.mutable_presence_list();
    // Else a later read follows, and tells of those who are shown then.
    const auto shown = number == lastRead_ ? show(*seen) : std::vector<v1::Presence>();
    std::unordered_set<UserId> listed;
    for (const v1::Presence &presence : shown) {
        *list.add_presences() = presence;
        listed.insert(UserId{presence.user_id()});
    }
    for (const UserId user : *allowed) {
        if (listed.insert(user).second)
            fill(*list.add_presences(), user, false, 0);
    }
    co_return reply;
}

QCoro::Task<Result<std::vector<people::LastSeen>>> PresenceFeed::read()
{
    std::vector<UserId> users(followed_.begin(), followed_.end());
    users.push_back(self_);
    co_return co_await services_.privacy.lastSeen(std::move(users));
}

std::vector<v1::Presence> PresenceFeed::show(const std::vector<people::LastSeen> &seen)
{
    const bool isSelfHidden = std::any_of(seen.begin(), seen.end(), [this](const auto &one) {
        return one.user == self_ && one.isHidden;
    });
    std::vector<v1::Presence> appeared;
    for (const people::LastSeen &one : seen) {
        if (isSelfHidden || one.isHidden || !followed_.contains(one.user)
            || !shown_.insert(one.user).second)
            continue;
        fill(appeared.emplace_back(), one.user, services_.presence.isOnline(one.user), one.atMs);
    }
    return appeared;
}

void PresenceFeed::tell(UserId user, bool isOnline, std::int64_t lastSeenMs)
{
    v1::ServerFrame frame;
    fill(*frame.mutable_presence(), user, isOnline, lastSeenMs);
    send_(frame);
}

void PresenceFeed::announce(UserId user, bool isOnline, std::int64_t atMs)
{
    if (shown_.contains(user))
        tell(user, isOnline, atMs);
}

void PresenceFeed::privacyChanged(std::shared_ptr<Session> session, UserId user)
{
    // Out of sight at once; what may be seen comes back when it has been read.
    if (user == self_) {
        for (const UserId shown : std::exchange(shown_, {}))
            tell(shown, false, 0);
    } else if (shown_.erase(user) > 0) {
        tell(user, false, 0);
    }
    if (!followed_.empty())
        refresh(std::move(session));
}

QCoro::Task<void> PresenceFeed::refresh(std::shared_ptr<Session> session)
{
    const std::shared_ptr<Session> held = std::move(session);
    const std::uint64_t number = ++lastRead_;
    const auto seen = co_await read();
    if (!seen || !self_ || number != lastRead_)
        co_return; // unread, it stays hidden until the next subscription
    for (const v1::Presence &presence : show(*seen)) {
        v1::ServerFrame frame;
        *frame.mutable_presence() = presence;
        send_(frame);
    }
}

} // namespace dunlin::api
