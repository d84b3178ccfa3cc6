// SPDX-License-Identifier: Apache-2.0
#include "backup/backup.h"

#include "backup/backup_folder.h"
#include "backup/postgres_tool.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QHash>

#include <sys/stat.h>

namespace dunlin::backup {
namespace {

/// The paths of all pictures below the folder they are in, by name.
QHash<QString, QString> filesBelow(const QString &folder)
{
    QHash<QString, QString> files;
    QDirIterator iterator(folder, QDir::Files, QDirIterator::Subdirectories);
    while (iterator.hasNext()) {
        const QString path = iterator.next();
        files[iterator.fileName()] = path.mid(folder.size() + 1);
    }
    return files;
}

Result<void> makeFolder(const QString &folder)
{
    if (QFileInfo::exists(folder))
        return failure(ErrorCode::InvalidArgument, folder.toStdString() + " is there already");
    const QString making = folder + QLatin1String(".making");
    QDir(making).removeRecursively(); // of a backup that was cut off
    if (!QDir().mkpath(QFileInfo(making).path())
        || ::mkdir(making.toLocal8Bit().constData(), 0700) != 0)
        return failure(ErrorCode::Unavailable, "cannot make " + making.toStdString());
    return {};
}

class Backup {
public:
    Backup(const Place &place, QString folder, PlaceDatabase &database)
        : place_(place), folder_(std::move(folder)), database_(database)
    { }

    Result<Summary> make()
    {
        for (const auto step : {&Backup::dump, &Backup::copyBlobs, &Backup::finish}) {
            if (const auto done = (this->*step)(); !done)
                return tl::unexpected(done.error());
        }
        return summary_;
    }

private:
    Result<void> dump();
    Result<void> copyBlobs();
    Result<void> copyBlob(const std::vector<std::string> &row,
                          const QHash<QString, QString> &files);
    Result<void> finish();

    const Place &place_;
    const QString folder_;
    PlaceDatabase &database_;
    Summary summary_;
    std::vector<Sum> sums_;
    std::vector<std::vector<std::string>> blobs_;
};

/// pg_dump sees the very moment that the list of pictures is read in.
Result<void> Backup::dump()
{
    if (const auto begun = database_.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); !begun)
        return tl::unexpected(begun.error());
    const auto snapshot = database_.run("SELECT pg_export_snapshot()");
    if (!snapshot)
        return tl::unexpected(snapshot.error());
    const auto counts =
            database_.run("SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM messages)");
    if (!counts)
        return tl::unexpected(counts.error());
    summary_.users = std::stoll(counts->front()[0]);
    summary_.messages = std::stoll(counts->front()[1]);
    auto blobs = database_.run("SELECT user_id, blob_id, encode(sha256, 'hex'), is_used::int"
                               " FROM blobs WHERE sha256 IS NOT NULL ORDER BY user_id, blob_id");
    if (!blobs)
        return tl::unexpected(blobs.error());
    blobs_ = std::move(*blobs);
    const QString path = folder_ + u'/' + dumpName;
    const auto dumped = database_.runTool(
            QStringLiteral("pg_dump"),
            {QStringLiteral("--format=custom"), QStringLiteral("--no-owner"),
             QStringLiteral("--no-privileges"),
             QLatin1String("--snapshot=") + QString::fromStdString(snapshot->front()[0]),
             QLatin1String("--file=") + path});
    if (!dumped)
        return dumped;
    if (const auto ended = database_.run("COMMIT"); !ended)
        return tl::unexpected(ended.error());
    const auto sum = sha256Of(path);
    if (!sum)
        return tl::unexpected(sum.error());
    sums_.push_back({.path = dumpName, .sha256 = *sum});
    return {};
}

Result<void> Backup::copyBlobs()
{
    const QString source = place_.dataDirectory + QLatin1String("/blobs/blobs");
    const QHash<QString, QString> files = filesBelow(source);
    if (!QDir().mkpath(folder_ + u'/' + blobsName))
        return failure(ErrorCode::Unavailable, "cannot make a folder for the pictures");
    for (const auto &row : blobs_) {
        if (const auto copied = copyBlob(row, files); !copied)
            return copied;
    }
    return {};
}

Result<void> Backup::copyBlob(const std::vector<std::string> &row,
                              const QHash<QString, QString> &files)
{
    const QString name = QString::fromStdString(row[0] + '-' + row[1]);
    const QByteArray expected = QByteArray::fromStdString(row[2]);
    const bool isShown = row[3] == "1";
    const QString path = files.value(name);
    const QString from = place_.dataDirectory + QLatin1String("/blobs/blobs/") + path;
    // One that nothing shows may have been collected since.
    if (path.isEmpty() || (!isShown && !QFileInfo::exists(from))) {
        summary_.brokenBlobs += isShown ? 1 : 0;
        return {};
    }
    const QString to = blobsName + u'/' + path;
    const auto sum = copyFile(from, folder_ + u'/' + to);
    if (!sum)
        return tl::unexpected(sum.error());
    if (*sum != expected) {
        QFile::remove(folder_ + u'/' + to);
        summary_.brokenBlobs += isShown ? 1 : 0;
        return {};
    }
    sums_.push_back({.path = to, .sha256 = *sum});
    ++summary_.blobs;
    summary_.blobBytes += QFileInfo(from).size();
    return {};
}

Result<void> Backup::finish()
{
    if (auto written = writeManifest(folder_, summary_); !written)
        return written;
    const auto sum = sha256Of(folder_ + u'/' + manifestName);
    if (!sum)
        return tl::unexpected(sum.error());
    sums_.push_back({.path = manifestName, .sha256 = *sum});
    if (auto written = writeSums(folder_, sums_); !written)
        return written;
    QDirIterator iterator(folder_, QDir::Dirs | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (iterator.hasNext()) {
        if (auto flushed = flushFolder(iterator.next()); !flushed)
            return flushed;
    }
    return flushFolder(folder_);
}

} // namespace

Result<Summary> backUp(const Place &place, const QString &folder)
{
    auto database = PlaceDatabase::open(place);
    if (!database)
        return tl::unexpected(database.error());
    if (const auto made = makeFolder(folder); !made)
        return tl::unexpected(made.error());
    const QString making = folder + QLatin1String(".making");
    auto summary = Backup(place, making, **database).make();
    if (!summary) {
        QDir(making).removeRecursively();
        return summary;
    }
    if (!QDir().rename(making, folder))
        return failure(ErrorCode::Unavailable, "cannot rename " + making.toStdString());
    if (const auto flushed = flushFolder(QFileInfo(folder).path()); !flushed)
        return tl::unexpected(flushed.error());
    return summary;
}

} // namespace dunlin::backup
