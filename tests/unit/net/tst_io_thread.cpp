// SPDX-License-Identifier: Apache-2.0
#include "net/io_thread.h"

#include <QAbstractEventDispatcher>
#include <QTest>
#include <QTimer>

#include <thread>

using namespace dunlin::net;

class IoThreadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstPostOfABatchAsksForAWakeUp();
    void aClosedMailboxRefuses();
    void jobsRunOnTheThreadWithTheEpollDispatcher();
    void jobsOfOnePosterStayInOrder();
    void jobsMayOwnWhatCannotBeCopied();
    void jobsPostedFromAJobRun();
    void runBlockingReturnsAfterTheJob();
    void stopRunsWhatWasPostedBefore();
    void aStoppedThreadRefusesJobs();
    void timersRunOnTheThread();
};

void IoThreadTest::theFirstPostOfABatchAsksForAWakeUp()
{
    Mailbox mailbox;
    QCOMPARE(mailbox.post([] {}), Mailbox::Posted::First);
    QCOMPARE(mailbox.post([] {}), Mailbox::Posted::Joined);
    QCOMPARE(mailbox.takeAll().size(), std::size_t{2});
    QCOMPARE(mailbox.post([] {}), Mailbox::Posted::First);
}

void IoThreadTest::aClosedMailboxRefuses()
{
    Mailbox mailbox;
    mailbox.post([] {});
    mailbox.close();
    QCOMPARE(mailbox.post([] {}), Mailbox::Posted::Refused);
    QCOMPARE(mailbox.takeAll().size(), std::size_t{1});
}

void IoThreadTest::jobsRunOnTheThreadWithTheEpollDispatcher()
{
    IoThread thread(3);
    thread.start();
    bool isCurrent = false;
    QByteArray dispatcher;
    QString name;
    QVERIFY(thread.runBlocking([&] {
        isCurrent = thread.isCurrent();
        dispatcher = QAbstractEventDispatcher::instance()->metaObject()->className();
        name = QThread::currentThread()->objectName();
    }));
    QVERIFY(isCurrent);
    QVERIFY(!thread.isCurrent());
    QCOMPARE(dispatcher, QByteArray("dunlin::net::EpollEventDispatcher"));
    QCOMPARE(name, QStringLiteral("io-3"));
}

void IoThreadTest::jobsOfOnePosterStayInOrder()
{
    constexpr int perPoster = 20000;
    constexpr std::size_t posters = 3;
    IoThread thread(0);
    thread.start();
    std::vector<std::vector<int>> seen(posters); // only the I/O thread touches it until stop()
    std::vector<std::thread> threads;
    for (std::size_t poster = 0; poster < posters; ++poster) {
        threads.emplace_back([&, poster] {
            for (int number = 0; number < perPoster; ++number)
                thread.post([&seen, poster, number] { seen[poster].push_back(number); });
        });
    }
    for (auto &poster : threads)
        poster.join();
    thread.stop();
    for (const auto &numbers : seen) {
        QCOMPARE(numbers.size(), std::size_t{perPoster});
        QVERIFY(std::ranges::is_sorted(numbers));
    }
}

void IoThreadTest::jobsMayOwnWhatCannotBeCopied()
{
    IoThread thread(0);
    thread.start();
    int seen = 0;
    auto number = std::make_unique<int>(42);
    thread.runBlocking([&seen, owned = std::move(number)] { seen = *owned; });
    QCOMPARE(seen, 42);
}

void IoThreadTest::jobsPostedFromAJobRun()
{
    IoThread thread(0);
    thread.start();
    std::atomic<int> ran = 0;
    thread.post([&] {
        ++ran;
        thread.post([&] { ++ran; });
    });
    QTRY_COMPARE(ran.load(), 2);
}

void IoThreadTest::runBlockingReturnsAfterTheJob()
{
    IoThread thread(0);
    QVERIFY(!thread.runBlocking([] {}));
    thread.start();
    int value = 0;
    for (int round = 0; round < 1000; ++round)
        QVERIFY(thread.runBlocking([&] { ++value; }));
    QCOMPARE(value, 1000);
}

void IoThreadTest::stopRunsWhatWasPostedBefore()
{
    int ran = 0;
    IoThread thread(0);
    thread.start();
    for (int count = 0; count < 1000; ++count)
        thread.post([&] { ++ran; });
    thread.stop();
    QCOMPARE(ran, 1000);
}

void IoThreadTest::aStoppedThreadRefusesJobs()
{
    IoThread thread(0);
    thread.start();
    thread.stop();
    QVERIFY(!thread.post([] {}));
    QVERIFY(!thread.runBlocking([] {}));
    thread.stop();
}

void IoThreadTest::timersRunOnTheThread()
{
    IoThread thread(0);
    thread.start();
    std::atomic<bool> hasFired = false;
    std::atomic<bool> wasCurrent = false;
    thread.post([&] {
        QTimer::singleShot(std::chrono::milliseconds(5), [&] {
            wasCurrent = thread.isCurrent();
            hasFired = true;
        });
    });
    QTRY_VERIFY(hasFired);
    QVERIFY(wasCurrent);
}

QTEST_GUILESS_MAIN(IoThreadTest)
#include "tst_io_thread.moc"
