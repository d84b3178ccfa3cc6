// SPDX-License-Identifier: Apache-2.0
// Who may ask what: every request of the protocol, by everyone, about what is theirs and what is
// not. The requests come from the protocol's own description: a new one without a row here fails.
#include "authorisation_world.h"

#include <QTest>

#include <functional>
#include <map>

using namespace dunlin;
using namespace dunlin::test;

namespace {

/// What is answered: an error's code, or the name of the answer.
using Answers = std::array<std::string, 4>;

struct Case {
    std::string about;
    std::function<void(AuthorisationWorld &, Asker, v1::ClientFrame &)> fill;
    /// To the member, the other device, the peer and the stranger.
    Answers answers;
    /// It ends the device, so that each asker is a new one.
    bool endsDevice = false;
    /// What else has to be true of the answer.
    std::function<bool(const AuthorisationWorld &, Asker, const v1::ServerFrame &)> holds = {};
    std::string toOthers = "NOT_SIGNED_IN";
};

constexpr std::int64_t nowhere = 4711;

Answers all(const std::string &answer)
{
    return {answer, answer, answer, answer};
}

/// Inside the talk, and to who is not in it.
Answers inside(const std::string &answer, const std::string &outside = "CONVERSATION_NOT_FOUND")
{
    return {answer, answer, answer, outside};
}

/// Cases about a conversation: the talk, and one that there is not.
template <typename Fill>
void addTalk(std::vector<Case> &cases, const std::string &answer, Fill fill)
{
    for (const bool isReal : {true, false}) {
        cases.push_back(
                {.about = isReal ? "the talk" : "no conversation",
                 .fill =
                         [fill, isReal](AuthorisationWorld &world, Asker, v1::ClientFrame &frame) {
                             fill(world, frame, isReal ? world.talk : nowhere);
                         },
                 .answers = isReal ? inside(answer) : all("CONVERSATION_NOT_FOUND")});
    }
}

std::vector<Case> entranceCases(const std::string &request)
{
    const auto already = all("ALREADY_SIGNED_IN");
    if (request == "register_account") {
        return {{.about = "a new account",
                 .fill =
                         [](AuthorisationWorld &, Asker asker, v1::ClientFrame &frame) {
                             auto &account = *frame.mutable_register_account();
                             account.set_user_name("new" + std::to_string(int(asker)));
                             account.set_password(WireClient::passwordOf());
                         },
                 .answers = already,
                 .toOthers = "signed_in"},
                {.about = "a name that is taken",
                 .fill =
                         [](AuthorisationWorld &, Asker, v1::ClientFrame &frame) {
                             frame.mutable_register_account()->set_user_name("ana");
                             frame.mutable_register_account()->set_password("a new password");
                         },
                 .answers = already,
                 .toOthers = "USER_NAME_TAKEN"}};
    }
    if (request == "sign_in") {
        const auto signIn = [](const char *password) {
            return [password](AuthorisationWorld &, Asker, v1::ClientFrame &frame) {
                frame.mutable_sign_in()->set_user_name("cleo");
                frame.mutable_sign_in()->set_password(password);
            };
        };
        return {{.about = "with the password",
                 .fill = signIn("correct horse"),
                 .answers = already,
                 .toOthers = "signed_in"},
                {.about = "with another",
                 .fill = signIn("wrong"),
                 .answers = already,
                 .toOthers = "WRONG_PASSWORD"}};
    }
    const auto token = [](std::function<std::string(const AuthorisationWorld &)> of) {
        return [of](AuthorisationWorld &world, Asker, v1::ClientFrame &frame) {
            frame.mutable_authenticate()->set_token(of(world));
        };
    };
    return {{.about = "a device's token",
             .fill = token([](const auto &world) { return world.ben->token(); }),
             .answers = already,
             .toOthers = "signed_in"},
            {.about = "a revoked device's",
             .fill = token([](const auto &world) { return world.revokedToken; }),
             .answers = already,
             .toOthers = "INVALID_TOKEN"},
            {.about = "a refresh token",
             .fill = token([](const auto &world) { return world.ben->info().refresh_token(); }),
             .answers = already,
             .toOthers = "INVALID_TOKEN"}};
}

void addDeviceCases(std::map<std::string, std::vector<Case>> &cases)
{
    for (const char *entrance : {"register_account", "sign_in", "authenticate"})
        cases[entrance] = entranceCases(entrance);
    const auto empty = [](auto mutableRequest) {
        return [mutableRequest](AuthorisationWorld &, Asker, v1::ClientFrame &frame) {
            (frame.*mutableRequest)();
        };
    };
    cases["sign_out"] = {{.about = "itself",
                          .fill = empty(&v1::ClientFrame::mutable_sign_out),
                          .answers = all("done"),
                          .endsDevice = true}};
    cases["heartbeat"] = {{.about = "itself",
                           .fill = empty(&v1::ClientFrame::mutable_heartbeat),
                           .answers = all("heartbeat_answer")}};
    cases["list_devices"] = {
            {.about = "its own",
             .fill = empty(&v1::ClientFrame::mutable_list_devices),
             .answers = all("device_list"),
             .holds = [](const auto &world, Asker asker, const v1::ServerFrame &answer) {
                 const bool isAnas = asker == Asker::Member || asker == Asker::OtherDevice;
                 bool hasAnas = false;
                 for (const v1::Device &device : answer.device_list().devices())
                     hasAnas = hasAnas || device.device_id() == world.ana->info().device_id();
                 return hasAnas == isAnas;
             }}};
    const auto revoke = [](std::function<std::int64_t(AuthorisationWorld &, Asker)> which) {
        return [which](AuthorisationWorld &world, Asker asker, v1::ClientFrame &frame) {
            frame.mutable_revoke_device()->set_device_id(which(world, asker));
        };
    };
    cases["revoke_device"] = {{.about = "its own",
                               .fill = revoke([](auto &world, Asker asker) {
                                   return world.newDevice(asker)->info().device_id();
                               }),
                               .answers = all("done")},
                              {.about = "one of Ana's",
                               .fill = revoke([](auto &world, Asker) {
                                   return world.newDevice(Asker::Member)->info().device_id();
                               }),
                               .answers = {"done", "done", "DEVICE_NOT_FOUND", "DEVICE_NOT_FOUND"}},
                              {.about = "none",
                               .fill = revoke([](auto &, Asker) { return nowhere; }),
                               .answers = all("DEVICE_NOT_FOUND")}};
    cases["change_password"] = {
            {.about = "without knowing it",
             .fill =
                     [](AuthorisationWorld &, Asker, v1::ClientFrame &frame) {
                         frame.mutable_change_password()->set_old_password("not the old one");
                         frame.mutable_change_password()->set_new_password("a new password");
                     },
             .answers = all("WRONG_PASSWORD")}};
    cases["delete_account"] = {{.about = "without the password",
                                .fill =
                                        [](AuthorisationWorld &, Asker, v1::ClientFrame &frame) {
                                            frame.mutable_delete_account()->set_password(
                                                    "not the password");
                                        },
                                .answers = all("WRONG_PASSWORD")}};
    cases["refresh_token"] = {
            {.about = "a new device's",
             .fill =
                     [](AuthorisationWorld &world, Asker, v1::ClientFrame &frame) {
                         frame.mutable_refresh_token()->set_refresh_token(
                                 world.newDevice(Asker::Peer)->info().refresh_token());
                     },
             .answers = all("INVALID_TOKEN"),
             .toOthers = "signed_in"},
            {.about = "none",
             .fill = empty(&v1::ClientFrame::mutable_refresh_token),
             .answers = all("INVALID_TOKEN"),
             .toOthers = "INVALID_TOKEN"}};
}

void addPeopleCases(std::map<std::string, std::vector<Case>> &cases)
{
    cases["find_users"] = {
            {.about = "everyone may",
             .fill = [](AuthorisationWorld &, Asker,
                        v1::ClientFrame &frame) { frame.mutable_find_users()->set_query("ana"); },
             .answers = all("user_list")}};
    cases["get_users"] = {{.about = "everyone may",
                           .fill =
                                   [](AuthorisationWorld &world, Asker, v1::ClientFrame &frame) {
                                       frame.mutable_get_users()->add_user_ids(world.ana->userId());
                                   },
                           .answers = all("user_list")}};
    const auto profile = [](bool withAnasPicture) {
        return [withAnasPicture](AuthorisationWorld &world, Asker asker, v1::ClientFrame &frame) {
            auto &wanted = *frame.mutable_update_profile();
            wanted.set_display_name(AuthorisationWorld::accountOf(asker));
            if (withAnasPicture)
                wanted.set_avatar_blob_id(world.sharedBlob);
        };
    };
    const auto isOwnProfile = [](const AuthorisationWorld &, Asker asker,
                                 const v1::ServerFrame &answer) {
        return !answer.has_user_list()
                || answer.user_list().users(0).user_name() == AuthorisationWorld::accountOf(asker);
    };
    cases["update_profile"] = {
            {.about = "one's own",
             .fill = profile(false),
             .answers = all("user_list"),
             .holds = isOwnProfile},
            {.about = "with a picture of Ana's",
             .fill = profile(true),
             .answers = {"user_list", "user_list", "INVALID_IMAGE", "INVALID_IMAGE"},
             .holds = isOwnProfile}};
    cases["change_privacy"] = {{.about = "one's own",
                                .fill =
                                        [](AuthorisationWorld &, Asker, v1::ClientFrame &frame) {
                                            frame.mutable_change_privacy()->mutable_privacy();
                                        },
                                .answers = all("done")}};
    cases["subscribe_presence"] = {
            {.about = "Ana's and Ben's",
             .fill =
                     [](AuthorisationWorld &world, Asker asker, v1::ClientFrame &frame) {
                         const bool isPeer = asker == Asker::Peer;
                         frame.mutable_subscribe_presence()->add_user_ids(
                                 isPeer ? world.ana->userId() : world.ben->userId());
                     },
             .answers = all("presence_list"),
             .holds =
                     [](const auto &, Asker asker, const v1::ServerFrame &answer) {
                         const int seen = asker == Asker::Stranger ? 0 : 1;
                         return answer.presence_list().presences_size() == seen;
                     }}};
}

void addConversationCases(std::map<std::string, std::vector<Case>> &cases)
{
    const auto open = [](std::function<std::int64_t(const AuthorisationWorld &)> whom) {
        return [whom](AuthorisationWorld &world, Asker, v1::ClientFrame &frame) {
            frame.mutable_open_direct_conversation()->set_user_id(whom(world));
        };
    };
    const auto isForMembers = [](const AuthorisationWorld &world, Asker,
                                 const v1::ServerFrame &answer) {
        return answer.conversation_opened().conversation().conversation_id() != world.talk;
    };
    cases["open_direct_conversation"] = {
            {.about = "with somebody new",
             .fill = open([](const auto &world) { return world.dora->userId(); }),
             .answers = {"conversation_opened", "conversation_opened", "conversation_opened",
                         "conversation_opened"},
             .holds = isForMembers},
            {.about = "with nobody",
             .fill = open([](const auto &) { return nowhere; }),
             .answers = all("USER_NOT_FOUND")}};
    addTalk(cases["post_message"], "message_posted",
            [](AuthorisationWorld &, v1::ClientFrame &frame, std::int64_t conversation) {
                frame.mutable_post_message()->set_conversation_id(conversation);
                frame.mutable_post_message()->set_client_id(ClientId::random().toBytes());
                frame.mutable_post_message()->set_text("hello");
            });
    cases["post_message"].push_back(
            {.about = "a picture of Ana's",
             .fill =
                     [](AuthorisationWorld &world, Asker, v1::ClientFrame &frame) {
                         world.fillPost(*frame.mutable_post_message(), world.privateBlob);
                         // Shown by Ana it would be everybody's there.
                         frame.mutable_post_message()->set_conversation_id(nowhere);
                     },
             .answers = {"CONVERSATION_NOT_FOUND", "CONVERSATION_NOT_FOUND", "INVALID_IMAGE",
                         "INVALID_IMAGE"}});
    addTalk(cases["get_history"], "history_page",
            [](AuthorisationWorld &, v1::ClientFrame &frame, std::int64_t conversation) {
                frame.mutable_get_history()->set_conversation_id(conversation);
            });
    addTalk(cases["raise_watermarks"], "done",
            [](AuthorisationWorld &, v1::ClientFrame &frame, std::int64_t conversation) {
                frame.mutable_raise_watermarks()->set_conversation_id(conversation);
                frame.mutable_raise_watermarks()->set_read_seq(1);
            });
    addTalk(cases["change_conversation_settings"], "done",
            [](AuthorisationWorld &, v1::ClientFrame &frame, std::int64_t conversation) {
                frame.mutable_change_conversation_settings()->set_conversation_id(conversation);
                frame.mutable_change_conversation_settings()->set_is_pinned(true);
            });
    addTalk(cases["set_retention"], "done",
            [](const AuthorisationWorld &, v1::ClientFrame &frame, std::int64_t conversation) {
                frame.mutable_set_retention()->set_conversation_id(conversation);
                frame.mutable_set_retention()->mutable_retention()->set_days(7);
            });
    addTalk(cases["set_typing"], "done",
            [](AuthorisationWorld &, v1::ClientFrame &frame, std::int64_t conversation) {
                frame.mutable_set_typing()->set_conversation_id(conversation);
            });
    cases["sync"] = {{.about = "one's own log",
                      .fill = [](AuthorisationWorld &, Asker,
                                 v1::ClientFrame &frame) { frame.mutable_sync(); },
                      .answers = all("sync_page"),
                      .holds =
                              [](const auto &world, Asker asker, const v1::ServerFrame &answer) {
                                  bool hasTalk = false;
                                  for (const v1::Update &update : answer.sync_page().updates())
                                      hasTalk = hasTalk
                                              || update.message_added().conversation_id()
                                                      == world.talk;
                                  return hasTalk == (asker != Asker::Stranger);
                              }}};
    cases["acknowledge_cursor"] = {
            {.about = "one's own",
             .fill = [](AuthorisationWorld &, Asker,
                        v1::ClientFrame &frame) { frame.mutable_acknowledge_cursor()->set_seq(1); },
             .answers = all("done")}};
}

/// What changes messages that are there already.
void addMessageCases(std::map<std::string, std::vector<Case>> &cases)
{
    const auto edit = [](bool isAnas, bool isReal = true) {
        return [isAnas, isReal](AuthorisationWorld &world, Asker, v1::ClientFrame &frame) {
            auto &wanted = *frame.mutable_edit_message();
            wanted.set_conversation_id(isReal ? world.talk : nowhere);
            wanted.set_seq(isAnas ? world.anasSeq : world.bensSeq);
            wanted.set_text("edited");
        };
    };
    cases["edit_message"] = {
            {.about = "Ana's",
             .fill = edit(true),
             .answers = {"done", "done", "FORBIDDEN", "CONVERSATION_NOT_FOUND"}},
            {.about = "Ben's",
             .fill = edit(false),
             .answers = {"FORBIDDEN", "FORBIDDEN", "done", "CONVERSATION_NOT_FOUND"}},
            {.about = "no conversation",
             .fill = edit(true, false),
             .answers = all("CONVERSATION_NOT_FOUND")}};
    const auto remove = [](bool isAnas, bool isForEveryone) {
        return [=](AuthorisationWorld &world, Asker, v1::ClientFrame &frame) {
            auto &wanted = *frame.mutable_delete_messages();
            // New ones: what is deleted stays so.
            auto &sender = isAnas ? *world.ana : *world.ben;
            wanted.set_conversation_id(world.talk);
            wanted.add_seqs(sender.post(world.talk, "to be deleted").message_posted().seq());
            wanted.set_for_everyone(isForEveryone);
        };
    };
    cases["delete_messages"] = {
            {.about = "Ana's, for everyone",
             .fill = remove(true, true),
             .answers = {"done", "done", "FORBIDDEN", "CONVERSATION_NOT_FOUND"}},
            {.about = "Ben's, for everyone",
             .fill = remove(false, true),
             .answers = {"FORBIDDEN", "FORBIDDEN", "done", "CONVERSATION_NOT_FOUND"}},
            {.about = "Ana's, for oneself",
             .fill = remove(true, false),
             .answers = inside("done")}};
    addTalk(cases["set_reaction"], "done",
            [](AuthorisationWorld &world, v1::ClientFrame &frame, std::int64_t conversation) {
                frame.mutable_set_reaction()->set_conversation_id(conversation);
                frame.mutable_set_reaction()->set_seq(world.anasSeq);
                frame.mutable_set_reaction()->set_emoji("\xf0\x9f\x91\x8d");
            });
    addTalk(cases["pin_message"], "done",
            [](AuthorisationWorld &world, v1::ClientFrame &frame, std::int64_t conversation) {
                frame.mutable_pin_message()->set_conversation_id(conversation);
                frame.mutable_pin_message()->set_seq(world.anasSeq);
                frame.mutable_pin_message()->set_is_pinned(true);
            });
    addTalk(cases["save_draft"], "done",
            [](AuthorisationWorld &, v1::ClientFrame &frame, std::int64_t conversation) {
                frame.mutable_save_draft()->set_conversation_id(conversation);
                frame.mutable_save_draft()->mutable_draft()->set_text("begun");
            });
}

std::map<std::string, std::vector<Case>> allCases()
{
    std::map<std::string, std::vector<Case>> cases;
    addDeviceCases(cases);
    addPeopleCases(cases);
    addConversationCases(cases);
    addMessageCases(cases);
    return cases;
}

std::string answerName(const v1::ServerFrame &answer)
{
    if (answer.has_error())
        return answer.error().code();
    const auto *body = v1::ServerFrame::descriptor()->FindOneofByName("body");
    const auto *field = answer.GetReflection()->GetOneofFieldDescriptor(answer, body);
    return field == nullptr ? "nothing" : field->name();
}

} // namespace

