// SPDX-License-Identifier: Apache-2.0
#include "net/epoll_event_dispatcher.h"

#include <QElapsedTimer>
#include <QScopeGuard>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <sys/resource.h>
#include <sys/socket.h>

#include <memory>
#include <thread>

using namespace std::chrono_literals;
using dunlin::net::EpollEventDispatcher;
using dunlin::net::FileDescriptor;

namespace {

struct SocketPair {
    FileDescriptor ours;
    FileDescriptor theirs;
};

SocketPair makeSocketPair()
{
    std::array<int, 2> descriptors{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, descriptors.data())
        != 0)
        qFatal("socketpair failed");
    return {FileDescriptor(descriptors[0]), FileDescriptor(descriptors[1])};
}

void sendByte(const FileDescriptor &descriptor)
{
    const char byte = 'x';
    QCOMPARE(::write(descriptor.get(), &byte, 1), 1);
}

void receiveByte(int descriptor)
{
    char byte = 0;
    [[maybe_unused]] const auto got = ::read(descriptor, &byte, 1);
}

/// Turns until nothing is ready any more.
void processReady()
{
    while (QCoreApplication::eventDispatcher()->processEvents(QEventLoop::AllEvents)) { }
}

class TimerOwner final : public QObject {
public:
    std::function<void(int)> fired;

protected:
    void timerEvent(QTimerEvent *event) override { fired(event->timerId()); }
};

} // namespace

/// Runs on the main thread with the dispatcher under test: see main().
class EpollEventDispatcherTest : public QObject {
    Q_OBJECT

Q_SIGNALS:
    void eventArrived();

private Q_SLOTS:
    void theTestRunsOnTheDispatcher();
    void timersFireInTheOrderTheyAreDue();
    void timersOfOneMomentFireInTheOrderTheyWereStarted();
    void aTimerNeverFiresEarly_data();
    void aTimerNeverFiresEarly();
    void aZeroTimerFiresOnceATurnAndStarvesNobody();
    void aTimerMayStopItselfAndOthersInItsHandler();
    void aTimerMayDeleteItsOwnerInItsHandler();
    void aTimerDoesNotFireAgainInsideItsOwnHandler();
    void remainingTimeAndRegisteredTimersAreReported();
    void excludedTimersWait();
    void readWriteAndExceptionNotifiersShareADescriptor();
    void aDisabledNotifierIsSilentAndComesBack();
    void aNotifierDisabledByAnEarlierHandlerDoesNotFire();
    void aNotifierMayBeDeletedInItsOwnHandler();
    void anEventOfAClosedDescriptorIsNotTakenForItsSuccessor();
    void aClosedDescriptorNeitherSpinsNorCrashes();
    void anInvalidDescriptorIsDisabledWithAWarning();
    void excludedNotifiersWaitWithoutSpinning();
    void wakeUpFromAnotherThreadEndsTheWait();
    void interruptEndsTheWait();
    void eventsPostedFromAnotherThreadArrive();
    void aNestedLoopServesSocketsAndTimers();
    void processEventsReportsWhetherAnythingHappened();
    void twoThousandSocketsAreServed();
    void qtTcpSocketsWork();
};

void EpollEventDispatcherTest::theTestRunsOnTheDispatcher()
{
    QVERIFY(qobject_cast<EpollEventDispatcher *>(QCoreApplication::eventDispatcher()));
}

void EpollEventDispatcherTest::timersFireInTheOrderTheyAreDue()
{
    QList<int> order;
    for (const int delay : {30, 10, 20, 0}) {
        QTimer::singleShot(std::chrono::milliseconds(delay), Qt::PreciseTimer, this,
                           [&order, delay] { order.append(delay); });
    }
    QTRY_COMPARE(order.size(), 4);
    QCOMPARE(order, (QList<int>{0, 10, 20, 30}));
}

void EpollEventDispatcherTest::timersOfOneMomentFireInTheOrderTheyWereStarted()
{
    QList<int> order;
    std::vector<std::unique_ptr<QTimer>> timers;
    for (int index = 0; index < 50; ++index) {
        auto timer = std::make_unique<QTimer>();
        timer->setSingleShot(true);
        connect(timer.get(), &QTimer::timeout, this, [&order, index] { order.append(index); });
        timer->start(5ms);
        timers.push_back(std::move(timer));
    }
    QTRY_COMPARE(order.size(), 50);
    QVERIFY(std::is_sorted(order.begin(), order.end()));
}

void EpollEventDispatcherTest::aTimerNeverFiresEarly_data()
{
    QTest::addColumn<Qt::TimerType>("type");
    QTest::newRow("precise") << Qt::PreciseTimer;
    QTest::newRow("coarse") << Qt::CoarseTimer;
}

