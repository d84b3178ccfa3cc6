// SPDX-License-Identifier: Apache-2.0
// Nothing secret is where it does not belong.
#include "blob_client.h"
#include "raw_client.h"
#include "server_process.h"
#include "wire_client.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <functional>

using namespace dunlin;
using namespace dunlin::test;

namespace {

const QByteArray passwordCanary = "canary-password-4f1d";
const QByteArray newPasswordCanary = "canary-new-password-77ab";
const QByteArray textCanary = "canary-text-9c20";

/// What a process of its own, of this user, returns; or the signal that ended it, with what
/// waitpid() says about it.
struct End {
    int exitCode = -1;
    bool hasDumped = false;
};
template <typename Function> End inProcessOf(uid_t user, const Function &function)
{
    const pid_t child = ::fork();
    if (child == 0) {
        if (::geteuid() != user && (::setgid(user) != 0 || ::setuid(user) != 0))
            ::_exit(126);
        ::prctl(PR_SET_DUMPABLE, 1); // the change of user has ended it
        ::_exit(function());
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child)
        return {};
    return {.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            .hasDumped = WIFSIGNALED(status) && WCOREDUMP(status)};
}

/// In how many of three ways the calling process can read another one's memory, as gcore and
/// debuggers do.
int waysInto(pid_t process)
{
    int ways = 0;
    const std::string path = "/proc/" + std::to_string(process) + "/mem";
    if (const int memory = ::open(path.c_str(), O_RDONLY | O_CLOEXEC); memory >= 0) {
        ++ways;
        ::close(memory);
    }
    char byte = 0;
    const iovec to{.iov_base = &byte, .iov_len = 1};
    const iovec from{.iov_base = const_cast<char *>(passwordCanary.constData()), .iov_len = 1};
    // What is asked for need not be there: being allowed to ask is what counts.
    if (::process_vm_readv(process, &to, 1, &from, 1, 0) == 1 || errno != EPERM)
        ++ways;
    if (::ptrace(PTRACE_SEIZE, process, nullptr, nullptr) == 0)
        ++ways;
    return ways;
}

/// The processes below this one.
QList<pid_t> descendantsOf(pid_t process)
{
    QList<pid_t> all;
    QDirIterator tasks(QStringLiteral("/proc/%1/task").arg(process),
                       QDir::Dirs | QDir::NoDotAndDotDot);
    while (tasks.hasNext()) {
        QFile children(tasks.next() + QLatin1String("/children"));
        if (!children.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &child : children.readAll().simplified().split(' ')) {
            if (!child.isEmpty())
                all += descendantsOf(child.toInt()) << child.toInt();
        }
    }
    return all;
}

/// Which of the words are in what a process can write to of its memory: its own ("rw-p"), or what
/// it shares with others ("rw-s").
QList<QByteArray> wordsInMemory(pid_t process, const char *kind, const QList<QByteArray> &words)
{
    QFile regions(QStringLiteral("/proc/%1/maps").arg(process));
    QFile memory(QStringLiteral("/proc/%1/mem").arg(process));
    if (!regions.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> found;
    for (const QByteArray &region : regions.readAll().split('\n')) {
        const QList<QByteArray> fields = region.simplified().split(' ');
        if (fields.size() < 5 || fields[1] != kind)
            continue;
        const auto ends = fields[0].split('-');
        const quint64 begin = ends[0].toULongLong(nullptr, 16);
        const quint64 end = ends[1].toULongLong(nullptr, 16);
        if (!memory.seek(static_cast<qint64>(begin)))
            continue;
        const QByteArray content = memory.read(static_cast<qint64>(end - begin));
        for (const QByteArray &word : words) {
            if (content.contains(word) && !found.contains(word))
                found += word;
        }
    }
    return found;
}

} // namespace

class ServerSecretsTest : public QObject {
    Q_OBJECT

    /// With a PostgreSQL of its own: its files are in the data directory.
    std::unique_ptr<ServerProcess> server_;
    QList<QByteArray> secrets_;
    QTemporaryDir place_;

