// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "message_status.h"
#include "token_store.h"
#include "window_driver.h"

#include <QDateTime>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

constexpr UserId self{1};
constexpr ConversationId talk{101};
constexpr qint64 minuteMs = 60'000;
constexpr qint64 dayMs = 24 * 60 * minuteMs;
constexpr int unreadCount = 3;
/// Nothing listens there: the app is offline.
const QString nowhere = QStringLiteral("ws://127.0.0.1:1");

const char *const longText =
        "Here is everything for Saturday in one place, so that nobody has to scroll. We meet at "
        "the station at half past seven, under the clock. Bring two litres of water each, "
        "something warm for the evening and the small stove.\n\nThe way up takes four hours with "
        "the detour to the lake. If it rains we turn back at the hut and have cake instead.\n\n"
        "https://hikes.example.org/routes/lake-loop?variant=long&units=metric "
        "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft";

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

v1::Conversation conversationOf(ConversationId id, UserId peer, const char *userName,
                                const char *name)
{
    v1::Conversation conversation;
    conversation.set_conversation_id(id.value);
    conversation.set_created_at_ms(minutesBeforeNow(500 * 24 * 60));
    setUser(*conversation.add_members(), self, "ana", "Ana Souza");
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
    constexpr UserId ben{2};
    const int count = int(lines.size());
    auto conversation = conversationOf(talk, ben, "ben", "Ben Okafor");
    conversation.set_last_seq(count);
    mark(conversation, ben, count, count - unreadCount - 1);
    mark(conversation, self, count, count - unreadCount);
    std::vector<v1::Message> messages;
    for (int i = 0; i < count; ++i)
        messages.push_back(messageOf(talk, i + 1, lines[i].isOwn ? self : ben, lines[i].minutesAgo,
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
        mark(conversation, self, 1, other.isMuted ? 0 : 1);
        *conversation.mutable_last_message() =
                messageOf(id, 1, other.isOwn ? self : peer, other.minutesAgo, other.lastText);
        conversation.mutable_settings()->set_is_pinned(other.isPinned);
        if (other.isMuted)
            conversation.mutable_settings()->set_muted_until_ms(minutesBeforeNow(0) + dayMs);
        conversations.push_back(std::move(conversation));
    }
}

} // namespace

/// The main states of the window from a filled profile, without a server: each is looked at as a
/// picture (see DUNLIN_SCREENSHOTS) and asserted in what makes it that state.
class ScreensTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> driver_;

    static void signInOffline(LocalStore &store, const QString &directory)
    {
        QVERIFY(await(store.open()));
        Person me;
        me.id = self;
        me.userName = QStringLiteral("ana");
        me.displayName = QStringLiteral("Ana Souza");
        QVERIFY(await(store.setAccount(me)));
        QVERIFY(await(store.setMeta(QStringLiteral("server"), nowhere)));
        QVERIFY(FileTokenStore(directory + QLatin1String("/token")).save(QStringLiteral("token")));
    }
    static void fill(LocalStore &store)
    {
        std::vector<v1::Conversation> conversations;
        auto messages = fillTalk(conversations);
        fillOthers(conversations);
        QVERIFY(await(store.applyConversations(std::move(conversations), UpdateSeq{1})));
        QVERIFY(await(store.addHistory(std::move(messages))));
        const ConversationId withDraft{talk.value + 3};
        QVERIFY(await(store.setDraft(withDraft, QStringLiteral("I have read them and"))));
    }
    QString profile(const QString &name, bool isFilled)
    {
        QString directory = profiles_.filePath(name);
        QDir().mkpath(directory);
        LocalStore store(directory + QLatin1String("/store.db"));
        signInOffline(store, directory);
        if (isFilled)
            fill(store);
        return directory;
    }
    void start(const QString &directory)
    {
        driver_ = std::make_unique<WindowDriver>(directory, nowhere);
        QVERIFY(driver_->activate());
    }
    bool isVisible(const char *name) const { return driver_->isVisible(QLatin1String(name)); }
    /// The filled profile with its conversation open.
    void startInConversation(const QString &name)
    {
        start(profile(name, true));
        QTRY_COMPARE(driver_->app().conversations()->count(), int(others.size()) + 1);
        driver_->app().conversation()->open(QString::number(talk.value));
        QTRY_VERIFY(isVisible("composerField"));
        QTRY_VERIFY(!driver_->messages().isEmpty());
    }

