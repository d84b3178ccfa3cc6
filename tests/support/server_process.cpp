// SPDX-License-Identifier: Apache-2.0
#include "server_process.h"

#include <QDir>
#include <QFile>
#include <QTcpSocket>
#include <QTest>

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

namespace dunlin::test {

ServerProcess::ServerProcess(const std::string &conninfo, QStringList arguments)
    : conninfo_(conninfo), arguments_(std::move(arguments))
{
    process_.setProcessChannelMode(QProcess::MergedChannels);
    // Every client of a test is from here; a test of the limits by address gives another list.
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DUNLIN_LIMITS_EXEMPT_ADDRESSES"),
                       QStringLiteral("127.0.0.1"));
    process_.setProcessEnvironment(environment);
    QObject::connect(&process_, &QProcess::readyReadStandardOutput, &process_,
                     [this] { log_ += QString::fromUtf8(process_.readAllStandardOutput()); });
    becomeOwnerOfTheCluster(process_);
}

void ServerProcess::becomeOwnerOfTheCluster(QProcess &process)
{
    // The cluster of a test run by root belongs to "postgres", the only one who may connect to it.
    // Looked up before the fork: the child may only make system calls.
    const passwd *user = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
    const uid_t uid = user != nullptr ? user->pw_uid : 0;
    const gid_t gid = user != nullptr ? user->pw_gid : 0;
    process.setChildProcessModifier([uid, gid] {
        if (uid != 0 && (::setgroups(0, nullptr) != 0 || ::setgid(gid) != 0 || ::setuid(uid) != 0))
            ::_exit(126);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // after the change of user, which would clear it
    });
}

ServerProcess::~ServerProcess()
{
    kill();
    // A sanitizer speaks in the server's log, and a killed server has no exit code to tell.
    for (const char *sign : {"Sanitizer", "runtime error:"}) {
        if (log_.contains(QLatin1String(sign)))
            qFatal("a sanitizer found something in the server:\n%s", qPrintable(log_));
    }
    QDir(dataDirectory()).removeRecursively();
}

void ServerProcess::begin(QProcess &process, const QStringList &words) const
{
    becomeOwnerOfTheCluster(process);
    QStringList arguments = words;
    arguments += {QStringLiteral("--data-dir"), dataDirectory()};
    if (!conninfo_.empty())
        arguments += {QStringLiteral("--database-url"), QString::fromStdString(conninfo_)};
    process.start(QStringLiteral(DUNLIN_SERVER_PROGRAM), arguments);
}

CommandResult ServerProcess::run(const QStringList &words, const QByteArray &input) const
{
    QProcess process;
    begin(process, words);
    process.write(input);
    process.closeWriteChannel();
    // The test's own event loop goes on: its clients live there.
    const bool hasEnded =
            QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000)
            && process.exitStatus() == QProcess::NormalExit;
    return {.exitCode = hasEnded ? process.exitCode() : -1,
            .output = process.readAllStandardOutput(),
            .error = process.readAllStandardError()};
}

QString ServerProcess::dataDirectory() const
{
    return QStringLiteral("/tmp/dunlin-test-server-%1").arg(port_.number());
}

QString ServerProcess::program()
{
    return QStringLiteral(DUNLIN_SERVER_PROGRAM);
}

bool ServerProcess::start()
{
    QStringList arguments{QStringLiteral("--port"), QString::number(port_.number()),
                          QStringLiteral("--data-dir"), dataDirectory()};
    if (!conninfo_.empty())
        arguments += {QStringLiteral("--database-url"), QString::fromStdString(conninfo_)};
    process_.start(program(), arguments + arguments_);
    const qsizetype from = log_.size();
    const bool serves = QTest::qWaitFor(
            [&] {
                return process_.state() == QProcess::NotRunning
                        || log_.indexOf(QLatin1String(" serving "), from) >= 0
                        || log_.indexOf(QLatin1String("\"event\":\"serving\""), from) >= 0;
            },
            60'000);
    const bool isUp = serves && process_.state() == QProcess::Running;
    if (!isUp)
        qWarning("the server does not start: %s", qPrintable(log_));
    return isUp;
}

void ServerProcess::signal(int number)
{
    if (process_.state() == QProcess::Running)
        ::kill(static_cast<pid_t>(process_.processId()), number);
}

void ServerProcess::kill()
{
    signal(SIGKILL);
    process_.waitForFinished();
}

int ServerProcess::terminate()
{
    signal(SIGTERM);
    const bool hasEnded =
            QTest::qWaitFor([this] { return process_.state() == QProcess::NotRunning; }, 20'000)
            && process_.exitStatus() == QProcess::NormalExit;
    return hasEnded ? process_.exitCode() : -1;
}

void ServerProcess::freeze()
{
    signal(SIGSTOP);
}

void ServerProcess::thaw()
{
    signal(SIGCONT);
}

void ServerProcess::reload()
{
    signal(SIGHUP);
}

QUrl ServerProcess::secureUrl() const
{
    return QUrl(QStringLiteral("wss://localhost:%1/").arg(port_.number()));
}

QUrl ServerProcess::webSocketUrl() const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(port_.number()));
}

QUrl ServerProcess::httpUrl(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(port_.number()).arg(path));
}

qint64 ServerProcess::residentBytes() const
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(process_.processId()));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

QString ServerProcess::log() const
{
    return log_;
}

} // namespace dunlin::test
