// SPDX-License-Identifier: Apache-2.0
#include "app/service_manager.h"

#include "app/server.h"
#include "notify_socket.h"

#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace dunlin;
using namespace dunlin::app;

class ServiceManagerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        for (const char *name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "LISTEN_PID", "LISTEN_FDS"})
            qunsetenv(name);
    }

    void tellsThatItServesThatItLivesAndThatItStops()
    {
        test::NotifySocket systemd;
        qputenv("NOTIFY_SOCKET", systemd.path());
        qputenv("WATCHDOG_USEC", "100000");
        Server server((Configuration())); // not started: no thread has to turn
        ServiceManager manager;
        manager.tellReady(server);
        QVERIFY(systemd.take().startsWith("READY=1\n"));
        manager.tellStopping();
        QCOMPARE(systemd.take(), "STOPPING=1");
    }

    void childrenDoNotSeeWhatIsForTheServer()
    {
        qputenv("NOTIFY_SOCKET", "/nowhere");
        qputenv("LISTEN_FDS", "1");
        qputenv("LISTEN_PID", QByteArray::number(::getpid() + 1));
        ServiceManager manager;
        QVERIFY(!qEnvironmentVariableIsSet("NOTIFY_SOCKET"));
        QVERIFY(!qEnvironmentVariableIsSet("LISTEN_FDS"));
        // And the sockets of another process are not taken.
        const auto socket = manager.takeSocket();
        QVERIFY(socket);
        QVERIFY(!socket->isValid());
    }

    void moreThanOneSocketIsRefusedInWords()
    {
        qputenv("LISTEN_FDS", "2");
        qputenv("LISTEN_PID", QByteArray::number(::getpid()));
        ServiceManager manager;
        const auto socket = manager.takeSocket();
        QVERIFY(!socket);
        QVERIFY(QByteArray::fromStdString(socket.error().message).contains("2 addresses"));
    }

    void asManyDescriptorsAsThreadsShareOneSocket()
    {
        net::FileDescriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
        const auto shared = shareSocket(std::move(socket), 3);
        QVERIFY(shared);
        QCOMPARE(shared->size(), std::size_t{3});
        for (const net::FileDescriptor &descriptor : *shared)
            QVERIFY(descriptor.isValid());
    }
};

QTEST_GUILESS_MAIN(ServiceManagerTest)
#include "tst_service_manager.moc"
