// SPDX-License-Identifier: Apache-2.0
#include "pairs.h"

namespace dunlin::bench {

void runPairs(Run &run, QJsonObject &row, int pairs, int window, int rate)
{
    Pairs(run, pairs).measure(row, window, rate, run.seconds);
}

void runActiveAmongIdle(Run &run, QJsonObject &row, int pairs, int idle)
{
    // Alone before and after: what drifts in between weighs on neither side.
    const QString rate = QStringLiteral("messages_per_second");
    Pairs active(run, pairs);
    QJsonObject before;
    active.measure(before, 1, 0, run.seconds);
    {
        const Clients sleeping = connectUsers(run, Bed::firstIdleUser, idle);
        active.measure(row, 1, 0, run.seconds);
    }
    QJsonObject after;
    active.measure(after, 1, 0, run.seconds);
    const double alone = (before[rate].toDouble() + after[rate].toDouble()) / 2;
    row[QStringLiteral("alone_messages_per_second")] = alone;
    row[QStringLiteral("ratio")] = row[rate].toDouble() / alone;
}

} // namespace dunlin::bench
