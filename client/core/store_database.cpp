// SPDX-License-Identifier: Apache-2.0
#include "store_database.h"

#include <QFile>
#include <QUuid>

namespace dunlin::client {

StoreDatabase::StoreDatabase(QString filePath, QString outgoing)
    : m_filePath(std::move(filePath)), m_outgoing(std::move(outgoing)),
      m_connectionName(QUuid::createUuid().toString())
{ }

bool StoreDatabase::open()
{
    return openFile() || (m_isDamaged && rebuild());
}

bool StoreDatabase::openFile()
{
    m_error.clear();
    auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connectionName);
    database.setDatabaseName(m_filePath);
    if (!database.open()) {
        m_error = database.lastError().text();
        return false;
    }
    run(QLatin1String("PRAGMA journal_mode = WAL")).next();
    run(QLatin1String("PRAGMA synchronous = NORMAL"));
    if (m_isDamaged || !checkFile() || !createSchema())
        return false;
    m_self = UserId{meta(QStringLiteral("user")).toLongLong()};
    m_epoch = meta(QStringLiteral("epoch")).toLongLong();
    return m_error.isEmpty();
}

void StoreDatabase::close()
{
    QSqlDatabase::database(m_connectionName, false).close();
    QSqlDatabase::removeDatabase(m_connectionName);
}

bool StoreDatabase::wipe()
{
    // No DELETE: what is deleted stays readable in the file's free pages.
    close();
    bool isGone = true;
    for (const char *suffix : {"", "-wal", "-shm"}) {
        const QString path = m_filePath + QLatin1String(suffix);
        isGone = (!QFile::exists(path) || QFile::remove(path)) && isGone;
    }
    m_self = {};
    m_changes = {};
    if (open() && !isGone)
        m_error = QStringLiteral("the file cannot be removed");
    return m_error.isEmpty();
}

QSqlQuery StoreDatabase::run(QLatin1String sql, const QVariantList &values)
{
    QSqlQuery query(QSqlDatabase::database(m_connectionName, false));
    query.setForwardOnly(true);
    bool isDone = query.prepare(sql);
    for (const QVariant &value : values) {
        // A null QString would be bound as NULL; empty text is meant.
        const bool isNullText = value.typeId() == QMetaType::QString && value.toString().isNull();
        query.addBindValue(isNullText ? QVariant(QStringLiteral("")) : value);
    }
    isDone = isDone && query.exec();
    if (!isDone)
        noteError(query.lastError());
    return query;
}

QString StoreDatabase::meta(const QString &key)
{
    auto query = run(QLatin1String("SELECT value FROM meta WHERE key = ?"), {key});
    return query.next() ? query.value(0).toString() : QString();
}

void StoreDatabase::setMeta(const QString &key, const QString &value)
{
    run(QLatin1String("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"), {key, value});
}

void StoreDatabase::setAccount(const Person &self)
{
    if (m_self && m_self != self.id) {
        for (const auto *sql :
             {"DELETE FROM meta", "DELETE FROM people", "DELETE FROM conversations",
              "DELETE FROM messages", "DELETE FROM outbox", "DELETE FROM drafts",
              "DELETE FROM pins", "DELETE FROM actions"})
            run(QLatin1String(sql));
        m_epoch = 0;
    }
    m_self = self.id;
    setMeta(QStringLiteral("user"), QString::number(self.id.value));
    putPerson(self);
}

Person StoreDatabase::account()
{
    return m_self ? person(m_self) : Person();
}

void StoreDatabase::touch(ConversationId id)
{
    if (!m_changes.conversations.contains(id))
        m_changes.conversations.append(id);
}

void StoreDatabase::touch(UserId id)
{
    if (!m_changes.people.contains(id))
        m_changes.people.append(id);
}

} // namespace dunlin::client
