// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <random>

namespace dunlin::chaos {
namespace {

constexpr int stormClients = 1000;
constexpr int longestClockJumpMs = 2 * 24 * 3600 * 1000; // well within what the update log keeps

class Planner {
public:
    Planner(unsigned seed, const PlanOptions &options) : random_(seed), options_(options) { }

    std::vector<Fault> make()
    {
        add(FaultKind::KillServer, options_.serverKills);
        add(FaultKind::KillPostgres, options_.postgresKills);
        add(FaultKind::KillBackend, options_.backendKills);
        for (const FaultKind kind :
             {FaultKind::FreezeServer, FaultKind::FreezePostgres, FaultKind::RestartServer,
              FaultKind::CutAll, FaultKind::CutAfter, FaultKind::Delay, FaultKind::Stall,
              FaultKind::LoseToServer, FaultKind::LoseToClient, FaultKind::LoseBoth,
              FaultKind::Split, FaultKind::SlowReaders, FaultKind::Refuse, FaultKind::JumpClock,
              FaultKind::Storm})
            add(kind, options_.ofEachOther);
        if (options_.canPullCable)
            add(FaultKind::PullServerCable, options_.ofEachOther);
        if (options_.canFillDisk)
            add(FaultKind::FillDisk, 2 * options_.ofEachOther);
        // Not std::shuffle, whose order is not laid down.
        for (std::size_t i = plan_.size(); i > 1; --i)
            std::swap(plan_[i - 1], plan_[std::size_t(below(int(i)))]);
        return std::move(plan_);
    }

private:
    /// Not a std::uniform_int_distribution, for the same reason.
    int below(int end) { return int(random_() % unsigned(end)); }
    int between(int least, int most) { return least + below(most - least + 1); }

    void add(FaultKind kind, int count)
    {
        for (int i = 0; i < count; ++i) {
            Fault fault{.kind = kind, .afterMs = between(100, 1200)};
            shape(fault);
            plan_.push_back(fault);
        }
    }

    void shape(Fault &fault)
    {
        fault.proxy = between(-1, options_.proxies - 1);
        switch (fault.kind) {
        case FaultKind::KillServer:
            fault.forMs = between(0, 300);
            fault.value = below(4) == 0 ? between(1, 2) : 0;
            break;
        case FaultKind::KillBackend:
            fault.value = below(64);
            break;
        case FaultKind::FreezeServer:
        case FaultKind::FreezePostgres:
            fault.forMs = between(100, 2500);
            break;
        case FaultKind::CutAfter:
            fault.value = between(1, 100'000);
            break;
        case FaultKind::Delay:
            fault.forMs = between(1000, 3000);
            fault.value = between(5, 400);
            break;
        case FaultKind::JumpClock:
            fault.forMs = between(500, 2000);
            fault.value = between(-longestClockJumpMs, longestClockJumpMs);
            break;
        case FaultKind::Storm:
            fault.value = stormClients;
            break;
        case FaultKind::KillPostgres:
        case FaultKind::RestartServer:
        case FaultKind::CutAll:
            break;
        default:
            fault.forMs = between(300, 3000);
            break;
        }
    }

    std::mt19937 random_;
    const PlanOptions &options_;
    std::vector<Fault> plan_;
};

bool isOfAProxy(FaultKind kind)
{
    switch (kind) {
    case FaultKind::CutAll:
    case FaultKind::CutAfter:
    case FaultKind::Delay:
    case FaultKind::Stall:
    case FaultKind::LoseToServer:
    case FaultKind::LoseToClient:
    case FaultKind::LoseBoth:
    case FaultKind::Split:
    case FaultKind::SlowReaders:
    case FaultKind::Refuse:
        return true;
    default:
        return false;
    }
}

} // namespace

std::string nameOf(FaultKind kind)
{
    static constexpr std::array names = {
            "kill_server",    "kill_postgres",  "kill_backend", "freeze_server", "freeze_postgres",
            "restart_server", "cut_all",        "cut_after",    "delay",         "stall",
            "lose_to_server", "lose_to_client", "lose_both",    "split",         "slow_readers",
            "refuse",         "pull_cable",     "jump_clock",   "storm",         "fill_disk"};
    return names[std::size_t(kind)];
}

std::string textOf(const Fault &fault)
{
    std::string text = std::to_string(fault.afterMs);
    text += " ms later " + nameOf(fault.kind);
    if (fault.forMs > 0)
        text += " for " + std::to_string(fault.forMs) + " ms";
    if (fault.value != 0)
        text += " value " + std::to_string(fault.value);
    if (isOfAProxy(fault.kind))
        text += fault.proxy < 0 ? " everywhere" : " on proxy " + std::to_string(fault.proxy);
    return text;
}

std::vector<Fault> makePlan(unsigned seed, const PlanOptions &options)
{
    return Planner(seed, options).make();
}

} // namespace dunlin::chaos
