// SPDX-License-Identifier: Apache-2.0
#include "messaging/live_stream.h"

#include <QTest>

#include <algorithm>
#include <numeric>
#include <random>

using namespace dunlin;
using namespace dunlin::messaging;
using namespace std::chrono_literals;

namespace {

const LiveStream::TimePoint start{100s};

LiveBatch batch(std::int64_t previous, std::int64_t last)
{
    return {.previous = UpdateSeq{previous}, .last = UpdateSeq{last}, .frame = nullptr};
}

std::vector<LiveBatch> batches(std::initializer_list<LiveBatch> list)
{
    return list;
}

} // namespace

class TestLiveStream : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void batchesInOrderPassAtOnce();
    void theFirstBatchMayBeginAnywhere();
    void aBatchThatComesTooEarlyWaitsForTheOneBefore();
    void aGapThatDoesNotFillIsGivenUpAfterItsPatience();
    void whatComesBehindAGivenUpGapIsNotSentAnyMore();
    void nothingIsSentTwice();
    void tooManyHeldBatchesGiveUpAtOnce();
    void aPausedStreamHoldsNothing();
    void aStreamPausedInAQuietMomentGoesOnAsIfNothingHadBeen();
    void anyOrderOfArrivalComesOutInOrder();
};

void TestLiveStream::batchesInOrderPassAtOnce()
{
    LiveStream stream;
    QCOMPARE(stream.offer(batch(7, 9), start), batches({batch(7, 9)}));
    QCOMPARE(stream.offer(batch(9, 10), start), batches({batch(9, 10)}));
    QVERIFY(!stream.deadline().has_value());
}

void TestLiveStream::theFirstBatchMayBeginAnywhere()
{
    LiveStream stream;
    QCOMPARE(stream.offer(batch(1'000'000, 1'000'001), start),
             batches({batch(1'000'000, 1'000'001)}));
}

void TestLiveStream::aBatchThatComesTooEarlyWaitsForTheOneBefore()
{
    LiveStream stream;
    stream.offer(batch(0, 1), start);
    QCOMPARE(stream.offer(batch(4, 5), start), batches({}));
    QCOMPARE(stream.offer(batch(2, 4), start + 1ms), batches({}));
    QVERIFY(stream.deadline() == start + LiveStream::patience);
    QCOMPARE(stream.offer(batch(1, 2), start + 2ms),
             batches({batch(1, 2), batch(2, 4), batch(4, 5)}));
    QVERIFY(!stream.deadline().has_value());
}

void TestLiveStream::aGapThatDoesNotFillIsGivenUpAfterItsPatience()
{
    LiveStream stream;
    stream.offer(batch(0, 1), start);
    stream.offer(batch(3, 4), start);
    stream.offer(batch(6, 7), start);
    QCOMPARE(stream.giveUp(start + LiveStream::patience - 1ms), batches({}));
    QCOMPARE(stream.giveUp(start + LiveStream::patience), batches({batch(3, 4)}));
    // The second gap has its own patience.
    QVERIFY(stream.deadline() == start + 2 * LiveStream::patience);
    QCOMPARE(stream.giveUp(start + 2 * LiveStream::patience), batches({batch(6, 7)}));
    QVERIFY(!stream.deadline().has_value());
}

void TestLiveStream::whatComesBehindAGivenUpGapIsNotSentAnyMore()
{
    LiveStream stream;
    stream.offer(batch(0, 1), start);
    stream.offer(batch(2, 3), start);
    QCOMPARE(stream.giveUp(start + 1s), batches({batch(2, 3)}));
    QCOMPARE(stream.offer(batch(1, 2), start + 2s), batches({}));
    QCOMPARE(stream.offer(batch(3, 4), start + 2s), batches({batch(3, 4)}));
}

void TestLiveStream::nothingIsSentTwice()
{
    LiveStream stream;
    stream.offer(batch(0, 1), start);
    QCOMPARE(stream.offer(batch(0, 1), start), batches({}));
    stream.offer(batch(2, 3), start);
    QCOMPARE(stream.offer(batch(2, 3), start), batches({}));
    QCOMPARE(stream.offer(batch(1, 2), start), batches({batch(1, 2), batch(2, 3)}));
}

void TestLiveStream::tooManyHeldBatchesGiveUpAtOnce()
{
    LiveStream stream;
    stream.offer(batch(0, 1), start);
    const auto most = std::int64_t(LiveStream::maxHeldBatches);
    for (std::int64_t seq = 2; seq < 2 + most; ++seq)
        QCOMPARE(stream.offer(batch(seq, seq + 1), start), batches({}));
    const auto ready = stream.offer(batch(2 + most, 3 + most), start);
    QCOMPARE(ready.size(), std::size_t(most + 1));
    QCOMPARE(ready.front(), batch(2, 3));
    QCOMPARE(ready.back(), batch(2 + most, 3 + most));
}

void TestLiveStream::aPausedStreamHoldsNothing()
{
    LiveStream stream;
    stream.offer(batch(0, 1), start);
    stream.offer(batch(2, 3), start);
    stream.pause();
    QVERIFY(!stream.deadline().has_value());
    QCOMPARE(stream.offer(batch(1, 2), start), batches({}));
    QVERIFY(stream.resume());
    QCOMPARE(stream.offer(batch(8, 9), start), batches({batch(8, 9)}));
}

void TestLiveStream::aStreamPausedInAQuietMomentGoesOnAsIfNothingHadBeen()
{
    LiveStream stream;
    stream.offer(batch(0, 1), start);
    stream.pause();
    QVERIFY(stream.isPaused());
    QVERIFY(!stream.resume());
    QCOMPARE(stream.offer(batch(2, 3), start), batches({}));
    QCOMPARE(stream.offer(batch(1, 2), start), batches({batch(1, 2), batch(2, 3)}));
}

void TestLiveStream::anyOrderOfArrivalComesOutInOrder()
{
    std::mt19937 random(20);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::int64_t> order(40);
        std::iota(order.begin(), order.end(), 1);
        std::shuffle(order.begin(), order.end(), random);

        LiveStream stream;
        stream.offer(batch(0, 1), start);
        std::vector<LiveBatch> sent;
        for (const std::int64_t seq : order) {
            for (LiveBatch &ready : stream.offer(batch(seq, seq + 1), start))
                sent.push_back(std::move(ready));
        }
        QCOMPARE(sent.size(), order.size());
        for (std::size_t index = 0; index < sent.size(); ++index)
            QCOMPARE(sent[index].previous.value, std::int64_t(index) + 1);
    }
}

QTEST_GUILESS_MAIN(TestLiveStream)
#include "tst_live_stream.moc"
