// SPDX-License-Identifier: Apache-2.0
#include "backoff.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace dunlin::client;
using namespace std::chrono_literals;

class BackoffTest : public QObject {
    Q_OBJECT

    QRandomGenerator random_{42};

private Q_SLOTS:
    void aThousandThatLostTheServerInOneMomentComeBackSpreadOverASecond()
    {
        std::array<int, 10> inEachTenth{};
        for (int i = 0; i < 1000; ++i) {
            const auto delay = Backoff(1s, 30s).next(random_);
            QVERIFY(delay >= 0ms && delay <= 1s);
            ++inEachTenth[std::min<std::size_t>(delay / 100ms, 9)];
        }
        for (const int count : inEachTenth)
            QVERIFY2(count > 60 && count < 150, qPrintable(QString::number(count)));
    }

    void aWaitIsAtMostAsLongAsWhatWasWaitedBefore()
    {
        std::chrono::milliseconds longest{0};
        for (int i = 0; i < 100; ++i) {
            Backoff backoff(1s, 30s);
            std::chrono::milliseconds waited{0};
            for (int failure = 0; failure < 50; ++failure) {
                const auto delay = backoff.next(random_);
                QVERIFY(delay <= std::max<std::chrono::milliseconds>(waited, 1s));
                QVERIFY(delay <= 30s);
                waited += delay;
                longest = std::max(longest, delay);
            }
            QVERIFY2(waited > 5min, "a server that stays away is asked ever less often");
        }
        QVERIFY(longest > 29s);
    }

    void aSuccessBeginsAnew()
    {
        Backoff backoff(1s, 30s);
        for (int i = 0; i < 10; ++i)
            backoff.next(random_);
        QCOMPARE(backoff.failures(), 10);
        backoff.reset();
        QCOMPARE(backoff.failures(), 0);
        QVERIFY(backoff.next(random_) <= 1s);
    }
};

QTEST_APPLESS_MAIN(BackoffTest)
#include "tst_backoff.moc"
