// SPDX-License-Identifier: Apache-2.0
#include "store/connection.h"
#include "store/migrations.h"
#include "test_cluster.h"

#include <QCoroTask>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace dunlin;
using namespace dunlin::store;

namespace {

constexpr Statement countTables{
        "count_tables", "SELECT count(*) FROM information_schema.tables WHERE table_name = $1"};
constexpr Statement createDatabase{"create_database", "CREATE DATABASE fresh TEMPLATE template0"};
constexpr Statement dropDatabase{"drop_database", "DROP DATABASE IF EXISTS fresh WITH (FORCE)"};

} // namespace

class TestMigrations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void versionsAreNumberedWithoutHoles();
    void aNewDatabaseGetsTheWholeSchema();
    void migratingTwiceChangesNothing();
    void laterStepsAreAddedToAnOlderDatabase();
    void aStepThatFailsLeavesNothingBehind();
    void aNewerDatabaseIsRefused();
    void serversThatStartAtOnceMigrateOnce();
    void aDatabaseThatIsNotThereIsUnavailable();
    void watermarksAndUsesOfBlobsAreKeptWhenMessagesLearnToChange();

private:
    /// The first number of the answer; -1 when there is none.
    std::int64_t run(const char *sql)
    {
        Connection connection(conninfo());
        if (!QTest::qWaitFor([&] { return connection.isReady(); }))
            return -1;
        const Statement statement{"of_the_test", sql};
        const auto rows = QCoro::waitFor(connection.run(statement, {}));
        return rows && !rows->isEmpty() ? rows->int64At(0, 0) : -1;
    }
    std::int64_t tablesNamed(std::string_view name)
    {
        Connection connection(conninfo());
        if (!QTest::qWaitFor([&] { return connection.isReady(); }))
            return -1;
        Parameters parameters;
        parameters.addText(name);
        const auto rows = QCoro::waitFor(connection.run(countTables, std::move(parameters)));
        return rows ? rows->int64At(0, 0) : -1;
    }

    [[nodiscard]] std::string conninfo() const { return cluster_->conninfo() + " dbname=fresh"; }

    std::unique_ptr<test::TestCluster> cluster_;
};

void TestMigrations::initTestCase()
{
    cluster_ = std::make_unique<test::TestCluster>();
    QVERIFY(cluster_->isRunning());
}

void TestMigrations::init()
{
    Connection admin(cluster_->conninfo());
    QTRY_VERIFY(admin.isReady());
    QVERIFY(QCoro::waitFor(admin.run(dropDatabase, {})).has_value());
    QVERIFY(QCoro::waitFor(admin.run(createDatabase, {})).has_value());
}

void TestMigrations::versionsAreNumberedWithoutHoles()
{
    const auto migrations = builtInMigrations();
    QVERIFY(!migrations.empty());
    for (std::size_t index = 0; index < migrations.size(); ++index) {
        QCOMPARE(migrations[index].version, static_cast<int>(index) + 1);
        QVERIFY(!migrations[index].sql.empty());
    }
}

void TestMigrations::aNewDatabaseGetsTheWholeSchema()
{
    const auto migrations = builtInMigrations();
    const auto version = migrate(conninfo(), migrations);
    QVERIFY2(version.has_value(), version ? "" : version.error().message.c_str());
    QCOMPARE(*version, migrations.back().version);
    for (const char *table :
         {"users", "user_names", "user_search_words", "devices", "conversations",
          "direct_conversations", "members", "user_conversations", "messages", "updates"})
        QCOMPARE(tablesNamed(table), std::int64_t(1));
}

void TestMigrations::migratingTwiceChangesNothing()
{
    const auto migrations = builtInMigrations();
    QVERIFY(migrate(conninfo(), migrations).has_value());
    const auto again = migrate(conninfo(), migrations);
    QVERIFY(again.has_value());
    QCOMPARE(*again, migrations.back().version);
}

