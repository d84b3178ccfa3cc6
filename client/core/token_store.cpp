// SPDX-License-Identifier: Apache-2.0
#include "token_store.h"

#include <QDir>
#include <QSaveFile>
#include <QStandardPaths>

namespace dunlin::client {
namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

} // namespace

QString FileTokenStore::read() const
{
    QFile file(m_filePath);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed())
                                          : QString();
}

TokenResult<void> FileTokenStore::write(const QString &token) const
{
    QSaveFile file(m_filePath);
    // Closed to others before there is anything to read.
    const bool isSaved = file.open(QIODevice::WriteOnly) && file.setPermissions(ownerOnly)
            && file.write(token.toLatin1()) == token.size() && file.commit();
    if (!isSaved)
        return tl::unexpected(TokenProblem::CannotWrite);
    return {};
}

void FileTokenStore::remove() const
{
    QFile::remove(m_filePath);
}

QCoro::Task<TokenResult<QString>> FileTokenStore::load()
{
    co_return read();
}

QCoro::Task<TokenResult<void>> FileTokenStore::save(QString token)
{
    co_return write(token);
}

QCoro::Task<void> FileTokenStore::clear()
{
    remove();
    co_return;
}

QCoro::Task<TokenResult<void>> FileTokenStore::prepare()
{
    co_return TokenResult<void>();
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
