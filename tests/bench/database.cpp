// SPDX-License-Identifier: Apache-2.0
#include "database.h"

#include "bed.h"

namespace dunlin::bench {

Database::Database(const QString &conninfo)
    : connection_(PQconnectdb(conninfo.toUtf8().constData()), PQfinish)
{
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        die(QString::asprintf("cannot connect to the database: %s",
                              PQerrorMessage(connection_.get())));
}

std::unique_ptr<PGresult, void (*)(PGresult *)> Database::execute(const std::string &sql)
{
    std::unique_ptr<PGresult, void (*)(PGresult *)> result(PQexec(connection_.get(), sql.c_str()),
                                                           PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        die(QString::asprintf("%s\n%s", PQerrorMessage(connection_.get()), sql.c_str()));
    return result;
}

void Database::run(const std::string &sql)
{
    execute(sql);
}

std::vector<std::vector<std::string>> Database::read(const std::string &sql)
{
    const auto result = execute(sql);
    std::vector<std::vector<std::string>> rows;
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        std::vector<std::string> &values = rows.emplace_back();
        for (int column = 0; column < PQnfields(result.get()); ++column)
            values.emplace_back(PQgetvalue(result.get(), row, column));
    }
    return rows;
}

} // namespace dunlin::bench
