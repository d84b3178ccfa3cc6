// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan.h"
#include "world.h"

#include <map>
#include <string>
#include <vector>

namespace dunlin::chaos {

/// Carries out a plan and waits after each fault until messages are acknowledged again.
class Trouble {
public:
    Trouble(Bed &bed, World &world) : bed_(bed), world_(world) { }

    QCoro::Task<void> perform(Fault fault);

    /// How often each happened: kinds, and kills within others.
    [[nodiscard]] const std::map<std::string, int> &counts() const { return counts_; }
    /// ms from the start of the server after a kill -9 until it serves.
    [[nodiscard]] const std::vector<qint64> &startsAfterKill() const { return startsAfterKill_; }
    /// ms from SIGTERM until the next server serves.
    [[nodiscard]] const std::vector<qint64> &restarts() const { return restarts_; }
    /// ms from the end of a fault until the next acknowledgement.
    [[nodiscard]] const std::vector<qint64> &recoveries() const { return recoveries_; }

private:
    QCoro::Task<void> killServer(Fault fault);
    QCoro::Task<void> restartServer();
    QCoro::Task<void> killPostgres();
    void killBackend(const Fault &fault);
    QCoro::Task<void> freeze(Fault fault);
    QCoro::Task<void> changeWeather(Fault fault);
    QCoro::Task<void> machine(Fault fault);
    QCoro::Task<void> storm(Fault fault);
    QCoro::Task<void> waitForRecovery(std::string after);
    std::vector<test::FaultProxy *> proxiesOf(const Fault &fault);

    Bed &bed_;
    World &world_;
    std::map<std::string, int> counts_;
    std::vector<qint64> startsAfterKill_;
    std::vector<qint64> restarts_;
    std::vector<qint64> recoveries_;
};

} // namespace dunlin::chaos
