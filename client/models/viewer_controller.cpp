// SPDX-License-Identifier: Apache-2.0
#include "viewer_controller.h"

#include "image_reading.h"
#include "pictures_value.h"
#include "texts.h"

#include <QClipboard>
#include <QCoroFuture>
#include <QFile>
#include <QGuiApplication>
#include <QMimeDatabase>
#include <QtConcurrentRun>

#include <limits>

namespace dunlin::client {

ViewerController::ViewerController(Client &client, MessageListModel &messages, QObject *parent)
    : QObject(parent), m_client(client), m_messages(messages)
{
    connect(&messages, &MessageListModel::dataChanged, this, &ViewerController::onMessagesChanged);
}

/// What was queued when it was opened is sent now: its files are blobs.
void ViewerController::onMessagesChanged()
{
    if (!isOpen() || m_message.seq)
        return;
    for (int row = 0; row < m_messages.count(); ++row) {
        const StoredMessage *message = m_messages.messageAt(row);
        if (message->clientId != m_message.clientId)
            continue;
        if (message->images != m_message.images) {
            m_message = *message;
            Q_EMIT changed();
        }
        return;
    }
}

bool ViewerController::isAnimated() const
{
    return isAnimation(image());
}

QString ViewerController::timeText() const
{
    return fullTimeText(m_message.sentAtMs);
}

bool ViewerController::hasNewer() const
{
    return m_place + 1 < m_message.images.size() || !m_newer.images.isEmpty();
}

QString ViewerController::fileName() const
{
    const QDateTime sentAt = QDateTime::fromMSecsSinceEpoch(m_message.sentAtMs);
    const QString suffix = QMimeDatabase().mimeTypeForName(image().contentType).preferredSuffix();
    const QString place =
            m_message.images.size() > 1 ? QStringLiteral("-%1").arg(m_place + 1) : QString();
    return QStringLiteral("dunlin-%1%2.%3")
            .arg(sentAt.toString(QStringLiteral("yyyyMMdd-HHmmss")), place,
                 suffix.isEmpty() ? QStringLiteral("jpg") : suffix);
}

void ViewerController::open(int row, int place)
{
    const StoredMessage *message = m_messages.messageAt(row);
    if (message != nullptr && place >= 0 && place < message->images.size())
        show(*message, place);
}

void ViewerController::close()
{
    m_message = {};
    Q_EMIT changed();
}

void ViewerController::show(const StoredMessage &message, qsizetype place)
{
    m_message = message;
    m_place = place;
    m_older = {};
    m_newer = {};
    m_senderName = m_messages.nameOf(message.sender);
    Q_EMIT changed();
    findNeighbours();
}

QCoro::Task<void> ViewerController::findNeighbours()
{
    const QPointer<ViewerController> guard(this);
    const StoredMessage of = m_message;
    // What is queued stands behind everything that is sent.
    const MessageSeq seq = of.seq ? of.seq : MessageSeq{std::numeric_limits<std::int64_t>::max()};
    const auto older = co_await m_client.store().messageWithImages(of.conversation, seq, true);
    if (!guard)
        co_return;
    const auto newer = co_await m_client.store().messageWithImages(of.conversation, seq, false);
    if (!guard || m_message.clientId != of.clientId || m_message.seq != of.seq || !isOpen())
        co_return;
    m_older = older && *older ? **older : StoredMessage();
    m_newer = newer && *newer ? **newer : StoredMessage();
    Q_EMIT changed();
}

void ViewerController::showOlder()
{
    if (m_place > 0) {
        --m_place;
        Q_EMIT changed();
    } else if (const StoredMessage older = m_older; !older.images.isEmpty()) {
        show(older, older.images.size() - 1);
    }
}

void ViewerController::showNewer()
{
    if (m_place + 1 < m_message.images.size()) {
        ++m_place;
        Q_EMIT changed();
    } else if (const StoredMessage newer = m_newer; !newer.images.isEmpty()) {
        show(newer, 0);
    }
}

QCoro::Task<tl::expected<QString, QString>> ViewerController::pathOf(Image image)
{
    if (!image.file.isEmpty() && QFile::exists(image.file))
        co_return image.file;
    const auto path = co_await m_client.blobs().fetch(image.blobId);
    if (!path)
        co_return tl::unexpected(errorText(path.error().code));
    co_return *path;
}

void ViewerController::save(const QUrl &target)
{
    if (isOpen())
        saveTo(image(), target.toLocalFile());
}

QCoro::Task<void> ViewerController::saveTo(Image image, QString target)
{
    const QPointer<ViewerController> guard(this);
    const auto path = co_await pathOf(image);
    if (!guard)
        co_return;
    if (!path) {
        Q_EMIT told(path.error());
        co_return;
    }
    const auto copied = QtConcurrent::run([from = *path, target] {
        // The dialog has asked whether what is there may go; it does once the other is whole.
        const QString part = target + QLatin1String(".part");
        QFile::remove(part);
        if (!QFile::copy(from, part))
            return false;
        QFile::remove(target);
        return QFile::rename(part, target);
    });
    const bool isSaved = co_await copied;
    if (!guard)
        co_return;
    Q_EMIT told(isSaved ? tr("Saved to %1").arg(isolated(target))
                        : tr("The picture cannot be saved there. Choose another folder."));
}

void ViewerController::copy()
{
    if (isOpen())
        copyPixels(image());
}

QCoro::Task<void> ViewerController::copyPixels(Image image)
{
    const QPointer<ViewerController> guard(this);
    const auto path = co_await pathOf(image);
    if (!guard)
        co_return;
    if (!path) {
        Q_EMIT told(path.error());
        co_return;
    }
    const auto decoded = QtConcurrent::run([file = *path] { return readPicture(file); });
    const auto pixels = co_await decoded;
    if (!guard)
        co_return;
    if (pixels)
        QGuiApplication::clipboard()->setImage(*pixels);
    Q_EMIT told(pixels ? tr("Copied") : tr("The picture is damaged."));
}

} // namespace dunlin::client
