// SPDX-License-Identifier: Apache-2.0
#include "test_cluster.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QTemporaryDir>

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

namespace dunlin::test {
namespace {

QString toolPath(const QString &name)
{
    // Debian keeps the server's programs out of PATH, in a directory for each version.
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    const QStringList names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    return names.isEmpty() ? name : versions.filePath(names.last() + QLatin1String("/bin/") + name);
}

} // namespace

TestCluster::TestCluster()
{
    QTemporaryDir directory(QStringLiteral("/tmp/dunlin-test-XXXXXX"));
    directory.setAutoRemove(false);
    directory_ = directory.path();
    if (::geteuid() == 0) {
        const passwd *user = ::getpwnam("postgres");
        if (user == nullptr
            || ::chown(directory_.toLocal8Bit().constData(), user->pw_uid, user->pw_gid) != 0)
            return;
    }
    if (runTool(toolPath(QStringLiteral("initdb")),
                {QStringLiteral("-D"), directory_ + QLatin1String("/data"),
                 QStringLiteral("--auth=trust"), QStringLiteral("--username=dunlin"),
                 QStringLiteral("--encoding=UTF8"), QStringLiteral("--locale=C.UTF-8"),
                 QStringLiteral("--no-sync")}))
        start();
}

TestCluster::~TestCluster()
{
    crash();
    QDir(directory_).removeRecursively();
}

bool TestCluster::start()
{
    prepare(postgres_);
    postgres_.start(toolPath(QStringLiteral("postgres")),
                    {QStringLiteral("-D"), directory_ + QLatin1String("/data"),
                     QStringLiteral("-k"), directory_, QStringLiteral("-c"),
                     QStringLiteral("listen_addresses=")});
    QDeadlineTimer deadline(30'000);
    while (!isRunning_ && !deadline.hasExpired() && postgres_.state() != QProcess::NotRunning) {
        isRunning_ = runTool(toolPath(QStringLiteral("pg_isready")),
                             {QStringLiteral("-q"), QStringLiteral("-h"), directory_});
    }
    return isRunning_;
}

void TestCluster::crash()
{
    isRunning_ = false;
    if (postgres_.state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(postgres_.processId()), SIGQUIT);
    postgres_.waitForFinished();
}

std::string TestCluster::conninfo() const
{
    return "host=" + directory_.toStdString() + " user=dunlin dbname=postgres";
}

bool TestCluster::runTool(const QString &program, const QStringList &arguments)
{
    QProcess process;
    prepare(process);
    process.start(program, arguments);
    return process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit
            && process.exitCode() == 0;
}

void TestCluster::prepare(QProcess &process) const
{
    process.setWorkingDirectory(directory_);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardOutputFile(directory_ + QLatin1String("/log"), QIODevice::Append);
    // Looked up before the fork: the child may only make system calls.
    const passwd *user = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
    const uid_t uid = user != nullptr ? user->pw_uid : 0;
    const gid_t gid = user != nullptr ? user->pw_gid : 0;
    process.setChildProcessModifier([uid, gid] {
        if (uid != 0 && (::setgroups(0, nullptr) != 0 || ::setgid(gid) != 0 || ::setuid(uid) != 0))
            ::_exit(126);
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT); // a test that crashes leaves no database behind
    });
}

} // namespace dunlin::test
