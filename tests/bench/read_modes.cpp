// SPDX-License-Identifier: Apache-2.0
#include "cpu_meter.h"
#include "modes.h"
#include "samples.h"

namespace dunlin::bench {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr int pageMessages = 50;
/// Pages are read in this many places next to each other, in turn.
constexpr int places = 100;
constexpr int syncPageUpdates = 1000;

} // namespace

void runHistory(Run &run, QJsonObject &row, double place)
{
    const Clients clients = connectUsers(run, Bed::historyUser, 1);
    const std::int64_t last = run.bed.historyMessages();
    const std::int64_t range = std::int64_t{places} * pageMessages;
    const auto begin = std::int64_t(place * double(last - range));
    Samples samples;
    CpuMeter meter(run.bed.process());
    meter.start();
    const std::int64_t end = clockNs() + std::int64_t(run.seconds * double(second));
    for (int turn = 0; clockNs() < end; ++turn) {
        v1::ClientFrame request;
        v1::GetHistory &get = *request.mutable_get_history();
        get.set_conversation_id(Bed::historyConversation());
        get.set_after_seq(begin + std::int64_t{turn % places} * pageMessages);
        get.set_limit(pageMessages);
        const std::int64_t sent = clockNs();
        const v1::ServerFrame answer = ask(run, *clients.front(), request);
        samples.add(clockNs() - sent);
        if (answer.history_page().messages_size() != pageMessages)
            die(QString::asprintf("a page of %d messages", answer.history_page().messages_size()));
    }
    meter.stop(row, std::int64_t(samples.count()));
    row[QStringLiteral("pages_per_second")] = double(samples.count()) / run.seconds;
    row[QStringLiteral("p50_ms")] = samples.percentileMs(0.5);
    row[QStringLiteral("p99_ms")] = samples.percentileMs(0.99);
}

void runSync(Run &run, QJsonObject &row)
{
    const Clients clients = connectUsers(run, Bed::awayUser, 1);
    Samples samples;
    const std::int64_t end = clockNs() + std::int64_t(run.seconds * double(second));
    while (clockNs() < end) {
        const std::int64_t begin = clockNs();
        std::int64_t cursor = 0;
        bool hasMore = true;
        while (hasMore) {
            v1::ClientFrame request;
            request.mutable_sync()->set_since_seq(cursor);
            request.mutable_sync()->set_limit(syncPageUpdates);
            const v1::ServerFrame answer = ask(run, *clients.front(), request);
            cursor = answer.sync_page().next_seq();
            hasMore = answer.sync_page().has_more();
        }
        samples.add(clockNs() - begin);
        if (cursor != Bed::awayUpdates)
            die(QString::asprintf("synced to %lld", static_cast<long long>(cursor)));
    }
    row[QStringLiteral("p50_ms")] = samples.percentileMs(0.5);
    row[QStringLiteral("p99_ms")] = samples.percentileMs(0.99);
}

} // namespace dunlin::bench
