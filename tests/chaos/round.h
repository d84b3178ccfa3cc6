// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "invariants.h"
#include "plan.h"

#include <QCoroTask>
#include <QString>

#include <map>
#include <string>
#include <vector>

namespace dunlin::chaos {

struct RoundOptions {
    QString serverProgram = {};
    QString plantedBug = {};
    unsigned seed = 0;
    std::size_t messages = 20'000;
    int messagesPerSecond = 1500;
    PlanOptions plan = {};
    qint64 settleMs = 120'000;
    /// No faults but what the planted bug needs: reconnects of the clients.
    bool isCalm = false;
};

struct RoundResult {
    unsigned seed = 0;
    std::size_t sent = 0;
    std::size_t acknowledged = 0;
    std::size_t refused = 0;
    int snapshots = 0;
    bool hasSettled = false;
    std::map<std::string, int> faults = {};
    std::vector<qint64> startsAfterKill = {};
    std::vector<qint64> restarts = {};
    std::vector<qint64> recoveries = {};
    std::vector<Violation> violations = {};

    [[nodiscard]] std::size_t count(Breach breach) const;
    [[nodiscard]] bool isFine() const { return hasSettled && violations.empty(); }
};

/// One server from its first start to the verdict: people write, the plan of the seed is carried
/// out and everything is let settle; then it is judged.
QCoro::Task<RoundResult> runRound(RoundOptions options);

} // namespace dunlin::chaos
