// SPDX-License-Identifier: Apache-2.0
#include "picture_item.h"

#include "image_reading.h"

#include <QFile>
#include <QQuickWindow>
#include <QSGImageNode>

namespace dunlin::client {
PictureItem::PictureItem(QQuickItem *parent) : QQuickItem(parent)
{
    setFlag(ItemHasContents);
}

PictureItem::~PictureItem() = default;

/// What is shown stays until the other is there: when an own picture is sent, its file becomes a
/// blob.
template <typename T> void PictureItem::changeSource(T &field, const T &value)
{
    if (field == value)
        return;
    field = value;
    ++m_generation;
    m_isFetching = false;
    m_path.clear();
    m_shownPath.clear();
    m_playableFormat.clear();
    m_wish.reset();
    m_movie.reset();
    setStatus(Empty);
    Q_EMIT sourceChanged();
    polish();
}

template <typename T> void PictureItem::changeShape(T &field, const T &value)
{
    if (field == value)
        return;
    field = value;
    Q_EMIT shapeChanged();
    polish();
}

void PictureItem::setBlobs(BlobCache *blobs)
{
    if (m_blobs == blobs)
        return;
    if (m_blobs)
        m_blobs->disconnect(this);
    changeSource(m_blobs, QPointer<BlobCache>(blobs));
    if (blobs == nullptr)
        return;
    connect(blobs, &BlobCache::reachable, this, [this] {
        if (m_status == Unavailable)
            reload();
    });
    connect(blobs, &BlobCache::progressed, this,
            [this](const QString &blobId, qint64 received, qint64 total) {
                if (blobId != m_blobId || total <= 0)
                    return;
                m_progress = double(received) / double(total);
                Q_EMIT progressChanged();
            });
}

void PictureItem::setBlobId(const QString &blobId)
{
    if (m_blobId == blobId)
        return;
    if (!m_blobId.isEmpty())
        setImage({}); // another picture
    changeSource(m_blobId, blobId);
}

void PictureItem::setFile(const QString &file)
{
    changeSource(m_file, file);
}

void PictureItem::setPreview(const QByteArray &preview)
{
    if (m_preview == preview)
        return;
    setImage({});
    changeSource(m_preview, preview);
}

void PictureItem::setAnimated(bool isAnimated)
{
    changeSource(m_isAnimated, isAnimated);
}

void PictureItem::setRadius(qreal radius)
{
    changeShape(m_radius, radius);
}

void PictureItem::setFitted(bool isFitted)
{
    changeShape(m_isFitted, isFitted);
}

void PictureItem::setDecodedSize(QSizeF size)
{
    changeShape(m_decodedSize, size);
}

void PictureItem::setActive(bool isActive)
{
    if (m_isActive == isActive)
        return;
    m_isActive = isActive;
    Q_EMIT activeChanged();
    play();
}

void PictureItem::reload()
{
    m_shownPath.clear();
    setStatus(Empty);
    polish();
}

void PictureItem::geometryChange(const QRectF &to, const QRectF &from)
{
    QQuickItem::geometryChange(to, from);
    if (to.size() == from.size())
        return;
    polish();
    update();
}

void PictureItem::componentComplete()
{
    QQuickItem::componentComplete();
    polish();
}

void PictureItem::itemChange(ItemChange change, const ItemChangeData &data)
{
    QQuickItem::itemChange(change, data);
    if (change == ItemVisibleHasChanged) {
        play();
        polish();
    } else if (change == ItemDevicePixelRatioHasChanged || change == ItemSceneChange) {
        polish();
    }
}

PictureShape PictureItem::shape() const
{
    const qreal ratio = window() == nullptr ? 1 : window()->effectiveDevicePixelRatio();
    const QSize own = (QSizeF(width(), height()) * ratio).toSize();
    return {.size = m_decodedSize.isEmpty() ? own : m_decodedSize.toSize(),
            .radius = m_radius * ratio,
            .isFitted = m_isFitted};
}

/// Its file, or the blob's when that is gone or there is none; empty when it has to be fetched.
QString PictureItem::localPath() const
{
    if (!m_file.isEmpty() && QFile::exists(m_file))
        return m_file;
    return m_blobs ? m_blobs->file(m_blobId) : QString();
}

/// Everything that is due is done here, once a frame.
void PictureItem::updatePolish()
{
    const PictureShape wanted = shape();
    if (!isComponentComplete() || wanted.size.isEmpty() || !isVisible())
        return;
    if (m_image.isNull() && !m_preview.isEmpty())
        setImage(shapedPreview(readPreview(m_preview), wanted));
    if (m_path.isEmpty())
        m_path = localPath();
    if (!m_path.isEmpty())
        show(m_path);
    else if (m_blobs && !m_blobId.isEmpty() && m_status == Empty && !m_isFetching)
        fetch();
}

QCoro::Task<void> PictureItem::fetch()
{
    const QPointer<PictureItem> guard(this);
    const quint64 generation = m_generation;
    m_isFetching = true;
    m_progress = 0;
    setStatus(Loading);
    const auto path = co_await m_blobs->fetch(m_blobId);
    if (!guard || generation != m_generation)
        co_return;
    m_isFetching = false;
    if (path) {
        m_path = *path;
        polish();
        co_return;
    }
    setStatus(path.error().code == ErrorCode::BlobNotFound ? Gone : Unavailable);
}

void PictureItem::show(const QString &path)
{
    const PictureShape wanted = shape();
    if (path == m_shownPath && wanted == m_shownShape)
        return; // it is shown, or on its way
    m_shownPath = path;
    m_shownShape = wanted;
    m_wish.reset();
    const DecodedPicture known = PictureDecoder::remembered(path, wanted);
    if (!known.image.isNull()) {
        take(known);
        return;
    }
    if (m_status == Empty)
        setStatus(Loading);
    m_wish = PictureDecoder::decode(path, wanted, [this](const DecodedPicture &picture) {
        m_wish.reset();
        take(picture);
    });
}

void PictureItem::take(const DecodedPicture &picture)
{
    if (picture.image.isNull()) {
        setStatus(Broken);
        return;
    }
    m_playableFormat = picture.playableFormat;
    setImage(picture.image);
    setStatus(Ready);
    play();
}

void PictureItem::play()
{
    if (!m_isAnimated || m_playableFormat.isEmpty())
        return; // a still, or its first frame is not there yet
    const bool isWanted = m_isActive && isVisible() && window() != nullptr;
    if (!isWanted) {
        if (m_movie)
            m_movie->setPaused(true);
        return;
    }
    if (!m_movie) {
        m_movie = std::make_unique<QMovie>(m_path, m_playableFormat);
        connect(m_movie.get(), &QMovie::frameChanged, this, &PictureItem::onFrame);
        connect(m_movie.get(), &QMovie::error, this, [this] { setStatus(Broken); });
        connect(m_movie.get(), &QMovie::stateChanged, this, &PictureItem::playingChanged);
        m_movie->start();
    }
    m_movie->setPaused(false);
}

void PictureItem::onFrame()
{
    const QImage frame = m_movie->currentImage();
    if (frame.isNull())
        return;
    setImage(shaped(frame, shape()));
}

void PictureItem::setImage(const QImage &image)
{
    if (image.isNull() && m_image.isNull())
        return;
    m_image = image;
    m_isTextureDue = true;
    update();
}

void PictureItem::setStatus(Status status)
{
    if (m_status == status)
        return;
    m_status = status;
    Q_EMIT statusChanged();
}

QSGNode *PictureItem::updatePaintNode(QSGNode *old, UpdatePaintNodeData *)
{
    auto *node = static_cast<QSGImageNode *>(old);
    if (m_image.isNull() || width() <= 0 || height() <= 0) {
        delete node;
        m_isTextureDue = true;
        return nullptr;
    }
    if (node == nullptr) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        node->setFiltering(QSGTexture::Linear);
        m_isTextureDue = true;
    }
    if (m_isTextureDue) {
        node->setTexture(window()->createTextureFromImage(m_image));
        m_isTextureDue = false;
    }
    QRectF place(0, 0, width(), height());
    if (m_isFitted) {
        const QSizeF size = QSizeF(m_image.size()).scaled(place.size(), Qt::KeepAspectRatio);
        place = QRectF(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size);
    }
    node->setRect(place);
    return node;
}

} // namespace dunlin::client
