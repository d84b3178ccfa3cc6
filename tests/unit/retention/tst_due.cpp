// SPDX-License-Identifier: Apache-2.0
#include "retention/due.h"

#include <QTest>

#include <vector>

using namespace dunlin;
using namespace dunlin::retention;

namespace {

constexpr UserId ana{1};
constexpr UserId ben{2};
constexpr std::int64_t dayMs = 24LL * 3600 * 1000;
constexpr std::int64_t now = 100 * dayMs;

/// Ana writes one message a day, the newest, which is the last, today.
std::vector<Candidate> fromEveryDay(int days)
{
    std::vector<Candidate> messages;
    for (int i = 0; i < days; ++i) {
        messages.push_back({.seq = MessageSeq{i + 1},
                            .sender = ana,
                            .sentAtMs = now - (days - 1 - i) * dayMs});
    }
    return messages;
}

/// Ben has the messages up to delivered.
std::vector<Reception> benHas(std::int64_t delivered)
{
    return {{.user = ana}, {.user = ben, .delivered = MessageSeq{delivered}}};
}

} // namespace

class DueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsDueWithoutAPolicy()
    {
        QCOMPARE(countDue(fromEveryDay(50), {}, benHas(50), now), 0U);
    }

    void whatIsOlderThanItsTimeIsDue()
    {
        // Of one that is exactly as old as that, the time has not passed yet.
        QCOMPARE(countDue(fromEveryDay(10), {.days = 3}, benHas(0), now), 6U);
        QCOMPARE(countDue(fromEveryDay(10), {.days = 10}, benHas(0), now), 0U);
    }

    void aClockThatJumpedTakesNothingBeforeItsTime()
    {
        auto messages = fromEveryDay(10);
        messages[2].sentAtMs = now;
        QCOMPARE(countDue(messages, {.days = 3}, benHas(0), now), 2U);
    }

    void whatEveryoneHasIsDue()
    {
        QCOMPARE(countDue(fromEveryDay(10), {.untilDelivered = true}, benHas(4), now), 4U);
        QCOMPARE(countDue(fromEveryDay(10), {.untilDelivered = true}, benHas(10), now), 10U);
    }

    void aDeviceThatHasNotHeardOfAMessageKeepsIt()
    {
        auto members = benHas(10);
        members[1].firstUnheard = MessageSeq{7};
        QCOMPARE(countDue(fromEveryDay(10), {.untilDelivered = true}, members, now), 6U);
        members[0].firstUnheard = MessageSeq{3}; // another device of the sender
        QCOMPARE(countDue(fromEveryDay(10), {.untilDelivered = true}, members, now), 2U);
    }

    void nobodyWaitsForADeletedAccount()
    {
        auto members = benHas(0);
        members[1].isDeleted = true;
        QCOMPARE(countDue(fromEveryDay(10), {.untilDelivered = true}, members, now), 10U);
    }

    void ofTwoPoliciesBothHold()
    {
        QCOMPARE(both({.days = 7}, {.days = 3}), Retention{.days = 3});
        QCOMPARE(both({.days = 7}, {}), Retention{.days = 7});
        QCOMPARE(both({}, {.days = 7}), Retention{.days = 7});
        QCOMPARE(both({.untilDelivered = true}, {.days = 7}),
                 (Retention{.untilDelivered = true, .days = 7}));
        // Old ones go by their time, the following because everyone has them.
        QCOMPARE(countDue(fromEveryDay(10), {.untilDelivered = true, .days = 3}, benHas(8), now),
                 8U);
        QCOMPARE(countDue(fromEveryDay(10), {.untilDelivered = true, .days = 3}, benHas(2), now),
                 6U);
    }
};

QTEST_APPLESS_MAIN(DueTest)
#include "tst_due.moc"
