// SPDX-License-Identifier: Apache-2.0
#include "backup/postgres_tool.h"

#include "store/postgres_programs.h"

#include <QProcess>

namespace dunlin::backup {
namespace {

tl::unexpected<Error> unavailable(const std::string &reason)
{
    return failure(ErrorCode::Unavailable, reason);
}

/// The connection string without its password, and the password.
std::pair<std::string, std::string> withoutPassword(const std::string &conninfo)
{
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption *)> options(
            PQconninfoParse(conninfo.c_str(), nullptr), PQconninfoFree);
    std::pair<std::string, std::string> parts;
    for (const PQconninfoOption *option = options.get();
         option != nullptr && option->keyword != nullptr; ++option) {
        if (option->val == nullptr)
            continue;
        if (std::string_view(option->keyword) == "password") {
            parts.second = option->val;
            continue;
        }
        std::string quoted;
        for (const char *at = option->val; *at != '\0'; ++at) {
            if (*at == '\'' || *at == '\\')
                quoted += '\\';
            quoted += *at;
        }
        parts.first += std::string(option->keyword) + "='" + quoted + "' ";
    }
    return parts;
}

} // namespace

PlaceDatabase::PlaceDatabase() : connection_(nullptr, PQfinish) { }

Result<std::unique_ptr<PlaceDatabase>> PlaceDatabase::open(const Place &place)
{
    std::unique_ptr<PlaceDatabase> database(new PlaceDatabase);
    auto cluster = std::make_unique<store::PrivateCluster>(store::PrivateCluster::Options{
            .directory = place.dataDirectory + QLatin1String("/postgresql"), .user = place.owner});
    const bool isPrivate = place.databaseUrl.empty();
    database->conninfo_ = isPrivate ? cluster->conninfo() : place.databaseUrl;
    database->connection_.reset(PQconnectdb(database->conninfo_.c_str()));
    if (PQstatus(database->connection_.get()) != CONNECTION_OK && isPrivate) {
        // No server runs, which would have started it.
        if (const auto started = cluster->start(); !started)
            return tl::unexpected(started.error());
        database->cluster_ = std::move(cluster);
        database->connection_.reset(PQconnectdb(database->conninfo_.c_str()));
    }
    if (PQstatus(database->connection_.get()) != CONNECTION_OK) {
        return unavailable(std::string("cannot connect to the database: ")
                           + PQerrorMessage(database->connection_.get()));
    }
    return database;
}

Result<std::vector<std::vector<std::string>>> PlaceDatabase::run(const std::string &sql)
{
    const std::unique_ptr<PGresult, void (*)(PGresult *)> result(
            PQexec(connection_.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return unavailable(std::string("the database: ") + PQerrorMessage(connection_.get()));
    std::vector<std::vector<std::string>> rows(static_cast<std::size_t>(PQntuples(result.get())));
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        for (int column = 0; column < PQnfields(result.get()); ++column)
            rows[static_cast<std::size_t>(row)].emplace_back(PQgetvalue(result.get(), row, column));
    }
    return rows;
}

Result<void> PlaceDatabase::runTool(const QString &name, QStringList arguments)
{
    const QString program = store::postgresProgram(name);
    if (program.isEmpty())
        return unavailable(name.toStdString() + " is not installed (package postgresql-client-15)");
    const auto [conninfo, password] = withoutPassword(conninfo_);
    auto environment = QProcessEnvironment::systemEnvironment();
    if (!password.empty())
        environment.insert(QStringLiteral("PGPASSWORD"), QString::fromStdString(password));
    arguments += {QStringLiteral("--dbname"), QString::fromStdString(conninfo)};
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedOutputChannel);
    process.start(program, arguments);
    process.waitForFinished(-1); // a large database takes its time
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        return unavailable(name.toStdString() + ": "
                           + process.readAllStandardError().trimmed().toStdString());
    }
    return {};
}

} // namespace dunlin::backup
