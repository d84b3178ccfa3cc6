// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"
#include "test_cluster.h"

#include <QCoroTask>
#include <QTest>

using namespace dunlin;
using namespace dunlin::store;

namespace {

const Statement createTable{"create", "CREATE TABLE numbers (number bigint PRIMARY KEY)"};
const Statement insertNumber{"insert", "INSERT INTO numbers VALUES ($1)"};
const Statement countNumbers{"count", "SELECT count(*) FROM numbers"};

Parameters number(std::int64_t value)
{
    Parameters parameters;
    parameters.add(value);
    return parameters;
}

QCoro::Task<bool> canBegin(Database &database)
{
    const auto transaction = co_await database.begin();
    co_return transaction.has_value();
}

QCoro::Task<bool> insertAndCommit(Database &database, std::int64_t value, bool isCommitted)
{
    auto transaction = co_await database.begin();
    if (!transaction)
        co_return false;
    const auto inserted = co_await transaction->run(insertNumber, number(value));
    if (!inserted)
        co_return false;
    if (!isCommitted)
        co_return true;
    const auto committed = co_await transaction->commit();
    co_return committed.has_value();
}

} // namespace

class DatabaseTest : public QObject {
    Q_OBJECT

    test::TestCluster cluster_;
    std::unique_ptr<Database> database_;

    std::int64_t count()
    {
        const auto rows = QCoro::waitFor(database_->run(countNumbers, {}));
        return rows ? rows->int64At(0, 0) : -1;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(cluster_.isRunning()); }
    void init()
    {
        if (!cluster_.isRunning())
            QVERIFY(cluster_.start());
        database_ = std::make_unique<Database>(cluster_.conninfo(), Database::Options());
        QTRY_VERIFY(database_->isReady());
        QTRY_VERIFY(QCoro::waitFor(canBegin(*database_)));
    }

    void aTransactionWithoutCommitLeavesNothing()
    {
        QVERIFY(QCoro::waitFor(database_->run(createTable, {})));
        QVERIFY(QCoro::waitFor(insertAndCommit(*database_, 1, false)));
        QVERIFY(QCoro::waitFor(insertAndCommit(*database_, 2, true)));
        QCOMPARE(count(), 1);
    }

    void moreTransactionsThanConnectionsWaitForTheirTurn()
    {
        const auto before = count();
        std::vector<QCoro::Task<bool>> tasks;
        for (int i = 0; i < 20; ++i)
            tasks.push_back(insertAndCommit(*database_, 100 + i, true));
        for (auto &task : tasks)
            QVERIFY(QCoro::waitFor(task));
        QCOMPARE(count(), before + 20);
    }

    void aDatabaseThatIsGoneIsUnavailableAndComesBack()
    {
        cluster_.crash();
        QTRY_VERIFY(!database_->isReady());
        const auto refused = QCoro::waitFor(database_->run(countNumbers, {}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, DatabaseError::Kind::Unavailable);
        QVERIFY(!QCoro::waitFor(canBegin(*database_)));
        QVERIFY(cluster_.start());
        QTRY_VERIFY_WITH_TIMEOUT(database_->isReady(), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(QCoro::waitFor(canBegin(*database_)), 10'000);
        QVERIFY(QCoro::waitFor(insertAndCommit(*database_, 1000, true)));
    }

    void closingAnswersWhoStillWaits()
    {
        std::vector<QCoro::Task<bool>> tasks;
        for (int i = 0; i < 5; ++i)
            tasks.push_back(insertAndCommit(*database_, 2000 + i, true));
        database_.reset();
        for (auto &task : tasks)
            QVERIFY(!QCoro::waitFor(task));
    }
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "tst_database.moc"
