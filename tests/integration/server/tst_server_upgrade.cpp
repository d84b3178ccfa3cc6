// SPDX-License-Identifier: Apache-2.0
// A database of the first schema, with data in it, step by step, until this server runs on it.
#include "message_requests.h"
#include "server_fixture.h"

#include "store/migrations.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTest>

#include <span>

using namespace dunlin;
using namespace dunlin::test;

namespace {

constexpr std::int64_t ana = 11;
constexpr std::int64_t ben = 12;
constexpr std::int64_t talk = 21;
const std::string anasToken = "AAAAAAAAAAsAAAAAAAAAbwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
const QByteArray picture = "a picture of before";

/// What was landed is in databases, and is never changed.
constexpr const char *landed[] = {
        "ce31574118f615552c468df74fa68bab3ef0ed7e10a115c8e5811354c4130729",
        "c084ae5322d51962c2eb8ff07929b8d764ec0db179bd830297433da0705cb57a",
        "51b0910f79ed40cae2501271be32053a12e0b51b9113634765ed7f37341beccb",
        "1ec60adfa4d6f45fae14c5872eefc3b7770277bea50a9561127a21dce86110f1",
        "a3cdf1341797593124cecabfff108891fdbbc0d6d759a57ae9dc6a7f0a03703c",
        "b8d3765cf49dfdd5ddc6f659cc2c1da8154a92d7cb27b3dc78ba07682e37e65b",
};

} // namespace

class ServerUpgradeTest : public ServerFixture {
    Q_OBJECT

