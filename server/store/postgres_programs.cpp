// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_programs.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace dunlin::store {

QString postgresProgram(const QString &name)
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    const QStringList names =
            versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const QString &version : names) {
        const QString path = versions.filePath(version + QLatin1String("/bin/") + name);
        if (QFileInfo(path).isExecutable())
            return path;
    }
    return QStandardPaths::findExecutable(name);
}

} // namespace dunlin::store
