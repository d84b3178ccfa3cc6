// SPDX-License-Identifier: Apache-2.0
#include "store/private_cluster.h"

#include "store/postgres_programs.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QThread>

#include <libpq-fe.h>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <memory>

namespace dunlin::store {
namespace {

using namespace std::chrono_literals;

// Recovery after a crash replays the log first.
constexpr auto startDeadline = 120s;
constexpr auto stopDeadline = 60s;
constexpr auto toolDeadline = 120s;
constexpr auto pollInterval = 5ms;
/// How long a PostgreSQL without its server may take to shut down, before it is ended as by a
/// crash. A checkpoint takes less, and recovery afterwards loses nothing.
constexpr auto leftoverPatience = 5s;
constexpr auto leftoverPollInterval = 5ms;
constexpr auto pauseBeforeRestart = 500ms;
/// What a unix socket's path may have, the file's own name of PostgreSQL included.
constexpr qsizetype longestSocketDirectory = 80;

tl::unexpected<Error> unavailable(const QString &message)
{
    return failure(ErrorCode::Unavailable, message.toStdString());
}

bool makeOwnDirectory(const QString &path, const passwd *owner)
{
    const QByteArray name = path.toLocal8Bit();
    if (::mkdir(name.constData(), 0700) != 0)
        return errno == EEXIST;
    return owner == nullptr || ::chown(name.constData(), owner->pw_uid, owner->pw_gid) == 0;
}

/// Who holds a data directory.
struct Holder {
    pid_t process = 0; ///< 0: nobody.
    bool isStopping = false;
};

Holder holderOf(const QString &dataDirectory)
{
    QFile file(dataDirectory + QLatin1String("/postmaster.pid"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    const qint64 process = text.left(text.indexOf('\n')).toLongLong();
    // The number may be another program's by now; PostgreSQL works in its data directory.
    const QString place = QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(process));
    if (place.isEmpty() || place != QFileInfo(dataDirectory).canonicalFilePath())
        return {};
    return {.process = static_cast<pid_t>(process), .isStopping = text.contains("\nstopping")};
}

using OwnedConnection = std::unique_ptr<PGconn, void (*)(PGconn *)>;

OwnedConnection connectTo(const std::string &conninfo)
{
    return {PQconnectdb(conninfo.c_str()), PQfinish};
}

bool isOpen(const OwnedConnection &connection)
{
    return PQstatus(connection.get()) == CONNECTION_OK;
}

} // namespace

PrivateCluster::PrivateCluster(Options options, QObject *parent)
    : QObject(parent), options_(std::move(options)), checkpointing_(nullptr, PQfinish)
{
    restartTimer_.setSingleShot(true);
    restartTimer_.setInterval(pauseBeforeRestart);
    connect(&restartTimer_, &QTimer::timeout, this, [this] {
        if (!isWanted_)
            return;
        if (!launch())
            restartTimer_.start();
    });
    connect(&postgres_, &QProcess::finished, this, [this] {
        if (isWanted_)
            restartTimer_.start();
    });
}

PrivateCluster::~PrivateCluster()
{
    stop();
}

QString PrivateCluster::dataDirectory() const
{
    return options_.directory + QLatin1String("/data");
}

QString PrivateCluster::socketDirectory() const
{
    if (options_.directory.toLocal8Bit().size() <= longestSocketDirectory)
        return options_.directory;
    // Too deep for a socket's path: a short name that is the same at the next start.
    const QByteArray hash =
            QCryptographicHash::hash(options_.directory.toUtf8(), QCryptographicHash::Sha256);
    return QLatin1String("/tmp/dunlin-") + QString::fromLatin1(hash.toHex().left(16));
}

QString PrivateCluster::logFile() const
{
    return options_.directory + QLatin1String("/postgresql.log");
}

std::string PrivateCluster::conninfo() const
{
    return conninfoOf("dunlin");
}

Result<void> PrivateCluster::start()
{
    if (postgresProgram(QStringLiteral("postgres")).isEmpty())
        return unavailable(QStringLiteral("PostgreSQL is not installed (package postgresql-15)"));
    const passwd *owner =
            options_.user.isEmpty() ? nullptr : ::getpwnam(options_.user.toLocal8Bit().constData());
    if (!options_.user.isEmpty() && owner == nullptr)
        return unavailable(QStringLiteral("there is no user ") + options_.user);
    for (const QString &directory : {options_.directory, socketDirectory()}) {
        if (!makeOwnDirectory(directory, owner))
            return unavailable(QStringLiteral("cannot make the directory ") + directory);
    }
    if (owner != nullptr) {
        // Or it would be this process's, and closed to a server that is started as the owner.
        const QByteArray log = logFile().toLocal8Bit();
        const int file = ::open(log.constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        const bool isGiven = file >= 0 && ::fchown(file, owner->pw_uid, owner->pw_gid) == 0;
        if (file >= 0)
            ::close(file);
        if (!isGiven)
            return unavailable(QStringLiteral("cannot make ") + logFile());
    }
    if (!QFileInfo::exists(dataDirectory())) {
        if (auto made = initialise(); !made)
            return made;
    }
    if (auto gone = waitForLeftover(); !gone)
        return gone;
    isWanted_ = true;
    auto started = launch();
    if (started)
        started = waitUntilReady();
    if (!started)
        stop();
    return started;
}

Result<void> PrivateCluster::initialise()
{
    // Under another name until it is whole: a start that was cut off leaves nothing half made.
    const QString making = options_.directory + QLatin1String("/data.new");
    QDir(making).removeRecursively();
    auto made = runTool(QStringLiteral("initdb"),
                        {QStringLiteral("-D"), making, QStringLiteral("--auth=trust"),
                         QStringLiteral("--username=dunlin"), QStringLiteral("--encoding=UTF8"),
                         QStringLiteral("--locale=C.UTF-8")});
    if (made && !QDir().rename(making, dataDirectory()))
        return unavailable(QStringLiteral("cannot rename ") + making);
    return made;
}

Result<void> PrivateCluster::launch()
{
    prepare(postgres_);
    postgres_.start(postgresProgram(QStringLiteral("postgres")),
                    {QStringLiteral("-D"), dataDirectory(), QStringLiteral("-k"), socketDirectory(),
                     QStringLiteral("-c"), QStringLiteral("listen_addresses="),
                     QStringLiteral("-c"), QStringLiteral("unix_socket_permissions=0700"),
                     QStringLiteral("-c"), QStringLiteral("max_connections=200"),
                     QStringLiteral("-c"), QStringLiteral("shared_buffers=256MB"),
                     QStringLiteral("-c"), QStringLiteral("max_wal_size=2GB"),
                     // After a checkpoint every page is logged whole when first changed.
                     QStringLiteral("-c"), QStringLiteral("wal_compression=lz4")});
    if (!postgres_.waitForStarted())
        return unavailable(QStringLiteral("cannot start PostgreSQL: ") + postgres_.errorString());
    return {};
}

/// One that was asked to shut down while it recovered from a crash may never do so.
Result<void> PrivateCluster::waitForLeftover()
{
    QDeadlineTimer patience(leftoverPatience);
    QDeadlineTimer deadline(startDeadline);
    for (Holder holder = holderOf(dataDirectory()); holder.process != 0;
         holder = holderOf(dataDirectory())) {
        if (deadline.hasExpired())
            return unavailable(QStringLiteral("another PostgreSQL uses ") + dataDirectory());
        if (holder.isStopping && patience.hasExpired()) {
            ::kill(holder.process, SIGQUIT); // an "immediate" shutdown
            patience.setRemainingTime(leftoverPatience);
        }
        QThread::usleep(std::chrono::microseconds(leftoverPollInterval).count());
    }
    return {};
}

std::string PrivateCluster::conninfoOf(const std::string &database) const
{
    return "host='" + socketDirectory().toStdString() + "' user=dunlin dbname=" + database;
}

Result<void> PrivateCluster::waitUntilReady()
{
    QDeadlineTimer deadline(startDeadline);
    for (;;) {
        if (const auto there = connectTo(conninfo()); isOpen(there))
            return {};
        if (const auto first = connectTo(conninfoOf("postgres")); isOpen(first)) {
            // Fails when it is there, which is as good.
            PQclear(PQexec(first.get(), "CREATE DATABASE dunlin"));
            return {};
        }
        if (deadline.hasExpired())
            break;
        // One that was left behind by a killed server may still hold the directory: ours ends at
        // once then, and is started again until the other has gone.
        if (postgres_.state() == QProcess::NotRunning || postgres_.waitForFinished(1)) {
            if (auto started = launch(); !started)
                return started;
        }
        QThread::usleep(std::chrono::microseconds(pollInterval).count());
    }
    return unavailable(QStringLiteral("PostgreSQL does not start; see ") + logFile());
}

void PrivateCluster::beginStop()
{
    if (postgres_.state() == QProcess::NotRunning)
        return;
    checkpointing_ = connectTo(conninfo() + " connect_timeout=2"); // it may hang
    // The answer is of no interest: with or without it PostgreSQL ends what it has begun.
    if (isOpen(checkpointing_))
        PQsendQuery(checkpointing_.get(), "CHECKPOINT");
}

void PrivateCluster::stop()
{
    end(SIGINT); // a "fast" shutdown
}

void PrivateCluster::crash()
{
    end(SIGQUIT);
}

void PrivateCluster::end(int signal)
{
    isWanted_ = false;
    restartTimer_.stop();
    checkpointing_.reset();
    if (postgres_.state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(postgres_.processId()), signal);
    if (!postgres_.waitForFinished(std::chrono::milliseconds(stopDeadline).count())) {
        ::kill(static_cast<pid_t>(postgres_.processId()), SIGQUIT);
        postgres_.waitForFinished();
    }
}

Result<void> PrivateCluster::runTool(const QString &name, const QStringList &arguments)
{
    QProcess process;
    prepare(process);
    process.start(postgresProgram(name), arguments);
    if (!process.waitForFinished(std::chrono::milliseconds(toolDeadline).count())
        || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return unavailable(name + QLatin1String(" failed; see ") + logFile());
    return {};
}

void PrivateCluster::prepare(QProcess &process) const
{
    process.setWorkingDirectory(options_.directory);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardOutputFile(logFile(), QIODevice::Append);
    // Looked up before the fork: the child may only make system calls.
    const passwd *user =
            options_.user.isEmpty() ? nullptr : ::getpwnam(options_.user.toLocal8Bit().constData());
    const uid_t uid = user != nullptr ? user->pw_uid : 0;
    const gid_t gid = user != nullptr ? user->pw_gid : 0;
    process.setChildProcessModifier([uid, gid] {
        if (uid != 0 && (::setgroups(0, nullptr) != 0 || ::setgid(gid) != 0 || ::setuid(uid) != 0))
            ::_exit(126);
        // Out of the terminal's group: Ctrl+C is for the server, which stops its database last.
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGINT);
    });
}

} // namespace dunlin::store
