// SPDX-License-Identifier: Apache-2.0
#include "modes.h"

namespace dunlin::bench {
namespace {

constexpr int connectingAtOnce = 256;
constexpr std::int64_t second = 1'000'000'000;

QJsonObject nameOf(const QString &mode, QJsonObject parameters = {})
{
    parameters[QStringLiteral("mode")] = mode;
    return parameters;
}

Mode pairsMode(int pairs, int window, int flushDelayMs = 0)
{
    QJsonObject name{{QStringLiteral("pairs"), pairs}, {QStringLiteral("window"), window}};
    if (flushDelayMs > 0)
        name[QStringLiteral("flush_delay_ms")] = flushDelayMs;
    return {.name = nameOf(QStringLiteral("pairs"), name),
            .flushDelayMs = flushDelayMs,
            .run = [=](Run &run, QJsonObject &row) { runPairs(run, row, pairs, window, 0); }};
}

Mode openMode(int rate)
{
    constexpr int pairs = 50;
    return {.name = nameOf(QStringLiteral("open"),
                           {{QStringLiteral("rate"), rate}, {QStringLiteral("pairs"), pairs}}),
            .run = [=](Run &run, QJsonObject &row) { runPairs(run, row, pairs, 0, rate); }};
}

Mode connectionMode(const QString &mode, int connections, bool needsFreshServer,
                    void (*work)(Run &, QJsonObject &, int))
{
    return {.name = nameOf(mode, {{QStringLiteral("connections"), connections}}),
            .needsFreshServer = needsFreshServer,
            .run = [=](Run &run, QJsonObject &row) { work(run, row, connections); }};
}

Mode historyMode(const QString &position, double place)
{
    return {.name = nameOf(QStringLiteral("history"), {{QStringLiteral("position"), position}}),
            .seconds = 3,
            .run = [=](Run &run, QJsonObject &row) { runHistory(run, row, place); }};
}

} // namespace

std::vector<Mode> allModes()
{
    constexpr int idle = 19'000;
    // Before the floods, after which PostgreSQL has seconds of tidying to do.
    std::vector<Mode> modes{openMode(500),        openMode(2000),    openMode(10'000),
                            pairsMode(1, 1),      pairsMode(50, 1),  pairsMode(50, 10),
                            pairsMode(50, 10, 8), pairsMode(500, 10)};
    modes.push_back(connectionMode(QStringLiteral("idle"), 10'000, true, runIdle));
    modes.push_back(
            {.name = nameOf(QStringLiteral("active"),
                            {{QStringLiteral("pairs"), 50},
                             {QStringLiteral("window"), 1},
                             {QStringLiteral("idle"), idle}}),
             .seconds = 3,
             .run = [](Run &run, QJsonObject &row) { runActiveAmongIdle(run, row, 50, idle); }});
    modes.push_back(connectionMode(QStringLiteral("heartbeat"), idle, false, runHeartbeats));
    modes.push_back(historyMode(QStringLiteral("first"), 0));
    modes.push_back(historyMode(QStringLiteral("middle"), 0.5));
    modes.push_back(historyMode(QStringLiteral("newest"), 1));
    modes.push_back({.name = nameOf(QStringLiteral("sync"),
                                    {{QStringLiteral("updates"), Bed::awayUpdates}}),
                     .seconds = 3,
                     .run = runSync});
    modes.push_back({.name = nameOf(QStringLiteral("sign_in")), .run = runSignIns});
    modes.push_back({.name = nameOf(QStringLiteral("presence"),
                                    {{QStringLiteral("followers"), Bed::followers}}),
                     .seconds = 3,
                     .run = runPresence});
    modes.push_back({.name = nameOf(QStringLiteral("uploads"), {{QStringLiteral("at_once"), 50}}),
                     .needsFreshServer = true,
                     .run = [](Run &run, QJsonObject &row) { runUploadsAtOnce(run, row, 50); }});
    modes.push_back({.name = nameOf(QStringLiteral("uploads"), {{QStringLiteral("at_once"), 1}}),
                     .seconds = 10,
                     .run = runUploadAlone});
    return modes;
}

Clients connectUsers(Run &run, int firstUser, int count, const Client::OnFrame &onFrame)
{
    Clients clients;
    int signedIn = 0;
    const auto onFirst = [&signedIn](Client &, const v1::ServerFrame &frame) {
        if (!frame.has_signed_in())
            die(QString::asprintf("refused: %s", frame.ShortDebugString().c_str()));
        ++signedIn;
    };
    const auto tick = [&] {
        while (int(clients.size()) < count && int(clients.size()) - signedIn < connectingAtOnce) {
            Client &client = *clients.emplace_back(std::make_unique<Client>(run.loop));
            client.index = int(clients.size()) - 1;
            if (!client.connect(run.bed.port(), Bed::token(firstUser + client.index), onFirst))
                die(QString::asprintf("cannot connect client %d: %s", client.index,
                                      std::strerror(errno)));
        }
        return std::int64_t{INT64_MAX};
    };
    if (!run.loop.run(
                clockNs() + 60 * second, [&] { return signedIn == count; }, tick))
        die(QString::asprintf("only %d of %d clients are signed in after a minute", signedIn,
                              count));
    for (const auto &client : clients)
        client->setOnFrame(onFrame ? onFrame : [](Client &, const v1::ServerFrame &) {});
    return clients;
}

v1::ServerFrame ask(Run &run, Client &client, v1::ClientFrame request)
{
    static std::uint64_t lastId = 1000;
    const std::uint64_t id = ++lastId;
    request.set_request_id(id);
    v1::ServerFrame answer;
    bool isAnswered = false;
    client.setOnFrame([&](Client &, const v1::ServerFrame &frame) {
        if (frame.request_id() != id)
            return;
        answer = frame;
        isAnswered = true;
    });
    client.send(request);
    if (!run.loop.run(clockNs() + 60 * second, [&] { return isAnswered || client.isLost(); })
        || client.isLost())
        die(QString::asprintf("no answer to %s", request.ShortDebugString().c_str()));
    return answer;
}

} // namespace dunlin::bench