void EpollEventDispatcherTest::aTimerNeverFiresEarly()
{
    QFETCH(Qt::TimerType, type);
    QElapsedTimer clock;
    qint64 elapsedNs = -1;
    clock.start();
    QTimer::singleShot(25ms, type, this, [&] { elapsedNs = clock.nsecsElapsed(); });
    QTRY_VERIFY(elapsedNs >= 0);
    QVERIFY2(elapsedNs >= 23'750'000, qPrintable(QString::number(elapsedNs)));
}

void EpollEventDispatcherTest::aZeroTimerFiresOnceATurnAndStarvesNobody()
{
    int zeroFired = 0;
    QTimer zero;
    connect(&zero, &QTimer::timeout, this, [&] { ++zeroFired; });
    zero.start(0ms);
    QVERIFY(QCoreApplication::eventDispatcher()->processEvents(QEventLoop::AllEvents));
    QCOMPARE(zeroFired, 1);

    bool otherFired = false;
    QTimer::singleShot(5ms, this, [&] { otherFired = true; });
    auto pair = makeSocketPair();
    bool isReadable = false;
    QSocketNotifier notifier(pair.ours.get(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        receiveByte(pair.ours.get());
        isReadable = true;
    });
    sendByte(pair.theirs);
    QTRY_VERIFY(otherFired && isReadable);
}

void EpollEventDispatcherTest::aTimerMayStopItselfAndOthersInItsHandler()
{
    TimerOwner owner;
    QList<int> fired;
    int second = 0;
    const int first = owner.startTimer(1ms, Qt::PreciseTimer);
    second = owner.startTimer(1ms, Qt::PreciseTimer);
    owner.fired = [&](int id) {
        fired.append(id);
        owner.killTimer(first);
        owner.killTimer(second);
    };
    bool isLater = false;
    QTimer::singleShot(30ms, this, [&] { isLater = true; });
    QTRY_VERIFY(isLater);
    QCOMPARE(fired, QList<int>{first});
    QVERIFY(QCoreApplication::eventDispatcher()->registeredTimers(&owner).isEmpty());
}

void EpollEventDispatcherTest::aTimerMayDeleteItsOwnerInItsHandler()
{
    auto *owner = new TimerOwner; // deleted by its handler
    bool hasFired = false;
    owner->startTimer(1ms);
    owner->startTimer(1ms);
    owner->fired = [&hasFired, owner](int) {
        hasFired = true;
        delete owner;
    };
    QTRY_VERIFY(hasFired);
    processReady();
}

void EpollEventDispatcherTest::aTimerDoesNotFireAgainInsideItsOwnHandler()
{
    QTimer timer;
    int depth = 0;
    int deepest = 0;
    int rounds = 0;
    connect(&timer, &QTimer::timeout, this, [&] {
        deepest = std::max(deepest, ++depth);
        QEventLoop loop;
        QTimer::singleShot(10ms, &loop, &QEventLoop::quit);
        loop.exec();
        --depth;
        ++rounds;
    });
    timer.start(1ms);
    QTRY_VERIFY(rounds >= 2);
    QCOMPARE(deepest, 1);
}

void EpollEventDispatcherTest::remainingTimeAndRegisteredTimersAreReported()
{
    auto *dispatcher = QCoreApplication::eventDispatcher();
    QObject owner;
    const int id = owner.startTimer(5000ms, Qt::PreciseTimer);
    const int other = owner.startTimer(7000ms, Qt::VeryCoarseTimer);
    const int remaining = dispatcher->remainingTime(id);
    QVERIFY2(remaining > 4000 && remaining <= 5000, qPrintable(QString::number(remaining)));
    const auto timers = dispatcher->registeredTimers(&owner);
    QCOMPARE(timers.size(), 2);
    QCOMPARE(timers[0].timerId, id);
    QCOMPARE(timers[0].interval, 5000);
    QCOMPARE(timers[0].timerType, Qt::PreciseTimer);
    QCOMPARE(timers[1].timerType, Qt::VeryCoarseTimer);

    QVERIFY(dispatcher->unregisterTimer(other));
    QVERIFY(!dispatcher->unregisterTimer(other));
    QCOMPARE(dispatcher->remainingTime(other), -1);
    QVERIFY(dispatcher->unregisterTimers(&owner));
    QVERIFY(!dispatcher->unregisterTimers(&owner));
    QVERIFY(dispatcher->registeredTimers(&owner).isEmpty());
}

