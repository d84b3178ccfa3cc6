// SPDX-License-Identifier: Apache-2.0
// The load generator behind tests/bench/run.
#include "modes.h"
#include "report.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <sys/resource.h>

#include <cstdio>
#include <map>

namespace {

using namespace dunlin::bench;

struct Candidate {
    QString label;
    QString program;
};

struct Plan {
    QList<Candidate> candidates;
    QStringList only; ///< Empty: all.
    int rounds = 3;
    bool isQuick = false;
};

constexpr double quickSeconds = 3;
constexpr int quickHistoryMessages = 100'000;

class Bench {
public:
    explicit Bench(Plan plan) : plan_(std::move(plan)) { }

    QList<QJsonObject> run()
    {
        std::vector<Mode> modes = allModes();
        std::erase_if(modes, [this](const Mode &mode) {
            return !isWanted(mode.name[QLatin1String("mode")].toString());
        });
        QList<QList<QJsonObject>> runs(qsizetype(modes.size()) * plan_.candidates.size());
        for (int round = 0; round < plan_.rounds; ++round) {
            for (std::size_t mode = 0; mode < modes.size(); ++mode) {
                // In turn, so that what disturbs the machine disturbs both.
                for (qsizetype i = 0; i < plan_.candidates.size(); ++i)
                    runs[qsizetype(mode) * plan_.candidates.size() + i] += measure(modes[mode], i);
            }
            compareAndClear();
        }
        QList<QJsonObject> rows;
        for (const auto &ofMode : runs)
            rows += medianOf(ofMode);
        return rows;
    }

    /// Messages that PostgreSQL does not have as they were acknowledged.
    [[nodiscard]] std::size_t differences() const { return differences_; }

private:
    [[nodiscard]] bool isWanted(const QString &mode) const
    {
        return plan_.only.isEmpty() || plan_.only.contains(mode);
    }

    /// What PostgreSQL holds is what was acknowledged; the next round begins with a fresh one.
    void compareAndClear()
    {
        for (const auto &[key, bed] : beds_) {
            auto database = bed->database();
            const auto wrong = bed->ledger.differences(database);
            std::fprintf(stderr, "%zu messages acknowledged, PostgreSQL differs in %zu\n",
                         bed->ledger.acknowledged(), wrong);
            differences_ += wrong + bed->ledger.sent() - bed->ledger.acknowledged();
        }
        beds_.clear();
    }

    QJsonObject measure(const Mode &mode, qsizetype candidate)
    {
        Bed &bed = bedOf(candidate, mode.flushDelayMs);
        if (mode.needsFreshServer)
            bed.restart();
        QJsonObject row = mode.name;
        if (plan_.candidates.size() > 1)
            row[QStringLiteral("revision")] = plan_.candidates[candidate].label;
        Loop loop;
        Run run{.bed = bed,
                .loop = loop,
                .seconds = plan_.isQuick ? std::min(quickSeconds, mode.seconds) : mode.seconds};
        mode.run(run, row);
        std::fprintf(stderr, "%s", qPrintable(table({row}).section(QLatin1Char('\n'), 1)));
        return row;
    }

    Bed &bedOf(qsizetype candidate, int flushDelayMs)
    {
        auto &bed = beds_[{candidate, flushDelayMs}];
        if (!bed) {
            Bed::Options options{.serverProgram = plan_.candidates[candidate].program,
                                 .flushDelayMs = flushDelayMs};
            if (plan_.isQuick || !isWanted(QStringLiteral("history")) || flushDelayMs > 0)
                options.historyMessages = quickHistoryMessages;
            bed = std::make_unique<Bed>(options);
        }
        return *bed;
    }

    const Plan plan_;
    std::map<std::pair<qsizetype, int>, std::unique_ptr<Bed>> beds_;
    std::size_t differences_ = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Measures dunlin-server under load."));
    parser.addHelpOption();
    const QCommandLineOption server(QStringLiteral("server"), QStringLiteral("dunlin-server"),
                                    QStringLiteral("program"));
    const QCommandLineOption compare(QStringLiteral("compare"),
                                     QStringLiteral("another dunlin-server, measured in turn"),
                                     QStringLiteral("label=program"));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("these modes"),
                                  QStringLiteral("mode,..."));
    const QCommandLineOption quick(QStringLiteral("quick"),
                                   QStringLiteral("each mode once, for 3 s"));
    const QCommandLineOption json(QStringLiteral("json"), QStringLiteral("write the rows there"),
                                  QStringLiteral("file"));
    parser.addOptions({server, compare, only, quick, json});
    parser.process(application);

    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);

    Plan plan{.candidates = {{QStringLiteral("this"), parser.value(server)}},
              .only = parser.value(only).split(QLatin1Char(','), Qt::SkipEmptyParts),
              .isQuick = parser.isSet(quick)};
    plan.rounds = plan.isQuick ? 1 : 3;
    if (parser.isSet(compare)) {
        const QString value = parser.value(compare);
        plan.candidates.prepend(
                {value.section(QLatin1Char('='), 0, 0), value.section(QLatin1Char('='), 1)});
    }
    Bench bench(plan);
    const auto rows = bench.run();
    if (rows.isEmpty()) {
        std::fprintf(stderr, "there is no mode %s\n", qPrintable(parser.value(only)));
        return 2;
    }
    std::printf("%s\n%s", qPrintable(machineFacts()), qPrintable(table(rows)));
    if (plan.rounds > 1)
        std::printf("Medians of %d runs.\n", plan.rounds);
    if (parser.isSet(json) && !writeJson(parser.value(json), rows))
        std::fprintf(stderr, "cannot write %s\n", qPrintable(parser.value(json)));
    if (bench.differences() > 0)
        std::printf("%zu messages are not as they were acknowledged.\n", bench.differences());
    return bench.differences() == 0 ? 0 : 1;
}
