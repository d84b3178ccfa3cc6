// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include <QJsonArray>

#include <algorithm>
#include <cstdio>

namespace dunlin::chaos {
namespace {

constexpr std::size_t violationsShown = 20;

QString toText(const std::string &text)
{
    return QString::fromStdString(text);
}

qint64 medianOf(std::vector<qint64> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

qint64 largestOf(const std::vector<qint64> &values)
{
    return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

void addTimes(QJsonObject &object, const QString &name, const std::vector<qint64> &values)
{
    object[name + QLatin1String("_median_ms")] = medianOf(values);
    object[name + QLatin1String("_largest_ms")] = largestOf(values);
}

int countOf(const RoundResult &result, const std::string &fault)
{
    const auto found = result.faults.find(fault);
    return found == result.faults.end() ? 0 : found->second;
}

QJsonObject sumOf(const std::vector<RoundResult> &results)
{
    QJsonObject sum;
    qint64 sent = 0;
    qint64 acknowledged = 0;
    qint64 refused = 0;
    qint64 kills = 0;
    qint64 postgresKills = 0;
    int snapshots = 0;
    bool haveSettled = true;
    std::map<Breach, qint64> breaches;
    std::map<std::string, int> faults;
    std::vector<qint64> starts;
    std::vector<qint64> restarts;
    std::vector<qint64> recoveries;
    for (const RoundResult &result : results) {
        sent += qint64(result.sent);
        acknowledged += qint64(result.acknowledged);
        refused += qint64(result.refused);
        kills += countOf(result, "kill_server");
        postgresKills += countOf(result, "kill_postgres") + countOf(result, "kill_backend");
        snapshots += result.snapshots;
        haveSettled = haveSettled && result.hasSettled;
        for (const Breach breach : allBreaches)
            breaches[breach] += qint64(result.count(breach));
        for (const auto &[name, count] : result.faults)
            faults[name] += count;
        starts.insert(starts.end(), result.startsAfterKill.begin(), result.startsAfterKill.end());
        restarts.insert(restarts.end(), result.restarts.begin(), result.restarts.end());
        recoveries.insert(recoveries.end(), result.recoveries.begin(), result.recoveries.end());
    }
    sum[QStringLiteral("sent")] = sent;
    sum[QStringLiteral("acknowledged")] = acknowledged;
    sum[QStringLiteral("refused")] = refused;
    sum[QStringLiteral("kills")] = kills;
    sum[QStringLiteral("postgres_kills")] = postgresKills;
    sum[QStringLiteral("snapshots")] = snapshots;
    sum[QStringLiteral("settled")] = haveSettled;
    for (const auto &[breach, count] : breaches)
        sum[toText(nameOf(breach))] = count;
    QJsonObject kinds;
    for (const auto &[name, count] : faults)
        kinds[toText(name)] = count;
    sum[QStringLiteral("faults")] = kinds;
    addTimes(sum, QStringLiteral("start_after_kill"), starts);
    addTimes(sum, QStringLiteral("restart"), restarts);
    addTimes(sum, QStringLiteral("recovery"), recoveries);
    return sum;
}

} // namespace

void printResult(const RoundResult &result)
{
    std::printf("seed %u: %zu sent, %zu acknowledged, %zu refused, %d kills of the server, %d of"
                " PostgreSQL, %s\n",
                result.seed, result.sent, result.acknowledged, result.refused,
                countOf(result, "kill_server"),
                countOf(result, "kill_postgres") + countOf(result, "kill_backend"),
                result.hasSettled ? "settled" : "DID NOT SETTLE");
    std::printf("  after kill -9 it serves after %lld ms (median; at most %lld), after SIGTERM %lld"
                " (%lld), a fault is over after %lld (%lld)\n",
                medianOf(result.startsAfterKill), largestOf(result.startsAfterKill),
                medianOf(result.restarts), largestOf(result.restarts), medianOf(result.recoveries),
                largestOf(result.recoveries));
    for (const Breach breach : allBreaches)
        std::printf("  %s %zu", nameOf(breach).c_str(), result.count(breach));
    std::printf("\n");
    for (std::size_t i = 0; i < std::min(result.violations.size(), violationsShown); ++i)
        std::printf("  %s: %s\n", nameOf(result.violations[i].breach).c_str(),
                    result.violations[i].what.c_str());
    std::fflush(stdout);
}

QJsonObject toJson(const std::vector<RoundResult> &results, unsigned seed)
{
    QJsonObject json = sumOf(results);
    json[QStringLiteral("seed")] = qint64(seed);
    QJsonArray rounds;
    for (const RoundResult &result : results) {
        QJsonObject round = sumOf({result});
        round[QStringLiteral("seed")] = qint64(result.seed);
        QJsonArray violations;
        for (std::size_t i = 0; i < std::min(result.violations.size(), violationsShown); ++i)
            violations.append(toText(result.violations[i].what));
        round[QStringLiteral("violations")] = violations;
        rounds.append(round);
    }
    json[QStringLiteral("rounds")] = rounds;
    return json;
}

} // namespace dunlin::chaos
