// SPDX-License-Identifier: Apache-2.0
#include "bed.h"

#include "clock.h"
#include "network_namespace.h"

#include <QCoreApplication>
#include <QCoroTimer>
#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

namespace dunlin::chaos {
namespace {

using namespace std::chrono_literals;

constexpr auto pollInterval = 5ms;
constexpr qint64 startDeadlineMs = 60'000;
constexpr qint64 stopDeadlineMs = 30'000;
const char *const userName = "dunlin";

bool isRoot()
{
    return ::geteuid() == 0;
}

/// Neither gone nor a zombie that nobody has asked about.
bool isAlive(pid_t process)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (process <= 0 || !file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray status = file.readAll();
    return !status.mid(status.lastIndexOf(')')).startsWith(") Z");
}

} // namespace

Bed::Bed(Options options)
    : options_(std::move(options)), directory_(QStringLiteral("/tmp/dunlin-chaos-XXXXXX"))
{
    ::chmod(directory_.path().toLocal8Bit().constData(), 0755); // others go through it
    const passwd *user = isRoot() ? ::getpwnam(userName) : nullptr;
    const QByteArray server = directory_.filePath(QStringLiteral("server")).toLocal8Bit();
    ::mkdir(server.constData(), 0700);
    if (options_.memoryDiskBytes > 0 && isRoot()) {
        const QByteArray size = "size=" + QByteArray::number(options_.memoryDiskBytes);
        if (::mount("none", server.constData(), "tmpfs", 0, size.constData()) == 0)
            diskPath_ = QString::fromLocal8Bit(server);
    }
    if (user != nullptr) [[maybe_unused]]
        const int given = ::chown(server.constData(), user->pw_uid, user->pw_gid);
    if (options_.hasOwnNetwork && isRoot())
        network_ = NetworkNamespace::make();
    clock_ = std::make_unique<Clock>(directory_.filePath(QStringLiteral("clock")));
    process_ = std::make_unique<QProcess>();
}

Bed::~Bed()
{
    emptyDisk();
    freezePostgres(false);
    const pid_t postgres = postmaster();
    killServer();
    // It ends by itself with its server, a moment later.
    if (postgres > 0)
        ::kill(postgres, SIGQUIT);
    for (int tries = 0; isAlive(postgres) && tries < 500; ++tries)
        ::usleep(10'000);
    if (!diskPath_.isEmpty())
        ::umount2(diskPath_.toLocal8Bit().constData(), MNT_DETACH);
}

QString Bed::dataDirectory() const
{
    return directory_.filePath(QStringLiteral("server"));
}

QHostAddress Bed::address() const
{
    return network_ ? network_->address() : QHostAddress(QHostAddress::LocalHost);
}

std::string Bed::conninfo() const
{
    return "user=dunlin dbname=dunlin host=" + dataDirectory().toStdString() + "/postgresql";
}

void Bed::prepareProcess()
{
    process_ = std::make_unique<QProcess>();
    process_->setProcessChannelMode(QProcess::MergedChannels);
    process_->setStandardOutputFile(directory_.filePath(QStringLiteral("log")), QIODevice::Append);
    auto environment = QProcessEnvironment::systemEnvironment();
    clock_->addTo(environment);
    // Everyone here comes from one address and writes more than a person would.
    environment.insert(QStringLiteral("DUNLIN_LIMITS_UNAUTHENTICATED_PER_ADDRESS"),
                       QStringLiteral("0"));
    environment.insert(QStringLiteral("DUNLIN_LIMITS_REQUESTS_PER_SECOND"), QStringLiteral("0"));
    if (!options_.plantedBug.isEmpty())
        environment.insert(QStringLiteral("DUNLIN_PLANTED_BUG"), options_.plantedBug);
    process_->setProcessEnvironment(environment);
    // Looked up before the fork: the child may only make system calls.
    const passwd *user = isRoot() ? ::getpwnam(userName) : nullptr;
    const uid_t uid = user != nullptr ? user->pw_uid : 0;
    const gid_t gid = user != nullptr ? user->pw_gid : 0;
    const int network = network_ ? network_->descriptor() : -1;
    process_->setChildProcessModifier([uid, gid, network] {
        if (network >= 0 && ::setns(network, CLONE_NEWNET) != 0)
            ::_exit(126);
        if (uid != 0 && (::setgroups(0, nullptr) != 0 || ::setgid(gid) != 0 || ::setuid(uid) != 0))
            ::_exit(126);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // after the change of user, which would clear it
    });
}

QCoro::Task<std::optional<qint64>> Bed::start()
{
    QElapsedTimer timer;
    timer.start();
    QFile log(directory_.filePath(QStringLiteral("log")));
    const qint64 from = log.exists() ? log.size() : 0;
    prepareProcess();
    const QProcess *mine = process_.get();
    process_->start(options_.serverProgram,
                    {QStringLiteral("--address"), address().toString(), QStringLiteral("--port"),
                     QString::number(port_.number()), QStringLiteral("--data-dir"), dataDirectory(),
                     QStringLiteral("--heartbeat-interval-ms"), QStringLiteral("1000")});
    while (timer.elapsed() < startDeadlineMs) {
        if (log.open(QIODevice::ReadOnly)) {
            log.seek(from);
            const bool serves = log.readAll().contains(" serving ");
            log.close();
            if (serves)
                co_return timer.elapsed();
        }
        if (process_.get() != mine || process_->state() == QProcess::NotRunning)
            co_return std::nullopt;
        co_await QCoro::sleepFor(pollInterval);
    }
    co_return std::nullopt;
}

QCoro::Task<qint64> Bed::startForSure()
{
    QElapsedTimer timer;
    timer.start();
    while (true) {
        const auto started = co_await start();
        if (started)
            co_return timer.elapsed();
        if (timer.elapsed() > 2 * startDeadlineMs)
            qFatal("the server does not start any more:\n%s", qPrintable(logTail()));
        killServer();
        co_await QCoro::sleepFor(pollInterval * 20);
    }
}

bool Bed::isRunning() const
{
    return process_->state() == QProcess::Running;
}

void Bed::killServer()
{
    if (process_->state() == QProcess::NotRunning)
        return;
    ::kill(server(), SIGKILL);
    process_->waitForFinished();
}

QCoro::Task<qint64> Bed::terminate()
{
    QElapsedTimer timer;
    timer.start();
    if (isRunning())
        ::kill(server(), SIGTERM);
    while (isRunning() && timer.elapsed() < stopDeadlineMs)
        co_await QCoro::sleepFor(pollInterval);
    if (isRunning())
        qFatal("the server does not stop:\n%s", qPrintable(logTail()));
    co_return timer.elapsed();
}

pid_t Bed::postmaster() const
{
    QFile file(dataDirectory() + QLatin1String("/postgresql/data/postmaster.pid"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto pid = static_cast<pid_t>(file.readLine().trimmed().toLongLong());
    return isAlive(pid) ? pid : 0;
}

std::vector<pid_t> Bed::postgresProcesses() const
{
    std::vector<pid_t> processes;
    const pid_t parent = postmaster();
    QFile file(QStringLiteral("/proc/%1/task/%1/children").arg(parent));
    if (parent == 0 || !file.open(QIODevice::ReadOnly))
        return processes;
    for (const QByteArray &child : file.readAll().simplified().split(' ')) {
        if (const auto pid = static_cast<pid_t>(child.toLongLong()); pid > 0)
            processes.push_back(pid);
    }
    return processes;
}

void Bed::freezePostgres(bool isFrozen)
{
    if (isFrozen) {
        frozen_ = postgresProcesses();
        if (const pid_t parent = postmaster(); parent > 0)
            frozen_.push_back(parent);
    }
    for (const pid_t process : frozen_)
        ::kill(process, isFrozen ? SIGSTOP : SIGCONT);
    if (!isFrozen)
        frozen_.clear();
}

void Bed::fillDisk()
{
    const QByteArray path = (dataDirectory() + QLatin1String("/ballast")).toLocal8Bit();
    const int file = ::open(path.constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    off_t size = 0;
    // To the last page.
    for (off_t step = 64 * 1024 * 1024; step >= 4096;) {
        if (::posix_fallocate(file, size, step) == 0)
            size += step;
        else
            step /= 4;
    }
    ::close(file);
}

void Bed::emptyDisk()
{
    if (canFillDisk())
        QFile::remove(dataDirectory() + QLatin1String("/ballast"));
}

void Bed::pullCable(bool isPulled)
{
    network_->setUp(!isPulled);
}

void Bed::setClockOffset(qint64 milliseconds)
{
    clock_->setOffset(milliseconds);
}

QString Bed::logTail() const
{
    QFile log(directory_.filePath(QStringLiteral("log")));
    if (!log.open(QIODevice::ReadOnly))
        return {};
    log.seek(std::max<qint64>(0, log.size() - 4000));
    return QString::fromUtf8(log.readAll());
}

} // namespace dunlin::chaos
