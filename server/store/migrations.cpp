// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.h"

#include <QDir>
#include <QFile>

#include <libpq-fe.h>

#include <charconv>
#include <memory>

namespace dunlin::store {
namespace {

using BlockingConnection = std::unique_ptr<PGconn, void (*)(PGconn *)>;
using BlockingResult = std::unique_ptr<PGresult, void (*)(PGresult *)>;

/// Any number that no other program is likely to lock on.
constexpr const char *lockSql = "SELECT pg_advisory_xact_lock(7380120240101)";

DatabaseError errorOf(const PGconn *connection, const PGresult *result)
{
    const char *sqlState = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    DatabaseError error{.sqlState = sqlState != nullptr ? sqlState : "",
                        .message = PQerrorMessage(connection)};
    error.kind = kindOfSqlState(error.sqlState);
    return error;
}

/// Runs one or more statements; the value is the first column of the last one's first row, 0 when
/// there is none.
DbResult<int> execute(PGconn *connection, const std::string &sql)
{
    const BlockingResult result(PQexec(connection, sql.c_str()), PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return tl::unexpected(errorOf(connection, result.get()));
    int value = 0;
    if (PQntuples(result.get()) > 0) {
        const std::string_view text = PQgetvalue(result.get(), 0, 0);
        std::from_chars(text.data(), text.data() + text.size(), value);
    }
    return value;
}

DbResult<int> migrateInTransaction(PGconn *connection, std::span<const Migration> migrations)
{
    if (const auto locked = execute(connection, lockSql); !locked)
        return locked;
    const auto current = execute(connection,
                                 "CREATE TABLE IF NOT EXISTS schema_versions ("
                                 " version integer PRIMARY KEY, name text NOT NULL,"
                                 " applied_at timestamptz NOT NULL DEFAULT now());"
                                 "SELECT coalesce(max(version), 0) FROM schema_versions");
    if (!current)
        return current;
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    if (*current > newest) {
        return tl::unexpected(
                DatabaseError{.sqlState = {},
                              .message = "the database has schema version "
                                      + std::to_string(*current) + ", this server knows up to "
                                      + std::to_string(newest) + ": start a newer server"});
    }
    for (const Migration &migration : migrations) {
        if (migration.version <= *current)
            continue;
        const std::string record = "INSERT INTO schema_versions (version, name) VALUES ("
                + std::to_string(migration.version) + ", '" + migration.name + "')";
        for (const std::string &sql : {migration.sql, record}) {
            if (const auto applied = execute(connection, sql); !applied)
                return applied;
        }
    }
    return newest;
}

} // namespace

std::vector<Migration> builtInMigrations()
{
    std::vector<Migration> migrations;
    const QDir directory(QStringLiteral(":/dunlin/migrations"));
    for (const QString &fileName : directory.entryList(QDir::Files, QDir::Name)) {
        QFile file(directory.filePath(fileName));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        // "0001_what_it_does.sql"
        migrations.push_back({.version = fileName.left(4).toInt(),
                              .name = fileName.mid(5).chopped(4).toStdString(),
                              .sql = file.readAll().toStdString()});
    }
    return migrations;
}

DbResult<int> migrate(const std::string &conninfo, std::span<const Migration> migrations)
{
    const BlockingConnection connection(PQconnectdb(conninfo.c_str()), PQfinish);
    if (PQstatus(connection.get()) != CONNECTION_OK)
        return tl::unexpected(errorOf(connection.get(), nullptr));
    PQsetNoticeProcessor(
            connection.get(), [](void *, const char *) {}, nullptr);

    if (const auto begun = execute(connection.get(), "BEGIN"); !begun)
        return begun;
    const auto version = migrateInTransaction(connection.get(), migrations);
    // Without a commit, closing the connection rolls back.
    if (!version)
        return version;
    if (const auto committed = execute(connection.get(), "COMMIT"); !committed)
        return committed;
    return version;
}

DbResult<std::vector<AppliedMigration>> appliedMigrations(const std::string &conninfo)
{
    const BlockingConnection connection(PQconnectdb(conninfo.c_str()), PQfinish);
    if (PQstatus(connection.get()) != CONNECTION_OK)
        return tl::unexpected(errorOf(connection.get(), nullptr));
    const auto exists =
            execute(connection.get(), "SELECT (to_regclass('schema_versions') IS NOT NULL)::int");
    if (!exists)
        return tl::unexpected(exists.error());
    std::vector<AppliedMigration> applied;
    if (*exists == 0)
        return applied;
    const BlockingResult rows(
            PQexec(connection.get(),
                   "SELECT version, name, (extract(epoch FROM applied_at) * 1000)::bigint"
                   " FROM schema_versions ORDER BY version"),
            PQclear);
    if (PQresultStatus(rows.get()) != PGRES_TUPLES_OK)
        return tl::unexpected(errorOf(connection.get(), rows.get()));
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
        applied.push_back({.version = std::stoi(PQgetvalue(rows.get(), row, 0)),
                           .name = PQgetvalue(rows.get(), row, 1),
                           .appliedAtMs = std::stoll(PQgetvalue(rows.get(), row, 2))});
    }
    return applied;
}

} // namespace dunlin::store
