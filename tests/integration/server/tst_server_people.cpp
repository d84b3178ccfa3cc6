// SPDX-License-Identifier: Apache-2.0
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QTest>

using namespace dunlin;
using namespace dunlin::test;

class ServerPeopleTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;

    std::unique_ptr<WireClient> newUser(const std::string &name) const
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open() || !client->registerAccount(name).has_signed_in())
            qFatal("cannot register");
        return client;
    }
    static v1::ServerFrame setProfile(WireClient &who, const std::string &displayName,
                                      const std::string &about = {}, unsigned color = 0)
    {
        v1::ClientFrame frame;
        frame.mutable_update_profile()->set_display_name(displayName);
        frame.mutable_update_profile()->set_about(about);
        frame.mutable_update_profile()->set_avatar_color(color);
        return who.request(frame);
    }
    static std::vector<std::string> find(WireClient &who, const std::string &query)
    {
        v1::ClientFrame frame;
        frame.mutable_find_users()->set_query(query);
        std::vector<std::string> names;
        const auto answer = who.request(frame);
        for (const auto &user : answer.user_list().users())
            names.push_back(user.user_name());
        return names;
    }
    static v1::PresenceList follow(WireClient &who, std::vector<std::int64_t> users)
    {
        v1::ClientFrame frame;
        for (const auto user : users)
            frame.mutable_subscribe_presence()->add_user_ids(user);
        return who.request(frame).presence_list();
    }
    static int presences(WireClient &who, std::int64_t user, bool isOnline)
    {
        int count = 0;
        for (const auto &frame : who.unasked()) {
            if (frame.presence().user_id() == user && frame.presence().is_online() == isOnline)
                ++count;
        }
        return count;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(
                cluster_.conninfo(),
                QStringList{QStringLiteral("--heartbeat-interval-ms"), QStringLiteral("300")});
        QVERIFY(server_->start());
    }

    void peopleAreFoundByTheBeginningsOfTheirNames()
    {
        const auto zoe = newUser("zoe.oneill");
        setProfile(*zoe, "Zo\u00eb O'Neill");
        const auto zack = newUser("zack");
        using Names = std::vector<std::string>;
        QCOMPARE(find(*zack, "zoe"), Names{"zoe.oneill"});
        QCOMPARE(find(*zack, "ZO\u00cb nei"), Names{"zoe.oneill"});
        QCOMPARE(find(*zack, "neill"), Names{"zoe.oneill"});
        QCOMPARE(find(*zack, "oe"), Names{});
        QCOMPARE(find(*zack, "%"), Names{});
        QCOMPARE(find(*zack, ""), Names{});
        QCOMPARE(find(*zoe, "zac"), Names{"zack"});
        v1::ClientFrame frame;
        frame.mutable_find_users()->set_query(std::string(500, 'x'));
        QCOMPARE(zack->request(frame).error().code(), "INVALID_ARGUMENT");
    }

    void aChangedProfileReachesContactsAndIsFoundByItsNewName()
    {
        const auto mia = newUser("mia");
        const auto friend_ = newUser("miasfriend");
        const auto stranger = newUser("miasstranger");
        friend_->openConversation(mia->userId());
        const auto changed = setProfile(*mia, "  Mia Marple ", "Here", 3);
        QCOMPARE(changed.user_list().users(0).display_name(), "Mia Marple");
        QTRY_VERIFY(!friend_->liveUpdates().empty()
                    && friend_->liveUpdates().back().profile_changed().about() == "Here");
        QCOMPARE(stranger->syncAll(0).size(), 0U);
        QCOMPARE(find(*stranger, "marp"), std::vector<std::string>{"mia"});
        QCOMPARE(setProfile(*mia, "").error().code(), "INVALID_ARGUMENT");
        QCOMPARE(setProfile(*mia, std::string(200, 'x')).error().code(), "DISPLAY_NAME_TOO_LONG");
        QCOMPARE(setProfile(*mia, "ok", std::string(600, 'x')).error().code(), "ABOUT_TOO_LONG");
        QCOMPARE(setProfile(*mia, "ok", "", 99).error().code(), "INVALID_ARGUMENT");
        v1::ClientFrame get;
        get.mutable_get_users()->add_user_ids(mia->userId());
        get.mutable_get_users()->add_user_ids(77);
        QCOMPARE(stranger->request(get).user_list().users_size(), 1);
    }

    void contactsSeeWhoComesAndGoes()
    {
        const auto watcher = newUser("watcher");
        const auto watched = newUser("watched");
        const auto stranger = newUser("stranger");
        watcher->openConversation(watched->userId());
        const auto list = follow(*watcher, {watched->userId(), stranger->userId()});
        QCOMPARE(list.presences_size(), 1);
        QVERIFY(list.presences(0).is_online());
        watched->socket().close();
        QTRY_COMPARE(presences(*watcher, watched->userId(), false), 1);
        QTRY_VERIFY(follow(*watcher, {watched->userId()}).presences(0).last_seen_ms() > 0);
        QVERIFY(watched->open());
        watched->authenticate(watched->token());
        QTRY_COMPARE(presences(*watcher, watched->userId(), true), 1);
    }

    void aDeviceWhoseHeartbeatsStopGoesOffline()
    {
        const auto watcher = newUser("patient");
        const auto silent = newUser("silent");
        watcher->openConversation(silent->userId());
        follow(*watcher, {silent->userId()});
        // No heartbeat comes from it, while its connection stays open.
        QTRY_COMPARE(presences(*watcher, silent->userId(), false), 1);
        QVERIFY(silent->isOpen());
        v1::ClientFrame heartbeat;
        heartbeat.mutable_heartbeat();
        silent->request(heartbeat);
        QTRY_COMPARE(presences(*watcher, silent->userId(), true), 1);
    }
};

QTEST_GUILESS_MAIN(ServerPeopleTest)
#include "tst_server_people.moc"
