// SPDX-License-Identifier: Apache-2.0
// Every statement of a request finds its rows by an index, so that none grows with the history.
#include "blob_client.h"
#include "message_requests.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSet>
#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

namespace {

/// More than any request of this test has to touch, far less than the tables have.
constexpr int rowsMax = 1000;
const std::string byTheTest = "/* by the test */ ";

struct Finding {
    QString statement;
    QString complaint;
};

/// Looks at a plan, as auto_explain logs it with log_analyze, and at what is below it.
void inspect(const QJsonObject &node, const QString &statement, QList<Finding> &findings)
{
    const QString type = node[QLatin1String("Node Type")].toString();
    const QString table = node[QLatin1String("Relation Name")].toString();
    const bool isWrite = type == QLatin1String("ModifyTable");
    const bool isIndexScan = type.contains(QLatin1String("Index"));
    if (type == QLatin1String("Seq Scan"))
        findings += {statement, QLatin1String("reads all of ") + table};
    if (isIndexScan && !node.contains(QLatin1String("Index Cond"))
        && !statement.contains(QLatin1String("LIMIT")))
        findings += {statement, QLatin1String("reads a whole index of ") + table};
    const double rows = node[QLatin1String("Actual Rows")].toDouble()
            + node[QLatin1String("Rows Removed by Filter")].toDouble()
            + node[QLatin1String("Rows Removed by Index Recheck")].toDouble();
    if (!table.isEmpty() && !isWrite && rows > rowsMax)
        findings += {statement, QStringLiteral("touches %1 rows of %2").arg(rows).arg(table)};
    const QJsonArray children = node[QLatin1String("Plans")].toArray();
    for (const QJsonValue &child : children)
        inspect(child.toObject(), statement, findings);
}

} // namespace

class ServerPlansTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    QNetworkAccessManager network_;
    int users_ = 0;

    std::unique_ptr<WireClient> newUser()
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open())
            qFatal("cannot connect");
        client->registerAccount("planner" + std::to_string(++users_));
        return client;
    }
    /// Tables large enough that reading all of one shows.
    void fill()
    {
        cluster_.run(
                "INSERT INTO users (user_id, user_name, display_name, password_hash)"
                " SELECT i, 'filler' || i, 'Filler ' || i, '' FROM generate_series(1, 20000) i");
        cluster_.run("INSERT INTO user_names SELECT user_name, user_id FROM users"
                     " ON CONFLICT DO NOTHING");
        cluster_.run("INSERT INTO user_search_words SELECT user_name, user_id FROM users"
                     " ON CONFLICT DO NOTHING");
        cluster_.run("INSERT INTO devices (user_id, device_id, name, token_hash)"
                     " SELECT user_id, 1, '', '' FROM users");
        cluster_.run("INSERT INTO conversations (conversation_id, kind, last_seq)"
                     " SELECT i, 1, 10 FROM generate_series(1, 10000) i");
        cluster_.run("INSERT INTO direct_conversations"
                     " SELECT 2 * i - 1, 2 * i, i FROM generate_series(1, 10000) i");
        cluster_.run("INSERT INTO members (conversation_id, user_id)"
                     " SELECT (i + 1) / 2, i FROM generate_series(1, 20000) i");
        cluster_.run("INSERT INTO user_conversations (user_id, conversation_id)"
                     " SELECT i, (i + 1) / 2 FROM generate_series(1, 20000) i");
        cluster_.run("INSERT INTO messages"
                     " SELECT c, s, c * 100 + s, 2 * c, gen_random_uuid(), now(), 'text'"
                     " FROM generate_series(1, 10000) c, generate_series(1, 10) s");
        cluster_.run("INSERT INTO updates (user_id, seq, kind, conversation_id, position)"
                     " SELECT u, s, 1, (u + 1) / 2, s"
                     " FROM generate_series(1, 20000) u, generate_series(1, 5) s");
        cluster_.run("UPDATE users SET last_update_seq = 5");
        cluster_.run("INSERT INTO blobs (user_id, blob_id, byte_size, sha256, is_used, expires_at)"
                     " SELECT u, b, 1000, '\\x00', true, now()"
                     " FROM generate_series(1, 10000) u, generate_series(1, 5) b");
        cluster_.run("INSERT INTO blob_uses SELECT user_id, blob_id, user_id FROM blobs");
        cluster_.run("INSERT INTO blob_quotas SELECT i, 5000 FROM generate_series(1, 10000) i");
        cluster_.run("INSERT INTO message_edits"
                     " SELECT c, s, v, now(), 'text'"
                     " FROM generate_series(1, 5000) c, generate_series(1, 5) s,"
                     "      generate_series(1, 2) v");
        cluster_.run("INSERT INTO hidden_messages SELECT u, (u + 1) / 2, s"
                     " FROM generate_series(1, 20000) u, generate_series(1, 3) s");
        cluster_.run("UPDATE messages SET pinned_at = now() WHERE seq = 3");
        cluster_.run("VACUUM ANALYZE");
    }
    /// A long conversation and a long update log.
    void giveHistory(std::int64_t conversation, std::int64_t user)
    {
        const std::string id = std::to_string(conversation);
        const std::string who = std::to_string(user);
        cluster_.run("INSERT INTO messages SELECT " + id + ", s, s, " + who
                     + ", gen_random_uuid(), now(), 'text' FROM generate_series(1, 5000) s");
        cluster_.run("UPDATE conversations SET last_seq = 5000 WHERE conversation_id = " + id);
        cluster_.run("INSERT INTO updates (user_id, seq, kind, conversation_id, position) SELECT "
                     + who + ", s, 1, " + id + ", s FROM generate_series(100, 5000) s");
        cluster_.run("UPDATE users SET last_update_seq = 5000, update_tail_seq = 99"
                     " WHERE user_id = "
                     + who);
        cluster_.run("INSERT INTO hidden_messages SELECT " + who + ", " + id
                     + ", s FROM generate_series(2, 4000) s");
        cluster_.run("INSERT INTO message_edits SELECT " + id
                     + ", s, 1, now(), 'text' FROM generate_series(1, 4000) s");
    }
    void rest(const QString &path, const QJsonObject &body, const std::string &token)
    {
        QNetworkRequest request(server_->httpUrl(path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        request.setRawHeader("apiKey", "tests");
        request.setRawHeader("authToken", QByteArray::fromStdString(token));
        const std::unique_ptr<QNetworkReply> reply(
                network_.post(request, QJsonDocument(body).toJson()));
        QTRY_VERIFY(reply->isFinished());
        QVERIFY2(reply->error() == QNetworkReply::NoError, reply->readAll().constData());
    }
    void everyRequestOf(WireClient &ana, WireClient &ben);
    void everyRequestWithBlobsOf(WireClient &ana, WireClient &ben);
    void everyActionOn(std::int64_t conversation, WireClient &ana, WireClient &ben);

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start()); // makes the tables
        QCOMPARE(server_->terminate(), 0);
        fill();
        for (const char *setting :
             {"session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0",
              "auto_explain.log_analyze = on", "auto_explain.log_format = json"}) {
            cluster_.run(std::string("ALTER DATABASE dunlin SET ") + setting);
        }
        QVERIFY(server_->start());
    }

    void noRequestReadsMoreThanItsOwnRows()
    {
        const auto ana = newUser();
        const auto ben = newUser();
        everyRequestOf(*ana, *ben);
        everyRequestWithBlobsOf(*ana, *ben);
        WireClient benAgain(server_->webSocketUrl());
        QVERIFY(benAgain.open());
        QVERIFY(benAgain.authenticate(ben->token()).has_signed_in());
        everyActionOn(ana->openConversation(ben->userId()), *ana, benAgain);
        // It looks for what has expired when it starts, and for messages to be removed.
        QCOMPARE(server_->terminate(), 0);
        cluster_.run(byTheTest
                     + "UPDATE messages SET sent_at = now() - interval '2 days'"
                       " WHERE conversation_id < 1000 AND seq < 4");
        cluster_.run(byTheTest
                     + "UPDATE conversations SET retention_days = 1, until_delivered = true"
                       " WHERE conversation_id % 100 = 0");
        QVERIFY(server_->start());
        QTRY_COMPARE(
                cluster_.run(byTheTest + "SELECT count(*) FROM conversations WHERE first_seq = 4"),
                std::string("9"));
        QTRY_COMPARE(cluster_.run(byTheTest + "SELECT count(*) FROM blobs WHERE NOT is_used"),
                     std::string("0"));

        QList<Finding> findings;
        QSet<QString> statements;
        const QStringList plans = cluster_.log().split(QLatin1String("plan:\n"));
        for (qsizetype i = 1; i < plans.size(); ++i) {
            QString text;
            const QStringList lines = plans[i].split(QLatin1Char('\n'));
            for (const QString &line : lines) {
                if (!line.startsWith(QLatin1Char('\t')))
                    break;
                text += line.mid(1) + QLatin1Char('\n');
            }
            const QJsonObject plan = QJsonDocument::fromJson(text.toUtf8()).object();
            QVERIFY2(!plan.isEmpty(), qPrintable(text));
            const QString statement = plan[QLatin1String("Query Text")].toString();
            // At the start, the trimmer, which walks through all users in small steps, and what is
            // summed up for the metrics now and then.
            if (statement.contains(QLatin1String("FROM blob_quotas)"))
                || statement.contains(QLatin1String("schema_versions"))
                || statement.contains(QString::fromStdString(byTheTest))
                || statement.contains(QLatin1String("old_seq")))
                continue;
            statements += statement;
            inspect(plan[QLatin1String("Plan")].toObject(), statement, findings);
        }
        for (const Finding &finding : findings)
            qWarning("%s:%s", qPrintable(finding.complaint), qPrintable(finding.statement));
        QVERIFY(findings.isEmpty());
        // Were the log not read rightly, nothing would be found in it.
        QVERIFY2(statements.size() >= 75, qPrintable(QString::number(statements.size())));
    }
};

