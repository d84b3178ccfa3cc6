// SPDX-License-Identifier: Apache-2.0
#include "presence/presence_table.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace dunlin;
using namespace dunlin::presence;
using namespace std::chrono_literals;

namespace {

constexpr UserId ana{1};
constexpr UserId ben{2};
constexpr DeviceId laptop{10};
constexpr DeviceId phone{11};
const PresenceTable::TimePoint start{100s};

const std::vector<Transition> nothing;

std::vector<Transition> online(UserId user)
{
    return {Transition{.user = user, .isOnline = true}};
}

std::vector<Transition> offline(UserId user)
{
    return {Transition{.user = user, .isOnline = false}};
}

} // namespace

class TestPresenceTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aUserIsOnlineFromTheFirstConnectionToTheLast();
    void aReconnectBeforeTheOldConnectionIsGoneShowsNoGap();
    void aConnectionWithoutHeartbeatsExpires();
    void heartbeatsKeepAConnectionAlive();
    void heartbeatsOfOneMomentAreKeptApart();
    void aHeartbeatAfterExpiryAsksForANewConnection();
    void aLateClockReadingNeverShortensALife();
    void unknownConnectionsChangeNothing();
    void manyThreadsLeaveATableThatAddsUp();
};

void TestPresenceTable::aUserIsOnlineFromTheFirstConnectionToTheLast()
{
    PresenceTable table(15s);
    QVERIFY(!table.isOnline(ana));
    QCOMPARE(table.connect(1, ana, laptop, start), online(ana));
    QCOMPARE(table.connect(2, ana, phone, start), nothing);
    QVERIFY(table.isDeviceOnline(ana, phone));
    QCOMPARE(table.disconnect(2), nothing);
    QVERIFY(table.isOnline(ana));
    QVERIFY(!table.isDeviceOnline(ana, phone));
    QCOMPARE(table.disconnect(1), offline(ana));
    QVERIFY(!table.isOnline(ana));
    QCOMPARE(table.connectionCount(), std::size_t(0));
}

void TestPresenceTable::aReconnectBeforeTheOldConnectionIsGoneShowsNoGap()
{
    PresenceTable table(15s);
    QCOMPARE(table.connect(1, ana, laptop, start), online(ana));
    QCOMPARE(table.connect(2, ana, laptop, start + 10s), nothing);
    QCOMPARE(table.disconnect(1), nothing);
    QVERIFY(table.isDeviceOnline(ana, laptop));
}

void TestPresenceTable::aConnectionWithoutHeartbeatsExpires()
{
    PresenceTable table(15s);
    table.connect(1, ana, laptop, start);
    table.connect(2, ben, laptop, start + 5s);
    QCOMPARE(table.expire(start + 15s - 1ms), nothing);
    QCOMPARE(table.expire(start + 15s), offline(ana));
    QVERIFY(table.isOnline(ben));
    QCOMPARE(table.expire(start + 20s), offline(ben));
    QCOMPARE(table.disconnect(1), nothing);
}

void TestPresenceTable::heartbeatsKeepAConnectionAlive()
{
    PresenceTable table(15s);
    table.connect(1, ana, laptop, start);
    for (auto now = start; now < start + 60s; now += 5s) {
        QVERIFY(table.heartbeat(1, now));
        QCOMPARE(table.expire(now), nothing);
    }
    QVERIFY(table.isOnline(ana));
}

void TestPresenceTable::heartbeatsOfOneMomentAreKeptApart()
{
    PresenceTable table(15s);
    table.connect(1, ana, laptop, start);
    table.connect(2, ben, laptop, start);
    QVERIFY(table.heartbeat(2, start + 10s));
    QCOMPARE(table.expire(start + 15s), offline(ana));
    QCOMPARE(table.expire(start + 25s), offline(ben));
}

void TestPresenceTable::aHeartbeatAfterExpiryAsksForANewConnection()
{
    PresenceTable table(15s);
    table.connect(1, ana, laptop, start);
    QCOMPARE(table.expire(start + 20s), offline(ana));
    QVERIFY(!table.heartbeat(1, start + 21s));
    QCOMPARE(table.connect(1, ana, laptop, start + 21s), online(ana));
}

void TestPresenceTable::aLateClockReadingNeverShortensALife()
{
    PresenceTable table(15s);
    table.connect(1, ana, laptop, start);
    QVERIFY(table.heartbeat(1, start + 10s));
    QVERIFY(table.heartbeat(1, start + 9s));
    QCOMPARE(table.expire(start + 24s), nothing);
    QCOMPARE(table.expire(start + 25s), offline(ana));
}

void TestPresenceTable::unknownConnectionsChangeNothing()
{
    PresenceTable table(15s);
    QCOMPARE(table.disconnect(99), nothing);
    QVERIFY(!table.heartbeat(99, start));
    QCOMPARE(table.expire(start), nothing);
}

void TestPresenceTable::manyThreadsLeaveATableThatAddsUp()
{
    PresenceTable table(15s);
    std::atomic<int> balance = 0;
    const auto count = [&](const std::vector<Transition> &transitions) {
        for (const Transition &transition : transitions)
            balance += transition.isOnline ? 1 : -1;
    };
    std::vector<std::jthread> threads;
    for (ConnectionId thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (ConnectionId round = 0; round < 500; ++round) {
                const ConnectionId connection = thread * 1000 + round;
                count(table.connect(connection, UserId{std::int64_t(round % 7) + 1}, laptop,
                                    start));
                table.heartbeat(connection, start + 1s);
                if (round % 5 != 0)
                    count(table.disconnect(connection));
            }
        });
    }
    threads.clear();
    QCOMPARE(balance.load(), 7);
    QCOMPARE(table.connectionCount(), std::size_t(400));
    count(table.expire(start + 60s));
    QCOMPARE(balance.load(), 0);
    QCOMPARE(table.connectionCount(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestPresenceTable)
#include "tst_presence_table.moc"
