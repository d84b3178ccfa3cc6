// SPDX-License-Identifier: Apache-2.0
#include "notify_socket.h"
#include "server_process.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

using namespace dunlin::test;

namespace {

constexpr int patienceMs = 60'000;

/// The server, started by systemd's own tool at the first connection to port.
struct Activated {
    TestPort reserved;
    quint16 port = reserved.number();
    NotifySocket systemd;
    QTemporaryDir directory = QTemporaryDir(QStringLiteral("/tmp/dunlin-test-XXXXXX"));
    QProcess process;

    Activated()
    {
        ::chmod(directory.path().toLocal8Bit().constData(), 0755); // for the user it becomes
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        process.start(QStringLiteral("systemd-socket-activate"),
                      {QStringLiteral("--listen=127.0.0.1:%1").arg(port), QStringLiteral("-E"),
                       QLatin1String("NOTIFY_SOCKET=") + QString::fromLocal8Bit(systemd.path()),
                       QStringLiteral("-E"), QStringLiteral("WATCHDOG_USEC=400000"),
                       ServerProcess::program(), QStringLiteral("--data-dir"),
                       directory.filePath(QStringLiteral("data")), QStringLiteral("--io-threads"),
                       QStringLiteral("2"), QStringLiteral("--user"), QStringLiteral("postgres"),
                       QStringLiteral("--port"), QStringLiteral("1")});
    }
    ~Activated()
    {
        process.kill();
        process.waitForFinished();
    }

    void terminate() const { ::kill(static_cast<pid_t>(process.processId()), SIGTERM); }
};

} // namespace

class ServerSystemdTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("systemd-socket-activate")).isEmpty())
            QSKIP("there is no systemd here");
    }

    void servesOnTheSocketItIsHandedAndTellsHowItIs()
    {
        Activated server;
        QVERIFY(server.process.waitForStarted());
        // These come before there is a server, and none is refused or comes before the database.
        std::vector<std::unique_ptr<QTcpSocket>> clients;
        for (int index = 0; index < 16; ++index) {
            clients.push_back(std::make_unique<QTcpSocket>());
            QTcpSocket &client = *clients.back();
            const auto connected = [&] {
                if (client.state() == QAbstractSocket::UnconnectedState)
                    client.connectToHost(QHostAddress::LocalHost, server.port);
                return client.state() == QAbstractSocket::ConnectedState;
            };
            QTRY_VERIFY_WITH_TIMEOUT(connected(), patienceMs);
            client.write("GET /readyz HTTP/1.1\r\nHost: here\r\n\r\n");
        }
        for (const auto &client : clients) {
            QByteArray answer;
            QTRY_VERIFY2_WITH_TIMEOUT((answer += client->readAll()).contains("200 OK"),
                                      (answer + server.process.readAll()).constData(), patienceMs);
        }

        QByteArrayList told;
        const auto listen = [&] {
            for (QByteArray state = server.systemd.take(); !state.isEmpty();
                 state = server.systemd.take())
                told.append(state);
        };
        const auto toldTwiceThatItLives = [&] {
            listen();
            return told.count("WATCHDOG=1") >= 2;
        };
        QTRY_VERIFY_WITH_TIMEOUT(toldTwiceThatItLives(), patienceMs);
        QCOMPARE(told.first(),
                 "READY=1\nSTATUS=Serving on port " + QByteArray::number(server.port));

        server.terminate();
        QVERIFY(server.process.waitForFinished(patienceMs));
        QCOMPARE(server.process.exitCode(), 0);
        listen();
        // PostgreSQL, whose children have the same environment, has said nothing.
        told.removeAll("WATCHDOG=1");
        QCOMPARE(told.size(), 2);
        QCOMPARE(told.last(), "STOPPING=1");
    }
};

QTEST_GUILESS_MAIN(ServerSystemdTest)
#include "tst_server_systemd.moc"