void ServerPlansTest::everyRequestOf(WireClient &ana, WireClient &ben)
{
    const std::int64_t conversation = ana.openConversation(ben.userId());
    QVERIFY(conversation != 0);
    giveHistory(conversation, ana.userId());
    const auto send = [&](auto fill) {
        v1::ClientFrame frame;
        fill(frame);
        const auto answer = ana.request(frame);
        QVERIFY2(!answer.has_error(), answer.ShortDebugString().c_str());
    };
    for (int i = 0; i < 20; ++i)
        QVERIFY(ana.post(conversation, "hello").has_message_posted());
    send([&](auto &frame) { frame.mutable_find_users()->set_query("filler1234"); });
    send([&](auto &frame) { frame.mutable_get_users()->add_user_ids(17); });
    send([&](auto &frame) { frame.mutable_update_profile()->set_display_name("Ana Planner"); });
    send([&](auto &frame) { frame.mutable_list_devices(); });
    send([&](auto &frame) { frame.mutable_heartbeat(); });
    send([&](auto &frame) {
        frame.mutable_get_history()->set_conversation_id(conversation);
        frame.mutable_get_history()->set_around_seq(5);
    });
    send([&](auto &frame) {
        frame.mutable_get_history()->set_conversation_id(conversation);
        frame.mutable_get_history()->set_from_time_ms(1);
    });
    send([&](auto &frame) {
        frame.mutable_raise_watermarks()->set_conversation_id(conversation);
        frame.mutable_raise_watermarks()->set_read_seq(7);
    });
    send([&](auto &frame) {
        frame.mutable_change_conversation_settings()->set_conversation_id(conversation);
        frame.mutable_change_conversation_settings()->set_is_pinned(true);
    });
    send([&](auto &frame) {
        frame.mutable_change_conversation_settings()->set_conversation_id(conversation);
        frame.mutable_change_conversation_settings()->set_muted_until_ms(1);
    });
    send([&](auto &frame) { frame.mutable_sync()->set_since_seq(200); });
    send([&](auto &frame) { frame.mutable_sync()->set_since_seq(1'000'000'000); });
    send([&](auto &frame) { frame.mutable_acknowledge_cursor()->set_seq(3); });
    send([&](auto &frame) {
        frame.mutable_set_typing()->set_conversation_id(conversation);
        frame.mutable_set_typing()->set_is_typing(true);
    });
    send([&](auto &frame) { frame.mutable_subscribe_presence()->add_user_ids(ben.userId()); });

    WireClient second(server_->webSocketUrl());
    QVERIFY(second.open());
    QVERIFY(second.signIn(ana.info().user().user_name()).has_signed_in());
    send([&](auto &frame) {
        frame.mutable_revoke_device()->set_device_id(second.info().device_id());
    });
    WireClient third(server_->webSocketUrl());
    QVERIFY(third.open());
    QVERIFY(third.authenticate(ana.token()).has_signed_in());

    // REST goes through the same services; only a delivery has a statement of its own.
    const auto messageId = ana.post(conversation, "by rest").message_posted().message_id();
    rest(QStringLiteral("/conversation/%1/message/%2/delivery").arg(conversation).arg(messageId),
         {}, ben.token());
    // Ben goes: the time is written.
    ben.socket().close();
    QTRY_VERIFY(cluster_.run("SELECT last_seen_at IS NOT NULL FROM users WHERE user_id = "
                             + std::to_string(ben.userId()))
                == "t");
}

void ServerPlansTest::everyRequestWithBlobsOf(WireClient &ana, WireClient &ben)
{
    BlobClient blobs(*server_, ana.token());
    const QString first = blobs.upload(randomBytes(1000));
    const QString second = blobs.upload(randomBytes(1000));
    const QString ended = blobs.begin(1000);
    QCOMPARE(blobs.offset(ended), 0);
    QCOMPARE(blobs.ask("DELETE", ended).status, 204);
    QVERIFY(!blobs.begin(1000).isEmpty());
    cluster_.run(byTheTest
                 + "UPDATE blobs SET expires_at = now() - interval '1 second'"
                   " WHERE sha256 IS NULL"); // the one that was only begun

    v1::ClientFrame frame;
    v1::PostMessage &post = *frame.mutable_post_message();
    post.set_conversation_id(ana.openConversation(ben.userId()));
    post.set_client_id(ClientId::random().toBytes());
    v1::Image &image = *post.add_images();
    image.set_blob_id(BlobClient::idOf(first));
    image.set_content_type("image/png");
    image.set_width(10);
    image.set_height(10);
    QVERIFY(ana.request(frame).has_message_posted());
    QCOMPARE(BlobClient(*server_, ben.token()).ask("GET", first).status, 200);
    for (const std::string &avatar : {BlobClient::idOf(second), BlobClient::idOf(first)}) {
        v1::ClientFrame profile;
        profile.mutable_update_profile()->set_display_name("Ana");
        profile.mutable_update_profile()->set_avatar_blob_id(avatar);
        QVERIFY(ana.request(profile).has_user_list());
    }
    cluster_.run(byTheTest
                 + "UPDATE blobs SET expires_at = now() - interval '1 second' WHERE NOT is_used");
}

void ServerPlansTest::everyActionOn(std::int64_t conversation, WireClient &ana, WireClient &ben)
{
    const auto post = [&] { return ana.post(conversation, "hello").message_posted().seq(); };
    const std::int64_t first = post();
    const std::int64_t second = post();
    QVERIFY(replyTo(ben, conversation, first, "answer").has_message_posted());
    QVERIFY(editMessage(ana, conversation, first, "hello again").has_done());
    QVERIFY(setReaction(ben, conversation, first, "\U0001F44D").has_done());
    QVERIFY(pinMessage(ben, conversation, first).has_done());
    QVERIFY(forwardMessage(ben, conversation, conversation, first).has_message_posted());
    QVERIFY(saveDraft(ana, conversation, "begun").has_done());
    QVERIFY(deleteMessages(ana, conversation, {second}, DeleteFor::Self).has_done());
    QVERIFY(deleteMessages(ana, conversation, {first, second}, DeleteFor::Everyone).has_done());
    // The picture.
    const auto picture = std::stoll(cluster_.run(
            byTheTest + "SELECT seq FROM messages WHERE images IS NOT NULL AND conversation_id = "
            + std::to_string(conversation)));
    QVERIFY(deleteMessages(ana, conversation, {picture}, DeleteFor::Everyone).has_done());
    v1::ClientFrame privacy;
    privacy.mutable_change_privacy()->mutable_privacy()->set_hides_read_receipts(true);
    privacy.mutable_change_privacy()->mutable_privacy()->set_hides_last_seen(true);
    QVERIFY(ben.request(privacy).has_done());
    v1::ClientFrame raise;
    raise.mutable_raise_watermarks()->set_conversation_id(conversation);
    raise.mutable_raise_watermarks()->set_read_seq(first);
    QVERIFY(ben.request(raise).has_done());
    QVERIFY(setRetention(ben, conversation, 7).has_done());
    // All of it by Sync, and by a snapshot.
    QVERIFY(ana.syncAll(5000).size() > 10);
    v1::ClientFrame frame;
    frame.mutable_sync()->set_since_seq(1'000'000'000);
    QVERIFY(ana.request(frame).sync_page().is_snapshot());
}

QTEST_GUILESS_MAIN(ServerPlansTest)
#include "tst_server_plans.moc"
