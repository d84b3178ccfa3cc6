// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "store/migrations.h"
#include "test_cluster.h"
#include "updates/update_log.h"
#include "updates/update_log_trimmer.h"

#include <QTest>

using namespace dunlin;
using namespace dunlin::test;
using namespace dunlin::updates;

namespace {

const store::Statement addUser{"test_add_user", R"(
    INSERT INTO users (user_id, user_name, display_name, password_hash)
    VALUES ($1, $1::text, '', '')
)"};
const store::Statement makeOld{"test_make_old", R"(
    UPDATE updates SET created_at = now() - interval '8 days' WHERE user_id = $1 AND seq <= $2
)"};

constexpr UserId ana{1};
constexpr UserId ben{2};

QCoro::Task<store::DbResult<std::vector<Entry>>> append(store::Database &database,
                                                        std::vector<Entry> entries)
{
    auto transaction = co_await database.begin();
    if (!transaction)
        co_return tl::unexpected(transaction.error());
    co_return co_await appendAndCommit(*transaction, std::move(entries));
}

Entry entryFor(UserId user)
{
    return {.user = user, .kind = Kind::ProfileChanged, .actor = user};
}

} // namespace

class UpdateLogTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<store::Database> database_;

    std::vector<Entry> entriesAfter(UserId user, int since)
    {
        std::vector<store::Query> queries;
        queries.push_back(readEntries(user, UpdateSeq{since}, 1000));
        const auto rows = await(database_->runAll(std::move(queries)));
        return rows ? entriesOf(user, rows->front()) : std::vector<Entry>();
    }
    Bounds bounds(UserId user)
    {
        std::vector<store::Query> queries;
        queries.push_back(readBounds(user));
        const auto rows = await(database_->runAll(std::move(queries)));
        return rows ? boundsOf(rows->front()) : Bounds();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        QVERIFY(store::migrate(cluster_.conninfo(), store::builtInMigrations()));
        database_ =
                std::make_unique<store::Database>(cluster_.conninfo(), store::Database::Options());
        QTRY_VERIFY(database_->isReady());
        for (const UserId user : {ana, ben}) {
            store::Parameters parameters;
            parameters.add(user);
            QVERIFY(await(database_->run(addUser, std::move(parameters))));
        }
    }

    void entriesOfOneTransactionAreDenseForEachUser()
    {
        const auto appended =
                await(append(*database_, {entryFor(ana), entryFor(ben), entryFor(ana)}));
        QVERIFY(appended);
        QCOMPARE((*appended)[0].seq.value, 1);
        QCOMPARE((*appended)[1].seq.value, 1);
        QCOMPARE((*appended)[2].seq.value, 2);
        const auto more = await(append(*database_, {entryFor(ana)}));
        QCOMPARE((*more)[0].seq.value, 3);
        QCOMPARE(entriesAfter(ana, 0).size(), 3U);
        QCOMPARE(entriesAfter(ana, 2).size(), 1U);
        QCOMPARE(bounds(ana).newest.value, 3);
    }

    void anEntryForNobodyWritesNothing()
    {
        QVERIFY(!await(append(*database_, {entryFor(ana), entryFor(UserId{99})})));
        QCOMPARE(bounds(ana).newest.value, 3);
    }

    void whatIsOldGoesAndTheTailSaysSo()
    {
        store::Parameters parameters;
        parameters.add(ana).add(std::int64_t{2});
        QVERIFY(await(database_->run(makeOld, std::move(parameters))));
        UpdateLogTrimmer trimmer(*database_);
        const auto removed = await(trimmer.trim(std::chrono::hours(24 * 7)));
        QVERIFY(removed);
        QCOMPARE(*removed, 2);
        QCOMPARE(bounds(ana).tail.value, 2);
        QCOMPARE(entriesAfter(ana, 0).size(), 1U);
        QCOMPARE(bounds(ben).tail.value, 0);
        QCOMPARE(entriesAfter(ben, 0).size(), 1U);
        QCOMPARE(await(trimmer.trim(std::chrono::hours(24 * 7))).value_or(-1), 0);
    }
};

QTEST_GUILESS_MAIN(UpdateLogTest)
#include "tst_update_log.moc"