void EpollEventDispatcherTest::excludedTimersWait()
{
    bool hasFired = false;
    QTimer::singleShot(0ms, this, [&] { hasFired = true; });
    QTimer timer;
    bool timerFired = false;
    connect(&timer, &QTimer::timeout, this, [&] { timerFired = true; });
    timer.start(0ms);
    for (int turn = 0; turn < 5; ++turn)
        QCoreApplication::eventDispatcher()->processEvents(QEventLoop::X11ExcludeTimers);
    QVERIFY(!timerFired);
    QTRY_VERIFY(timerFired && hasFired);
}

void EpollEventDispatcherTest::readWriteAndExceptionNotifiersShareADescriptor()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client; // only its out-of-band byte is of interest
    client.connectToHost(QHostAddress::LocalHost, server.serverPort());
    QTRY_VERIFY(server.hasPendingConnections() && client.state() == QTcpSocket::ConnectedState);
    FileDescriptor ours(
            ::dup(static_cast<int>(server.nextPendingConnection()->socketDescriptor())));

    int reads = 0;
    int writes = 0;
    int exceptions = 0;
    QSocketNotifier read(ours.get(), QSocketNotifier::Read);
    QSocketNotifier write(ours.get(), QSocketNotifier::Write);
    QSocketNotifier exception(ours.get(), QSocketNotifier::Exception);
    connect(&read, &QSocketNotifier::activated, this, [&] {
        ++reads;
        receiveByte(ours.get());
    });
    connect(&write, &QSocketNotifier::activated, this, [&] {
        ++writes;
        write.setEnabled(false);
    });
    connect(&exception, &QSocketNotifier::activated, this, [&] {
        ++exceptions;
        exception.setEnabled(false);
    });
    QTRY_COMPARE(writes, 1);
    QCOMPARE(reads, 0);
    QCOMPARE(exceptions, 0);
    const char byte = '!';
    QCOMPARE(::send(static_cast<int>(client.socketDescriptor()), &byte, 1, MSG_OOB), 1);
    QTRY_COMPARE(exceptions, 1);
    QCOMPARE(::send(static_cast<int>(client.socketDescriptor()), &byte, 1, 0), 1);
    QTRY_COMPARE(reads, 1);
    QCOMPARE(writes, 1);
}

void EpollEventDispatcherTest::aDisabledNotifierIsSilentAndComesBack()
{
    auto pair = makeSocketPair();
    int activations = 0;
    QSocketNotifier notifier(pair.ours.get(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        ++activations;
        receiveByte(pair.ours.get());
    });
    notifier.setEnabled(false);
    sendByte(pair.theirs);
    processReady();
    QCOMPARE(activations, 0);
    notifier.setEnabled(true);
    processReady();
    QCOMPARE(activations, 1);
    notifier.setEnabled(false);
    notifier.setEnabled(true);
    sendByte(pair.theirs);
    processReady();
    QCOMPARE(activations, 2);
}

void EpollEventDispatcherTest::aNotifierDisabledByAnEarlierHandlerDoesNotFire()
{
    auto first = makeSocketPair();
    auto second = makeSocketPair();
    int activations = 0;
    QSocketNotifier one(first.ours.get(), QSocketNotifier::Read);
    QSocketNotifier two(second.ours.get(), QSocketNotifier::Read);
    const auto handler = [&] {
        ++activations;
        one.setEnabled(false);
        two.setEnabled(false);
    };
    connect(&one, &QSocketNotifier::activated, this, handler);
    connect(&two, &QSocketNotifier::activated, this, handler);
    sendByte(first.theirs);
    sendByte(second.theirs);
    processReady();
    QCOMPARE(activations, 1);
}

void EpollEventDispatcherTest::aNotifierMayBeDeletedInItsOwnHandler()
{
    auto pair = makeSocketPair();
    auto *read = new QSocketNotifier(pair.ours.get(), QSocketNotifier::Read); // by the handler
    auto *write = new QSocketNotifier(pair.ours.get(), QSocketNotifier::Write); // by the handler
    int activations = 0;
    connect(read, &QSocketNotifier::activated, this, [&] {
        ++activations;
        delete read;
        delete write;
        pair.ours.reset();
    });
    sendByte(pair.theirs);
    processReady();
    QCOMPARE(activations, 1);
}