    /// The files below directory that have one of the words.
    static QStringList filesWith(const QString &directory, const QList<QByteArray> &words)
    {
        QStringList found;
        QDirIterator files(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray content = file.readAll();
            for (const QByteArray &word : words) {
                if (content.contains(word))
                    found += file.fileName() + QLatin1String(": ") + QString::fromLatin1(word);
            }
        }
        return found;
    }
    QByteArray fileOfProcess(const char *name) const
    {
        QFile file(
                QStringLiteral("/proc/%1/%2").arg(server_->processId()).arg(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        // Dumps would be made, and land here.
        rlimit dumps{};
        QCOMPARE(::getrlimit(RLIMIT_CORE, &dumps), 0);
        dumps.rlim_cur = dumps.rlim_max;
        QCOMPARE(::setrlimit(RLIMIT_CORE, &dumps), 0);
        QVERIFY(QFile(place_.path()).setPermissions(QFile::Permissions(0x7777)));
        QVERIFY(QDir::setCurrent(place_.path()));

        server_ = std::make_unique<ServerProcess>(
                std::string(), QStringList{QStringLiteral("--log-level"), QStringLiteral("debug")});
        QVERIFY(server_->start());
        WireClient ana(server_->webSocketUrl());
        QVERIFY(ana.open());
        v1::ClientFrame frame;
        frame.mutable_register_account()->set_user_name("ana");
        frame.mutable_register_account()->set_password(passwordCanary.toStdString());
        const auto info = ana.request(frame).signed_in();
        secrets_ = {passwordCanary, newPasswordCanary, QByteArray::fromStdString(info.token()),
                    QByteArray::fromStdString(info.refresh_token())};

        WireClient ben(server_->webSocketUrl());
        QVERIFY(ben.open());
        ben.registerAccount("ben");
        const std::int64_t talk = ana.openConversation(ben.userId());
        QVERIFY(ana.post(talk, textCanary.toStdString()).has_message_posted());
        // Everything that goes wrong is told with less than was sent.
        QVERIFY(ana.post(4711, textCanary.toStdString()).has_error());
        WireClient other(server_->webSocketUrl());
        QVERIFY(other.open());
        QVERIFY(other.signIn("ben", passwordCanary.toStdString()).has_error());
        QVERIFY(other.authenticate(info.token() + "x").has_error());
        RawClient broken(server_->port());
        broken.socket().send(toBytes(
                {.opcode = 1, .payload = (QByteArray("{") + passwordCanary).toStdString()}));
        QVERIFY(!broken.read());
        BlobClient http(*server_, info.token());
        QCOMPARE(http.ask("GET",
                          QStringLiteral("/nowhere?authToken=")
                                  + QString::fromStdString(info.token()))
                         .status,
                 404);
        v1::ClientFrame change;
        change.mutable_change_password()->set_old_password(passwordCanary.toStdString());
        change.mutable_change_password()->set_new_password(newPasswordCanary.toStdString());
        QVERIFY(ana.request(change).has_done());
    }

    void theLogHasNone()
    {
        const QByteArray log = server_->log().toUtf8();
        QVERIFY(log.contains("serving"));
        for (const QByteArray &secret : secrets_ + QList<QByteArray>{textCanary})
            QVERIFY2(!log.contains(secret), secret.constData());
    }

    void theProcessTellsNone()
    {
        for (const char *name : {"cmdline", "environ"}) {
            const QByteArray content = fileOfProcess(name);
            for (const QByteArray &secret : secrets_ + QList<QByteArray>{textCanary})
                QVERIFY2(!content.contains(secret), name);
        }
    }

    void theMemoryOfItsPostgresqlHasNeitherPasswordNorToken()
    {
        const QList<pid_t> processes = descendantsOf(pid_t(server_->processId()));
        QVERIFY(processes.size() > 3);
        const auto all = secrets_ + QList<QByteArray>{textCanary};
        // The messages are there: what is looked for would be found.
        QCOMPARE(wordsInMemory(processes.last(), "rw-s", all), QList<QByteArray>{textCanary});
        int read = 0;
        for (const pid_t process : processes) {
            QCOMPARE(wordsInMemory(process, "rw-p", secrets_), QList<QByteArray>());
            read += int(wordsInMemory(process, "rw-p", {"user_conversations"}).size());
        }
        QVERIFY2(read > 0, "the name of a table is in the memory of whoever reads it");
    }

    void itsFilesHaveNeitherPasswordNorToken()
    {
        QVERIFY(server_->terminate() == 0);
        const QString directory = server_->dataDirectory();
        // The messages are there: what is looked for would be found.
        QVERIFY(!filesWith(directory, {textCanary}).isEmpty());
        QCOMPARE(filesWith(directory, secrets_), QStringList());
        // What PostgreSQL logs has not even those.
        QCOMPARE(filesWith(directory, {textCanary}).filter(QStringLiteral(".log")), QStringList());
        QVERIFY(server_->start());
    }

    void nobodyOfItsUserLooksIntoItsMemory()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("a sanitizer looks into the memory itself");
#endif
        const auto server = pid_t(server_->processId());
        const uid_t user = QFileInfo(server_->dataDirectory()).ownerId();
        const End end = inProcessOf(user, [server] { return waysInto(server); });
        QCOMPARE(end.exitCode, 0);
        // Into another process of this user it could.
        const End control = inProcessOf(user, [] {
            const pid_t other = ::fork();
            if (other == 0)
                ::_exit(::pause());
            const int ways = waysInto(other);
            ::kill(other, SIGKILL);
            return ways;
        });
        QCOMPARE(control.exitCode, 3);
    }

    void aCrashLeavesNoDump()
    {
        static const QRegularExpression none(QStringLiteral("Max core file size +0 +0 +bytes"));
        const QByteArray limits = fileOfProcess("limits");
        QVERIFY2(none.match(QString::fromLatin1(limits)).hasMatch(), limits.constData());
        const QList<pid_t> children = descendantsOf(pid_t(server_->processId()));
        QVERIFY(!children.isEmpty());
        for (const pid_t child : children) {
            QFile file(QStringLiteral("/proc/%1/limits").arg(child));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(none.match(QString::fromLatin1(file.readAll())).hasMatch());
        }
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("a sanitizer would tell of the crash");
#endif
        ::kill(pid_t(server_->processId()), SIGSEGV);
        QVERIFY(QTest::qWaitFor([this] { return server_->processId() == 0; }, 60'000));
        QCOMPARE(QDir(place_.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
        rlimit dumps{};
        QCOMPARE(::getrlimit(RLIMIT_CORE, &dumps), 0);
        if (dumps.rlim_cur == 0)
            return; // none is made here of anything
        const End control = inProcessOf(::geteuid(), [] {
            ::signal(SIGSEGV, SIG_DFL);
            return ::raise(SIGSEGV);
        });
        QVERIFY2(control.hasDumped, "a crash leaves no dump here, of no program");
    }
};

QTEST_GUILESS_MAIN(ServerSecretsTest)
#include "tst_server_secrets.moc"
