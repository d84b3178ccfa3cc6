// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "message_list_model.h"

#include <QUrl>

namespace dunlin::client {

/// The picture that is looked at on its own, and the way to the conversation's other ones.
class ViewerController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the conversation controller")
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY changed)
    Q_PROPERTY(QString blobId READ blobId NOTIFY changed)
    Q_PROPERTY(QString file READ file NOTIFY changed)
    Q_PROPERTY(QString thumbnailBlobId READ thumbnailBlobId NOTIFY changed)
    Q_PROPERTY(QByteArray preview READ preview NOTIFY changed)
    Q_PROPERTY(int imageWidth READ imageWidth NOTIFY changed)
    Q_PROPERTY(int imageHeight READ imageHeight NOTIFY changed)
    Q_PROPERTY(bool isAnimated READ isAnimated NOTIFY changed)
    Q_PROPERTY(QString senderName READ senderName NOTIFY changed)
    Q_PROPERTY(QString timeText READ timeText NOTIFY changed)
    Q_PROPERTY(QString caption READ caption NOTIFY changed)
    Q_PROPERTY(bool hasOlder READ hasOlder NOTIFY changed)
    Q_PROPERTY(bool hasNewer READ hasNewer NOTIFY changed)
    /// For a file to save it to.
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed)

public:
    ViewerController(Client &client, MessageListModel &messages, QObject *parent = nullptr);

    [[nodiscard]] bool isOpen() const { return !m_message.images.isEmpty(); }
    [[nodiscard]] QString blobId() const { return image().blobId; }
    [[nodiscard]] QString file() const { return image().file; }
    [[nodiscard]] QString thumbnailBlobId() const { return image().thumbnailBlobId; }
    [[nodiscard]] QByteArray preview() const { return image().preview; }
    /// Pixels.
    [[nodiscard]] int imageWidth() const { return image().width; }
    [[nodiscard]] int imageHeight() const { return image().height; }
    [[nodiscard]] bool isAnimated() const;
    [[nodiscard]] QString senderName() const { return m_senderName; }
    [[nodiscard]] QString timeText() const;
    [[nodiscard]] QString caption() const { return m_message.text; }
    [[nodiscard]] bool hasOlder() const { return m_place > 0 || !m_older.images.isEmpty(); }
    [[nodiscard]] bool hasNewer() const;
    [[nodiscard]] QString fileName() const;

    /// The image at this place of the message in this row of the conversation's model.
    Q_INVOKABLE void open(int row, int place);
    Q_INVOKABLE void close();
    Q_INVOKABLE void showOlder();
    Q_INVOKABLE void showNewer();
    Q_INVOKABLE void save(const QUrl &target);
    Q_INVOKABLE void copy();

Q_SIGNALS:
    void changed();
    /// What has been done, or why it could not be.
    void told(const QString &text);

private:
    [[nodiscard]] Image image() const { return m_message.images.value(m_place); }
    void onMessagesChanged();
    void show(const StoredMessage &message, qsizetype place);
    QCoro::Task<void> findNeighbours();
    /// Error: a sentence for the user.
    QCoro::Task<tl::expected<QString, QString>> pathOf(Image image);
    QCoro::Task<void> saveTo(Image image, QString target);
    QCoro::Task<void> copyPixels(Image image);

    Client &m_client;
    MessageListModel &m_messages;
    StoredMessage m_message;
    StoredMessage m_older; ///< With images, before m_message; without: none.
    StoredMessage m_newer;
    qsizetype m_place = 0;
    QString m_senderName;
};

} // namespace dunlin::client