private Q_SLOTS:
    void initTestCase() { AppWindow::prepareApplication(); }
    void cleanup() { driver_.reset(); }

    void anAccountWithoutConversationsSaysWhatToDo()
    {
        start(profile(QStringLiteral("nobody"), false));
        QTRY_VERIFY(driver_->app().conversations()->isLoaded());
        QTRY_VERIFY(isVisible("searchField"));
        driver_->screenshot(QStringLiteral("screen-no-conversations"));
    }

    void theListShowsWhatIsNewPinnedMutedAndDrafted()
    {
        start(profile(QStringLiteral("list"), true));
        const auto *list = driver_->app().conversations();
        QTRY_COMPARE(list->count(), int(others.size()) + 1);
        const auto names = [list] {
            QStringList found;
            for (int row = 0; row < list->count(); ++row)
                found += list->data(list->index(row), ConversationListModel::NameRole).toString();
            return found;
        };
        QCOMPARE(names().value(0), QStringLiteral("Mia Lindqvist")); // pinned
        QCOMPARE(names().value(1), QStringLiteral("Ben Okafor")); // the newest
        QCOMPARE(list->unread(), 1); // the muted one does not count
        driver_->screenshot(QStringLiteral("screen-list"));
    }

    void aConversationOpensAtItsFirstUnreadMessage()
    {
        startInConversation(QStringLiteral("unread"));
        QTRY_VERIFY(isVisible("unreadDivider"));
        QCOMPARE(driver_->textOf(QStringLiteral("headerName")), QStringLiteral("Ben Okafor"));
        QTRY_COMPARE(driver_->app().conversation()->unread(), 0); // it was on screen, in focus
        driver_->screenshot(QStringLiteral("screen-unread"));
    }

    void longTextAndLinksStayInsideTheirBubble()
    {
        startInConversation(QStringLiteral("long"));
        auto *model = driver_->app().conversation()->messages();
        QTRY_VERIFY(model->isLoaded());
        driver_->app().conversation()->openAt(QString::number(talk.value), 4);
        QTRY_VERIFY(driver_->messages().contains(QString::fromUtf8(longText)));
        const auto *list = driver_->find(QStringLiteral("messageList"));
        for (const QQuickItem *bubble : driver_->findAll(QStringLiteral("messageBubble"))) {
            const auto left = bubble->mapToItem(list, QPointF(0, 0)).x();
            QVERIFY2(left >= 0 && left + bubble->width() <= list->width(),
                     qPrintable(bubble->property("text").toString()));
        }
        driver_->screenshot(QStringLiteral("screen-long-text"));
    }

    void whatWaitsAndWhatFailedCanBeToldApart()
    {
        const QString directory = profile(QStringLiteral("failed"), true);
        {
            LocalStore store(directory + QLatin1String("/store.db"));
            QVERIFY(await(store.open()));
            const auto refused = await(store.queueMessage(talk, QStringLiteral("Is that so?")));
            QVERIFY(refused);
            QVERIFY(await(store.markFailed(refused->localId, QStringLiteral("FORBIDDEN"))));
            QVERIFY(await(store.queueMessage(talk, QStringLiteral("I will print it larger."))));
        }
        start(directory);
        QTRY_COMPARE(driver_->app().conversations()->count(), int(others.size()) + 1);
        driver_->app().conversation()->open(QString::number(talk.value));
        QTRY_VERIFY(isVisible("retryButton"));
        QTRY_COMPARE(driver_->newestStatus(), int(MessageStatus::Queued));
        QTRY_VERIFY(driver_->textOf(QStringLiteral("connectionLine"))
                            .startsWith(QLatin1String("Offline")));
        driver_->screenshot(QStringLiteral("screen-queued-and-failed"));
    }

    void theComposerGrowsToSixLinesAndNoFurther()
    {
        startInConversation(QStringLiteral("composer"));
        auto *field = driver_->find(QStringLiteral("composerField"));
        const auto heightFor = [&](int lineCount) {
            field->setProperty("text",
                               QStringLiteral("line\n").repeated(lineCount - 1)
                                       + QStringLiteral("line"));
            QTest::qWait(0);
            return field->parentItem()->parentItem()->height();
        };
        const qreal one = heightFor(1);
        const qreal six = heightFor(6);
        QVERIFY(six > 3 * one);
        QCOMPARE(heightFor(12), six);
        driver_->screenshot(QStringLiteral("screen-composer"));
    }

    void searchShowsConversationsAndMessages()
    {
        startInConversation(QStringLiteral("search"));
        driver_->press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        driver_->type(QStringLiteral("m"));
        QTRY_VERIFY(driver_->app().search()->count() >= 2);
        QTRY_VERIFY(!driver_->app().search()->isSearching());
        QVERIFY(!driver_->app().search()->notice().isEmpty()); // people need the server
        driver_->screenshot(QStringLiteral("screen-search"));
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(isVisible("conversationList"));
    }

    void aNarrowWindowShowsOnePaneAtATime()
    {
        startInConversation(QStringLiteral("narrow"));
        driver_->window()->resize(400, 720);
        QTRY_VERIFY(isVisible("backButton"));
        QVERIFY(!isVisible("conversationList"));
        driver_->screenshot(QStringLiteral("screen-narrow"));
        driver_->click(QStringLiteral("backButton"));
        QTRY_VERIFY(isVisible("conversationList"));
        QVERIFY(!isVisible("composerField"));
        driver_->screenshot(QStringLiteral("screen-narrow-list"));
    }

    void theNextStartShowsTheSameConversationInTheSamePlace()
    {
        const QString directory = profile(QStringLiteral("again"), true);
        start(directory);
        QTRY_COMPARE(driver_->app().conversations()->count(), int(others.size()) + 1);
        driver_->window()->setGeometry(120, 90, 800, 560);
        QTRY_COMPARE(driver_->window()->size(), QSize(800, 560));
        driver_->app().conversation()->open(QString::number(talk.value));
        QTRY_VERIFY(isVisible("composerField"));
        const QPoint place = driver_->window()->position();
        driver_.reset();
        start(directory);
        QTRY_COMPARE(driver_->textOf(QStringLiteral("headerName")), QStringLiteral("Ben Okafor"));
        QCOMPARE(driver_->window()->size(), QSize(800, 560));
        QTRY_COMPARE(driver_->window()->position(), place);
    }

    void settingsOpenOffline()
    {
        startInConversation(QStringLiteral("settings"));
        driver_->press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(isVisible("saveProfileButton"));
        driver_->screenshot(QStringLiteral("screen-settings"));
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(isVisible("composerField"));
    }
};

QTEST_MAIN(ScreensTest)
#include "tst_screens.moc"
