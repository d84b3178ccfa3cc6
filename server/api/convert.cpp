// SPDX-License-Identifier: Apache-2.0
#include "api/convert.h"

#include "messaging/images.h"
#include "messaging/reactions.h"

#include <QDateTime>

#include <algorithm>

namespace dunlin::api {

void fill(v1::User &to, const User &from)
{
    to.set_user_id(from.id.value);
    to.set_user_name(from.userName);
    to.set_display_name(from.displayName);
    to.set_about(from.about);
    to.set_avatar_color(static_cast<std::uint32_t>(from.avatarColor));
    if (from.avatar)
        to.set_avatar_blob_id(from.avatar.text());
    to.set_is_deleted(from.isDeleted);
}

void fill(v1::Message &to, const Message &from)
{
    to.set_conversation_id(from.conversation.value);
    to.set_seq(from.seq.value);
    to.set_message_id(from.id.value);
    to.set_sender_id(from.sender.value);
    to.set_sent_at_ms(from.sentAtMs);
    to.set_text(from.text);
    to.set_client_id(from.clientId.toBytes());
    for (const Image &image : from.images)
        messaging::fill(*to.add_images(), image);
    to.set_edited_at_ms(from.editedAtMs);
    to.set_is_deleted(from.isDeleted);
    to.set_is_hidden(from.isHidden);
    to.set_reply_to_seq(from.replyToSeq.value);
    to.set_forwarded_from(from.forwardedFrom.value);
    for (const Reaction &reaction : from.reactions)
        messaging::fill(*to.add_reactions(), reaction);
    to.set_is_pinned(from.isPinned);
}

void fill(v1::Watermark &to, const Watermark &from)
{
    to.set_user_id(from.user.value);
    to.set_delivered_seq(from.delivered.value);
    to.set_read_seq(from.read.value);
}

void fill(v1::ConversationSettings &to, const ConversationSettings &from)
{
    to.set_is_pinned(from.isPinned);
    to.set_muted_until_ms(from.mutedUntilMs);
}

void fill(v1::Draft &to, const Draft &from)
{
    to.set_text(from.text);
    to.set_reply_to_seq(from.replyToSeq.value);
    to.set_saved_at_ms(from.savedAtMs);
}

void fill(v1::Privacy &to, const Privacy &from)
{
    to.set_hides_read_receipts(from.hidesReadReceipts);
    to.set_hides_last_seen(from.hidesLastSeen);
}

void fill(v1::Retention &to, const Retention &from)
{
    to.set_until_delivered(from.untilDelivered);
    to.set_days(static_cast<std::uint32_t>(from.days));
}

void fill(v1::Conversation &to, const Conversation &from)
{
    to.set_conversation_id(from.id.value);
    for (const User &member : from.members)
        fill(*to.add_members(), member);
    for (const Watermark &watermark : from.watermarks)
        fill(*to.add_watermarks(), watermark);
    to.set_last_seq(from.lastSeq.value);
    if (from.lastMessage)
        fill(*to.mutable_last_message(), *from.lastMessage);
    to.set_created_at_ms(from.createdAtMs);
    fill(*to.mutable_settings(), from.settings);
    to.set_encryption_key(from.encryptionKey);
    for (const MessageSeq seq : from.pinnedSeqs)
        to.add_pinned_seqs(seq.value);
    if (!from.draft.isEmpty())
        fill(*to.mutable_draft(), from.draft);
    fill(*to.mutable_retention(), from.retention.retention);
    to.set_first_seq(from.retention.first.value);
    to.set_expired_before_ms(from.retention.expiredBeforeMs);
}

namespace {

void fillEvent(v1::Update &to, const MessageAdded &event)
{
    fill(*to.mutable_message_added(), *event.message);
}

void fillEvent(v1::Update &to, const WatermarkRaised &event)
{
    to.mutable_watermark_raised()->set_conversation_id(event.conversation.value);
    fill(*to.mutable_watermark_raised()->mutable_watermark(), event.watermark);
}

void fillEvent(v1::Update &to, const ConversationAdded &event)
{
    fill(*to.mutable_conversation_added(), *event.conversation);
}

void fillEvent(v1::Update &to, const SettingsChanged &event)
{
    to.mutable_settings_changed()->set_conversation_id(event.conversation.value);
    fill(*to.mutable_settings_changed()->mutable_settings(), event.settings);
}

void fillEvent(v1::Update &to, const ProfileChanged &event)
{
    fill(*to.mutable_profile_changed(), *event.user);
}

void fillEvent(v1::Update &to, const MessageChanged &event)
{
    fill(*to.mutable_message_changed(), *event.message);
}

void fillEvent(v1::Update &to, const MessagesHidden &event)
{
    to.mutable_messages_hidden()->set_conversation_id(event.conversation.value);
    for (const MessageSeq seq : event.seqs)
        to.mutable_messages_hidden()->add_seqs(seq.value);
}

void fillEvent(v1::Update &to, const DraftChanged &event)
{
    to.mutable_draft_changed()->set_conversation_id(event.conversation.value);
    fill(*to.mutable_draft_changed()->mutable_draft(), event.draft);
}

void fillEvent(v1::Update &to, const RetentionChanged &event)
{
    v1::RetentionChanged &changed = *to.mutable_retention_changed();
    changed.set_conversation_id(event.conversation.value);
    fill(*changed.mutable_retention(), event.state.retention);
    changed.set_first_seq(event.state.first.value);
    changed.set_expired_before_ms(event.state.expiredBeforeMs);
}

void fillEvent(v1::Update &to, const PrivacyChanged &event)
{
    fill(*to.mutable_privacy_changed(), event.privacy);
}

} // namespace

void fill(v1::Update &to, const Update &from)
{
    to.set_seq(from.seq.value);
    std::visit([&](const auto &event) { fillEvent(to, event); }, from.event);
}

void fill(v1::SyncPage &to, const messaging::SyncPage &from)
{
    for (const Update &update : from.updates)
        fill(*to.add_updates(), update);
    to.set_next_seq(from.next.value);
    to.set_has_more(from.hasMore);
    to.set_is_snapshot(from.isSnapshot);
    for (const Conversation &conversation : from.conversations)
        fill(*to.add_conversations(), conversation);
    to.set_snapshot_token(from.snapshotToken);
}

void fill(v1::SignedIn &to, const accounts::Entrance &from)
{
    fill(*to.mutable_user(), from.user);
    to.set_device_id(from.device.value);
    to.set_token(from.token);
    to.set_refresh_token(from.refreshToken);
    to.set_token_expires_at_ms(from.tokenExpiresAtMs);
    to.set_newest_update_seq(from.newestUpdateSeq.value);
    to.set_cursor(from.cursor.value);
    to.set_server_time_ms(QDateTime::currentMSecsSinceEpoch());
    fill(*to.mutable_privacy(), from.privacy);
}

void fill(v1::Error &to, const Error &from)
{
    to.set_code(std::string(toWireName(from.code)));
    to.set_message(from.message);
    to.set_retry_after_ms(static_cast<std::uint32_t>(from.retryAfter.count()));
}

messaging::LiveBatch toLiveBatch(const UserUpdates &updates)
{
    v1::ServerFrame frame;
    auto &live = *frame.mutable_live_updates();
    live.set_prev_seq(updates.previous.value);
    for (const Update &update : updates.updates)
        fill(*live.add_updates(), update);
    const auto messages =
            std::count_if(updates.updates.begin(), updates.updates.end(), [](const Update &update) {
                return std::holds_alternative<MessageAdded>(update.event);
            });
    return {.previous = updates.previous,
            .last = updates.updates.back().seq,
            .frame = std::make_shared<const QByteArray>(
                    codec::encode(frame, codec::FrameKind::Binary)),
            .messages = static_cast<std::uint64_t>(messages)};
}

} // namespace dunlin::api
