// SPDX-License-Identifier: Apache-2.0
#include "store/private_cluster.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <libpq-fe.h>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using dunlin::store::PrivateCluster;

namespace {

/// The first value of a statement's answer; empty when there is none.
std::string ask(const PrivateCluster &cluster, const char *sql)
{
    const std::unique_ptr<PGconn, void (*)(PGconn *)> connection(
            PQconnectdb(cluster.conninfo().c_str()), PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult *)> result(PQexec(connection.get(), sql),
                                                                 PQclear);
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

} // namespace

class PrivateClusterTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> directory_;

    PrivateCluster::Options options(const QString &name) const
    {
        return {.directory = directory_->path() + QLatin1Char('/') + name,
                .user = ::geteuid() == 0 ? QStringLiteral("postgres") : QString()};
    }

private Q_SLOTS:
    void init()
    {
        directory_ = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/dunlin-test-XXXXXX"));
        ::chmod(directory_->path().toLocal8Bit().constData(), 0755);
    }

    void whatIsCommittedIsThereAfterAStopAndAfterACrash()
    {
        PrivateCluster cluster(options(QStringLiteral("kept")));
        QVERIFY(cluster.start());
        ask(cluster, "CREATE TABLE kept AS SELECT 1 AS value");
        cluster.stop();
        QVERIFY(cluster.start());
        QCOMPARE(ask(cluster, "SELECT count(*) FROM kept"), "1");
        ask(cluster, "INSERT INTO kept VALUES (2)");
        cluster.crash();
        QVERIFY(cluster.start());
        QCOMPARE(ask(cluster, "SELECT count(*) FROM kept"), "2");
    }

    void isReachableOnlyByItsOwnerAndWritesForReal()
    {
        PrivateCluster cluster(options(QStringLiteral("closed")));
        QVERIFY(cluster.start());
        QCOMPARE(ask(cluster, "SHOW listen_addresses"), "");
        QCOMPARE(ask(cluster, "SHOW fsync"), "on");
        QCOMPARE(ask(cluster, "SHOW synchronous_commit"), "on");
        struct stat info { };
        const QByteArray path = options(QStringLiteral("closed")).directory.toLocal8Bit();
        QCOMPARE(::stat(path.constData(), &info), 0);
        QCOMPARE(int(info.st_mode & 0777), 0700);
    }

    void aDatabaseThatDiesIsStartedAgain()
    {
        PrivateCluster cluster(options(QStringLiteral("killed")));
        QVERIFY(cluster.start());
        const pid_t parent = std::atoi(
                ask(cluster, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")
                        .c_str());
        QVERIFY(parent > 0);
        ::kill(parent, SIGQUIT);
        QTRY_COMPARE_WITH_TIMEOUT(ask(cluster, "SELECT 1"), "", 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(ask(cluster, "SELECT 1"), "1", 30'000);
    }

    // What a killed server leaves behind when it was recovering, as seen in a run of tests/chaos.
    void oneThatHangsWhileItShutsDownIsEnded()
    {
        const auto shared = options(QStringLiteral("hangs"));
        PrivateCluster before(shared);
        QVERIFY(before.start());
        ask(before, "CREATE TABLE kept AS SELECT 1 AS value");
        const auto pid = [&before](const char *sql) {
            return static_cast<pid_t>(std::atoi(ask(before, sql).c_str()));
        };
        const pid_t parent = pid("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
        const pid_t child =
                pid("SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'");
        QVERIFY(parent > 0 && child > 0);
        ::kill(child, SIGSTOP); // it is waited for in vain
        ::kill(parent, SIGINT);
        PrivateCluster after(shared);
        QVERIFY(after.start());
        QCOMPARE(ask(after, "SELECT count(*) FROM kept"), "1");
        ::kill(child, SIGCONT);
    }

    void aDirectoryTooDeepForASocketWorks()
    {
        const QString deep = QString(100, QLatin1Char('d'));
        PrivateCluster cluster(options(deep));
        QVERIFY(cluster.start());
        QCOMPARE(ask(cluster, "SELECT 1"), "1");
    }
};

QTEST_GUILESS_MAIN(PrivateClusterTest)
#include "tst_private_cluster.moc"
