// SPDX-License-Identifier: Apache-2.0
#include "metrics/exposition.h"
#include "metrics/process.h"

#include <QTest>

#include <thread>

using namespace dunlin;
using namespace dunlin::metrics;

namespace {

std::uint64_t valueOf(Counter counter)
{
    return snapshot().counters[static_cast<std::size_t>(counter)];
}

} // namespace

class MetricsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allThreadsAreAddedUpAndNoneIsLostWhenOneEnds()
    {
        constexpr int threads = 4;
        constexpr int times = 10'000;
        const auto before = valueOf(Counter::Requests);
        std::vector<std::jthread> all;
        for (int i = 0; i < threads; ++i) {
            all.emplace_back([] {
                for (int n = 0; n < times; ++n) {
                    add(Counter::Requests);
                    change(Gauge::Sessions, n % 2 == 0 ? 1 : -1);
                }
            });
        }
        // Read meanwhile: it never goes back.
        std::uint64_t last = before;
        for (int i = 0; i < 100; ++i) {
            const auto now = valueOf(Counter::Requests);
            QVERIFY(now >= last);
            last = now;
        }
        all.clear();
        QCOMPARE(valueOf(Counter::Requests) - before, std::uint64_t{threads * times});
        QCOMPARE(snapshot().gauges[static_cast<std::size_t>(Gauge::Sessions)], std::int64_t{0});
    }

    void aHistogramCountsEachValueInItsBucket()
    {
        observe(Histogram::BatchJobs, 1);
        observe(Histogram::BatchJobs, 3);
        observe(Histogram::BatchJobs, 1e9);
        const std::string text = exposition(snapshot(), {});
        for (const char *line :
             {"dunlin_batch_jobs_bucket{le=\"1\"} 1\n", "dunlin_batch_jobs_bucket{le=\"2\"} 1\n",
              "dunlin_batch_jobs_bucket{le=\"5\"} 2\n",
              "dunlin_batch_jobs_bucket{le=\"20000\"} 2\n",
              "dunlin_batch_jobs_bucket{le=\"+Inf\"} 3\n", "dunlin_batch_jobs_count 3\n"})
            QVERIFY2(text.find(line) != std::string::npos, text.c_str());
    }

    void everyNameIsThereOnceWithItsKindAndHelp()
    {
        const std::string text = exposition(snapshot(), processSamples());
        QSet<QByteArray> names;
        for (const QByteArray &line : QByteArray::fromStdString(text).split('\n')) {
            if (!line.startsWith("# TYPE "))
                continue;
            const QByteArray name = line.split(' ')[2];
            QVERIFY2(!names.contains(name), name.constData());
            names += name;
            QVERIFY2(text.find("# HELP " + name.toStdString() + " ") != std::string::npos,
                     name.constData());
        }
        QVERIFY(names.contains("dunlin_requests_total"));
        QVERIFY(names.contains("process_cpu_seconds_total"));
    }
};

QTEST_GUILESS_MAIN(MetricsTest)
#include "tst_metrics.moc"
