// SPDX-License-Identifier: Apache-2.0
#include "profile.h"

#include "await.h"
#include "image_preparer.h"
#include "local_store.h"
#include "token_store.h"

#include <QBuffer>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QLinearGradient>
#include <QPainter>
#include <QRandomGenerator>

#include <filesystem>
#include <functional>
#include <iterator>

namespace dunlin::bench {
namespace {

using namespace client;
using test::await;

constexpr UserId self{1};
constexpr UserId ben{2};
/// Enough that no cache of decoded pictures serves the next one.
constexpr int kinds = 20;
constexpr QSize pictureSize(2560, 1920);

/// Something with colours, edges and noise, as a photo has.
QImage paintedPhoto(QSize size, quint32 seed)
{
    QImage image(size, QImage::Format_RGB32);
    QRandomGenerator random(seed);
    QPainter painter(&image);
    QLinearGradient sky(0, 0, size.width(), size.height());
    sky.setColorAt(0, QColor::fromHsv(random.bounded(360), 120, 230));
    sky.setColorAt(1, QColor::fromHsv(random.bounded(360), 160, 90));
    painter.fillRect(image.rect(), sky);
    for (int i = 0; i < 400; ++i) {
        painter.setPen(QColor::fromHsv(random.bounded(360), 120, random.bounded(256)));
        painter.drawLine(random.bounded(size.width()), random.bounded(size.height()),
                         random.bounded(size.width()), random.bounded(size.height()));
    }
    return image;
}

QByteArray jpegOf(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "jpeg", 80);
    return bytes;
}

struct Kind {
    QString thumbnail;
    QByteArray preview;
};

QList<Kind> writeKinds(const QString &directory)
{
    QList<Kind> all;
    for (int i = 0; i < kinds; ++i) {
        const QImage image = paintedPhoto(
                QSize(ImagePreparer::thumbnailSide, ImagePreparer::thumbnailSide * 3 / 4),
                static_cast<quint32>(i + 1));
        const QString path = directory + QStringLiteral("/kind%1").arg(i);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write %s", qPrintable(path));
        file.write(jpegOf(image));
        all.append({.thumbnail = path, .preview = ImagePreparer::previewOf(image)});
    }
    return all;
}

void setUser(v1::User &user, UserId id, const char *name)
{
    user.set_user_id(id.value);
    user.set_user_name(name);
    user.set_display_name(name);
}

v1::Message messageOf(int seq, const Kind &kind)
{
    v1::Message message;
    message.set_conversation_id(talk.value);
    message.set_seq(seq);
    message.set_message_id(1000 + seq);
    message.set_sender_id((seq % 3 == 0 ? self : ben).value);
    message.set_sent_at_ms(QDateTime::currentMSecsSinceEpoch() - (2000 - seq) * 600'000LL);
    message.set_client_id(ClientId::random().toBytes());
    v1::Image &image = *message.add_images();
    image.set_blob_id("1-" + std::to_string(1'000'000 + seq));
    image.set_thumbnail_blob_id("1-" + std::to_string(2'000'000 + seq));
    image.set_content_type("image/jpeg");
    image.set_byte_size(900'000);
    image.set_width(static_cast<std::uint32_t>(pictureSize.width()));
    image.set_height(static_cast<std::uint32_t>(pictureSize.height()));
    image.set_preview(kind.preview.toStdString());
    return message;
}

UserId peerOf(ConversationId conversation)
{
    return UserId{ben.value + conversation.value - talk.value};
}

/// fill adds the messages.
void writeStore(const QString &directory, std::vector<v1::Conversation> conversations,
                const std::function<bool(LocalStore &)> &fill)
{
    LocalStore store(directory + QLatin1String("/store.db"));
    const Person me{.id = self, .userName = QStringLiteral("ana")};
    const bool isFilled = await(store.open()) && await(store.setAccount(me))
            && await(store.setMeta(QStringLiteral("server"), QStringLiteral("ws://127.0.0.1:1/")))
            && await(store.applyConversations(std::move(conversations), UpdateSeq{1}))
            && fill(store)
            && FileTokenStore(directory + QLatin1String("/token")).write(QStringLiteral("token"));
    if (!isFilled)
        qFatal("the profile cannot be filled");
}

} // namespace

void fillWithPictures(const QString &directory, int pictures)
{
    QDir().mkpath(directory + QLatin1String("/blobs"));
    const QList<Kind> made = writeKinds(directory);
    v1::Conversation conversation;
    conversation.set_conversation_id(talk.value);
    conversation.set_last_seq(pictures);
    setUser(*conversation.add_members(), self, "ana");
    setUser(*conversation.add_members(), ben, "ben");
    std::vector<v1::Message> messages;
    for (int seq = 1; seq <= pictures; ++seq) {
        const Kind &kind = made[seq % kinds];
        messages.push_back(messageOf(seq, kind));
        // A file of its own for each, without the disk space.
        std::filesystem::create_hard_link(kind.thumbnail.toStdString(),
                                          directory.toStdString() + "/blobs/1-"
                                                  + std::to_string(2'000'000 + seq));
    }
    auto &read = *conversation.add_watermarks();
    read.set_user_id(self.value);
    read.set_delivered_seq(pictures);
    read.set_read_seq(pictures);
    *conversation.mutable_last_message() = messages.back();

    writeStore(directory, {conversation}, [&](LocalStore &store) {
        return bool(await(store.addHistory(std::move(messages))));
    });
}

v1::Message textMessage(ConversationId conversation, int seq, qint64 sentAtMs)
{
    static const char *const words[] = {"We meet at the station at half past seven.", "Yes",
                                        "Who brings the map, and something warm for the evening?",
                                        "I have **one** from last time, see https://example.org",
                                        "It is a bit wet, but it will do for the lake"};
    v1::Message message;
    message.set_conversation_id(conversation.value);
    message.set_seq(seq);
    message.set_message_id(conversation.value * 10'000'000 + seq);
    message.set_sender_id(seq % 3 == 0 ? self.value : peerOf(conversation).value);
    message.set_sent_at_ms(sentAtMs);
    message.set_client_id(ClientId::random().toBytes());
    message.set_text(std::string(words[seq % std::size(words)]) + ' ' + std::to_string(seq));
    return message;
}

void fillWithText(const QString &directory, int conversations, int messagesEach)
{
    constexpr qint64 minuteMs = 60'000;
    QDir().mkpath(directory);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto messageAt = [=](int index, int seq) {
        const qint64 age = index + 10LL * (messagesEach - seq);
        return textMessage(ConversationId{talk.value + index}, seq, now - age * minuteMs);
    };
    std::vector<v1::Conversation> all;
    for (int index = 0; index < conversations; ++index) {
        const ConversationId id{talk.value + index};
        const std::string name = "Person " + std::to_string(index + 1);
        v1::Conversation &conversation = all.emplace_back();
        conversation.set_conversation_id(id.value);
        conversation.set_last_seq(messagesEach);
        setUser(*conversation.add_members(), self, "ana");
        setUser(*conversation.add_members(), peerOf(id), name.c_str());
        auto &read = *conversation.add_watermarks();
        read.set_user_id(self.value);
        read.set_delivered_seq(messagesEach);
        read.set_read_seq(messagesEach);
        *conversation.mutable_last_message() = messageAt(index, messagesEach);
    }
    writeStore(directory, std::move(all), [&](LocalStore &store) {
        constexpr int pageSize = 5000;
        bool isFine = true;
        for (int index = 0; isFine && index < conversations; ++index) {
            for (int from = 1; isFine && from <= messagesEach; from += pageSize) {
                std::vector<v1::Message> page;
                for (int seq = from; seq < from + pageSize && seq <= messagesEach; ++seq)
                    page.push_back(messageAt(index, seq));
                isFine = bool(await(store.addHistory(std::move(page))));
            }
        }
        return isFine;
    });
}

} // namespace dunlin::bench
