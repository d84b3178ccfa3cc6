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

    LocalStore store(directory + QLatin1String("/store.db"));
    const Person me{.id = self, .userName = QStringLiteral("ana")};
    const bool isFilled = await(store.open()) && await(store.setAccount(me))
            && await(store.setMeta(QStringLiteral("server"), QStringLiteral("ws://127.0.0.1:1/")))
            && await(store.applyConversations({conversation}, UpdateSeq{1}))
            && await(store.addHistory(std::move(messages)))
            && FileTokenStore(directory + QLatin1String("/token")).write(QStringLiteral("token"));
    if (!isFilled)
        qFatal("the profile cannot be filled");
}

} // namespace dunlin::bench
