// SPDX-License-Identifier: Apache-2.0
#include "throttle/sign_in_throttle.h"

#include <QTest>

using namespace dunlin;
using namespace dunlin::throttle;
using namespace std::chrono_literals;

class SignInThrottleTest : public QObject {
    Q_OBJECT

    std::unique_ptr<SignInThrottle> throttle_;
    Clock::time_point now_;

    /// How long a try has to wait; 0: it was let through, and failed.
    std::chrono::milliseconds fail(const std::string &network, const std::string &account)
    {
        const auto begun = throttle_->begin(network, account, now_);
        return begun ? 0ms : begun.error().retryAfter;
    }

private Q_SLOTS:
    void init()
    {
        throttle_ = std::make_unique<SignInThrottle>(SignInThrottle::Options{});
        now_ = Clock::time_point(100h);
    }

    void theSixthTryAtAnAccountWaitsAndEachFailureDoublesTheWait()
    {
        for (int i = 0; i < 5; ++i)
            QCOMPARE(fail("1.2.3.4", "ana"), 0ms);
        for (const auto wait : {1000ms, 2000ms, 4000ms, 8000ms}) {
            QCOMPARE(fail("1.2.3.4", "ana"), wait);
            now_ += wait - 1ms;
            QCOMPARE(fail("1.2.3.4", "ana"), 1ms);
            now_ += 1ms;
            QCOMPARE(fail("1.2.3.4", "ana"), 0ms);
        }
    }

    void noWaitIsLongerThanTheWindowAndAfterItAllIsForgotten()
    {
        for (int i = 0; i < 5; ++i)
            fail("1.2.3.4", "ana");
        std::chrono::milliseconds longest{0};
        for (int i = 0; i < 40; ++i) {
            const auto wait = fail("1.2.3.4", "ana");
            longest = std::max(longest, wait);
            now_ += std::min<std::chrono::milliseconds>(wait, 15min - 1ms);
            fail("1.2.3.4", "ana");
        }
        QVERIFY(longest <= 15min);
        now_ += 15min;
        for (int i = 0; i < 5; ++i)
            QCOMPARE(fail("1.2.3.4", "ana"), 0ms);
        QCOMPARE(fail("1.2.3.4", "ana"), 1000ms);
    }

    void theTwentyFirstTryOfAnAddressWaitsWhateverTheAccount()
    {
        for (int i = 0; i < 20; ++i)
            QCOMPARE(fail("1.2.3.4", "user" + std::to_string(i)), 0ms);
        QCOMPARE(fail("1.2.3.4", "somebody"), 1000ms);
        QCOMPARE(fail("1.2.3.5", "somebody"), 0ms);
    }

    void othersFailuresDoNotLockAnAccountOut()
    {
        for (int address = 0; address < 1000; ++address) {
            for (int i = 0; i < 6; ++i)
                fail("10.0.0." + std::to_string(address), "ana");
        }
        QVERIFY(throttle_->begin("1.2.3.4", "ana", now_));
    }

    void theRightPasswordForgetsTheAccountsFailuresAndNotTheAddresss()
    {
        for (int i = 0; i < 4; ++i)
            QCOMPARE(fail("1.2.3.4", "own"), 0ms);
        QVERIFY(throttle_->begin("1.2.3.4", "own", now_));
        throttle_->succeeded("1.2.3.4", "own");
        for (int i = 0; i < 5; ++i)
            QCOMPARE(fail("1.2.3.4", "own"), 0ms);
        QCOMPARE(fail("1.2.3.4", "own"), 1000ms);
        // 9 wrong ones so far: an own account does not buy more tries at those of others.
        for (int i = 0; i < 11; ++i)
            QCOMPARE(fail("1.2.3.4", "user" + std::to_string(i)), 0ms);
        QCOMPARE(fail("1.2.3.4", "another"), 1000ms);
    }

    void triesThatAreUnderWayCountAtOnce()
    {
        for (int i = 0; i < 5; ++i)
            QVERIFY(throttle_->begin("1.2.3.4", "ana", now_));
        QVERIFY(!throttle_->begin("1.2.3.4", "ana", now_));
        throttle_->withdraw("1.2.3.4", "ana");
        QVERIFY(throttle_->begin("1.2.3.4", "ana", now_));
    }

    void anExemptAddressNeverWaits()
    {
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(fail({}, "ana"), 0ms);
    }

    void memoryIsBoundedAndTheNewestAreKept()
    {
        throttle_ = std::make_unique<SignInThrottle>(SignInThrottle::Options{.entriesMax = 100});
        for (int i = 0; i < 1000; ++i) {
            now_ += 1ms;
            fail("10.0." + std::to_string(i / 256) + '.' + std::to_string(i % 256), "ana");
        }
        for (int i = 0; i < 5; ++i)
            QCOMPARE(fail("1.2.3.4", "ana"), 0ms);
        QCOMPARE(fail("1.2.3.4", "ana"), 1000ms);
    }
};

QTEST_GUILESS_MAIN(SignInThrottleTest)
#include "tst_sign_in_throttle.moc"