void EpollEventDispatcherTest::anEventOfAClosedDescriptorIsNotTakenForItsSuccessor()
{
    auto first = makeSocketPair();
    auto second = makeSocketPair();
    SocketPair successor;
    std::unique_ptr<QSocketNotifier> notifierOfSuccessor;
    int activations = 0;
    int activationsOfSuccessor = 0;
    auto one = std::make_unique<QSocketNotifier>(first.ours.get(), QSocketNotifier::Read);
    auto two = std::make_unique<QSocketNotifier>(second.ours.get(), QSocketNotifier::Read);
    // Whichever is served first replaces the other one's descriptor by a silent one of the same
    // number.
    const auto replace = [&](SocketPair &victim, std::unique_ptr<QSocketNotifier> &notifier) {
        ++activations;
        const int number = victim.ours.get();
        notifier->setEnabled(false);
        successor = makeSocketPair();
        QCOMPARE(::dup2(successor.ours.get(), number), number);
        notifierOfSuccessor = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
        connect(notifierOfSuccessor.get(), &QSocketNotifier::activated, this,
                [&] { ++activationsOfSuccessor; });
    };
    connect(one.get(), &QSocketNotifier::activated, this, [&] {
        receiveByte(first.ours.get());
        replace(second, two);
    });
    connect(two.get(), &QSocketNotifier::activated, this, [&] {
        receiveByte(second.ours.get());
        replace(first, one);
    });
    sendByte(first.theirs);
    sendByte(second.theirs);
    processReady();
    QCOMPARE(activations, 1);
    QCOMPARE(activationsOfSuccessor, 0);
    sendByte(successor.theirs);
    QCoreApplication::eventDispatcher()->processEvents(QEventLoop::AllEvents);
    QCOMPARE(activationsOfSuccessor, 1);
}

void EpollEventDispatcherTest::aClosedDescriptorNeitherSpinsNorCrashes()
{
    auto pair = makeSocketPair();
    int activations = 0;
    QSocketNotifier notifier(pair.ours.get(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] { ++activations; });
    processReady();
    pair.ours.reset();
    processReady();
    QCOMPARE(activations, 0);

    // Its number is used again while the forgotten notifier still claims it.
    auto next = makeSocketPair();
    int activationsOfNext = 0;
    QSocketNotifier replacement(next.ours.get(), QSocketNotifier::Read);
    connect(&replacement, &QSocketNotifier::activated, this, [&] {
        ++activationsOfNext;
        receiveByte(next.ours.get());
    });
    sendByte(next.theirs);
    processReady();
    QCOMPARE(activationsOfNext, 1);
    QCOMPARE(activations, 0);
}

void EpollEventDispatcherTest::anInvalidDescriptorIsDisabledWithAWarning()
{
    auto pair = makeSocketPair();
    const int number = pair.ours.get();
    QSocketNotifier notifier(number, QSocketNotifier::Read);
    pair.ours.reset();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be watched")));
    processReady();
    QVERIFY(!notifier.isEnabled());
}

void EpollEventDispatcherTest::excludedNotifiersWaitWithoutSpinning()
{
    auto pair = makeSocketPair();
    int activations = 0;
    QSocketNotifier notifier(pair.ours.get(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        ++activations;
        receiveByte(pair.ours.get());
    });
    sendByte(pair.theirs);
    QTimer timer;
    bool hasFired = false;
    timer.setSingleShot(true);
    connect(&timer, &QTimer::timeout, this, [&] { hasFired = true; });
    timer.start(20ms);
    int turns = 0;
    while (!hasFired) {
        QCoreApplication::eventDispatcher()->processEvents(QEventLoop::ExcludeSocketNotifiers
                                                           | QEventLoop::WaitForMoreEvents);
        ++turns;
    }
    QVERIFY2(turns < 10, qPrintable(QString::number(turns)));
    QCOMPARE(activations, 0);
    processReady();
    QCOMPARE(activations, 1);
}

void EpollEventDispatcherTest::wakeUpFromAnotherThreadEndsTheWait()
{
    auto *dispatcher = QCoreApplication::eventDispatcher();
    processReady();
    std::atomic<bool> isDone = false;
    std::thread other([&] {
        while (!isDone) {
            dispatcher->wakeUp();
            std::this_thread::yield();
        }
    });
    for (int round = 0; round < 200; ++round)
        dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    isDone = true;
    other.join();
}

void EpollEventDispatcherTest::interruptEndsTheWait()
{
    QEventLoop loop;
    std::thread other;
    // From inside the loop: an exit() before exec() is forgotten by every dispatcher.
    QTimer::singleShot(0ms, this, [&] { other = std::thread([&] { loop.exit(7); }); });
    QCOMPARE(loop.exec(), 7);
    other.join();
}

