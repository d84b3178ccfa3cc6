// SPDX-License-Identifier: Apache-2.0
#include "api/hub.h"

#include "api/convert.h"
#include "api/session.h"
#include "api/session_registry.h"
#include "metrics/metrics.h"

namespace dunlin::api {

void Hub::attach(net::IoThread &thread, SessionRegistry &registry)
{
    threads_.emplace_back(&thread, &registry);
}

void Hub::toAll(std::function<void(SessionRegistry &)> work)
{
    const auto shared =
            std::make_shared<const std::function<void(SessionRegistry &)>>(std::move(work));
    for (const auto &[thread, registry] : threads_) {
        if (thread->isCurrent())
            (*shared)(*registry);
        else
            thread->post([shared, target = registry] { (*shared)(*target); });
    }
}

void Hub::publish(const std::vector<UserUpdates> &updates)
{
    if (updates.empty())
        return;
    // Encoded once a user, whatever the number of devices and threads.
    std::vector<std::pair<UserId, messaging::LiveBatch>> batches;
    batches.reserve(updates.size());
    for (const UserUpdates &user : updates)
        batches.emplace_back(user.user, toLiveBatch(user));
    const auto committed = std::chrono::steady_clock::now();
    toAll([batches = std::move(batches), committed](SessionRegistry &registry) {
        metrics::observe(metrics::Histogram::UpdateLagSeconds,
                         std::chrono::steady_clock::now() - committed);
        for (const auto &[user, batch] : batches)
            registry.forEachOf(user, [&batch](Session &session) { session.deliver(batch); });
    });
}

void Hub::announce(const std::vector<presence::Transition> &transitions, std::int64_t atMs)
{
    if (transitions.empty())
        return;
    toAll([transitions, atMs](SessionRegistry &registry) {
        for (const presence::Transition &change : transitions) {
            registry.forEachFollowerOf(change.user, [&change, atMs](Session &session) {
                session.announcePresence(change.user, change.isOnline, atMs);
            });
        }
    });
}

void Hub::announcePrivacy(UserId user)
{
    toAll([user](SessionRegistry &registry) {
        const auto tell = [user](Session &session) { session.privacyChanged(user); };
        registry.forEachOf(user, tell);
        registry.forEachFollowerOf(user, tell);
    });
}

void Hub::announceTyping(ConversationId conversation, UserId user, bool isTyping,
                         std::vector<UserId> to)
{
    toAll([conversation, user, isTyping, to = std::move(to)](SessionRegistry &registry) {
        v1::ServerFrame frame;
        frame.mutable_typing()->set_conversation_id(conversation.value);
        frame.mutable_typing()->set_user_id(user.value);
        frame.mutable_typing()->set_is_typing(isTyping);
        for (const UserId member : to) {
            if (member != user)
                registry.forEachOf(member, [&frame](Session &session) { session.hint(frame); });
        }
    });
}

void Hub::endSessions(const accounts::SessionEnd &end)
{
    toAll([end](SessionRegistry &registry) {
        registry.forEachOf(end.user, [&end](Session &session) {
            if (!end.device || session.device() == end.device)
                session.end(end.code);
        });
    });
}

} // namespace dunlin::api
