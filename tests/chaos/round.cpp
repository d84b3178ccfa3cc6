// SPDX-License-Identifier: Apache-2.0
#include "round.h"

#include "trouble.h"

#include <QCoroTimer>

#include <algorithm>
#include <cstdio>

namespace dunlin::chaos {
namespace {

using namespace std::chrono_literals;

constexpr qint64 writeDeadlineMs = 600'000;

void print(const std::string &line)
{
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

QCoro::Task<void> carryOut(Trouble &trouble, std::vector<Fault> plan)
{
    for (std::size_t i = 0; i < plan.size(); ++i) {
        QElapsedTimer timer;
        timer.start();
        const Fault fault = plan[i];
        co_await trouble.perform(fault);
        print("  " + std::to_string(i + 1) + ". " + textOf(fault) + ": "
              + std::to_string(timer.elapsed() - fault.afterMs) + " ms");
    }
}

} // namespace

std::size_t RoundResult::count(Breach breach) const
{
    return static_cast<std::size_t>(
            std::count_if(violations.begin(), violations.end(),
                          [breach](const Violation &found) { return found.breach == breach; }));
}

QCoro::Task<RoundResult> runRound(RoundOptions options)
{
    RoundResult result{.seed = options.seed};
    // Every other one on a memory disk that becomes full, the others on the disk that is there.
    const bool isInMemory = options.seed % 2 == 1;
    Bed bed({.serverProgram = options.serverProgram,
             .memoryDiskBytes = isInMemory ? qint64(options.messages) * 16'384 + (768LL << 20) : 0,
             .hasOwnNetwork = !options.isCalm,
             .plantedBug = options.plantedBug});
    options.plan.canFillDisk = bed.canFillDisk();
    options.plan.canPullCable = bed.canPullCable();
    const std::vector<Fault> plan =
            options.isCalm ? std::vector<Fault>() : makePlan(options.seed, options.plan);
    print("seed " + std::to_string(options.seed) + ": " + std::to_string(plan.size()) + " faults");
    if (isInMemory && !bed.canFillDisk())
        print("  skipped: a full disk needs root");
    if (!options.isCalm && !bed.canPullCable())
        print("  skipped: a network of its own needs root and iproute2");
    co_await bed.startForSure();
    World world(bed,
                {.seed = options.seed,
                 .messagesPerSecond = options.messagesPerSecond,
                 .messages = options.messages,
                 .settleMs = options.settleMs});
    co_await world.begin();
    world.write();
    Trouble trouble(bed, world);
    co_await carryOut(trouble, plan);
    QElapsedTimer timer;
    timer.start();
    while (!world.hasWrittenAll() && timer.elapsed() < writeDeadlineMs) {
        co_await QCoro::sleepFor(200ms);
        if (options.isCalm)
            world.reconnectSome();
    }
    world.stop();
    result.hasSettled = co_await world.settle();
    result.snapshots = world.snapshots();
    const Record record = co_await world.finish();
    result.sent = record.sent.size();
    result.acknowledged = record.acknowledged();
    result.refused = static_cast<std::size_t>(
            std::count_if(record.answers.begin(), record.answers.end(),
                          [](const auto &answer) { return answer.second.isRefused; }));
    result.faults = trouble.counts();
    result.startsAfterKill = trouble.startsAfterKill();
    result.restarts = trouble.restarts();
    result.recoveries = trouble.recoveries();
    result.violations = check(record);
    co_return result;
}

} // namespace dunlin::chaos