void EpollEventDispatcherTest::eventsPostedFromAnotherThreadArrive()
{
    constexpr int perThread = 5000;
    int received = 0;
    std::vector<std::thread> threads;
    QEventLoop loop;
    // By a signal: Qt itself allocates and frees these events. A function made by one thread and
    // called by another would be a race to ThreadSanitizer, which does not see Qt's locks.
    const auto counting = connect(
            this, &EpollEventDispatcherTest::eventArrived, this,
            [&] {
                if (++received == 4 * perThread)
                    loop.quit();
            },
            Qt::QueuedConnection);
    const auto disconnecting = qScopeGuard([&] { disconnect(counting); });
    for (int index = 0; index < 4; ++index) {
        threads.emplace_back([&] {
            for (int count = 0; count < perThread; ++count)
                Q_EMIT eventArrived();
        });
    }
    loop.exec();
    for (auto &thread : threads)
        thread.join();
    QCOMPARE(received, 4 * perThread);
}

void EpollEventDispatcherTest::aNestedLoopServesSocketsAndTimers()
{
    auto outer = makeSocketPair();
    auto inner = makeSocketPair();
    int outerActivations = 0;
    int innerActivations = 0;
    QSocketNotifier outerNotifier(outer.ours.get(), QSocketNotifier::Read);
    QSocketNotifier innerNotifier(inner.ours.get(), QSocketNotifier::Read);
    QEventLoop loop;
    connect(&innerNotifier, &QSocketNotifier::activated, this, [&] {
        receiveByte(inner.ours.get());
        ++innerActivations;
        QTimer::singleShot(1ms, &loop, &QEventLoop::quit);
    });
    connect(&outerNotifier, &QSocketNotifier::activated, this, [&] {
        receiveByte(outer.ours.get());
        ++outerActivations;
        sendByte(inner.theirs);
        loop.exec();
    });
    sendByte(outer.theirs);
    QTRY_COMPARE(outerActivations, 1);
    QCOMPARE(innerActivations, 1);
}

void EpollEventDispatcherTest::processEventsReportsWhetherAnythingHappened()
{
    processReady();
    auto *dispatcher = QCoreApplication::eventDispatcher();
    QVERIFY(!dispatcher->processEvents(QEventLoop::AllEvents));
    QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    QVERIFY(dispatcher->processEvents(QEventLoop::AllEvents));
    QVERIFY(!dispatcher->processEvents(QEventLoop::AllEvents));
}

void EpollEventDispatcherTest::twoThousandSocketsAreServed()
{
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < 4200)
        QSKIP("fewer than 4,200 open files are allowed here");

    constexpr int count = 2000;
    std::vector<SocketPair> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    std::vector<int> activations(count);
    int total = 0;
    for (int index = 0; index < count; ++index) {
        pairs.push_back(makeSocketPair());
        const int descriptor = pairs.back().ours.get();
        auto notifier = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
        connect(notifier.get(), &QSocketNotifier::activated, this, [&, index, descriptor] {
            receiveByte(descriptor);
            ++activations[static_cast<std::size_t>(index)];
            ++total;
        });
        notifiers.push_back(std::move(notifier));
    }
    for (int round = 1; round <= 3; ++round) {
        for (const auto &pair : pairs)
            sendByte(pair.theirs);
        QTRY_COMPARE(total, round * count);
        QVERIFY(std::ranges::all_of(activations, [&](int seen) { return seen == round; }));
    }
}

void EpollEventDispatcherTest::qtTcpSocketsWork()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&] {
        while (auto *socket = server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, socket,
                    [socket] { socket->write(socket->readAll()); });
        }
    });
    constexpr qsizetype size = 3'000'000;
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    std::vector<qsizetype> echoed(20);
    for (std::size_t index = 0; index < echoed.size(); ++index) {
        auto client = std::make_unique<QTcpSocket>();
        connect(client.get(), &QTcpSocket::readyRead, this,
                [&echoed, index, socket = client.get()] {
                    echoed[index] += socket->readAll().size();
                });
        connect(client.get(), &QTcpSocket::connected, this,
                [socket = client.get()] { socket->write(QByteArray(size, 'x')); });
        client->connectToHost(QHostAddress::LocalHost, server.serverPort());
        clients.push_back(std::move(client));
    }
    QTRY_VERIFY_WITH_TIMEOUT(
            std::ranges::all_of(echoed, [](qsizetype bytes) { return bytes == size; }), 30000);
    for (auto &client : clients)
        client->disconnectFromHost();
    QTRY_VERIFY(std::ranges::all_of(clients, [](const auto &client) {
        return client->state() == QAbstractSocket::UnconnectedState;
    }));
}

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new EpollEventDispatcher); // owned by the application
    QCoreApplication application(argc, argv);
    EpollEventDispatcherTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_epoll_event_dispatcher.moc"
