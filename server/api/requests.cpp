// SPDX-License-Identifier: Apache-2.0
#include "api/requests.h"

#include "api/convert.h"
#include "api/done.h"
#include "api/message_requests.h"
#include "dunlin/limits.h"
#include "metrics/metrics.h"

#include <QDateTime>

namespace dunlin::api {
namespace {

using Reply = QCoro::Task<Result<v1::ServerFrame>>;

v1::ServerFrame toFrame(const std::vector<User> &users)
{
    v1::ServerFrame frame;
    frame.mutable_user_list();
    for (const User &user : users)
        fill(*frame.mutable_user_list()->add_users(), user);
    return frame;
}

Reply heartbeat(Services &services, Identity who)
{
    const auto newest = co_await services.newestSeqs.read(who.user);
    if (!newest)
        co_return tl::unexpected(newest.error());
    v1::ServerFrame frame;
    frame.mutable_heartbeat_answer()->set_newest_update_seq(newest->value);
    frame.mutable_heartbeat_answer()->set_server_time_ms(QDateTime::currentMSecsSinceEpoch());
    co_return frame;
}

Reply listDevices(Services &services, Identity who)
{
    const auto devices = co_await services.accounts.devices(who.user);
    if (!devices)
        co_return tl::unexpected(devices.error());
    v1::ServerFrame frame;
    frame.mutable_device_list();
    for (const accounts::DeviceInfo &info : *devices) {
        v1::Device &device = *frame.mutable_device_list()->add_devices();
        device.set_device_id(info.id.value);
        device.set_name(info.name);
        device.set_created_at_ms(info.createdAtMs);
        device.set_last_active_at_ms(info.lastActiveAtMs);
        device.set_is_current(info.id == who.device);
        device.set_is_online(services.presence.isDeviceOnline(who.user, info.id));
    }
    co_return frame;
}

Reply revokeDevice(Services &services, Identity who, v1::RevokeDevice request)
{
    const DeviceId device{request.device_id()};
    const auto revoked = co_await services.accounts.revokeDevice(who.user, device);
    if (revoked)
        services.hub.endSessions({.user = who.user, .device = device});
    co_return doneOr(revoked);
}

Reply findUsers(Services &services, v1::FindUsers request)
{
    const auto users = co_await services.people.find(request.query(), request.limit());
    if (!users)
        co_return tl::unexpected(users.error());
    co_return toFrame(*users);
}

Reply getUsers(Services &services, v1::GetUsers request)
{
    std::vector<UserId> ids;
    for (const std::int64_t id : request.user_ids())
        ids.push_back(UserId{id});
    const auto users = co_await services.people.get(std::move(ids));
    if (!users)
        co_return tl::unexpected(users.error());
    co_return toFrame(*users);
}

Reply updateProfile(Services &services, Identity who, v1::UpdateProfile request)
{
    people::Profile profile{.displayName = request.display_name(),
                            .about = request.about(),
                            .avatarColor = request.avatar_color()};
    if (!request.avatar_blob_id().empty()) {
        const auto avatar = BlobId::parse(request.avatar_blob_id());
        if (!avatar)
            co_return failure(ErrorCode::InvalidImage, "there is no such picture");
        profile.avatar = *avatar;
    }
    const auto user = co_await services.people.updateProfile(who.user, std::move(profile));
    if (!user)
        co_return tl::unexpected(user.error());
    const std::vector<User> users{*user};
    co_return toFrame(users);
}

Reply changePrivacy(Services &services, Identity who, v1::ChangePrivacy request)
{
    const Privacy privacy{.hidesReadReceipts = request.privacy().hides_read_receipts(),
                          .hidesLastSeen = request.privacy().hides_last_seen()};
    const auto before = co_await services.privacy.change(who.user, privacy);
    if (!before)
        co_return tl::unexpected(before.error());
    if (before->hidesLastSeen != privacy.hidesLastSeen)
        services.hub.announcePrivacy(who.user);
    co_return done();
}

Reply openDirectConversation(Services &services, Identity who, v1::OpenDirectConversation request)
{
    const auto opened = co_await services.conversations.openDirect(
            who.user, UserId{request.user_id()}, request.encryption_key());
    if (!opened)
        co_return tl::unexpected(opened.error());
    v1::ServerFrame frame;
    fill(*frame.mutable_conversation_opened()->mutable_conversation(), opened->conversation);
    frame.mutable_conversation_opened()->set_is_new(opened->isNew);
    co_return frame;
}

messaging::HistoryQuery toQuery(const v1::GetHistory &request)
{
    using Position = messaging::HistoryQuery::Position;
    messaging::HistoryQuery query{.conversation = ConversationId{request.conversation_id()},
                                  .limit = request.limit()};
    switch (request.position_case()) {
    case v1::GetHistory::kBeforeSeq:
        query.seq = MessageSeq{request.before_seq()};
        break;
    case v1::GetHistory::kAfterSeq:
        query.position = Position::After;
        query.seq = MessageSeq{request.after_seq()};
        break;
    case v1::GetHistory::kAroundSeq:
        query.position = Position::Around;
        query.seq = MessageSeq{request.around_seq()};
        break;
    case v1::GetHistory::kFromTimeMs:
        query.position = Position::FromTime;
        query.fromTimeMs = request.from_time_ms();
        break;
    case v1::GetHistory::POSITION_NOT_SET:
        break; // the newest
    }
    return query;
}

Reply getHistory(Services &services, Identity who, v1::GetHistory request)
{
    const auto page = co_await services.conversations.history(who.user, toQuery(request));
    if (!page)
        co_return tl::unexpected(page.error());
    v1::ServerFrame frame;
    v1::HistoryPage &answer = *frame.mutable_history_page();
    answer.set_conversation_id(request.conversation_id());
    for (const Message &message : page->messages)
        fill(*answer.add_messages(), message);
    answer.set_has_before(page->hasBefore);
    answer.set_has_after(page->hasAfter);
    answer.set_first_seq(page->firstSeq.value);
    answer.set_last_seq(page->lastSeq.value);
    co_return frame;
}

Reply raiseWatermarks(Services &services, Identity who, v1::RaiseWatermarks request)
{
    const auto raised = co_await services.writer.raise(
            messaging::Raise{.conversation = ConversationId{request.conversation_id()},
                             .user = who.user,
                             .delivered = MessageSeq{request.delivered_seq()},
                             .read = MessageSeq{request.read_seq()}});
    co_return doneOr(raised);
}

Reply changeSettings(Services &services, Identity who, v1::ChangeConversationSettings request)
{
    const ConversationId conversation{request.conversation_id()};
    Result<void> changed = failure(ErrorCode::InvalidArgument, "nothing is chosen");
    if (request.has_is_pinned())
        changed = co_await services.conversations.setPinned(who.user, conversation,
                                                            request.is_pinned());
    else if (request.has_muted_until_ms())
        changed = co_await services.conversations.mute(who.user, conversation,
                                                       request.muted_until_ms());
    co_return doneOr(changed);
}

Reply setRetention(Services &services, Identity who, v1::SetRetention request)
{
    const ConversationId conversation{request.conversation_id()};
    const std::uint32_t days = request.retention().days();
    const Retention retention{.untilDelivered = request.retention().until_delivered(),
                              .days = days > limits::retentionDaysMax ? -1
                                                                      : static_cast<int>(days)};
    const auto set = co_await services.retention.set(who.user, conversation, retention);
    // Nobody waits for it; what is cut off is gone on with later (removeAll).
    if (set)
        services.retention.remove(conversation);
    co_return doneOr(set);
}

Reply sync(Services &services, Identity who, v1::Sync request)
{
    messaging::SyncQuery query{.since = UpdateSeq{request.since_seq()},
                               .limit = request.limit(),
                               .snapshotToken = request.snapshot_token()};
    const auto page = co_await services.sync.sync(who.user, std::move(query));
    if (!page)
        co_return tl::unexpected(page.error());
    v1::ServerFrame frame;
    fill(*frame.mutable_sync_page(), *page);
    const auto messages =
            std::count_if(page->updates.begin(), page->updates.end(), [](const Update &update) {
                return std::holds_alternative<MessageAdded>(update.event);
            });
    metrics::add(metrics::Counter::MessagesDeliveredBySync, static_cast<std::uint64_t>(messages));
    metrics::observe(metrics::Histogram::UpdateLagEntries,
                     static_cast<double>(page->updates.size()));
    co_return frame;
}

Reply acknowledgeCursor(Services &services, Identity who, v1::AcknowledgeCursor request)
{
    const auto acknowledged = co_await services.accounts.acknowledgeCursor(
            who.user, who.device, UpdateSeq{request.seq()});
    co_return doneOr(acknowledged);
}

Reply setTyping(Services &services, Identity who, v1::SetTyping request)
{
    const ConversationId conversation{request.conversation_id()};
    auto members = co_await services.conversations.members(who.user, conversation);
    if (!members)
        co_return tl::unexpected(members.error());
    services.hub.announceTyping(conversation, who.user, request.is_typing(), std::move(*members));
    co_return done();
}

Reply unimplemented()
{
    co_return failure(ErrorCode::Unimplemented, "this server does not know the request");
}

} // namespace

Reply answerRequest(Services &services, Identity who, v1::ClientFrame request)
{
    switch (request.request_case()) {
    case v1::ClientFrame::kHeartbeat:
        return heartbeat(services, who);
    case v1::ClientFrame::kListDevices:
        return listDevices(services, who);
    case v1::ClientFrame::kRevokeDevice:
        return revokeDevice(services, who, std::move(*request.mutable_revoke_device()));
    case v1::ClientFrame::kFindUsers:
        return findUsers(services, std::move(*request.mutable_find_users()));
    case v1::ClientFrame::kGetUsers:
        return getUsers(services, std::move(*request.mutable_get_users()));
    case v1::ClientFrame::kUpdateProfile:
        return updateProfile(services, who, std::move(*request.mutable_update_profile()));
    case v1::ClientFrame::kChangePrivacy:
        return changePrivacy(services, who, std::move(*request.mutable_change_privacy()));
    case v1::ClientFrame::kOpenDirectConversation:
        return openDirectConversation(services, who,
                                      std::move(*request.mutable_open_direct_conversation()));
    case v1::ClientFrame::kPostMessage:
        return postMessage(services, who, std::move(*request.mutable_post_message()));
    case v1::ClientFrame::kGetHistory:
        return getHistory(services, who, std::move(*request.mutable_get_history()));
    case v1::ClientFrame::kRaiseWatermarks:
        return raiseWatermarks(services, who, std::move(*request.mutable_raise_watermarks()));
    case v1::ClientFrame::kChangeConversationSettings:
        return changeSettings(services, who,
                              std::move(*request.mutable_change_conversation_settings()));
    case v1::ClientFrame::kSetRetention:
        return setRetention(services, who, std::move(*request.mutable_set_retention()));
    case v1::ClientFrame::kSync:
        return sync(services, who, std::move(*request.mutable_sync()));
    case v1::ClientFrame::kAcknowledgeCursor:
        return acknowledgeCursor(services, who, std::move(*request.mutable_acknowledge_cursor()));
    case v1::ClientFrame::kEditMessage:
        return editMessage(services, who, std::move(*request.mutable_edit_message()));
    case v1::ClientFrame::kDeleteMessages:
        return deleteMessages(services, who, std::move(*request.mutable_delete_messages()));
    case v1::ClientFrame::kSetReaction:
        return setReaction(services, who, std::move(*request.mutable_set_reaction()));
    case v1::ClientFrame::kPinMessage:
        return pinMessage(services, who, std::move(*request.mutable_pin_message()));
    case v1::ClientFrame::kSaveDraft:
        return saveDraft(services, who, std::move(*request.mutable_save_draft()));
    case v1::ClientFrame::kSetTyping:
        return setTyping(services, who, std::move(*request.mutable_set_typing()));
    default:
        return unimplemented();
    }
}

} // namespace dunlin::api
