// SPDX-License-Identifier: Apache-2.0
#include "data_rights/account_export.h"

#include "messaging/conversation_reader.h"
#include "messaging/message_reader.h"
#include "people/user_rows.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace dunlin::data_rights {

using store::Parameters;
using store::Statement;

namespace {

constexpr std::int64_t messagesAtOnce = 500;
constexpr std::int64_t conversationsAtOnce = 100;
constexpr std::int64_t pieceBytes = 256 * 1024;

const Statement readUserStatement{"export_user", R"(
    SELECT )" DUNLIN_USER_COLUMNS R"(, created_at, coalesce(last_seen_at, 'epoch') FROM users
    WHERE user_id = $1
)"};
const Statement readDevicesStatement{"export_devices", R"(
    SELECT device_id, name, created_at, last_active_at FROM devices
    WHERE user_id = $1 ORDER BY device_id
)"};
// Ranges of primary keys.
const Statement conversationsStatement{"export_conversations", R"(
    SELECT conversation_id FROM user_conversations
    WHERE user_id = $1 AND conversation_id > $2
    ORDER BY conversation_id
    LIMIT $3
)"};
QString text(std::int64_t number)
{
    return QString::number(number);
}

QString time(std::int64_t ms)
{
    return ms == 0 ? QString()
                   : QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

QString extensionOf(const std::string &contentType)
{
    return contentType == "image/png"     ? QStringLiteral(".png")
            : contentType == "image/webp" ? QStringLiteral(".webp")
            : contentType == "image/gif"  ? QStringLiteral(".gif")
                                          : QStringLiteral(".jpg");
}

QString fileOf(BlobId id, const std::string &contentType)
{
    return QLatin1String("pictures/") + QString::fromStdString(id.text())
            + extensionOf(contentType);
}

QJsonObject toJson(const User &user)
{
    return {{QStringLiteral("userId"), text(user.id.value)},
            {QStringLiteral("userName"), QString::fromStdString(user.userName)},
            {QStringLiteral("displayName"), QString::fromStdString(user.displayName)}};
}

QJsonObject toJson(const Message &message)
{
    QJsonArray images;
    for (const Image &image : message.images)
        images.append(QJsonObject{
                {QStringLiteral("file"), fileOf(image.blob, image.contentType)},
                {QStringLiteral("contentType"), QString::fromStdString(image.contentType)},
                {QStringLiteral("width"), static_cast<int>(image.width)},
                {QStringLiteral("height"), static_cast<int>(image.height)}});
    QJsonObject json{{QStringLiteral("seq"), text(message.seq.value)},
                     {QStringLiteral("messageId"), text(message.id.value)},
                     {QStringLiteral("senderId"), text(message.sender.value)},
                     {QStringLiteral("sentAt"), time(message.sentAtMs)},
                     {QStringLiteral("text"), QString::fromStdString(message.text)}};
    if (!images.isEmpty())
        json[QLatin1String("images")] = images;
    if (message.editedAtMs != 0)
        json[QLatin1String("editedAt")] = time(message.editedAtMs);
    if (message.replyToSeq)
        json[QLatin1String("replyToSeq")] = text(message.replyToSeq.value);
    if (message.forwardedFrom)
        json[QLatin1String("forwardedFromId")] = text(message.forwardedFrom.value);
    QJsonArray reactions;
    for (const Reaction &reaction : message.reactions)
        reactions.append(
                QJsonObject{{QStringLiteral("userId"), text(reaction.user.value)},
                            {QStringLiteral("emoji"), QString::fromStdString(reaction.emoji)}});
    if (!reactions.isEmpty())
        json[QLatin1String("reactions")] = reactions;
    if (message.isPinned)
        json[QLatin1String("isPinned")] = true;
    if (message.isDeleted)
        json[QLatin1String("isDeleted")] = true;
    if (message.isHidden)
        json[QLatin1String("isHidden")] = true;
    return json;
}

QJsonObject toJson(const Conversation &conversation)
{
    QJsonArray members;
    for (const User &member : conversation.members)
        members.append(toJson(member));
    QJsonArray watermarks;
    for (const Watermark &mark : conversation.watermarks)
        watermarks.append(QJsonObject{{QStringLiteral("userId"), text(mark.user.value)},
                                      {QStringLiteral("deliveredSeq"), text(mark.delivered.value)},
                                      {QStringLiteral("readSeq"), text(mark.read.value)}});
    return {{QStringLiteral("conversationId"), text(conversation.id.value)},
            {QStringLiteral("createdAt"), time(conversation.createdAtMs)},
            {QStringLiteral("members"), members},
            {QStringLiteral("watermarks"), watermarks},
            {QStringLiteral("lastSeq"), text(conversation.lastSeq.value)},
            {QStringLiteral("isPinned"), conversation.settings.isPinned},
            {QStringLiteral("mutedUntilMs"), text(conversation.settings.mutedUntilMs)},
            {QStringLiteral("draft"), QString::fromStdString(conversation.draft.text)}};
}

QByteArray bytesOf(const QJsonDocument &document)
{
    return document.toJson(QJsonDocument::Indented);
}

} // namespace

QCoro::Task<Result<Exported>> AccountExport::write(UserId user)
{
    exported_ = {};
    pictures_.clear();
    const auto account = co_await writeAccount(user);
    if (!account)
        co_return tl::unexpected(account.error());
    const auto conversations = co_await writeConversations(user);
    if (!conversations)
        co_return tl::unexpected(conversations.error());
    for (const ConversationId conversation : *conversations) {
        const auto messages = co_await writeMessages(user, conversation);
        if (!messages)
            co_return tl::unexpected(messages.error());
    }
    if (const auto finished = archive_.finish(); !finished)
        co_return tl::unexpected(finished.error());
    co_return exported_;
}

QCoro::Task<Result<void>> AccountExport::writeAccount(UserId user)
{
    Parameters id;
    id.add(user);
    const auto row = co_await database_.run(readUserStatement, id);
    if (!row)
        co_return tl::unexpected(store::toError(row.error()));
    if (row->isEmpty())
        co_return failure(ErrorCode::UserNotFound, "there is no such user");
    const auto devices = co_await database_.run(readDevicesStatement, id);
    if (!devices)
        co_return tl::unexpected(store::toError(devices.error()));
    const User self = people::userAt(*row, 0);
    QJsonArray list;
    for (int index = 0; index < devices->count(); ++index) {
        const std::string_view name = devices->bytesAt(index, 1);
        list.append(QJsonObject{
                {QStringLiteral("deviceId"), text(devices->int64At(index, 0))},
                {QStringLiteral("name"),
                 QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))},
                {QStringLiteral("createdAt"), time(devices->timestampAt(index, 2))},
                {QStringLiteral("lastActiveAt"), time(devices->timestampAt(index, 3))}});
    }
    QJsonObject account = toJson(self);
    account[QLatin1String("about")] = QString::fromStdString(self.about);
    account[QLatin1String("avatarColor")] = self.avatarColor;
    account[QLatin1String("createdAt")] = time(row->timestampAt(0, people::userColumns));
    account[QLatin1String("lastSeenAt")] = time(row->timestampAt(0, people::userColumns + 1));
    account[QLatin1String("devices")] = list;
    if (self.avatar) {
        // Of what kind it is nobody has said; apps upload JPEG.
        account[QLatin1String("avatar")] = fileOf(self.avatar, {});
        const auto avatar = co_await writePicture(user, self.avatar, {});
        if (!avatar)
            co_return avatar;
    }
    co_return archive_.add(QStringLiteral("account.json"), bytesOf(QJsonDocument(account)));
}