    bool migrateTo(std::size_t version) const
    {
        const auto all = store::builtInMigrations();
        const auto reached = store::migrate(cluster_.conninfo(), std::span(all).first(version));
        if (!reached)
            qWarning("%s", reached.error().message.c_str());
        return reached && *reached == static_cast<int>(version);
    }
    void runScript(const char *path) const
    {
        QFile file(QString::fromLatin1(path));
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QByteArray &statement : file.readAll().split(';')) {
            if (statement.contains("INSERT"))
                cluster_.run(statement.toStdString());
        }
    }
    [[nodiscard]] Client connection() const
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open())
            qFatal("cannot connect");
        return client;
    }
    /// The file behind the blob 12-77, where servers have always had it.
    void putPicture() const
    {
        const QDir blobs(server_->dataDirectory() + QLatin1String("/blobs/blobs"));
        QVERIFY(blobs.exists());
        QVERIFY(blobs.mkpath(QStringLiteral("4d")));
        QFile file(blobs.filePath(QStringLiteral("4d/12-77")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(picture);
    }

private Q_SLOTS:
    void stepsThatLandedStayAsTheyAre()
    {
        const auto all = store::builtInMigrations();
        QCOMPARE(all.size(), std::size(landed)); // a new one is added here
        for (std::size_t i = 0; i < std::size(landed); ++i) {
            const auto digest = QCryptographicHash::hash(QByteArray::fromStdString(all[i].sql),
                                                         QCryptographicHash::Sha256);
            QCOMPARE(digest.toHex(), QByteArray(landed[i]));
        }
    }

    void aDatabaseOfTheFirstSchemaIsBroughtUpToDate()
    {
        QVERIFY(cluster_.isRunning());
        QVERIFY(migrateTo(1));
        runScript(DUNLIN_SCHEMA_1_DATA);
        QCOMPARE(cluster_.run("SELECT count(*) FROM messages"), std::string("3"));
        // With the second came pictures.
        QVERIFY(migrateTo(2));
        const auto sha = QCryptographicHash::hash(picture, QCryptographicHash::Sha256).toHex();
        cluster_.run("INSERT INTO blobs VALUES (12, 77, " + std::to_string(picture.size())
                     + ", '\\x" + sha.toStdString() + "', true, now())");
        cluster_.run("INSERT INTO blob_uses VALUES (12, 77, 21)");
        cluster_.run("INSERT INTO blob_quotas VALUES (12, 19)");
        // An ImageList with the blob_id "12-77" and the content type "image/png".
        cluster_.run(
                "INSERT INTO messages (conversation_id, seq, message_id, sender_id, client_id,"
                " sent_at, body, images) VALUES (21, 4, 1004, 12, gen_random_uuid(), now(), '',"
                " '\\x0a12' || '\\x0a05'::bytea || convert_to('12-77', 'UTF8') || '\\x1209'::bytea"
                " || convert_to('image/png', 'UTF8'))");
        cluster_.run("UPDATE conversations SET last_seq = 4");
        cluster_.run("INSERT INTO updates (user_id, seq, kind, conversation_id, position)"
                     " VALUES (11, 6, 1, 21, 4), (12, 6, 1, 21, 4)");
        cluster_.run("UPDATE users SET last_update_seq = 6 WHERE user_id < 13");

        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        QCOMPARE(cluster_.run("SELECT max(version) FROM schema_versions"),
                 std::to_string(store::builtInMigrations().size()));
        putPicture();
    }

    void theDeviceOfBeforeGoesOnWhereItWas()
    {
        const auto device = connection();
        const auto entered = device->authenticate(anasToken);
        QVERIFY2(entered.has_signed_in(), entered.ShortDebugString().c_str());
        QCOMPARE(entered.signed_in().user().user_id(), ana);
        QCOMPARE(entered.signed_in().user().about(), "from before");
        QCOMPARE(entered.signed_in().cursor(), 2);
        const auto updates = device->syncAll(2);
        QCOMPARE(updates.size(), 4U);
        QCOMPARE(updates[0].message_added().text(), "Hello Ana");
        QCOMPARE(updates[2].watermark_raised().watermark().read_seq(), 2);
        // It gets its refresh token now.
        v1::ClientFrame refresh;
        refresh.mutable_refresh_token();
        QVERIFY(!device->request(refresh).signed_in().refresh_token().empty());
    }

    void everythingOfBeforeIsThere()
    {
        const auto device = connection();
        QVERIFY(device->signIn("ben").has_signed_in());
        QCOMPARE(device->userId(), ben);
        const auto conversation = inSnapshot(*device, talk);
        QVERIFY(conversation.has_value());
        QCOMPARE(conversation->encryption_key(), "key");
        QCOMPARE(conversation->last_seq(), 4);
        QCOMPARE(conversation->first_seq(), 1);
        QCOMPARE(conversation->retention().days(), 0U);
        QCOMPARE(conversation->settings().muted_until_ms(),
                 std::numeric_limits<std::int64_t>::max());
        for (const v1::Watermark &mark : conversation->watermarks())
            QCOMPARE(mark.read_seq(), mark.user_id() == ana ? 3 : 2);
        v1::ClientFrame frame;
        frame.mutable_get_history()->set_conversation_id(talk);
        const auto page = device->request(frame).history_page();
        QCOMPARE(page.messages_size(), 4);
        QCOMPARE(page.messages(0).text(), "Hello Ben");
        QCOMPARE(page.messages(3).images(0).blob_id(), "12-77");
        QCOMPARE(BlobClient(*server_, device->token())
                         .ask("GET", QStringLiteral("/blobs/12-77"))
                         .body,
                 picture);
        v1::ClientFrame search;
        search.mutable_find_users()->set_query("cid");
        QCOMPARE(device->request(search).user_list().users_size(), 1);
    }

    void peopleChatOn()
    {
        const auto anasDevice = connection();
        QVERIFY(anasDevice->signIn("ana").has_signed_in());
        const auto bensDevice = connection();
        QVERIFY(bensDevice->signIn("ben").has_signed_in());
        QCOMPARE(anasDevice->openConversation(ben), talk);
        const auto posted = replyTo(*bensDevice, talk, 3, "Fine");
        QCOMPARE(posted.message_posted().seq(), 5);
        QTRY_VERIFY(inUpdates(anasDevice->liveUpdates(), talk, 5).has_value());
        // A resend from before the upgrade, and a change of what was written before it.
        ClientId first;
        first.bytes.back() = 3;
        QCOMPARE(anasDevice->post(talk, "How are you?", first).message_posted().seq(), 3);
        QVERIFY(editMessage(*anasDevice, talk, 1, "Hi Ben").has_done());
        QTRY_COMPARE(inUpdates(bensDevice->liveUpdates(), talk, 1)->text(), "Hi Ben");
        // The picture's use was counted by a later step: with its message it goes.
        QVERIFY(deleteMessages(*bensDevice, talk, {4}, DeleteFor::Everyone).has_done());
        QCOMPARE(statusFor(*anasDevice, QStringLiteral("/blobs/12-77")), 404);
    }

    void aServerRefusesTheDatabaseOfANewerOne()
    {
        QCOMPARE(server_->terminate(), 0);
        const auto next = std::to_string(store::builtInMigrations().size() + 1);
        cluster_.run("INSERT INTO schema_versions (version, name) VALUES (" + next + ", 'later')");
        ServerProcess older(cluster_.conninfo());
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("the server does not start: .*newer"
                                                               " server.*"),
                                                QRegularExpression::DotMatchesEverythingOption));
        QVERIFY(!older.start());
        QCOMPARE(cluster_.run("SELECT max(version) FROM schema_versions"), next);
        cluster_.run("DELETE FROM schema_versions WHERE version = " + next);
        QVERIFY(server_->start()); // nothing was harmed
    }
};

QTEST_GUILESS_MAIN(ServerUpgradeTest)
#include "tst_server_upgrade.moc"
