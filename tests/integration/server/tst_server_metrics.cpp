// SPDX-License-Identifier: Apache-2.0
// What an operator sees of a running server: metrics, probes, the log.
#include "blob_client.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <csignal>

using namespace dunlin;
using namespace dunlin::test;

namespace {

/// The values of a scrape, by name and labels as they are written.
QMap<QByteArray, double> valuesIn(const QByteArray &scrape)
{
    QMap<QByteArray, double> values;
    for (const QByteArray &line : scrape.split('\n')) {
        const qsizetype space = line.lastIndexOf(' ');
        if (space > 0 && !line.startsWith('#'))
            values[line.left(space)] = line.mid(space + 1).toDouble();
    }
    return values;
}

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class ServerMetricsTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    int users_ = 0;

    std::unique_ptr<WireClient> newUser()
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open()
            || !client->registerAccount("measured" + std::to_string(++users_)).has_signed_in())
            qFatal("cannot register");
        return client;
    }
    static HttpAnswer get(const ServerProcess &server, const char *path,
                          const HttpFields &fields = {})
    {
        return BlobClient(server, {}).ask("GET", QLatin1String(path), fields);
    }
    QMap<QByteArray, double> scrape() const { return valuesIn(get(*server_, "/metrics").body); }

    /// Not QTRY_COMPARE, which asks once more after it was so: another thread of the server may
    /// answer, which has its connections to the database a moment later.
    bool readinessBecomes(int status)
    {
        return QTest::qWaitFor([&] { return get(*server_, "/readyz").status == status; }, 10'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }

    void whatIsCountedIsWhatHappened()
    {
        const auto one = newUser();
        const auto two = newUser();
        const auto talk = one->openConversation(two->userId());
        const auto before = scrape();
        QVERIFY(before.contains("dunlin_messages_posted_total"));
        for (int i = 0; i < 5; ++i)
            QVERIFY(one->post(talk, "counted").has_message_posted());
        QTRY_COMPARE(two->liveUpdates().size(), std::size_t(6)); // with the conversation
        v1::ClientFrame wrong;
        wrong.mutable_get_history()->set_conversation_id(12345);
        QVERIFY(one->request(wrong).has_error());
        const auto after = scrape();
        const auto grown = [&](const char *name) { return after[name] - before[name]; };
        QCOMPARE(grown("dunlin_messages_posted_total"), 5.0);
        QCOMPARE(grown("dunlin_messages_delivered_total{way=\"live\"}"), 10.0);
        QCOMPARE(grown("dunlin_post_seconds_count"), 5.0);
        QCOMPARE(grown("dunlin_post_seconds_bucket{le=\"+Inf\"}"), 5.0);
        QVERIFY(grown("dunlin_post_seconds_sum") > 0);
        QVERIFY(grown("dunlin_batch_jobs_count") >= 1.0);
        QCOMPARE(grown("dunlin_request_errors_total{code=\"CONVERSATION_NOT_FOUND\"}"), 1.0);
        QCOMPARE(after["dunlin_sessions"], 2.0);
        QCOMPARE(after["dunlin_queue_depth{queue=\"posts\"}"], 0.0);
        QVERIFY(after["dunlin_connections"] >= 3);
        QVERIFY(after["dunlin_database_connections"] >= 5);
        QVERIFY(after["process_resident_memory_bytes"] > 5e6);
        QVERIFY(after["process_start_time_seconds"] > 1.6e9);
    }

    void picturesAreCountedByTheirBytes()
    {
        const auto user = newUser();
        const auto before = scrape();
        BlobClient blobs(*server_, user->token());
        const QString path = blobs.upload(randomBytes(70'000));
        QCOMPARE(blobs.ask("GET", path).status, 200);
        const auto after = scrape();
        QCOMPARE(after["dunlin_blob_received_bytes_total"]
                         - before["dunlin_blob_received_bytes_total"],
                 70'000.0);
        QCOMPARE(after["dunlin_blob_sent_bytes_total"] - before["dunlin_blob_sent_bytes_total"],
                 70'000.0);
        // What is kept is looked up when the server starts, and every few minutes.
        QCOMPARE(server_->terminate(), 0);
        QVERIFY(server_->start());
        QTRY_VERIFY(scrape()["dunlin_blob_stored_bytes"] >= 70'000);
        QTRY_VERIFY(scrape()["dunlin_users"] >= 1);
    }

    void everyMetricOfTheDashboardAndTheAlertsIsThere()
    {
        const auto values = scrape();
        QSet<QString> names;
        for (auto value = values.begin(); value != values.end(); ++value)
            names += QString::fromLatin1(value.key().split('{').front());
        const QDir directory(QStringLiteral(DUNLIN_MONITORING));
        const QRegularExpression metric(QStringLiteral("\\b(?:dunlin|process)_[a-z_]+\\b"));
        for (const char *file : {"dunlin-dashboard.json", "dunlin-alerts.yml"}) {
            const QString text = read(directory.filePath(QLatin1String(file)));
            auto found = metric.globalMatch(text);
            QVERIFY2(found.hasNext(), file);
            while (found.hasNext()) {
                const QString name = found.next().captured();
                QVERIFY2(names.contains(name), qPrintable(name));
            }
        }
        QVERIFY(QJsonDocument::fromJson(
                        read(directory.filePath(QStringLiteral("dunlin-dashboard.json"))).toUtf8())
                        .isObject());
    }

    void outsidersAreToldThatThereIsNothing()
    {
        QCOMPARE(get(*server_, "/metrics").status, 200);
        // Through a proxy on this machine all the world comes from the loopback.
        const auto proxied = get(*server_, "/metrics", {{"X-Forwarded-For", "203.0.113.9"}});
        QCOMPARE(proxied.status, 404);
        QCOMPARE(proxied.body, get(*server_, "/no-such-thing").body);
        QCOMPARE(get(*server_, "/metrics", {{"Authorization", "Bearer "}}).status, 200);

        ServerProcess other(cluster_.conninfo(),
                            {QStringLiteral("--metrics-allowed-addresses"),
                             QStringLiteral("10.0.0.0/8"), QStringLiteral("--metrics-token"),
                             QStringLiteral("a long secret"), QStringLiteral("--node-id"),
                             QStringLiteral("1")});
        QVERIFY(other.start());
        QCOMPARE(get(other, "/metrics").status, 404);
        QCOMPARE(get(other, "/metrics", {{"Authorization", "Bearer a long secreT"}}).status, 404);
        QCOMPARE(
                get(other, "/metrics",
                    {{"Authorization", "Bearer a long secret"}, {"X-Forwarded-For", "203.0.113.9"}})
                        .status,
                200);
        QVERIFY(!other.run({QStringLiteral("config"), QStringLiteral("check"),
                            QStringLiteral("--metrics-token"), QStringLiteral("a long secret")})
                         .output.contains("a long secret"));
    }

    void probesTellAServerWithoutItsDatabaseFromADeadOne()
    {
        QCOMPARE(get(*server_, "/readyz").status, 200);
        const double reconnects = scrape()["dunlin_database_reconnects_total"];
        cluster_.crash();
        QVERIFY(readinessBecomes(503));
        QCOMPARE(get(*server_, "/healthz").status, 200);
        QTRY_COMPARE(scrape()["dunlin_database_connections"], 0.0);
        QVERIFY(cluster_.start());
        QVERIFY(readinessBecomes(200));
        QTRY_VERIFY(scrape()["dunlin_database_reconnects_total"] > reconnects);
    }

    void aDatabaseThatHangsIsNotReady()
    {
        const QString pids = QString::fromStdString(
                cluster_.run("SELECT string_agg(pid::text, ' ') FROM pg_stat_activity"
                             " WHERE pid <> pg_backend_pid() AND datname = current_database()"));
        const auto signal = [&pids](int number) {
            for (const QString &pid : pids.split(QLatin1Char(' ')))
                ::kill(pid.toInt(), number);
        };
        signal(SIGSTOP);
        const auto answer = get(*server_, "/readyz");
        const auto alive = get(*server_, "/healthz");
        signal(SIGCONT);
        QCOMPARE(answer.status, 503);
        QCOMPARE(alive.status, 200);
        QVERIFY(readinessBecomes(200));
    }

    void aRequestIsFoundInTheLogByItsId()
    {
        ServerProcess logging(cluster_.conninfo(),
                              {QStringLiteral("--log-format"), QStringLiteral("json"),
                               QStringLiteral("--log-level"), QStringLiteral("debug"),
                               QStringLiteral("--log-slow-query-ms"), QStringLiteral("1"),
                               QStringLiteral("--node-id"), QStringLiteral("2")});
        QVERIFY(logging.start());
        const auto linesWith = [&logging](const char *event) {
            QList<QJsonObject> found;
            for (const QString &line : logging.log().split(QLatin1Char('\n'))) {
                const auto object = QJsonDocument::fromJson(line.toUtf8()).object();
                if (object[QLatin1String("event")].toString() == QLatin1String(event))
                    found += object;
            }
            return found;
        };
        const auto given = get(logging, "/healthz", {{"X-Request-Id", "trace-77"}});
        QCOMPARE(given.field("X-Request-Id"), QByteArray("trace-77"));
        QTRY_VERIFY(!linesWith("http request").isEmpty());
        const auto line = linesWith("http request").last();
        QCOMPARE(line[QLatin1String("request_id")].toString(), QStringLiteral("trace-77"));
        QCOMPARE(line[QLatin1String("path")].toString(), QStringLiteral("/healthz"));
        QCOMPARE(line[QLatin1String("status")].toInt(), 200);
        // One that could break a line, or a header, is not taken.
        const auto made = get(logging, "/healthz", {{"X-Request-Id", "a b\"c"}});
        QVERIFY(!made.field("X-Request-Id").isEmpty());
        QVERIFY(!made.field("X-Request-Id").contains(' '));

        WireClient client(logging.webSocketUrl());
        QVERIFY(client.open());
        client.registerAccount("logged" + std::to_string(++users_));
        QTRY_VERIFY(!linesWith("request").isEmpty());
        const auto request = linesWith("request").last();
        QCOMPARE(request[QLatin1String("request")].toString(), QStringLiteral("register_account"));
        QVERIFY(request[QLatin1String("request_id")].toString().endsWith(QLatin1String("-1")));
        QVERIFY(!logging.log().contains(QString::fromStdString(WireClient::passwordOf())));
        QTRY_VERIFY(!linesWith("slow query").isEmpty());
        const auto slow = linesWith("slow query").last();
        QVERIFY(!slow[QLatin1String("statements")].toString().isEmpty());
        QVERIFY(slow[QLatin1String("ms")].toInt() >= 1);
    }
};

QTEST_GUILESS_MAIN(ServerMetricsTest)
#include "tst_server_metrics.moc"