void TestMigrations::laterStepsAreAddedToAnOlderDatabase()
{
    auto migrations = builtInMigrations();
    QVERIFY(migrate(conninfo(), migrations).has_value());
    migrations.push_back({.version = migrations.back().version + 1,
                          .name = "later",
                          .sql = "CREATE TABLE later (id bigint PRIMARY KEY)"});
    QCOMPARE(migrate(conninfo(), migrations).value(), migrations.back().version);
    QCOMPARE(tablesNamed("later"), std::int64_t(1));
}

void TestMigrations::aStepThatFailsLeavesNothingBehind()
{
    auto migrations = builtInMigrations();
    migrations.push_back({.version = migrations.back().version + 1,
                          .name = "broken",
                          .sql = "CREATE TABLE half (id bigint); SELECT nonsense"});
    const auto version = migrate(conninfo(), migrations);
    QVERIFY(!version.has_value());
    QCOMPARE(version.error().kind, DatabaseError::Kind::Other);
    QCOMPARE(tablesNamed("half"), std::int64_t(0));
    QCOMPARE(tablesNamed("users"), std::int64_t(0));
}

void TestMigrations::aNewerDatabaseIsRefused()
{
    auto migrations = builtInMigrations();
    const auto known = migrations;
    migrations.push_back(
            {.version = migrations.back().version + 1, .name = "later", .sql = "SELECT 1"});
    QVERIFY(migrate(conninfo(), migrations).has_value());

    const auto version = migrate(conninfo(), known);
    QVERIFY(!version.has_value());
    QVERIFY2(version.error().message.find("newer server") != std::string::npos,
             version.error().message.c_str());
}

void TestMigrations::serversThatStartAtOnceMigrateOnce()
{
    const auto migrations = builtInMigrations();
    std::vector<DbResult<int>> versions(4, DbResult<int>(0));
    std::vector<std::jthread> servers;
    for (auto &version : versions)
        servers.emplace_back([&] { version = migrate(conninfo(), migrations); });
    servers.clear();
    for (const auto &version : versions) {
        QVERIFY2(version.has_value(), version ? "" : version.error().message.c_str());
        QCOMPARE(*version, migrations.back().version);
    }
}

void TestMigrations::aDatabaseThatIsNotThereIsUnavailable()
{
    const auto version = migrate("host=/nonexistent user=nobody", builtInMigrations());
    QVERIFY(!version.has_value());
    QCOMPARE(version.error().kind, DatabaseError::Kind::Unavailable);
}

void TestMigrations::watermarksAndUsesOfBlobsAreKeptWhenMessagesLearnToChange()
{
    const auto migrations = builtInMigrations();
    QVERIFY(migrate(conninfo(), std::span(migrations).first(2)).has_value());
    run("INSERT INTO members (conversation_id, user_id, delivered_seq, read_seq)"
        " VALUES (1, 17, 5, 3)");
    // Two messages show 17-42, one of them twice; another shows 17-421.
    run("INSERT INTO messages (conversation_id, seq, message_id, sender_id, client_id, sent_at,"
        "                      body, images)"
        " SELECT 1, seq, seq, 17, gen_random_uuid(), now(), '', images::bytea"
        " FROM (VALUES (1, '\\x0a070a0531372d34323a0531372d3432'), (2, '\\x0a070a0531372d3432'),"
        "              (3, '\\x0a080a0631372d343231'), (4, NULL)) AS m (seq, images)");
    run("INSERT INTO blob_uses VALUES (17, 42, 1), (17, 421, 1), (17, 7, 0)");
    QVERIFY(migrate(conninfo(), migrations).has_value());
    QCOMPARE(run("SELECT shown_read_seq FROM members"), 3);
    QCOMPARE(run("SELECT message_count FROM blob_uses WHERE blob_id = 42"), 2);
    QCOMPARE(run("SELECT message_count FROM blob_uses WHERE blob_id = 421"), 1);
    QCOMPARE(run("SELECT message_count FROM blob_uses WHERE blob_id = 7"), 1);
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
