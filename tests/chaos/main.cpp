// SPDX-License-Identifier: Apache-2.0
//
// Kills, freezes and starves a server and its PostgreSQL while people write, and judges what is
// left. tests/chaos/run builds and runs it.
#include "report.h"
#include "restart_times.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <sys/resource.h>

using namespace dunlin::chaos;

namespace {

struct Run {
    RoundOptions round = {};
    unsigned seed = 0;
    int rounds = 1;
    bool isOfRestarts = false;
    qint64 forMs = 0; ///< Rounds follow each other for as long.
    QString json = {};
};

Run readCommandLine(const QCoreApplication &application)
{
    QCommandLineParser parser;
    const auto option = [&parser](const char *name, const char *text, const char *value) {
        parser.addOption(
                QCommandLineOption(QLatin1String(name), QLatin1String(text), QLatin1String(value)));
    };
    parser.addHelpOption();
    option("server", "the dunlin-server to run", "program");
    option("seed", "the first round's; the same seed has the same plan", "number");
    option("hours", "one round after another for as long", "hours");
    option("rounds", "how many rounds", "number");
    option("messages", "acknowledged messages of a round, at least", "number");
    option("rate", "messages a second", "number");
    option("kills", "kills of the server in a round", "number");
    option("postgres-kills", "kills of PostgreSQL in a round, half of them of one process",
           "number");
    option("others", "how often each other fault happens in a round", "number");
    option("settle", "how long everything may take to arrive in the end", "seconds");
    option("json", "write the result there", "file");
    option("planted-bug", "run a calm round against a server with this bug", "name");
    parser.addOption(QCommandLineOption(QStringLiteral("restarts"),
                                        QStringLiteral("measure how long restarts take")));
    parser.process(application);
    const auto number = [&parser](const char *name, double otherwise) {
        const QString text = parser.value(QLatin1String(name));
        return text.isEmpty() ? otherwise : text.toDouble();
    };
    Run run;
    run.round.serverProgram = parser.value(QStringLiteral("server"));
    run.round.plantedBug = parser.value(QStringLiteral("planted-bug"));
    run.round.isCalm = !run.round.plantedBug.isEmpty();
    run.seed = unsigned(number("seed", QRandomGenerator::global()->bounded(1'000'000)));
    run.isOfRestarts = parser.isSet(QStringLiteral("restarts"));
    run.rounds = int(number("rounds", 1));
    run.forMs = qint64(number("hours", 0) * 3'600'000);
    run.round.messages = std::size_t(number("messages", run.isOfRestarts ? 1'000'000 : 20'000));
    run.round.messagesPerSecond = int(number("rate", 1500));
    run.round.plan.serverKills = int(number("kills", 20));
    const int postgresKills = int(number("postgres-kills", 6));
    run.round.plan.postgresKills = (postgresKills + 1) / 2;
    run.round.plan.backendKills = postgresKills / 2;
    run.round.plan.ofEachOther = int(number("others", 1));
    run.round.settleMs = qint64(number("settle", 120) * 1000);
    run.json = parser.value(QStringLiteral("json"));
    return run;
}

void save(const QString &path, const QJsonObject &json)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(json).toJson()) < 0)
        qFatal("cannot write %s", qPrintable(path));
}

QCoro::Task<int> runAll(Run run)
{
    if (run.isOfRestarts) {
        const QJsonObject times =
                co_await measureRestarts(run.round.serverProgram, int(run.round.messages));
        if (!run.json.isEmpty())
            save(run.json, times);
        co_return 0;
    }
    std::vector<RoundResult> results;
    QElapsedTimer timer;
    timer.start();
    bool isFine = true;
    for (int i = 0; i < run.rounds || timer.elapsed() < run.forMs; ++i) {
        RoundOptions options = run.round;
        options.seed = run.seed + unsigned(i);
        RoundResult result = co_await runRound(options);
        results.push_back(std::move(result));
        printResult(results.back());
        isFine = isFine && results.back().isFine();
        if (!run.json.isEmpty())
            save(run.json, toJson(results, run.seed)); // after each: a long run may be cut off
    }
    co_return isFine ? 0 : 1;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    // A thousand clients, and as many connections of the proxies.
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    const Run run = readCommandLine(application);
    return QCoro::waitFor(runAll(run));
}
