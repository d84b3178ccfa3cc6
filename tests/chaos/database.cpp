// SPDX-License-Identifier: Apache-2.0
#include "database.h"

#include <QtGlobal>

namespace dunlin::chaos {
namespace {

std::int64_t numberOf(const std::string &text)
{
    return std::stoll(text);
}

/// PostgreSQL's uuid.
ClientId clientIdOf(const std::string &uuid)
{
    ClientId id;
    std::size_t at = 0;
    for (std::size_t i = 0; i + 1 < uuid.size() && at < id.bytes.size(); ++i) {
        if (uuid[i] == '-')
            continue;
        id.bytes[at++] = static_cast<std::uint8_t>(std::stoi(uuid.substr(i, 2), nullptr, 16));
        ++i;
    }
    return id;
}

} // namespace

Database::Database(const std::string &conninfo)
    : connection_(PQconnectdb(conninfo.c_str()), PQfinish)
{
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        qFatal("cannot look into the database: %s", PQerrorMessage(connection_.get()));
}

std::vector<std::vector<std::string>> Database::run(const std::string &sql)
{
    const std::unique_ptr<PGresult, void (*)(PGresult *)> result(
            PQexec(connection_.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        qFatal("%s\n%s", PQerrorMessage(connection_.get()), sql.c_str());
    std::vector<std::vector<std::string>> rows(std::size_t(PQntuples(result.get())));
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        for (int column = 0; column < PQnfields(result.get()); ++column)
            rows[std::size_t(row)].emplace_back(PQgetvalue(result.get(), row, column));
    }
    return rows;
}

std::map<UserId, UpdateSeq> Database::newestUpdates()
{
    std::map<UserId, UpdateSeq> newest;
    for (const auto &row : run("SELECT user_id, last_update_seq FROM users"))
        newest[UserId{numberOf(row[0])}] = UpdateSeq{numberOf(row[1])};
    return newest;
}

DatabaseRecord Database::read()
{
    DatabaseRecord record;
    for (const auto &row : run("SELECT conversation_id, seq, client_id, sender_id, body, message_id"
                               " FROM messages ORDER BY conversation_id, seq")) {
        record.messages[ConversationId{numberOf(row[0])}].push_back(
                {.seq = MessageSeq{numberOf(row[1])},
                 .clientId = clientIdOf(row[2]),
                 .sender = UserId{numberOf(row[3])},
                 .text = fingerprintOf(row[4]),
                 .id = MessageId{numberOf(row[5])}});
    }
    for (const auto &row :
         run("SELECT conversation_id, user_id, delivered_seq, read_seq FROM members")) {
        record.marks[{ConversationId{numberOf(row[0])}, UserId{numberOf(row[1])}}] = {
                .delivered = MessageSeq{numberOf(row[2])}, .read = MessageSeq{numberOf(row[3])}};
    }
    record.newestUpdates = newestUpdates();
    return record;
}

} // namespace dunlin::chaos
