// SPDX-License-Identifier: Apache-2.0
#include "trouble.h"

#include "storm.h"

#include <QCoroTimer>

#include <csignal>

namespace dunlin::chaos {
namespace {

using namespace std::chrono_literals;

constexpr qint64 recoveryDeadlineMs = 90'000;

test::Weather weatherOf(const Fault &fault)
{
    switch (fault.kind) {
    case FaultKind::Delay:
        return {.delay = std::chrono::milliseconds(fault.value)};
    case FaultKind::Stall:
        return {.stallsToServer = true, .stallsToClient = true};
    case FaultKind::SlowReaders:
        return {.stallsToClient = true};
    case FaultKind::LoseToServer:
        return {.losesToServer = true};
    case FaultKind::LoseToClient:
        return {.losesToClient = true};
    case FaultKind::LoseBoth:
        return {.losesToServer = true, .losesToClient = true};
    case FaultKind::Split:
        return {.isSplit = true};
    default:
        return {};
    }
}

} // namespace

QCoro::Task<void> Trouble::perform(Fault fault)
{
    co_await QCoro::sleepFor(std::chrono::milliseconds(fault.afterMs));
    ++counts_[nameOf(fault.kind)];
    switch (fault.kind) {
    case FaultKind::KillServer:
        co_await killServer(fault);
        break;
    case FaultKind::RestartServer:
        co_await restartServer();
        break;
    case FaultKind::KillPostgres:
        co_await killPostgres();
        break;
    case FaultKind::KillBackend:
        killBackend(fault);
        break;
    case FaultKind::FreezeServer:
    case FaultKind::FreezePostgres:
        co_await freeze(fault);
        break;
    case FaultKind::PullServerCable:
    case FaultKind::JumpClock:
    case FaultKind::FillDisk:
        co_await machine(fault);
        break;
    case FaultKind::Storm:
        co_await storm(fault);
        break;
    default:
        co_await changeWeather(fault);
        break;
    }
    const std::string after = textOf(fault);
    co_await waitForRecovery(after);
}

QCoro::Task<void> Trouble::killServer(Fault fault)
{
    bed_.killServer();
    for (int i = 0; i < fault.value; ++i) {
        // Killed anew while it starts.
        bed_.start();
        co_await QCoro::sleepFor(std::chrono::milliseconds(fault.forMs));
        bed_.killServer();
        ++counts_["kill_server"];
    }
    co_await QCoro::sleepFor(std::chrono::milliseconds(fault.forMs));
    const qint64 took = co_await bed_.startForSure();
    startsAfterKill_.push_back(took);
}

QCoro::Task<void> Trouble::restartServer()
{
    const qint64 ended = co_await bed_.terminate();
    const qint64 started = co_await bed_.startForSure();
    restarts_.push_back(ended + started);
}

QCoro::Task<void> Trouble::killPostgres()
{
    const pid_t killed = bed_.postmaster();
    if (killed == 0)
        co_return;
    ::kill(killed, SIGKILL);
    while (bed_.postmaster() == killed)
        co_await QCoro::sleepFor(5ms);
}

void Trouble::killBackend(const Fault &fault)
{
    const std::vector<pid_t> processes = bed_.postgresProcesses();
    if (!processes.empty())
        ::kill(processes[std::size_t(fault.value) % processes.size()], SIGKILL);
}

QCoro::Task<void> Trouble::freeze(Fault fault)
{
    const pid_t server = bed_.server();
    if (fault.kind == FaultKind::FreezeServer)
        ::kill(server, SIGSTOP);
    else
        bed_.freezePostgres(true);
    co_await QCoro::sleepFor(std::chrono::milliseconds(fault.forMs));
    if (fault.kind == FaultKind::FreezeServer)
        ::kill(server, SIGCONT);
    else
        bed_.freezePostgres(false);
}

std::vector<test::FaultProxy *> Trouble::proxiesOf(const Fault &fault)
{
    std::vector<test::FaultProxy *> proxies;
    for (std::size_t i = 0; i < world_.proxies().size(); ++i) {
        if (fault.proxy < 0 || std::size_t(fault.proxy) == i)
            proxies.push_back(world_.proxies()[i].get());
    }
    return proxies;
}

QCoro::Task<void> Trouble::changeWeather(Fault fault)
{
    const auto proxies = proxiesOf(fault);
    for (test::FaultProxy *proxy : proxies) {
        if (fault.kind == FaultKind::CutAfter)
            proxy->cutAfter(fault.value);
        if (fault.kind == FaultKind::Refuse)
            proxy->setOpen(false);
        if (fault.kind == FaultKind::CutAll || fault.kind == FaultKind::Refuse)
            proxy->cutAll();
        proxy->setWeather(weatherOf(fault));
    }
    co_await QCoro::sleepFor(std::chrono::milliseconds(fault.forMs));
    for (test::FaultProxy *proxy : proxies) {
        if (fault.kind == FaultKind::Refuse)
            proxy->setOpen(true);
        proxy->setWeather({});
    }
}

QCoro::Task<void> Trouble::machine(Fault fault)
{
    if (fault.kind == FaultKind::PullServerCable)
        bed_.pullCable(true);
    else if (fault.kind == FaultKind::JumpClock)
        bed_.setClockOffset(fault.value);
    else
        bed_.fillDisk();
    co_await QCoro::sleepFor(std::chrono::milliseconds(fault.forMs));
    if (fault.kind == FaultKind::PullServerCable)
        bed_.pullCable(false);
    else if (fault.kind == FaultKind::JumpClock)
        bed_.setClockOffset(0);
    else
        bed_.emptyDisk();
}

QCoro::Task<void> Trouble::storm(Fault fault)
{
    Storm crowd(world_.proxies(), fault.value);
    const qint64 took = co_await crowd.waitUntilIn();
    if (took < 0)
        qFatal("a storm of %d clients does not come in", fault.value);
    recoveries_.push_back(took);
}

QCoro::Task<void> Trouble::waitForRecovery(std::string after)
{
    QElapsedTimer timer;
    timer.start();
    const std::size_t before = world_.acknowledged();
    while (world_.acknowledged() == before) {
        if (timer.elapsed() > recoveryDeadlineMs)
            qFatal("nothing is acknowledged any more after %s\n%s", after.c_str(),
                   qPrintable(bed_.logTail()));
        co_await QCoro::sleepFor(10ms);
    }
    recoveries_.push_back(timer.elapsed());
}

} // namespace dunlin::chaos
