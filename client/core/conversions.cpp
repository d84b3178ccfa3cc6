// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"

#include <QStringList>

namespace dunlin::client {

QByteArray toByteArray(const ClientId &id)
{
    const auto view = id.view();
    return QByteArray(view.data(), qsizetype(view.size()));
}

Person toPerson(const v1::User &user)
{
    return {.id = UserId{user.user_id()},
            .userName = toQString(user.user_name()),
            .displayName = toQString(user.display_name()),
            .about = toQString(user.about()),
            .avatarColor = int(user.avatar_color()),
            .avatarBlobId = toQString(user.avatar_blob_id()),
            .isDeleted = user.is_deleted()};
}

QList<Image> toImages(const WireImages &images)
{
    QList<Image> all;
    for (const v1::Image &image : images)
        all.append({.blobId = toQString(image.blob_id()),
                    .contentType = toQString(image.content_type()),
                    .byteSize = image.byte_size(),
                    .width = int(image.width()),
                    .height = int(image.height()),
                    .preview = QByteArray::fromStdString(image.preview()),
                    .thumbnailBlobId = toQString(image.thumbnail_blob_id())});
    return all;
}

void fill(WireImages &to, const QList<Image> &images)
{
    for (const Image &from : images) {
        v1::Image &image = *to.Add();
        image.set_blob_id(from.blobId.toStdString());
        image.set_content_type(from.contentType.toStdString());
        image.set_byte_size(from.byteSize);
        image.set_width(static_cast<std::uint32_t>(from.width));
        image.set_height(static_cast<std::uint32_t>(from.height));
        image.set_preview(from.preview.toStdString());
        image.set_thumbnail_blob_id(from.thumbnailBlobId.toStdString());
    }
}

QByteArray encodeImages(const WireImages &images)
{
    if (images.empty())
        return QByteArray("");
    v1::ImageList list;
    *list.mutable_images() = images;
    return QByteArray::fromStdString(list.SerializeAsString());
}

QList<Image> decodeImages(const QByteArray &bytes)
{
    v1::ImageList list;
    if (bytes.isEmpty() || !list.ParseFromArray(bytes.constData(), static_cast<int>(bytes.size())))
        return {};
    return toImages(list.images());
}

QByteArray encodeReactions(const WireReactions &reactions)
{
    if (reactions.empty())
        return QByteArray("");
    v1::ReactionList list;
    *list.mutable_reactions() = reactions;
    return QByteArray::fromStdString(list.SerializeAsString());
}

WireReactions decodeReactions(const QByteArray &bytes)
{
    v1::ReactionList list;
    if (bytes.isEmpty() || !list.ParseFromArray(bytes.constData(), static_cast<int>(bytes.size())))
        return {};
    return list.reactions();
}

QList<Reaction> toReactions(const WireReactions &reactions)
{
    QList<Reaction> all;
    for (const v1::Reaction &reaction : reactions)
        all.append({.user = UserId{reaction.user_id()}, .emoji = toQString(reaction.emoji())});
    return all;
}

Draft toDraft(const v1::Draft &draft)
{
    return {.text = toQString(draft.text()), .replyTo = MessageSeq{draft.reply_to_seq()}};
}

void fill(v1::Draft &to, const Draft &draft)
{
    to.set_text(draft.text.toStdString());
    to.set_reply_to_seq(draft.replyTo.value);
}

ConversationId conversationOf(const v1::ClientFrame &request)
{
    if (request.has_edit_message())
        return ConversationId{request.edit_message().conversation_id()};
    if (request.has_delete_messages())
        return ConversationId{request.delete_messages().conversation_id()};
    if (request.has_set_reaction())
        return ConversationId{request.set_reaction().conversation_id()};
    if (request.has_change_conversation_settings())
        return ConversationId{request.change_conversation_settings().conversation_id()};
    return ConversationId{request.pin_message().conversation_id()};
}

QList<MessageSeq> seqsOf(const v1::ClientFrame &request)
{
    if (request.has_edit_message())
        return {MessageSeq{request.edit_message().seq()}};
    if (request.has_set_reaction())
        return {MessageSeq{request.set_reaction().seq()}};
    if (request.has_pin_message())
        return {MessageSeq{request.pin_message().seq()}};
    QList<MessageSeq> seqs;
    for (const std::int64_t seq : request.delete_messages().seqs())
        seqs.append(MessageSeq{seq});
    return seqs;
}

Presence toPresence(const v1::Presence &presence)
{
    return {.user = UserId{presence.user_id()},
            .isOnline = presence.is_online(),
            .lastSeenMs = presence.last_seen_ms()};
}

Device toDevice(const v1::Device &device)
{
    return {.id = DeviceId{device.device_id()},
            .name = toQString(device.name()),
            .createdAtMs = device.created_at_ms(),
            .lastActiveAtMs = device.last_active_at_ms(),
            .isCurrent = device.is_current(),
            .isOnline = device.is_online()};
}

Privacy toPrivacy(const v1::Privacy &privacy)
{
    return {.hidesReadReceipts = privacy.hides_read_receipts(),
            .hidesLastSeen = privacy.hides_last_seen()};
}

QString encodePrivacy(const Privacy &privacy)
{
    QStringList hidden;
    if (privacy.hidesReadReceipts)
        hidden.append(QStringLiteral("readReceipts"));
    if (privacy.hidesLastSeen)
        hidden.append(QStringLiteral("lastSeen"));
    return hidden.join(u' ');
}

Privacy decodePrivacy(const QString &text)
{
    const QStringList hidden = text.split(u' ');
    return {.hidesReadReceipts = hidden.contains(QLatin1String("readReceipts")),
            .hidesLastSeen = hidden.contains(QLatin1String("lastSeen"))};
}

Retention toRetention(const v1::Retention &retention)
{
    return {.untilDelivered = retention.until_delivered(),
            .days = static_cast<int>(retention.days())};
}

QString encodeRetention(const Retention &retention)
{
    return QString::number(retention.days)
            + (retention.untilDelivered ? QStringLiteral(" untilDelivered") : QString());
}

Retention decodeRetention(const QString &text)
{
    const QStringList words = text.split(u' ');
    return {.untilDelivered = words.contains(QLatin1String("untilDelivered")),
            .days = words.first().toInt()};
}

} // namespace dunlin::client
