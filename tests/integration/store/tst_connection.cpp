// SPDX-License-Identifier: Apache-2.0
#include "store/connection.h"
#include "test_cluster.h"

#include <QCoroTask>
#include <QTest>

using namespace dunlin;
using namespace dunlin::store;

namespace {

constexpr Statement selectOne{"select_one", "SELECT 1::bigint"};
constexpr Statement divide{"divide", "SELECT 1 / $1"};
constexpr Statement slow{"slow", "SELECT pg_sleep(60)"};
constexpr Statement createTable{"create_table",
                                "CREATE TABLE IF NOT EXISTS things (id bigint PRIMARY KEY)"};
constexpr Statement insertThing{"insert_thing", "INSERT INTO things SELECT unnest($1)"};
constexpr Statement countThings{"count_things", "SELECT count(*) FROM things"};
constexpr Statement clearThings{"clear_things", "DELETE FROM things"};
constexpr Statement broken{"broken", "SELECT FROM WHERE"};
constexpr Statement planMode{"plan_mode", "SELECT current_setting('plan_cache_mode')"};
constexpr Statement echo{
        "echo",
        "SELECT $1, $2, $3, $4, $5, $6, $7, (SELECT sum(v)::bigint FROM unnest($8) v), "
        "array_to_string($9, '|'), ($10)[2], ($11)[1], NULL::bigint"};

Parameters thing(std::int64_t id)
{
    Parameters parameters;
    parameters.addInt64Array(std::vector<std::int64_t>{id});
    return parameters;
}

} // namespace

class TestConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void everyTypeComesBackAsItWasSent();
    void emptyArraysAreArrays();
    void answersComeInTheOrderOfTheQuestions();
    void aFailureHitsItsOwnGroupOnly();
    void aGroupIsOneTransaction();
    void aStatementWhosePreparationWasSkippedIsPreparedLater();
    void aLostDatabaseFailsWhatIsUnderWayAndComesBack();
    void askingWhileTheDatabaseIsAwayFailsAtOnce();
    void everyConnectionIsSetUp();
    void aConnectionMayBeDeletedWithQuestionsOpen();

private:
    DbResult<Rows> run(const Statement &statement, Parameters parameters = {})
    {
        return QCoro::waitFor(connection_->run(statement, std::move(parameters)));
    }

    std::unique_ptr<test::TestCluster> cluster_;
    std::unique_ptr<Connection> connection_;
};

void TestConnection::initTestCase()
{
    cluster_ = std::make_unique<test::TestCluster>();
    QVERIFY(cluster_->isRunning());
}

void TestConnection::init()
{
    connection_ = std::make_unique<Connection>(cluster_->conninfo(),
                                               "SET plan_cache_mode = force_generic_plan");
    QTRY_VERIFY(connection_->isReady());
    QVERIFY(run(createTable).has_value());
    QVERIFY(run(clearThings).has_value());
}

void TestConnection::cleanup()
{
    connection_.reset();
}

void TestConnection::everyTypeComesBackAsItWasSent()
{
    const ClientId id = ClientId::random();
    const std::vector<std::int64_t> numbers{1, 20, 300};
    const std::vector<std::string> texts{"a", "", "ü"};
    const std::vector<ClientId> ids{ClientId::random(), id};
    const std::vector<std::int64_t> times{1'795'000'000'123};
    Parameters parameters;
    parameters.add(std::numeric_limits<std::int64_t>::min())
            .add(std::int32_t(-7))
            .add(true)
            .addText("Grüße 👋")
            .addBytes(std::string_view("\0\xff\1", 3))
            .addUuid(id)
            .addTimestamp(-1)
            .addInt64Array(numbers)
            .addTextArray(texts)
            .addUuidArray(ids)
            .addTimestampArray(times);
    const auto rows = run(echo, std::move(parameters));
    QVERIFY2(rows.has_value(), rows ? "" : rows.error().message.c_str());
    QCOMPARE(rows->count(), 1);
    QCOMPARE(rows->int64At(0, 0), std::numeric_limits<std::int64_t>::min());
    QCOMPARE(rows->int32At(0, 1), -7);
    QCOMPARE(rows->boolAt(0, 2), true);
    QVERIFY(rows->bytesAt(0, 3) == "Grüße 👋");
    QVERIFY(rows->bytesAt(0, 4) == std::string_view("\0\xff\1", 3));
    QVERIFY(rows->bytesAt(0, 5) == id.view());
    QCOMPARE(rows->timestampAt(0, 6), std::int64_t(-1));
    QCOMPARE(rows->int64At(0, 7), std::int64_t(321));
    QVERIFY(rows->bytesAt(0, 8) == "a||ü");
    QVERIFY(rows->bytesAt(0, 9) == id.view());
    QCOMPARE(rows->timestampAt(0, 10), times.front());
    QVERIFY(rows->isNull(0, 11));
}

