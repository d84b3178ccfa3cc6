// SPDX-License-Identifier: Apache-2.0
#include "throttle/keyed_limiter.h"

#include <QTest>

#include <thread>
#include <vector>

using namespace dunlin::throttle;
using namespace std::chrono_literals;

class RateLimiterTest : public QObject {
    Q_OBJECT

    const Clock::time_point start_ = Clock::time_point(1h);

private Q_SLOTS:
    void aBurstIsGoneOnceAndComesBackAtTheRate()
    {
        RateLimiter limiter({.count = 10, .burst = 3});
        for (int i = 0; i < 3; ++i)
            QCOMPARE(limiter.take(start_).count(), 0);
        QCOMPARE(limiter.take(start_), std::chrono::nanoseconds(100ms));
        QCOMPARE(limiter.take(start_ + 60ms), std::chrono::nanoseconds(40ms));
        QCOMPARE(limiter.take(start_ + 100ms).count(), 0);
        QVERIFY(limiter.take(start_ + 100ms).count() > 0);
        // A long rest does not give more than the burst.
        for (int i = 0; i < 3; ++i)
            QCOMPARE(limiter.take(start_ + 1h).count(), 0);
        QVERIFY(limiter.take(start_ + 1h).count() > 0);
    }

    void whatIsGivenBackCanBeTakenAgain()
    {
        RateLimiter limiter({.count = 1, .burst = 1});
        QCOMPARE(limiter.take(start_).count(), 0);
        QVERIFY(!limiter.isFull(start_));
        limiter.giveBack();
        QVERIFY(limiter.isFull(start_));
        QCOMPARE(limiter.take(start_).count(), 0);
        QVERIFY(limiter.take(start_).count() > 0);
    }

    void aCountOfZeroIsNoLimit()
    {
        RateLimiter limiter({.count = 0});
        for (int i = 0; i < 100'000; ++i)
            QCOMPARE(limiter.take(start_).count(), 0);
    }

    void threadsTogetherGetNoMoreThanTheBurst()
    {
        constexpr int burst = 10'000;
        RateLimiter limiter({.count = 1, .period = 1h, .burst = burst});
        std::atomic<int> taken = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int j = 0; j < burst; ++j)
                    taken += limiter.take(start_).count() == 0 ? 1 : 0;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(taken.load(), burst);
    }

    void keysDoNotShareAndAreForgottenWhenTheyHaveRested()
    {
        KeyedLimiter limiter({.count = 1, .burst = 1});
        QCOMPARE(limiter.take("a", start_).count(), 0);
        QVERIFY(limiter.take("a", start_).count() > 0);
        QCOMPARE(limiter.take("b", start_).count(), 0);
        const auto held = limiter.of("held");
        for (int i = 0; i < 100'000; ++i)
            limiter.take(std::to_string(i), start_ + 10s * i);
        QVERIFY2(limiter.size() < 5000, std::to_string(limiter.size()).c_str());
        QCOMPARE(limiter.of("held"), held);
    }
};

QTEST_GUILESS_MAIN(RateLimiterTest)
#include "tst_rate_limiter.moc"
