// SPDX-License-Identifier: Apache-2.0
#include "attachment_list_model.h"

#include "texts.h"

#include <QClipboard>
#include <QCoroFuture>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QMimeData>
#include <QPointer>
#include <QtConcurrentRun>

#include <algorithm>

namespace dunlin::client {
namespace {

/// More than that at once is a mistake, such as a whole folder.
constexpr qsizetype attachmentsMax = 100;
constexpr int threads = 2;

} // namespace

AttachmentListModel::AttachmentListModel(Client &client, QObject *parent)
    : QAbstractListModel(parent), m_client(client)
{
    // Each works on several copies of a picture's pixels.
    m_pool.setMaxThreadCount(threads);
    connect(&client.session(), &Session::signedOut, this, &AttachmentListModel::clear);
}

AttachmentListModel::~AttachmentListModel() = default;

int AttachmentListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant AttachmentListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case FileRole:
        return row.prepared.thumbnailFile.isEmpty() ? row.prepared.file
                                                    : row.prepared.thumbnailFile;
    case IsReadyRole:
        return row.isReady;
    case SizeTextRole:
        return row.isReady ? QLocale().formattedDataSize(row.prepared.byteSize, 1,
                                                         QLocale::DataSizeTraditionalFormat)
                           : QString();
    default:
        return {};
    }
}

QHash<int, QByteArray> AttachmentListModel::roleNames() const
{
    return {{FileRole, "file"}, {IsReadyRole, "isReady"}, {SizeTextRole, "sizeText"}};
}

bool AttachmentListModel::isPreparing() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return !row.isReady; });
}

