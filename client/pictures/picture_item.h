// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob_cache.h"
#include "picture_decoder.h"

#include <QMovie>
#include <QQuickItem>

#include <memory>

namespace dunlin::client {

/// A picture with round corners: at once its preview, then what its blob or file shows, fetched and
/// decoded away from the GUI thread. Animations play while isActive. GUI thread.
class PictureItem : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(dunlin::client::BlobCache *blobs READ blobs WRITE setBlobs NOTIFY sourceChanged)
    Q_PROPERTY(QString blobId READ blobId WRITE setBlobId NOTIFY sourceChanged)
    /// Shown rather than the blob, when there is one.
    Q_PROPERTY(QString file READ file WRITE setFile NOTIFY sourceChanged)
    /// An encoded picture of a few pixels.
    Q_PROPERTY(QByteArray preview READ preview WRITE setPreview NOTIFY sourceChanged)
    Q_PROPERTY(qreal radius READ radius WRITE setRadius NOTIFY shapeChanged)
    /// All of it is shown, rather than its middle filling the item.
    Q_PROPERTY(bool isFitted READ isFitted WRITE setFitted NOTIFY shapeChanged)
    /// Pixels to decode it with; the item's own while it is empty.
    Q_PROPERTY(QSizeF decodedSize READ decodedSize WRITE setDecodedSize NOTIFY shapeChanged)
    Q_PROPERTY(bool isAnimated READ isAnimated WRITE setAnimated NOTIFY sourceChanged)
    Q_PROPERTY(bool isActive READ isActive WRITE setActive NOTIFY activeChanged)
    Q_PROPERTY(bool isPlaying READ isPlaying NOTIFY playingChanged)
    Q_PROPERTY(Status status READ status NOTIFY statusChanged)
    /// 0 to 1 while it is fetched.
    Q_PROPERTY(qreal progress READ progress NOTIFY progressChanged)

public:
    /// Gone: the server has it no more. Unavailable: it is fetched once the server can be reached.
    enum Status { Empty, Loading, Ready, Unavailable, Gone, Broken };
    Q_ENUM(Status)

    explicit PictureItem(QQuickItem *parent = nullptr);
    ~PictureItem() override;

    [[nodiscard]] BlobCache *blobs() const { return m_blobs; }
    void setBlobs(BlobCache *blobs);
    [[nodiscard]] QString blobId() const { return m_blobId; }
    void setBlobId(const QString &blobId);
    [[nodiscard]] QString file() const { return m_file; }
    void setFile(const QString &file);
    [[nodiscard]] QByteArray preview() const { return m_preview; }
    void setPreview(const QByteArray &preview);
    [[nodiscard]] qreal radius() const { return m_radius; }
    void setRadius(qreal radius);
    [[nodiscard]] bool isFitted() const { return m_isFitted; }
    void setFitted(bool isFitted);
    [[nodiscard]] QSizeF decodedSize() const { return m_decodedSize; }
    void setDecodedSize(QSizeF size);
    [[nodiscard]] bool isAnimated() const { return m_isAnimated; }
    void setAnimated(bool isAnimated);
    [[nodiscard]] bool isActive() const { return m_isActive; }
    void setActive(bool isActive);
    [[nodiscard]] bool isPlaying() const { return m_movie && m_movie->state() == QMovie::Running; }
    [[nodiscard]] Status status() const { return m_status; }
    [[nodiscard]] qreal progress() const { return m_progress; }

    /// Tries again to get what could not be had.
    Q_INVOKABLE void reload();

Q_SIGNALS:
    void sourceChanged();
    void shapeChanged();
    void activeChanged();
    void playingChanged();
    void statusChanged();
    void progressChanged();

protected:
    void geometryChange(const QRectF &to, const QRectF &from) override;
    void itemChange(ItemChange change, const ItemChangeData &data) override;
    void updatePolish() override;
    void componentComplete() override;
    QSGNode *updatePaintNode(QSGNode *old, UpdatePaintNodeData *data) override;

private:
    template <typename T> void changeSource(T &field, const T &value);
    template <typename T> void changeShape(T &field, const T &value);
    [[nodiscard]] PictureShape shape() const;
    QCoro::Task<void> fetch();
    void show(const QString &path);
    void take(const DecodedPicture &picture);
    [[nodiscard]] QString localPath() const;
    void setImage(const QImage &image);
    void setStatus(Status status);
    void play();
    void onFrame();

    QPointer<BlobCache> m_blobs;
    QString m_blobId;
    QString m_file;
    QByteArray m_preview;
    qreal m_radius = 0;
    bool m_isFitted = false;
    bool m_isAnimated = false;
    bool m_isActive = true;
    QSizeF m_decodedSize;
    Status m_status = Empty;
    qreal m_progress = 0;

    QString m_path; ///< What is to be shown, once it is on this device.
    QString m_shownPath; ///< Of what m_image is, when it is no preview, or of what is decoded.
    PictureShape m_shownShape;
    QByteArray m_playableFormat;
    QImage m_image;
    bool m_isTextureDue = false;
    bool m_isFetching = false;
    quint64 m_generation = 0; ///< Answers for what it showed before are not for now.
    PictureDecoder::Wish m_wish;
    std::unique_ptr<QMovie> m_movie;
};

} // namespace dunlin::client
