// SPDX-License-Identifier: Apache-2.0
// Avatars: pictures that everyone may read, as long as they are shown.
#include "blob_client.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

namespace {

v1::ClientFrame profileWith(const std::string &avatar)
{
    v1::ClientFrame frame;
    frame.mutable_update_profile()->set_display_name("Mia");
    frame.mutable_update_profile()->set_avatar_blob_id(avatar);
    return frame;
}

std::string avatarOf(const v1::ServerFrame &answer)
{
    return answer.user_list().users_size() == 1 ? answer.user_list().users(0).avatar_blob_id()
                                                : "(no user)";
}

} // namespace

class ServerAvatarsTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<WireClient> mia_;
    std::unique_ptr<WireClient> friend_;
    std::unique_ptr<WireClient> stranger_;
    std::unique_ptr<BlobClient> miasBlobs_;
    int users_ = 0;

    std::unique_ptr<WireClient> newUser()
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open()
            || !client->registerAccount("sitter" + std::to_string(++users_)).has_signed_in())
            qFatal("cannot register");
        return client;
    }
    int statusFor(const WireClient &who, const QString &path)
    {
        return BlobClient(*server_, who.token()).ask("GET", path).status;
    }
    /// Whatever is not shown expires now, and is collected by a server that starts.
    void collect()
    {
        cluster_.run("UPDATE blobs SET expires_at = now() - interval '1 second'"
                     " WHERE expires_at > '-infinity' AND NOT is_used");
        QCOMPARE(server_->terminate(), 0);
        QVERIFY(server_->start());
        QTRY_COMPARE(cluster_.run("SELECT count(*) FROM blobs WHERE NOT is_used"),
                     std::string("0"));
    }
    std::string countOf(const std::string &what, const QString &path)
    {
        return cluster_.run("SELECT count(*) FROM " + what + " WHERE user_id = "
                            + std::to_string(mia_->userId()) + " AND blob_id = "
                            + BlobClient::idOf(path).substr(BlobClient::idOf(path).find('-') + 1));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }
    void init()
    {
        mia_ = newUser();
        friend_ = newUser();
        stranger_ = newUser();
        miasBlobs_ = std::make_unique<BlobClient>(*server_, mia_->token());
        QVERIFY(friend_->openConversation(mia_->userId()) != 0);
    }

    void anAvatarIsToldToContactsAndReadByEveryone()
    {
        const QString path = miasBlobs_->upload(randomBytes(5000));
        QCOMPARE(statusFor(*friend_, path), 404);
        const std::string id = BlobClient::idOf(path);
        QCOMPARE(avatarOf(mia_->request(profileWith(id))), id);
        const auto told = [&] {
            const auto updates = friend_->liveUpdates();
            return updates.empty() ? std::string()
                                   : updates.back().profile_changed().avatar_blob_id();
        };
        QTRY_COMPARE(told(), id);
        v1::ClientFrame get;
        get.mutable_get_users()->add_user_ids(mia_->userId());
        QCOMPARE(avatarOf(stranger_->request(get)), id);
        QCOMPARE(statusFor(*friend_, path), 200);
        QCOMPARE(statusFor(*stranger_, path), 200);
        QCOMPARE(BlobClient(*server_, {}).ask("GET", path).status, 401);
        // It is not the friend's to remove, and not hers while it is shown.
        QCOMPARE(BlobClient(*server_, friend_->token()).ask("DELETE", path).status, 404);
        QCOMPARE(miasBlobs_->ask("DELETE", path).status, 404);

        WireClient second(server_->webSocketUrl());
        QVERIFY(second.open());
        second.signIn(mia_->info().user().user_name());
        QCOMPARE(second.info().user().avatar_blob_id(), id);
    }

    void anAvatarThatIsReplacedIsCollected()
    {
        const QString first = miasBlobs_->upload(randomBytes(5000, 1));
        const QString second = miasBlobs_->upload(randomBytes(6000, 2));
        mia_->request(profileWith(BlobClient::idOf(first)));
        mia_->request(profileWith(BlobClient::idOf(second)));
        QCOMPARE(statusFor(*stranger_, first), 404);
        QCOMPARE(statusFor(*mia_, first), 200); // for a day
        QCOMPARE(statusFor(*stranger_, second), 200);
        collect();
        QCOMPARE(statusFor(*mia_, first), 404);
        QCOMPARE(countOf("blobs", first), std::string("0"));
        QCOMPARE(statusFor(*stranger_, second), 200);
        QCOMPARE(cluster_.run("SELECT used_bytes FROM blob_quotas WHERE user_id = "
                              + std::to_string(mia_->userId())),
                 std::string("6000"));
    }

    void anAvatarThatIsTakenAwayIsShownNoMore()
    {
        const QString path = miasBlobs_->upload(randomBytes(5000));
        mia_->request(profileWith(BlobClient::idOf(path)));
        QCOMPARE(avatarOf(mia_->request(profileWith({}))), std::string());
        QCOMPARE(statusFor(*stranger_, path), 404);
        collect();
        QCOMPARE(statusFor(*mia_, path), 404);
    }

    void anAvatarThatAMessageShowsStaysForItsMembers()
    {
        const QString path = miasBlobs_->upload(randomBytes(5000));
        mia_->request(profileWith(BlobClient::idOf(path)));
        v1::ClientFrame frame;
        v1::PostMessage &post = *frame.mutable_post_message();
        post.set_conversation_id(mia_->openConversation(friend_->userId()));
        post.set_client_id(ClientId::random().toBytes());
        v1::Image &image = *post.add_images();
        image.set_blob_id(BlobClient::idOf(path));
        image.set_content_type("image/png");
        image.set_width(10);
        image.set_height(10);
        QVERIFY(mia_->request(frame).has_message_posted());
        mia_->request(profileWith({}));
        QCOMPARE(statusFor(*stranger_, path), 404);
        collect();
        QCOMPARE(statusFor(*friend_, path), 200);
        QCOMPARE(countOf("blob_uses", path), std::string("1"));
    }

    void theSameAvatarAgainStays()
    {
        const QString path = miasBlobs_->upload(randomBytes(5000));
        const std::string id = BlobClient::idOf(path);
        QCOMPARE(avatarOf(mia_->request(profileWith(id))), id);
        QCOMPARE(avatarOf(mia_->request(profileWith(id))), id);
        collect();
        QCOMPARE(statusFor(*stranger_, path), 200);
    }

    void whatIsNotOnesOwnWholePictureIsNoAvatar()
    {
        const QString half = miasBlobs_->begin(1000);
        BlobClient friendsBlobs(*server_, friend_->token());
        const QString foreign = friendsBlobs.upload(randomBytes(1000));
        QVERIFY(friend_->request(profileWith(BlobClient::idOf(foreign))).has_user_list());
        QCOMPARE(statusFor(*mia_, foreign), 200);
        const std::string number = std::to_string(mia_->userId());
        for (const std::string &id :
             {BlobClient::idOf(half), BlobClient::idOf(foreign), number + "-7", std::string("../x"),
              number + "-0", std::string("7")}) {
            const auto answer = mia_->request(profileWith(id));
            QCOMPARE(QString::fromStdString(answer.error().code()),
                     QStringLiteral("INVALID_IMAGE"));
            QVERIFY(!answer.error().message().empty());
        }
        v1::ClientFrame get;
        get.mutable_get_users()->add_user_ids(mia_->userId());
        QCOMPARE(avatarOf(stranger_->request(get)), std::string());
    }

    void devicesThatChangeTheAvatarAtOnceLeaveOne()
    {
        WireClient second(server_->webSocketUrl());
        QVERIFY(second.open());
        QVERIFY(second.signIn(mia_->info().user().user_name()).has_signed_in());
        std::vector<QString> paths;
        for (quint32 i = 0; i < 4; ++i)
            paths.push_back(miasBlobs_->upload(randomBytes(1000, i)));
        std::vector<std::pair<WireClient *, std::uint64_t>> sent;
        for (std::size_t i = 0; i < 24; ++i) {
            WireClient *device = i % 2 == 0 ? mia_.get() : &second;
            sent.emplace_back(device,
                              device->send(profileWith(BlobClient::idOf(paths[i * 7 % 4]))));
        }
        for (const auto &[device, request] : sent) {
            const auto answer = device->answerTo(request);
            QVERIFY2(answer.has_user_list() || answer.error().code() == "UNAVAILABLE",
                     answer.ShortDebugString().c_str());
        }
        const std::string id = std::to_string(mia_->userId());
        QCOMPARE(cluster_.run("SELECT count(*) FROM blobs WHERE is_used AND user_id = " + id),
                 std::string("1"));
        QCOMPARE(cluster_.run("SELECT count(*) FROM blob_uses u JOIN users USING (user_id)"
                              " WHERE u.blob_id = avatar_blob AND user_id = "
                              + id),
                 std::string("1"));
        QCOMPARE(cluster_.run("SELECT count(*) FROM blob_uses WHERE user_id = " + id),
                 std::string("1"));
    }
};

QTEST_GUILESS_MAIN(ServerAvatarsTest)
#include "tst_server_avatars.moc"
