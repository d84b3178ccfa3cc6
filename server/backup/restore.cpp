// SPDX-License-Identifier: Apache-2.0
#include "backup/restore.h"

#include "backup/backup_folder.h"
#include "backup/postgres_tool.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <pwd.h>
#include <unistd.h>

#include <set>

namespace dunlin::backup {
namespace {

/// By so much the update logs go on further ahead: no device has heard of anything up to there, so
/// every one is told to begin anew from what the conversations are now.
constexpr const char *beginUpdateLogsAnew =
        "UPDATE users SET last_update_seq = last_update_seq + 1000000000,"
        " update_tail_seq = last_update_seq + 1000000000;"
        "DELETE FROM updates";

Result<void> checkSums(const QString &folder, const std::vector<Sum> &sums)
{
    std::set<QString> names;
    for (const Sum &sum : sums) {
        names.insert(sum.path);
        const auto found = sha256Of(folder + u'/' + sum.path);
        if (!found)
            return tl::unexpected(found.error());
        if (*found != sum.sha256)
            return failure(ErrorCode::InvalidArgument, sum.path.toStdString() + " is damaged");
    }
    if (!names.contains(dumpName) || !names.contains(manifestName))
        return failure(ErrorCode::InvalidArgument, "SHA256SUMS is damaged");
    return {};
}

Result<void> own(const QString &path, const QString &owner)
{
    if (owner.isEmpty())
        return {};
    const passwd *user = ::getpwnam(owner.toLocal8Bit().constData());
    if (user == nullptr || ::chown(path.toLocal8Bit().constData(), user->pw_uid, user->pw_gid) != 0)
        return failure(ErrorCode::Unavailable, "cannot give " + path.toStdString() + " away");
    return {};
}

Result<void> makeDirectory(const QString &path, const QString &owner)
{
    if (!QDir().mkpath(path))
        return failure(ErrorCode::Unavailable, "cannot make " + path.toStdString());
    QFile::setPermissions(path,
                          QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    return own(path, owner);
}

Result<void> copyBlobs(const Place &place, const QString &folder, const std::vector<Sum> &sums)
{
    const QString blobs = place.dataDirectory + QLatin1String("/blobs");
    for (const QString &path : {blobs, blobs + QLatin1String("/blobs")}) {
        if (auto made = makeDirectory(path, place.owner); !made)
            return made;
    }
    std::set<QString> folders{blobs, blobs + QLatin1String("/blobs")};
    for (const Sum &sum : sums) {
        if (!sum.path.startsWith(blobsName + u'/'))
            continue;
        const QString to = blobs + u'/' + sum.path;
        const QString parent = QFileInfo(to).path();
        if (folders.insert(parent).second) {
            if (auto made = makeDirectory(parent, place.owner); !made)
                return made;
        }
        const auto copied = copyFile(folder + u'/' + sum.path, to);
        if (!copied)
            return tl::unexpected(copied.error());
        if (auto given = own(to, place.owner); !given)
            return given;
    }
    for (const QString &path : folders) {
        if (auto flushed = flushFolder(path); !flushed)
            return flushed;
    }
    return {};
}

} // namespace

Result<Summary> restore(const Place &place, const QString &folder)
{
    auto summary = readManifest(folder);
    if (!summary)
        return summary;
    const auto sums = readSums(folder);
    if (!sums)
        return tl::unexpected(sums.error());
    if (const auto checked = checkSums(folder, *sums); !checked)
        return tl::unexpected(checked.error());
    if (const auto made = makeDirectory(place.dataDirectory, place.owner); !made)
        return tl::unexpected(made.error());
    const auto database = PlaceDatabase::open(place);
    if (!database)
        return tl::unexpected(database.error());
    const auto tables =
            (*database)->run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
    if (!tables)
        return tl::unexpected(tables.error());
    if (tables->front().front() != "0") {
        return failure(ErrorCode::InvalidArgument,
                       "there is data already; restore where there is none");
    }
    if (const auto copied = copyBlobs(place, folder, *sums); !copied)
        return tl::unexpected(copied.error());
    const auto restored =
            (*database)->runTool(QStringLiteral("pg_restore"),
                                 {QStringLiteral("--single-transaction"),
                                  QStringLiteral("--exit-on-error"), QStringLiteral("--no-owner"),
                                  QStringLiteral("--no-privileges"), folder + u'/' + dumpName});
    if (!restored)
        return tl::unexpected(restored.error());
    if (const auto begun = (*database)->run(beginUpdateLogsAnew); !begun)
        return tl::unexpected(begun.error());
    return summary;
}

} // namespace dunlin::backup
