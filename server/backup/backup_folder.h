// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "backup/backup.h"

#include <QString>

#include <vector>

namespace dunlin::backup {

/// What a backup's folder holds:
///
///     backup.json       what it is of and when it was made
///     database.dump     of pg_dump, its own format
///     blobs/XX/...      the pictures, named as in the data directory
///     SHA256SUMS        of all the above; sha256sum -c reads it
///
/// Functions block. Errors: UNAVAILABLE, with words for an operator.

inline const QString manifestName = QStringLiteral("backup.json");
inline const QString dumpName = QStringLiteral("database.dump");
inline const QString blobsName = QStringLiteral("blobs");
inline const QString sumsName = QStringLiteral("SHA256SUMS");

/// A file of the folder and its SHA-256 in hexadecimal.
struct Sum {
    QString path = {};
    QByteArray sha256 = {};
};

/// The SHA-256 of what was copied. The copy is flushed; its folder is made.
Result<QByteArray> copyFile(const QString &from, const QString &to);
Result<QByteArray> sha256Of(const QString &path);
Result<void> writeFile(const QString &path, const QByteArray &bytes);
/// So that what is inside is there after a crash.
Result<void> flushFolder(const QString &path);

Result<void> writeSums(const QString &folder, const std::vector<Sum> &sums);
Result<std::vector<Sum>> readSums(const QString &folder);
Result<void> writeManifest(const QString &folder, const Summary &summary);
/// INVALID_ARGUMENT when it is no backup or one of a newer version.
Result<Summary> readManifest(const QString &folder);

} // namespace dunlin::backup