QCoro::Task<Result<std::vector<ConversationId>>> AccountExport::writeConversations(UserId user)
{
    QJsonArray list;
    std::vector<ConversationId> all;
    ConversationId after;
    for (;;) {
        Parameters place;
        place.add(user).add(after).add(conversationsAtOnce);
        const auto rows = co_await database_.run(conversationsStatement, std::move(place));
        if (!rows)
            co_return tl::unexpected(store::toError(rows.error()));
        if (rows->isEmpty())
            break;
        std::vector<ConversationId> page;
        for (int row = 0; row < rows->count(); ++row) {
            after = ConversationId{rows->int64At(row, 0)};
            page.push_back(after);
            all.push_back(after);
        }
        const auto read = co_await messaging::readConversations(database_, user, std::move(page));
        if (!read)
            co_return tl::unexpected(store::toError(read.error()));
        for (const Conversation &conversation : *read)
            list.append(toJson(conversation));
    }
    exported_.conversations = static_cast<std::int64_t>(all.size());
    const auto added =
            archive_.add(QStringLiteral("conversations.json"), bytesOf(QJsonDocument(list)));
    if (!added)
        co_return tl::unexpected(added.error());
    co_return all;
}

QCoro::Task<Result<void>> AccountExport::writeMessages(UserId user, ConversationId conversation)
{
    MessageSeq after;
    for (int file = 1;; ++file) {
        // Places are dense: a page is a range.
        const auto messages = co_await messaging::readRange(
                database_, user, conversation, MessageSeq{after.value + 1},
                MessageSeq{after.value + messagesAtOnce});
        if (!messages)
            co_return tl::unexpected(store::toError(messages.error()));
        if (messages->empty())
            co_return Result<void>();
        QJsonArray list;
        std::vector<Image> images;
        for (const Message &message : *messages) {
            list.append(toJson(message));
            images.insert(images.end(), message.images.begin(), message.images.end());
            after = message.seq;
        }
        exported_.messages += static_cast<std::int64_t>(messages->size());
        const auto added = archive_.add(
                QStringLiteral("messages/%1/%2.json").arg(conversation.value).arg(file),
                bytesOf(QJsonDocument(list)));
        if (!added)
            co_return added;
        const auto pictures = co_await writePictures(user, std::move(images));
        if (!pictures)
            co_return pictures;
    }
}

QCoro::Task<Result<void>> AccountExport::writePictures(UserId user, std::vector<Image> images)
{
    for (const Image &image : images) {
        const auto written = co_await writePicture(user, image.blob, image.contentType);
        if (!written)
            co_return written;
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> AccountExport::writePicture(UserId user, BlobId id,
                                                      std::string contentType)
{
    if (!pictures_.insert(id).second)
        co_return Result<void>();
    const auto blob = co_await blobs_.find(user, id);
    if (!blob && blob.error().code == ErrorCode::BlobNotFound)
        co_return Result<void>(); // deleted by who sent it
    if (!blob)
        co_return tl::unexpected(blob.error());
    auto done = archive_.begin(fileOf(id, contentType), blob->byteSize);
    for (std::int64_t offset = 0; done && offset < blob->byteSize;) {
        const auto piece = co_await blobs_.read(id, offset, pieceBytes);
        if (!piece)
            co_return tl::unexpected(piece.error());
        if (piece->isEmpty())
            co_return failure(ErrorCode::Internal, "a picture is shorter than it was");
        offset += piece->size();
        done = archive_.write(*piece);
    }
    if (done)
        done = archive_.end();
    ++exported_.pictures;
    co_return done;
}

} // namespace dunlin::data_rights