void TestConnection::emptyArraysAreArrays()
{
    Parameters none;
    none.addInt64Array({});
    const auto rows = run(insertThing, std::move(none));
    QVERIFY(rows.has_value());
    QCOMPARE(rows->affected(), std::int64_t(0));
}

void TestConnection::answersComeInTheOrderOfTheQuestions()
{
    std::vector<int> order;
    for (int index = 0; index < 200; ++index) {
        std::vector<Query> queries;
        queries.push_back({.statement = &selectOne});
        connection_->send(std::move(queries), [&order, index](auto rows) {
            if (rows.has_value())
                order.push_back(index);
        });
    }
    QTRY_COMPARE(order.size(), std::size_t(200));
    QVERIFY(std::is_sorted(order.begin(), order.end()));
}

void TestConnection::aFailureHitsItsOwnGroupOnly()
{
    Parameters zero;
    zero.add(std::int32_t(0));
    const auto failed = run(divide, std::move(zero));
    QVERIFY(!failed.has_value());
    QCOMPARE(failed.error().sqlState, std::string("22012"));
    QCOMPARE(failed.error().kind, DatabaseError::Kind::Other);

    QVERIFY(run(insertThing, thing(1)).has_value());
    const auto twice = run(insertThing, thing(1));
    QVERIFY(!twice.has_value());
    QCOMPARE(twice.error().kind, DatabaseError::Kind::UniqueViolation);
    QVERIFY(!run(broken).has_value());
    QVERIFY(run(selectOne).has_value());
}

void TestConnection::aGroupIsOneTransaction()
{
    std::vector<Query> queries;
    queries.push_back({.statement = &insertThing, .parameters = thing(1)});
    queries.push_back({.statement = &insertThing, .parameters = thing(1)});
    const auto failed = QCoro::waitFor(connection_->runAll(std::move(queries)));
    QVERIFY(!failed.has_value());
    QCOMPARE(run(countThings)->int64At(0, 0), std::int64_t(0));

    std::vector<Query> good;
    good.push_back({.statement = &insertThing, .parameters = thing(1)});
    good.push_back({.statement = &countThings});
    const auto rows = QCoro::waitFor(connection_->runAll(std::move(good)));
    QVERIFY(rows.has_value());
    QCOMPARE(rows->size(), std::size_t(2));
    QCOMPARE(rows->at(1).int64At(0, 0), std::int64_t(1));
}

void TestConnection::aStatementWhosePreparationWasSkippedIsPreparedLater()
{
    std::vector<Query> queries;
    queries.push_back({.statement = &broken});
    queries.push_back({.statement = &countThings});
    QVERIFY(!QCoro::waitFor(connection_->runAll(std::move(queries))).has_value());
    QVERIFY(run(countThings).has_value());
}

void TestConnection::aLostDatabaseFailsWhatIsUnderWayAndComesBack()
{
    QVERIFY(run(selectOne).has_value());
    DbResult<std::vector<Rows>> answer;
    bool isAnswered = false;
    std::vector<Query> queries;
    queries.push_back({.statement = &slow});
    connection_->send(std::move(queries), [&](auto rows) {
        answer = std::move(rows);
        isAnswered = true;
    });
    cluster_->crash();
    QTRY_VERIFY(isAnswered);
    QVERIFY(!answer.has_value());
    QCOMPARE(answer.error().kind, DatabaseError::Kind::Unavailable);
    QTRY_VERIFY(!connection_->isReady());

    QVERIFY(cluster_->start());
    QTRY_VERIFY_WITH_TIMEOUT(connection_->isReady(), 20'000);
    QVERIFY(run(selectOne).has_value()); // prepared anew
}

void TestConnection::askingWhileTheDatabaseIsAwayFailsAtOnce()
{
    Connection nowhere("host=/nonexistent user=nobody");
    const auto rows = QCoro::waitFor(nowhere.run(selectOne, {}));
    QVERIFY(!rows.has_value());
    QCOMPARE(rows.error().kind, DatabaseError::Kind::Unavailable);
    QCOMPARE(toError(rows.error()).code, ErrorCode::Unavailable);
}

void TestConnection::everyConnectionIsSetUp()
{
    QVERIFY(run(planMode)->bytesAt(0, 0) == "force_generic_plan");
}

void TestConnection::aConnectionMayBeDeletedWithQuestionsOpen()
{
    bool isAnswered = false;
    std::vector<Query> queries;
    queries.push_back({.statement = &slow});
    connection_->send(std::move(queries), [&](auto rows) { isAnswered = !rows.has_value(); });
    connection_.reset();
    QVERIFY(isAnswered);
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
