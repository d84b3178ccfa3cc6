// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <QTest>

#include <algorithm>

using namespace dunlin::chaos;

class PlanTest : public QObject {
    Q_OBJECT

    static std::vector<std::string> textsOf(unsigned seed, const PlanOptions &options)
    {
        std::vector<std::string> texts;
        for (const Fault &fault : makePlan(seed, options))
            texts.push_back(textOf(fault));
        return texts;
    }

private Q_SLOTS:
    void theSameSeedHasTheSamePlan()
    {
        const PlanOptions options{.canFillDisk = true, .canPullCable = true};
        QCOMPARE(textsOf(7, options), textsOf(7, options));
        QVERIFY(textsOf(7, options) != textsOf(8, options));
    }

    void aPlanHasTheKillsThatWereAskedFor()
    {
        const auto plan = makePlan(1, {.serverKills = 23, .postgresKills = 5});
        const auto count = [&plan](FaultKind kind) {
            return std::count_if(plan.begin(), plan.end(),
                                 [kind](const Fault &fault) { return fault.kind == kind; });
        };
        QCOMPARE(count(FaultKind::KillServer), 23);
        QCOMPARE(count(FaultKind::KillPostgres), 5);
        QCOMPARE(count(FaultKind::FillDisk), 0); // it cannot
    }
};

QTEST_GUILESS_MAIN(PlanTest)
#include "tst_plan.moc"
