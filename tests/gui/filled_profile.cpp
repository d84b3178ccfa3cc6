// SPDX-License-Identifier: Apache-2.0
#include "filled_profile.h"

#include "await.h"
#include "local_store.h"
#include "token_store.h"

#include <QDateTime>
#include <QDir>
#include <QTest>

#include <array>

namespace dunlin::test {

using namespace dunlin::client;

const char *const longText =
        "Here is everything for Saturday in one place, so that nobody has to scroll. We meet at "
        "the station at half past seven, under the clock. Bring two litres of water each, "
        "something warm for the evening and the small stove.\n\nThe way up takes four hours with "
        "the detour to the lake. If it rains we turn back at the hut and have cake instead.\n\n"
        "https://hikes.example.org/routes/lake-loop?variant=long&units=metric "
        "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft";

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 dayMs = 24 * 60 * minuteMs;

struct Line {
    bool isOwn;
    qint64 minutesAgo;
    const char *text;
};

constexpr std::array lines{
        Line{false, 3 * 24 * 60, "Shall we go up to the lake again?"},
        Line{true, 3 * 24 * 60 - 1, "Yes, it has been a year."},
        Line{true, 3 * 24 * 60 - 2, "Saturday?"},
        Line{false, 24 * 60 + 60, longText},
        Line{true, 24 * 60 + 40, "Perfect, thank you"},
        Line{true, 24 * 60 + 39, "\xF0\x9F\x91\x8D"},
        Line{false, 50, "\xF0\x9F\x98\x84\xF0\x9F\x8F\x94"},
        Line{true, 48, "Who brings the map?"},
        Line{true, 47, "I can print one."},
        Line{false, 9, "I have one from last time"},
        Line{false, 8, "It is a bit wet"},
        Line{false, 7, "and 1:50,000, but it will do."},
};

struct Other {
    const char *userName;
    const char *name;
    const char *lastText;
    bool isOwn;
    qint64 minutesAgo;
    bool isPinned;
    bool isMuted;
};

constexpr std::array others{
        Other{"mia", "Mia Lindqvist", "See you at the station", true, 65, true, false},
        Other{"tom", "Tom", "\xF0\x9F\x98\x82\xF0\x9F\x98\x82", false, 24 * 60 + 10, false, true},
        Other{"long", "Wilhelmina van der Broek-Featherstonehaugh",
              "The minutes of the meeting are in the folder, please read them before Monday", false,
              4 * 24 * 60, false, false},
        Other{"julia", "\xD0\xAE\xD0\xBB\xD0\xB8\xD1\x8F", "ok", true, 40 * 24 * 60, false, false},
        Other{"omar", "\xD8\xB9\xD9\x85\xD8\xB1", "\xD8\xB4\xD9\x83\xD8\xB1\xD8\xA7", false,
              400 * 24 * 60, false, false},
};

qint64 minutesBeforeNow(qint64 minutes)
{
    return QDateTime::currentMSecsSinceEpoch() - minutes * minuteMs;
}

void setUser(v1::User &user, UserId id, const char *userName, const char *name)
{
    user.set_user_id(id.value);
    user.set_user_name(userName);
    user.set_display_name(name);
}

v1::Conversation conversationOf(ConversationId id, UserId peer, const char *userName,
                                const char *name)
{
    v1::Conversation conversation;
    conversation.set_conversation_id(id.value);
    conversation.set_created_at_ms(minutesBeforeNow(500 * 24 * 60));
    setUser(*conversation.add_members(), ana, "ana", "Ana Souza");
    setUser(*conversation.add_members(), peer, userName, name);
    return conversation;
}

void mark(v1::Conversation &conversation, UserId user, int delivered, int read)
{
    auto &watermark = *conversation.add_watermarks();
    watermark.set_user_id(user.value);
    watermark.set_delivered_seq(delivered);
    watermark.set_read_seq(read);
}

/// The open conversation of the pictures: read until the last three, which are new.
std::vector<v1::Message> fillTalk(std::vector<v1::Conversation> &conversations)
{
    const int count = int(lines.size());
    auto conversation = conversationOf(talk, ben, "ben", "Ben Okafor");
    conversation.set_last_seq(count);
    mark(conversation, ben, count, count - unreadCount - 1);
    mark(conversation, ana, count, count - unreadCount);
    std::vector<v1::Message> messages;
    for (int i = 0; i < count; ++i)
        messages.push_back(messageOf(talk, i + 1, lines[i].isOwn ? ana : ben, lines[i].minutesAgo,
                                     lines[i].text));
    *conversation.mutable_last_message() = messages.back();
    conversations.push_back(std::move(conversation));
    return messages;
}

void fillOthers(std::vector<v1::Conversation> &conversations)
{
    std::int64_t number = 0;
    for (const Other &other : others) {
        ++number;
        const ConversationId id{talk.value + number};
        const UserId peer{2 + number};
        auto conversation = conversationOf(id, peer, other.userName, other.name);
        conversation.set_last_seq(1);
        mark(conversation, peer, 1, other.isPinned ? 1 : 0);
        mark(conversation, ana, 1, other.isMuted ? 0 : 1);
        *conversation.mutable_last_message() =
                messageOf(id, 1, other.isOwn ? ana : peer, other.minutesAgo, other.lastText);
        conversation.mutable_settings()->set_is_pinned(other.isPinned);
        if (other.isMuted)
            conversation.mutable_settings()->set_muted_until_ms(minutesBeforeNow(0) + dayMs);
        conversations.push_back(std::move(conversation));
    }
}

void signInOffline(LocalStore &store, const QString &directory)
{
    QVERIFY(await(store.open()));
    Person me;
    me.id = ana;
    me.userName = QStringLiteral("ana");
    me.displayName = QStringLiteral("Ana Souza");
    QVERIFY(await(store.setAccount(me)));
    QVERIFY(await(store.setMeta(QStringLiteral("server"), nowhere)));
    QVERIFY(FileTokenStore(directory + QLatin1String("/token")).write(QStringLiteral("token")));
}
void fill(LocalStore &store)
{
    std::vector<v1::Conversation> conversations;
    auto messages = fillTalk(conversations);
    fillOthers(conversations);
    QVERIFY(await(store.applyConversations(std::move(conversations), UpdateSeq{1})));
    QVERIFY(await(store.addHistory(std::move(messages))));
    const ConversationId withDraft{talk.value + 3};
    QVERIFY(await(
            store.setDraft(withDraft, Draft{.text = QStringLiteral("I have read them and")})));
}

} // namespace

v1::Message messageOf(ConversationId id, int seq, UserId sender, qint64 minutesAgo,
                      const char *text)
{
    v1::Message message;
    message.set_conversation_id(id.value);
    message.set_seq(seq);
    message.set_message_id(id.value * 1000 + seq);
    message.set_sender_id(sender.value);
    message.set_sent_at_ms(minutesBeforeNow(minutesAgo));
    message.set_text(text);
    message.set_client_id(ClientId::random().toBytes());
    return message;
}

int talkLength()
{
    return int(lines.size());
}

void makeProfile(const QString &directory, bool isFilled)
{
    QDir().mkpath(directory);
    LocalStore store(directory + QLatin1String("/store.db"));
    signInOffline(store, directory);
    if (isFilled)
        fill(store);
}

} // namespace dunlin::test
