// SPDX-License-Identifier: Apache-2.0
#include "token_store.h"

#include <QDir>
#include <QSaveFile>
#include <QStandardPaths>

namespace dunlin::client {
namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

} // namespace

QString FileTokenStore::load()
{
    QFile file(m_filePath);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed())
                                          : QString();
}

Result<void> FileTokenStore::save(const QString &token)
{
    QSaveFile file(m_filePath);
    // Closed to others before there is anything to read.
    const bool isSaved = file.open(QIODevice::WriteOnly) && file.setPermissions(ownerOnly)
            && file.write(token.toLatin1()) == token.size() && file.commit();
    if (!isSaved)
        return failure(ErrorCode::Internal, file.errorString().toStdString());
    return {};
}

void FileTokenStore::clear()
{
    QFile::remove(m_filePath);
}

QString profileDirectory(const QString &profile)
{
    const QString root = qEnvironmentVariable(
            "DUNLIN_PROFILE_ROOT",
            QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
                    + QLatin1String("/dunlin"));
    QString directory = QDir(root).absoluteFilePath(profile);
    QDir().mkpath(directory);
    QFile::setPermissions(directory, ownerOnly | QFileDevice::ExeOwner);
    return directory;
}

} // namespace dunlin::client
