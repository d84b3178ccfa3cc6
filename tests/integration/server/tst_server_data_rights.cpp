// SPDX-License-Identifier: Apache-2.0
// What people may ask for: a copy of their data, and its end. That nothing is left is looked for in
// every column of every table and in every file.
#include "blob_client.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

class ServerDataRightsTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<WireClient> canary_; ///< Whose account it is.
    std::unique_ptr<WireClient> peer_;
    std::string word_; ///< In all that the user writes, and nowhere else.
    std::int64_t talk_ = 0;
    QString picture_;
    int rounds_ = 0;

    std::unique_ptr<WireClient> newUser(const std::string &name)
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open())
            qFatal("cannot connect");
        v1::ClientFrame frame;
        frame.mutable_register_account()->set_user_name(name);
        frame.mutable_register_account()->set_display_name(name);
        frame.mutable_register_account()->set_password(WireClient::passwordOf());
        frame.mutable_register_account()->set_device_name(name + " laptop");
        const auto registered = client->request(std::move(frame));
        auto device = std::make_unique<WireClient>(server_->webSocketUrl());
        const bool isOpen = device->open();
        const auto signedIn = device->signIn(name);
        if (!isOpen || !signedIn.has_signed_in())
            qFatal("cannot sign in: %s %s", registered.ShortDebugString().c_str(),
                   signedIn.ShortDebugString().c_str());
        return device;
    }
    QByteArray pictureBytes() const
    {
        return randomBytes(3000) + QByteArray::fromStdString(word_) + randomBytes(3000, 7);
    }
    v1::ServerFrame postPicture(WireClient &sender, const QString &path, const std::string &caption)
    {
        v1::ClientFrame frame;
        v1::PostMessage &post = *frame.mutable_post_message();
        post.set_conversation_id(talk_);
        post.set_client_id(ClientId::random().toBytes());
        post.set_text(caption);
        v1::Image &image = *post.add_images();
        image.set_blob_id(BlobClient::idOf(path));
        image.set_content_type("image/jpeg");
        image.set_width(640);
        image.set_height(480);
        image.set_preview(word_);
        return sender.request(frame);
    }
    /// The tables with a row that has the word in any column, as text or as bytes.
    QStringList tablesWithTheWord() const
    {
        const QString tables = QString::fromStdString(
                cluster_.run("SELECT string_agg(table_name, ' ' ORDER BY table_name)"
                             " FROM information_schema.tables"
                             " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"));
        QStringList found;
        for (const QString &table : tables.split(QLatin1Char(' '))) {
            const std::string count = cluster_.run(
                    "SELECT count(*) FROM " + table.toStdString() + " AS t WHERE t::text ILIKE '%"
                    + word_ + "%' OR t::text LIKE '%' || encode('" + word_ + "', 'hex') || '%'");
            if (count != "0")
                found += table;
        }
        return found;
    }
    QStringList filesWithTheWord() const
    {
        QStringList found;
        QDirIterator files(server_->dataDirectory(), QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(word_.c_str()))
                found += file.fileName();
        }
        return found;
    }
    std::vector<v1::Message> historyOf(WireClient &who)
    {
        v1::ClientFrame frame;
        frame.mutable_get_history()->set_conversation_id(talk_);
        const auto page = who.request(frame).history_page();
        return {page.messages().begin(), page.messages().end()};
    }
    std::string valueOf(const std::string &column) const
    {
        return cluster_.run("SELECT " + column
                            + " FROM users WHERE user_id = " + std::to_string(canary_->userId()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }

    /// A user who leaves something wherever one can.
    void init()
    {
        word_ = "canary" + std::to_string(++rounds_) + "bird";
        canary_ = newUser(word_);
        peer_ = newUser("listener" + std::to_string(rounds_));
        talk_ = peer_->openConversation(canary_->userId());
        QVERIFY(talk_ != 0);
        BlobClient blobs(*server_, canary_->token());
        picture_ = blobs.upload(pictureBytes());
        const QString avatar = blobs.upload(pictureBytes() + 'a');
        QVERIFY(!blobs.begin(100'000).isEmpty()); // and one that is not whole
        v1::ClientFrame profile;
        profile.mutable_update_profile()->set_display_name("The " + word_ + " sings");
        profile.mutable_update_profile()->set_about("About " + word_);
        profile.mutable_update_profile()->set_avatar_blob_id(BlobClient::idOf(avatar));
        QVERIFY(canary_->request(profile).has_user_list());
        for (int i = 0; i < 3; ++i)
            QVERIFY(canary_->post(talk_, "message of " + word_).has_message_posted());
        v1::ClientFrame edit;
        edit.mutable_edit_message()->set_conversation_id(talk_);
        edit.mutable_edit_message()->set_seq(1);
        edit.mutable_edit_message()->set_text("other words of " + word_);
        QVERIFY(canary_->request(edit).has_done());
        v1::ClientFrame draft;
        draft.mutable_save_draft()->set_conversation_id(talk_);
        draft.mutable_save_draft()->mutable_draft()->set_text("not yet said by " + word_);
        QVERIFY(canary_->request(draft).has_done());
        const auto shown = postPicture(*canary_, picture_, "see " + word_);
        QVERIFY2(shown.has_message_posted(), shown.ShortDebugString().c_str());
        QVERIFY(peer_->post(talk_, "an answer").has_message_posted());
    }

    void everythingOfADeletedAccountIsGone_data()
    {
        QTest::addColumn<bool>("byTheUser");
        QTest::newRow("by the user") << true;
        QTest::newRow("by the operator") << false;
    }
    void everythingOfADeletedAccountIsGone()
    {
        QFETCH(bool, byTheUser);
        // The search finds what is there, or it would prove nothing.
        const QStringList before = tablesWithTheWord();
        for (const char *table : {"users", "user_names", "user_search_words", "devices", "messages",
                                  "message_edits", "user_conversations"})
            QVERIFY2(before.contains(QLatin1String(table)), table);
        QCOMPARE(filesWithTheWord().size(), 2);
        const auto seen = peer_->liveUpdates().size();

        if (byTheUser) {
            v1::ClientFrame frame;
            frame.mutable_delete_account()->set_password("not the password");
            QCOMPARE(canary_->request(frame).error().code(), "WRONG_PASSWORD");
            QVERIFY(canary_->isOpen());
            frame.mutable_delete_account()->set_password(WireClient::passwordOf());
            const auto answer = canary_->request(frame);
            QVERIFY2(answer.has_done(), answer.ShortDebugString().c_str());
        } else {
            QCOMPARE(server_->run({QStringLiteral("user"), QStringLiteral("delete"),
                                   QString::fromStdString(word_)})
                             .exitCode,
                     2); // nobody has confirmed it
            const auto result = server_->run({QStringLiteral("user"), QStringLiteral("delete"),
                                              QString::fromStdString(word_),
                                              QStringLiteral("--yes"), QStringLiteral("--json")});
            QVERIFY2(result.exitCode == 0, result.error.constData());
            const auto said = QJsonDocument::fromJson(result.output);
            QCOMPARE(said[QLatin1String("messagesErased")].toString(), QStringLiteral("4"));
            QCOMPARE(said[QLatin1String("blobsRemoved")].toString(), QStringLiteral("3"));
        }
        QTRY_VERIFY_WITH_TIMEOUT(!canary_->isOpen(), 2000);
        QCOMPARE(canary_->unasked().back().signed_out().code(), "ACCOUNT_DELETED");
        QTRY_COMPARE(valueOf("erasures"), std::string("1"));

        QCOMPARE(tablesWithTheWord(), QStringList());
        QCOMPARE(filesWithTheWord(), QStringList());
        for (const char *table : {"devices", "updates", "blobs", "blob_uses", "blob_quotas"}) {
            QCOMPARE(cluster_.run(std::string("SELECT count(*) FROM ") + table
                                  + " WHERE user_id = " + std::to_string(canary_->userId())),
                     std::string("0"));
        }

        // The peer keeps the places, and learns whose they were not any more.
        const auto messages = historyOf(*peer_);
        QCOMPARE(messages.size(), std::size_t(5));
        for (const v1::Message &message : messages) {
            const bool isTheirs = message.sender_id() == canary_->userId();
            QCOMPARE(message.text(), isTheirs ? std::string() : std::string("an answer"));
            QCOMPARE(message.images_size(), 0);
            QCOMPARE(message.is_deleted(), isTheirs);
        }
        const auto updates = peer_->syncAll(0);
        QVERIFY(updates.size() > seen);
        QVERIFY(updates.back().profile_changed().is_deleted());
        QCOMPARE(updates.back().profile_changed().user_id(), canary_->userId());
        QCOMPARE(updates.back().profile_changed().user_name(), "");
        QCOMPARE(BlobClient(*server_, peer_->token()).ask("GET", picture_).status, 404);
        WireClient again(server_->webSocketUrl());
        QVERIFY(again.open());
        QCOMPARE(again.signIn(word_).error().code(), "WRONG_PASSWORD");
        QCOMPARE(again.authenticate(canary_->token()).error().code(), "INVALID_TOKEN");
    }

    void aDeletionThatWasCutOffGoesOnWhenTheServerStarts()
    {
        // Marked, as a server that died at that moment leaves it.
        cluster_.run("UPDATE users SET deleted_at = now() WHERE user_id = "
                     + std::to_string(canary_->userId()));
        QCOMPARE(server_->terminate(), 0);
        QVERIFY(server_->start());
        QTRY_COMPARE(valueOf("erasures"), std::string("1"));
        QVERIFY(!tablesWithTheWord().contains(QStringLiteral("messages")));
        QCOMPARE(filesWithTheWord(), QStringList());
    }

    void whatWasUnderWayAtTheDeletionIsErasedByASecondLook()
    {
        const std::string id = std::to_string(canary_->userId());
        QVERIFY(server_->run({QStringLiteral("user"), QStringLiteral("delete"),
                              QString::fromStdString(word_), QStringLiteral("--yes")})
                        .exitCode
                == 0);
        cluster_.run("UPDATE messages SET body = 'late " + word_ + "' WHERE sender_id = " + id);
        QCOMPARE(tablesWithTheWord(), QStringList{QStringLiteral("messages")});
        const auto collect = [this] { return server_->run({QStringLiteral("gc")}).exitCode; };
        QCOMPARE(collect(), 0);
        QCOMPARE(valueOf("erasures"), std::string("1")); // not yet
        cluster_.run("UPDATE users SET deleted_at = now() - interval '6 minutes' WHERE user_id = "
                     + id);
        QCOMPARE(collect(), 0);
        QCOMPARE(valueOf("erasures"), std::string("2"));
        QCOMPARE(tablesWithTheWord(), QStringList());
    }

    void aCopyHasAllThatIsTheirsAsAnArchiveOthersRead()
    {
        v1::ClientFrame react;
        react.mutable_set_reaction()->set_conversation_id(talk_);
        react.mutable_set_reaction()->set_seq(5);
        react.mutable_set_reaction()->set_emoji("\xF0\x9F\x91\x8D");
        QVERIFY(canary_->request(react).has_done());
        v1::ClientFrame pin;
        pin.mutable_pin_message()->set_conversation_id(talk_);
        pin.mutable_pin_message()->set_seq(5);
        pin.mutable_pin_message()->set_is_pinned(true);
        QVERIFY(peer_->request(pin).has_done());
        cluster_.run("UPDATE messages SET forwarded_from = " + std::to_string(peer_->userId())
                     + " WHERE seq = 5 AND conversation_id = " + std::to_string(talk_));
        const auto result = server_->run({QStringLiteral("user"), QStringLiteral("export"),
                                          QString::fromStdString(word_), QStringLiteral("--json")});
        QVERIFY2(result.exitCode == 0, result.error.constData());
        const auto said = QJsonDocument::fromJson(result.error);
        QCOMPARE(said[QLatin1String("messages")].toString(), QStringLiteral("5"));
        QCOMPARE(said[QLatin1String("pictures")].toString(), QStringLiteral("2"));

        const QTemporaryDir directory;
        QProcess tar;
        tar.start(QStringLiteral("tar"),
                  {QStringLiteral("-x"), QStringLiteral("-C"), directory.path()});
        tar.write(result.output);
        tar.closeWriteChannel();
        QVERIFY(tar.waitForFinished());
        QVERIFY2(tar.exitCode() == 0, tar.readAllStandardError().constData());
        const auto read = [&directory](const QString &name) {
            QFile file(directory.filePath(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const auto account = QJsonDocument::fromJson(read(QStringLiteral("account.json")));
        QCOMPARE(account[QLatin1String("userName")].toString().toStdString(), word_);
        QCOMPARE(account[QLatin1String("about")].toString().toStdString(), "About " + word_);
        QCOMPARE(account[QLatin1String("devices")].toArray().size(), 2);
        QVERIFY(!result.output.contains(canary_->token().c_str()));
        const auto avatar = read(account[QLatin1String("avatar")].toString());
        QCOMPARE(avatar, pictureBytes() + 'a');
        const auto conversations =
                QJsonDocument::fromJson(read(QStringLiteral("conversations.json"))).array();
        QCOMPARE(conversations.size(), 1);
        QCOMPARE(conversations[0][QLatin1String("members")].toArray().size(), 2);
        const auto messages =
                QJsonDocument::fromJson(read(QStringLiteral("messages/%1/1.json").arg(talk_)))
                        .array();
        QCOMPARE(messages.size(), 5);
        QCOMPARE(messages[4][QLatin1String("text")].toString(), QStringLiteral("an answer"));
        QCOMPARE(messages[4][QLatin1String("forwardedFromId")].toString(),
                 QString::number(peer_->userId()));
        const QJsonValue reaction = messages[4][QLatin1String("reactions")][0];
        QCOMPARE(reaction[QLatin1String("userId")].toString(), QString::number(canary_->userId()));
        QCOMPARE(reaction[QLatin1String("emoji")].toString(), QStringLiteral("\U0001F44D"));
        QVERIFY(messages[4][QLatin1String("isPinned")].toBool());
        QVERIFY(messages[0][QLatin1String("editedAt")].isString());
        const QString file =
                messages[3][QLatin1String("images")][0][QLatin1String("file")].toString();
        QCOMPARE(read(file), pictureBytes());
    }
};

QTEST_GUILESS_MAIN(ServerDataRightsTest)
#include "tst_server_data_rights.moc"