void AttachmentListModel::setOriginal(bool isOriginal)
{
    if (m_isOriginal == isOriginal)
        return;
    m_isOriginal = isOriginal;
    Q_EMIT originalChanged();
    QList<quint64> again;
    for (Row &row : m_rows) {
        if (row.source.isEmpty() && row.data.isEmpty() && row.bitmap.isNull())
            continue; // came back from the outbox: it is what it is
        removeFiles(row.prepared);
        row.prepared = {};
        row.isReady = false;
        row.id = ++m_lastId; // what is under way is not for now
        again.append(row.id);
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT changed();
    for (const quint64 id : std::as_const(again))
        prepare(id);
}

void AttachmentListModel::open(ConversationId id)
{
    if (id == m_conversation)
        return;
    setProblemText({});
    beginResetModel();
    if (m_conversation && !m_rows.isEmpty())
        m_others.insert(m_conversation, m_rows);
    m_conversation = id;
    m_rows = m_others.take(id);
    m_isOriginal = false;
    endResetModel();
    Q_EMIT originalChanged();
    Q_EMIT changed();
}

void AttachmentListModel::clear()
{
    beginResetModel();
    const auto others = std::exchange(m_others, {});
    for (const QList<Row> &rows : others) {
        for (const Row &row : rows)
            removeFiles(row.prepared);
    }
    for (const Row &row : std::as_const(m_rows))
        removeFiles(row.prepared);
    m_rows.clear();
    endResetModel();
    setProblemText({});
    Q_EMIT changed();
}

QList<Image> AttachmentListModel::take()
{
    QList<Image> images;
    if (isPreparing())
        return images;
    for (const Row &row : std::as_const(m_rows))
        images.append(row.prepared);
    beginResetModel();
    m_rows.clear();
    endResetModel();
    setProblemText({});
    Q_EMIT changed();
    return images;
}

void AttachmentListModel::putBack(ConversationId id, const QList<Image> &images)
{
    for (const Image &image : images) {
        if (!QFile::exists(image.file))
            continue;
        Row row;
        row.prepared = image;
        row.isReady = true;
        if (id == m_conversation)
            add(std::move(row));
        else
            m_others[id].append(std::move(row));
    }
}

void AttachmentListModel::add(Row row)
{
    row.id = ++m_lastId;
    const bool isReady = row.isReady;
    beginInsertRows({}, count(), count());
    m_rows.append(std::move(row));
    endInsertRows();
    Q_EMIT changed();
    if (!isReady)
        prepare(m_lastId);
}

void AttachmentListModel::addFiles(const QList<QUrl> &files)
{
    setProblemText({});
    for (const QUrl &url : files) {
        if (m_rows.size() >= attachmentsMax) {
            setProblemText(tr("Only %Ln pictures can be sent at once.", nullptr, attachmentsMax));
            return;
        }
        Row row;
        row.name = url.fileName();
        row.source = url.toLocalFile();
        if (row.source.isEmpty())
            setProblemText(
                    tr("%1 is not on this computer. Save it first.").arg(isolated(url.toString())));
        else
            add(std::move(row));
    }
}

void AttachmentListModel::addData(const QByteArray &bytes)
{
    setProblemText({});
    Row row;
    row.name = tr("The picture");
    row.data = bytes;
    add(std::move(row));
}

bool AttachmentListModel::addFromClipboard()
{
    const QMimeData *copied = QGuiApplication::clipboard()->mimeData();
    if (copied == nullptr)
        return false;
    QList<QUrl> files;
    const auto urls = copied->urls();
    std::copy_if(urls.begin(), urls.end(), std::back_inserter(files),
                 [](const QUrl &url) { return url.isLocalFile(); });
    if (!files.isEmpty()) {
        addFiles(files);
        return true;
    }
    // A text with a picture of it beside it, as office programs copy, is meant as a text.
    if (!copied->hasImage() || copied->hasText())
        return false;
    setProblemText({});
    Row row;
    row.name = tr("The picture");
    row.bitmap = qvariant_cast<QImage>(copied->imageData());
    add(std::move(row));
    return true;
}

void AttachmentListModel::remove(int row)
{
    if (row < 0 || row >= count())
        return;
    removeFiles(m_rows[row].prepared);
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
    setProblemText({});
    Q_EMIT changed();
}

QCoro::Task<void> AttachmentListModel::prepare(quint64 id)
{
    const QPointer<AttachmentListModel> guard(this);
    const Row &row = m_rows[rowOf(id)];
    const auto work = [preparer = ImagePreparer(m_client.preparedDirectory()), file = row.source,
                       data = row.data, bitmap = row.bitmap, isOriginal = m_isOriginal] {
        if (!file.isEmpty())
            return preparer.prepareFile(file, isOriginal);
        return data.isEmpty() ? preparer.prepareBitmap(bitmap, isOriginal)
                              : preparer.prepareData(data, isOriginal);
    };
    const auto future = QtConcurrent::run(&m_pool, work);
    const auto prepared = co_await future;
    const int place = guard ? rowOf(id) : -1;
    if (place < 0) {
        // Removed meanwhile, or of a conversation that is not open: there it is found in m_others.
        if (guard)
            keepForOther(id, prepared);
        else if (prepared)
            removeFiles(*prepared);
        co_return;
    }
    if (!prepared) {
        fail(id, prepared.error());
        co_return;
    }
    m_rows[place].prepared = *prepared;
    m_rows[place].isReady = true;
    Q_EMIT dataChanged(index(place), index(place));
    Q_EMIT changed();
}

/// A picture that became ready while another conversation is open.
void AttachmentListModel::keepForOther(quint64 id, const PictureResult<Image> &prepared)
{
    for (auto &rows : m_others) {
        const auto found = std::find_if(rows.begin(), rows.end(),
                                        [id](const Row &row) { return row.id == id; });
        if (found == rows.end())
            continue;
        if (prepared) {
            found->prepared = *prepared;
            found->isReady = true;
        } else {
            rows.erase(found);
        }
        return;
    }
    if (prepared)
        removeFiles(*prepared);
}

void AttachmentListModel::fail(quint64 id, PictureProblem problem)
{
    const int row = rowOf(id);
    const QString name = m_rows[row].name;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
    setProblemText(textOf(problem, name));
    Q_EMIT changed();
}

QString AttachmentListModel::textOf(PictureProblem problem, const QString &name)
{
    switch (problem) {
    case PictureProblem::CannotRead:
        return tr("%1 cannot be read.").arg(isolated(name));
    case PictureProblem::NotAPicture:
        return tr("%1 is not a picture that can be sent. Use JPEG, PNG, WebP or GIF.")
                .arg(isolated(name));
    case PictureProblem::Damaged:
        return tr("%1 is damaged.").arg(isolated(name));
    case PictureProblem::TooManyPixels:
        return tr("%1 has too many pixels. Up to 64 million can be sent.").arg(isolated(name));
    case PictureProblem::TooLarge:
        return tr("%1 is too large. Up to 25 MB can be sent.").arg(isolated(name));
    case PictureProblem::CannotWrite:
        return tr("There is no room left on this computer for %1.").arg(isolated(name));
    }
    return {};
}

void AttachmentListModel::setProblemText(const QString &text)
{
    if (m_problemText == text)
        return;
    m_problemText = text;
    Q_EMIT problemTextChanged();
}

int AttachmentListModel::rowOf(quint64 id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [id](const Row &row) { return row.id == id; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

void AttachmentListModel::removeFiles(const Image &image)
{
    for (const QString &file : {image.file, image.thumbnailFile}) {
        if (!file.isEmpty())
            QFile::remove(file);
    }
}

} // namespace dunlin::client
