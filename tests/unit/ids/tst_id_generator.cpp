// SPDX-License-Identifier: Apache-2.0
#include "ids/id_generator.h"

#include <QTest>

#include <algorithm>
#include <thread>
#include <vector>

using namespace dunlin;
using namespace std::chrono_literals;

class TestIdGenerator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anIdTellsItsTimeAndItsNode();
    void idsRiseWhenTheClockStands();
    void idsRiseWhenTheClockGoesBack();
    void aBusyMillisecondRunsAheadAndTheClockCatchesUp();
    void nodesNeverMakeTheSameId();
    void threadsNeverGetTheSameId();
};

namespace {

/// A clock that a test sets; starts in November 2026.
struct HandClock {
    std::chrono::system_clock::time_point now{std::chrono::milliseconds(1'795'000'000'000)};

    IdGenerator::Clock reader()
    {
        return [this] { return now; };
    }
};

} // namespace

void TestIdGenerator::anIdTellsItsTimeAndItsNode()
{
    HandClock clock;
    IdGenerator generator(1023, clock.reader());
    const std::int64_t id = generator.next();
    QVERIFY(id > 0);
    QVERIFY(IdGenerator::timeOf(id) == clock.now.time_since_epoch());
    QCOMPARE(IdGenerator::nodeOf(id), 1023);
}

void TestIdGenerator::idsRiseWhenTheClockStands()
{
    HandClock clock;
    IdGenerator generator(0, clock.reader());
    std::int64_t last = 0;
    for (int round = 0; round < 10'000; ++round) {
        const std::int64_t id = generator.next();
        QVERIFY2(id > last, qPrintable(QString::number(round)));
        last = id;
    }
}

void TestIdGenerator::idsRiseWhenTheClockGoesBack()
{
    HandClock clock;
    IdGenerator generator(3, clock.reader());
    const std::int64_t before = generator.next();
    clock.now -= 1h;
    const std::int64_t after = generator.next();
    QVERIFY(after > before);
    QVERIFY(IdGenerator::timeOf(after) - IdGenerator::timeOf(before) <= 1ms);
}

void TestIdGenerator::aBusyMillisecondRunsAheadAndTheClockCatchesUp()
{
    HandClock clock;
    IdGenerator generator(0, clock.reader());
    std::int64_t id = 0;
    for (int round = 0; round < 4096 * 3; ++round)
        id = generator.next();
    QVERIFY(IdGenerator::timeOf(id) == clock.now.time_since_epoch() + 2ms);
    clock.now += 5ms;
    QVERIFY(IdGenerator::timeOf(generator.next()) == clock.now.time_since_epoch());
}

void TestIdGenerator::nodesNeverMakeTheSameId()
{
    HandClock clock;
    IdGenerator first(1, clock.reader());
    IdGenerator second(2, clock.reader());
    for (int round = 0; round < 100; ++round)
        QVERIFY(first.next() != second.next());
}

void TestIdGenerator::threadsNeverGetTheSameId()
{
    IdGenerator generator(0);
    std::vector<std::vector<std::int64_t>> made(4);
    std::vector<std::jthread> threads;
    for (auto &ids : made) {
        threads.emplace_back([&ids, &generator] {
            for (int round = 0; round < 20'000; ++round)
                ids.push_back(generator.next());
        });
    }
    threads.clear();
    std::vector<std::int64_t> all;
    for (const auto &ids : made) {
        QVERIFY(std::is_sorted(ids.begin(), ids.end()));
        all.insert(all.end(), ids.begin(), ids.end());
    }
    std::sort(all.begin(), all.end());
    QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end());
}

QTEST_GUILESS_MAIN(TestIdGenerator)
#include "tst_id_generator.moc"
