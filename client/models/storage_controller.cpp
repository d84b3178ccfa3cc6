// SPDX-License-Identifier: Apache-2.0
#include "storage_controller.h"

#include "texts.h"

#include <QCoroFuture>
#include <QDir>
#include <QDirIterator>
#include <QLocale>
#include <QPointer>
#include <QtConcurrentRun>

namespace dunlin::client {
namespace {

/// Bytes.
struct Sizes {
    qint64 database = 0;
    qint64 pictures = 0;
    qint64 outbox = 0;
};

qint64 sizeOf(const QString &directory, const QStringList &names = {})
{
    qint64 bytes = 0;
    for (QDirIterator files(directory, names, QDir::Files); files.hasNext();) {
        files.next();
        bytes += files.fileInfo().size();
    }
    return bytes;
}

Sizes sizesIn(const QString &profile, const QString &outgoing)
{
    // SQLite keeps two files beside the database.
    return {.database = sizeOf(profile, {QStringLiteral("store.db*")}),
            .pictures = sizeOf(profile + QLatin1String("/blobs")),
            .outbox = sizeOf(outgoing)};
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

} // namespace

StorageController::StorageController(Client &client, QObject *parent)
    : QObject(parent), m_client(client), m_export(client)
{
    connect(&client.blobs(), &BlobCache::cleared, this, &StorageController::reload);
    connect(&m_export, &ArchiveExport::progressed, this, [this](double progress) {
        m_progress = progress;
        Q_EMIT exportChanged();
    });
}

void StorageController::reload()
{
    measure();
}

QCoro::Task<void> StorageController::measure()
{
    const QPointer<StorageController> guard(this);
    const auto work = [profile = m_client.directory(),
                       outgoing = m_client.store().outgoingDirectory()] {
        return sizesIn(profile, outgoing);
    };
    const auto future = QtConcurrent::run(work);
    const Sizes sizes = co_await future;
    if (!guard)
        co_return;
    m_databaseText = sizeText(sizes.database);
    m_picturesText = sizeText(sizes.pictures);
    m_outboxText = sizeText(sizes.outbox);
    Q_EMIT sizesChanged();
}

void StorageController::clearPictures()
{
    m_client.blobs().clear();
}

void StorageController::exportTo(const QUrl &folder)
{
    if (!m_isExporting)
        runExport(folder.toLocalFile());
}

void StorageController::cancelExport()
{
    m_export.cancel();
}

QCoro::Task<void> StorageController::runExport(QString parent)
{
    const QPointer<StorageController> guard(this);
    m_isExporting = true;
    m_hasFailed = false;
    m_progress = 0;
    m_resultText.clear();
    m_exportedFolder.clear();
    Q_EMIT exportChanged();
    const auto report = co_await m_export.run(std::move(parent));
    if (!guard)
        co_return;
    m_isExporting = false;
    m_hasFailed = !report;
    if (report) {
        m_resultText = textOf(*report);
        m_exportedFolder = QUrl::fromLocalFile(report->directory);
    } else {
        m_resultText = tr("The export cannot be written. Is there room in that folder, and may you "
                          "write to it?");
    }
    Q_EMIT exportChanged();
}

QString StorageController::textOf(const ArchiveReport &report) const
{
    const QLocale locale;
    QString text =
            tr("Messages: %1, conversations: %2, pictures: %3. They are in %4.")
                    .arg(locale.toString(report.messages), locale.toString(report.conversations),
                         locale.toString(report.pictures),
                         isolated(QDir::toNativeSeparators(report.directory)));
    if (m_export.isCancelled())
        return tr("Stopped before the end.") + QLatin1Char(' ') + text;
    if (!report.isComplete || report.picturesMissing > 0)
        text += QLatin1Char(' ')
                + tr("Some of it is only on the server and was left out: export again while you "
                     "are online.");
    return text;
}

} // namespace dunlin::client
