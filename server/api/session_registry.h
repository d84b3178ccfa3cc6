// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace dunlin::api {

class Session;

/// The signed-in sessions of one I/O thread, by whom they belong to and whom they follow. Lives on
/// that thread. A session takes itself out before it goes.
class SessionRegistry {
public:
    void add(UserId user, Session &session) { sessions_[user].insert(&session); }
    void remove(UserId user, Session &session) { removeFrom(sessions_, user, session); }

    /// Who is signed in.
    [[nodiscard]] std::vector<UserId> users() const
    {
        std::vector<UserId> users;
        users.reserve(sessions_.size());
        for (const auto &[user, sessions] : sessions_)
            users.push_back(user);
        return users;
    }

    void follow(UserId user, Session &session) { followers_[user].insert(&session); }
    void unfollow(UserId user, Session &session) { removeFrom(followers_, user, session); }

    void forEachOf(UserId user, const std::function<void(Session &)> &visit)
    {
        visitAll(sessions_, user, visit);
    }
    void forEachFollowerOf(UserId user, const std::function<void(Session &)> &visit)
    {
        visitAll(followers_, user, visit);
    }

private:
    using Index = std::unordered_map<UserId, std::unordered_set<Session *>>;

    static void removeFrom(Index &index, UserId user, Session &session)
    {
        const auto found = index.find(user);
        if (found == index.end())
            return;
        found->second.erase(&session);
        if (found->second.empty())
            index.erase(found);
    }

    static void visitAll(Index &index, UserId user, const std::function<void(Session &)> &visit)
    {
        const auto found = index.find(user);
        if (found == index.end())
            return;
        // A copy: a visited session may end and take itself out.
        const std::vector<Session *> sessions(found->second.begin(), found->second.end());
        for (Session *session : sessions)
            visit(*session);
    }

    Index sessions_;
    Index followers_;
};

} // namespace dunlin::api