class ServerAuthorisationTest : public QObject {
    Q_OBJECT

    AuthorisationWorld world_;
    const std::map<std::string, std::vector<Case>> cases_ = allCases();

    std::unique_ptr<WireClient> connectionOf(Asker asker, bool isNewDevice) const
    {
        if (isNewDevice && asker != Asker::SignedOut && asker != Asker::Revoked)
            return world_.newDevice(asker);
        auto client = world_.connection();
        const std::string token = world_.tokenOf(asker);
        if (!token.empty())
            client->authenticate(token);
        return client;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(world_.build()); }

    void everyRequestOfTheProtocolHasItsCases()
    {
        const auto *requests = v1::ClientFrame::descriptor()->FindOneofByName("request");
        int count = 0;
        for (int i = 0; i < requests->field_count(); ++i) {
            const std::string &name = requests->field(i)->name();
            const auto found = cases_.find(name);
            QVERIFY2(found != cases_.end(), ("nobody has said who may " + name).c_str());
            count += int(found->second.size()) * askers;
        }
        QCOMPARE(int(cases_.size()), requests->field_count());
        QVERIFY2(count >= 250, qPrintable(QString::number(count)));
    }

    void everyoneIsAnsweredAsTheyMayAsk_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("asker");
        for (const auto &[request, list] : cases_) {
            for (std::size_t i = 0; i < list.size(); ++i) {
                for (int asker = 0; asker < askers; ++asker) {
                    const std::string name = request + ", " + list[i].about + ", "
                            + nameOf(static_cast<Asker>(asker));
                    QTest::newRow(name.c_str())
                            << QString::fromStdString(request) << int(i) << asker;
                }
            }
        }
    }
    void everyoneIsAnsweredAsTheyMayAsk()
    {
        QFETCH(QString, request);
        QFETCH(int, number);
        QFETCH(int, asker);
        const Case &wanted = cases_.at(request.toStdString())[std::size_t(number)];
        const auto who = static_cast<Asker>(asker);
        const auto client = connectionOf(who, wanted.endsDevice);
        v1::ClientFrame frame;
        wanted.fill(world_, who, frame);
        const auto answer = client->request(frame);
        QCOMPARE(QString::fromStdString(answerName(answer)),
                 QString::fromStdString(asker < int(wanted.answers.size())
                                                ? wanted.answers[std::size_t(asker)]
                                                : wanted.toOthers));
        if (wanted.holds && !answer.has_error())
            QVERIFY2(wanted.holds(world_, who, answer), answer.ShortDebugString().c_str());
    }
};

QTEST_GUILESS_MAIN(ServerAuthorisationTest)
#include "tst_server_authorisation.moc"
