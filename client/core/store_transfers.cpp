// SPDX-License-Identifier: Apache-2.0
#include "store_database.h"

#include <QFileInfo>

namespace dunlin::client {
namespace {

Transfer transferAt(const QSqlQuery &query)
{
    return {.id = query.value(0).toLongLong(),
            .localId = query.value(1).toLongLong(),
            .file = query.value(2).toString(),
            .byteSize = query.value(3).toLongLong(),
            .blobId = query.value(4).toString(),
            .isDone = query.value(5).toBool()};
}

} // namespace

void StoreDatabase::addTransfers(qint64 localId, const QList<Image> &images)
{
    const auto add = [&](qsizetype image, bool isThumbnail, const QString &file) {
        const QFileInfo info(file);
        run(QLatin1String("INSERT INTO transfers (local_id, image, is_thumbnail, file, byte_size)"
                          " VALUES (?, ?, ?, ?, ?)"),
            {localId, image, isThumbnail, info.fileName(), info.size()});
    };
    for (qsizetype i = 0; i < images.size(); ++i) {
        add(i, false, images[i].file);
        if (!images[i].thumbnailFile.isEmpty())
            add(i, true, images[i].thumbnailFile);
    }
}

bool StoreDatabase::fillTransfers(qint64 localId, QList<Image> &images)
{
    auto query = run(QLatin1String("SELECT image, is_thumbnail, file, blob_id, is_done"
                                   " FROM transfers WHERE local_id = ?"),
                     {localId});
    bool isAllDone = true;
    while (query.next()) {
        const qsizetype place = query.value(0).toLongLong();
        const bool isDone = query.value(4).toBool();
        isAllDone = isAllDone && isDone;
        if (place < 0 || place >= images.size())
            continue;
        Image &image = images[place];
        const bool isThumbnail = query.value(1).toBool();
        (isThumbnail ? image.thumbnailFile : image.file) = outgoingPath(query.value(2).toString());
        if (isDone)
            (isThumbnail ? image.thumbnailBlobId : image.blobId) = query.value(3).toString();
    }
    return isAllDone;
}

QList<Transfer> StoreDatabase::queuedTransfers()
{
    auto query = run(QLatin1String("SELECT t.transfer_id, t.local_id, t.file, t.byte_size,"
                                   " t.blob_id, t.is_done"
                                   " FROM transfers t JOIN outbox o USING (local_id)"
                                   " WHERE o.state = ?"
                                   " ORDER BY t.local_id, t.image, t.is_thumbnail DESC"),
                     {int(SendState::Queued)});
    QList<Transfer> transfers;
    while (query.next()) {
        transfers.append(transferAt(query));
        transfers.last().file = outgoingPath(transfers.last().file);
    }
    return transfers;
}

QList<Transfer> StoreDatabase::transfersOf(qint64 localId)
{
    auto query = run(QLatin1String("SELECT transfer_id, local_id, file, byte_size, blob_id, is_done"
                                   " FROM transfers WHERE local_id = ?"),
                     {localId});
    QList<Transfer> transfers;
    while (query.next()) {
        transfers.append(transferAt(query));
        transfers.last().file = outgoingPath(transfers.last().file);
    }
    return transfers;
}

void StoreDatabase::setTransferBlob(qint64 transferId, const QString &blobId)
{
    run(QLatin1String("UPDATE transfers SET blob_id = ?, is_done = 0 WHERE transfer_id = ?"),
        {blobId, transferId});
}

void StoreDatabase::markTransferDone(qint64 transferId)
{
    run(QLatin1String("UPDATE transfers SET is_done = 1 WHERE transfer_id = ?"), {transferId});
    auto query = run(QLatin1String("SELECT local_id FROM transfers WHERE transfer_id = ?"),
                     {transferId});
    if (query.next())
        touchOutboxRow(query.value(0).toLongLong());
}

void StoreDatabase::restartTransfers(qint64 localId)
{
    run(QLatin1String("UPDATE transfers SET blob_id = '', is_done = 0 WHERE local_id = ?"),
        {localId});
    touchOutboxRow(localId);
}

QStringList StoreDatabase::outgoingFiles()
{
    auto query = run(QLatin1String("SELECT file FROM transfers"));
    QStringList files;
    while (query.next())
        files.append(query.value(0).toString());
    return files;
}

} // namespace dunlin::client
