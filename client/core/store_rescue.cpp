// SPDX-License-Identifier: Apache-2.0
//
// A store whose file is damaged is put aside and begun anew. What the server has is loaded from
// there again; what was written here and is nowhere else is taken over as far as it can still be
// read.
#include "store_database.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlField>
#include <QSqlRecord>

namespace dunlin::client {
namespace {

/// Up to this size a file is looked through at every start, 100 ms or so; a larger one only after a
/// run that did not end by itself.
constexpr qint64 alwaysCheckedBytes = 64 * 1024 * 1024;

constexpr int sqliteCorrupt = 11;
constexpr int sqliteFull = 13;
constexpr int sqliteNotADatabase = 26;
/// The rest of an error code says more about the same.
constexpr int primaryCode = 0xff;

/// Until the first row that cannot be read.
QList<QSqlRecord> readableRows(const QSqlDatabase &damaged, const char *select)
{
    QList<QSqlRecord> rows;
    QSqlQuery query(damaged);
    query.setForwardOnly(true);
    if (query.exec(QLatin1String(select))) {
        while (query.next())
            rows.append(query.record());
    }
    return rows;
}

} // namespace

void StoreDatabase::noteError(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt() & primaryCode;
    m_isDamaged = m_isDamaged || code == sqliteCorrupt || code == sqliteNotADatabase;
    m_isDiskFull = m_isDiskFull || code == sqliteFull;
    if (m_error.isEmpty())
        m_error = error.text();
}

/// Whether there is no damage to be seen; true as well when it was not looked for.
bool StoreDatabase::checkFile()
{
    const QFileInfo log(m_filePath + QLatin1String("-wal"));
    const bool hasEndedByItself = !log.exists() || log.size() == 0;
    if (hasEndedByItself && QFileInfo(m_filePath).size() > alwaysCheckedBytes)
        return true;
    auto query = run(QLatin1String("PRAGMA quick_check(1)"));
    if (!query.next())
        return !m_isDamaged;
    const QString verdict = query.value(0).toString();
    if (verdict != QLatin1String("ok")) {
        m_isDamaged = true;
        m_error = verdict;
    }
    return !m_isDamaged;
}

bool StoreDatabase::rebuild()
{
    const UserId self = m_self;
    const QString aside = m_filePath + QLatin1String(".damaged-")
            + QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-hhmmsszzz"));
    qWarning("the store is damaged (%s) and begun anew; what was there is kept as %s",
             qPrintable(m_error), qPrintable(QFileInfo(aside).fileName()));
    close();
    if (QFile::exists(m_filePath) && !QFile::rename(m_filePath, aside)) {
        m_error = QStringLiteral("the damaged file cannot be put aside");
        return false;
    }
    // Its log goes with it, or it would be taken for the new file's.
    QFile::rename(m_filePath + QLatin1String("-wal"), aside + QLatin1String("-wal"));
    QFile::remove(m_filePath + QLatin1String("-shm"));
    m_isDamaged = false;
    if (!openFile())
        return false;
    rescue(aside);
    m_self = UserId{meta(QStringLiteral("user")).toLongLong()};
    if (!m_self && self) {
        m_self = self;
        setMeta(QStringLiteral("user"), QString::number(self.value));
    }
    ++m_generation;
    m_error.clear(); // of what could not be read
    m_isDamaged = false;
    return true;
}

void StoreDatabase::rescue(const QString &path)
{
    const QString name = m_connectionName + QLatin1String("-damaged");
    {
        auto damaged = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        damaged.setDatabaseName(path);
        if (damaged.open()) {
            run(QLatin1String("BEGIN IMMEDIATE"));
            const auto take = [this, &damaged](const char *table, const char *select) {
                for (const QSqlRecord &row : readableRows(damaged, select))
                    insertRow(QLatin1String(table), row);
            };
            take("meta", "SELECT * FROM meta WHERE key IN ('user', 'server')");
            take("people",
                 "SELECT * FROM people WHERE user_id = (SELECT CAST(value AS INTEGER) FROM meta"
                 " WHERE key = 'user')");
            take("outbox", "SELECT * FROM outbox");
            take("transfers", "SELECT * FROM transfers");
            take("drafts", "SELECT * FROM drafts");
            take("actions", "SELECT * FROM actions");
            run(QLatin1String("COMMIT"));
        }
    }
    QSqlDatabase::removeDatabase(name);
}

void StoreDatabase::insertRow(QLatin1String table, const QSqlRecord &row)
{
    QStringList columns;
    QStringList places;
    QVariantList values;
    for (int i = 0; i < row.count(); ++i) {
        columns.append(row.fieldName(i));
        places.append(QStringLiteral("?"));
        // An empty blob is read as a null one, which would be bound as NULL.
        const bool isNullBlob = row.value(i).typeId() == QMetaType::QByteArray
                && row.value(i).toByteArray().isNull();
        values.append(isNullBlob ? QVariant(QByteArray("")) : row.value(i));
    }
    const QByteArray sql = QStringLiteral("INSERT OR IGNORE INTO %1 (%2) VALUES (%3)")
                                   .arg(table, columns.join(u','), places.join(u','))
                                   .toLatin1();
    run(QLatin1String(sql), values);
}

} // namespace dunlin::client
