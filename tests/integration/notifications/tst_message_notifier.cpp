// SPDX-License-Identifier: Apache-2.0
#include "client_profile.h"
#include "desktop_session.h"
#include "fault_proxy.h"
#include "message_notifier.h"
#include "notification_desktop.h"
#include "server_process.h"
#include "test_cluster.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

const QString password = QStringLiteral("correct horse");
const QStringList everything{QStringLiteral("actions"), QStringLiteral("body"),
                             QStringLiteral("body-markup"), QStringLiteral("inline-reply")};

} // namespace

/// Ana writes, Ben's desktop tells him: real clients and a real server, a desktop that speaks the
/// real protocol.
class MessageNotifierTest : public QObject {
    Q_OBJECT

    const DesktopSession &session_;
    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<FaultProxy> proxy_;
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<NotificationDesktop> desktop_;
    std::unique_ptr<NotificationService> service_;
    std::unique_ptr<Client> ana_;
    std::unique_ptr<Client> ben_;
    std::unique_ptr<MessageNotifier> notifier_; ///< Ben's.
    ConversationId talk_;
    int number_ = 0;

    QString newProfile()
    {
        const QString name = QStringLiteral("profile%1").arg(++number_);
        QDir(directory_->path()).mkpath(name);
        return directory_->filePath(name);
    }
    void begin(Client &client, const QUrl &server)
    {
        QVERIFY(await(client.start()));
        QVERIFY(await(client.session().registerAccount(server,
                                                       QStringLiteral("user%1").arg(++number_), {},
                                                       password, QStringLiteral("test"))));
    }
    std::unique_ptr<Client> newUser(const QUrl &server)
    {
        auto client = std::make_unique<Client>(newProfile(), quick());
        begin(*client, server);
        return client;
    }
    ConversationId open(Client &from)
    {
        const auto opened = await(from.openDirectConversation(ben_->session().self().id));
        return opened ? opened->id : ConversationId();
    }
    static void send(Client &from, ConversationId to, const char *text)
    {
        QVERIFY(await(from.outbox().queue(to, QString::fromUtf8(text))));
    }
    void send(const char *text) { send(*ana_, talk_, text); }
    static int unread(Client &client, ConversationId id)
    {
        const auto found = await(client.store().conversation(id));
        return found ? found->unread : -1;
    }
    /// What comes after this is told: nothing that came before would be.
    void flush(const char *text = "flush")
    {
        send(text);
        QTRY_VERIFY(desktop_->only().body.contains(QLatin1String(text)));
    }
    void cutBenOff()
    {
        proxy_->setOpen(false);
        proxy_->cutAll();
        QTRY_COMPARE(ben_->connection().state(), ConnectionState::Offline);
    }
    void letBenBack()
    {
        proxy_->setOpen(true);
        QTRY_VERIFY(ben_->sync().isCaughtUp());
    }

public:
    explicit MessageNotifierTest(const DesktopSession &session) : session_(session) { }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        proxy_ = std::make_unique<FaultProxy>(server_->port());
        directory_ = std::make_unique<QTemporaryDir>();
    }
    void init()
    {
        desktop_ = std::make_unique<NotificationDesktop>(session_.address(), everything);
        service_ = std::make_unique<NotificationService>();
        ana_ = newUser(server_->webSocketUrl());
        ben_ = std::make_unique<Client>(newProfile(), quick());
        notifier_ = std::make_unique<MessageNotifier>(*ben_, *service_);
        notifier_->setPalette({Qt::red});
        begin(*ben_, proxy_->webSocketUrl());
        talk_ = open(*ana_);
        QTRY_VERIFY(ben_->sync().isCaughtUp());
    }
    void cleanup()
    {
        notifier_.reset();
        ana_.reset();
        ben_.reset();
        service_.reset();
        desktop_.reset();
        proxy_->setOpen(true);
    }

    void aMessageIsToldWithItsSenderItsTextAndAPicture()
    {
        send("Lunch at <b>one</b> & a half?");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        const auto shown = desktop_->only();
        QCOMPARE(shown.title, ana_->session().self().userName);
        QCOMPARE(shown.body, QStringLiteral("Lunch at &lt;b&gt;one&lt;/b&gt; &amp; a half?"));
        QCOMPARE(shown.hints.value(QStringLiteral("desktop-entry")).toString(),
                 QStringLiteral("im.dunlin.dunlin"));
        QCOMPARE(shown.hints.value(QStringLiteral("category")).toString(),
                 QStringLiteral("im.received"));
        QVERIFY(!shown.image.isNull());
        QCOMPARE(shown.image.pixelColor(0, 0).alpha(), 0); // a circle
        QCOMPARE(shown.image.pixelColor(shown.image.width() / 2, 8), QColor(Qt::red));
        QCOMPARE(shown.actions,
                 (QStringList{QStringLiteral("default"), QStringLiteral("Open"),
                              QStringLiteral("inline-reply"), QStringLiteral("Reply"),
                              QStringLiteral("mark-as-read"), QStringLiteral("Mark as read")}));
    }

    void aDesktopWithoutMarkupAndActionsGetsNeither()
    {
        desktop_.reset();
        desktop_ = std::make_unique<NotificationDesktop>(session_.address(),
                                                         QStringList{QStringLiteral("body")});
        send("1 < 2");
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("1 < 2"));
        QVERIFY(desktop_->only().actions.isEmpty());
    }

    void theNextMessageReplacesTheNotificationOfItsConversation()
    {
        send("one");
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("one"));
        send("two");
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("one\ntwo"));
        QCOMPARE(desktop_->only().times, 2);
        const auto other = newUser(server_->webSocketUrl());
        send(*other, open(*other), "from another");
        QTRY_COMPARE(desktop_->shown().size(), 2);
    }

    void aDismissedNotificationDoesNotComeBackWithWhatItTold()
    {
        send("one");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        desktop_->dismiss();
        send("two");
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("two"));
    }

    void ownMessagesAreNotTold()
    {
        send(*ben_, talk_, "from myself");
        QTRY_VERIFY(await(ben_->store().outbox())->isEmpty());
        flush();
        QCOMPARE(desktop_->only().body, QStringLiteral("flush"));
    }

    void readingHereWithdrawsIt()
    {
        send("one");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        QVERIFY(await(ben_->sync().markRead(talk_, MessageSeq{1})));
        QTRY_VERIFY(desktop_->shown().isEmpty());
    }

    void readingOnAnotherDeviceWithdrawsIt()
    {
        Client phone(newProfile(), quick());
        QVERIFY(await(phone.start()));
        QVERIFY(await(phone.session().signIn(server_->webSocketUrl(),
                                             ben_->session().self().userName, password,
                                             QStringLiteral("phone"))));
        send("one");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        QTRY_COMPARE(unread(phone, talk_), 1);
        QVERIFY(await(phone.sync().markRead(talk_, MessageSeq{1})));
        QTRY_VERIFY(desktop_->shown().isEmpty());
    }

    void theConversationInViewIsNotTold()
    {
        send("before");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        notifier_->setInView(talk_);
        QTRY_VERIFY(desktop_->shown().isEmpty());
        send("seen at once");
        QTRY_COMPARE(unread(*ben_, talk_), 2);
        const auto other = newUser(server_->webSocketUrl());
        send(*other, open(*other), "from another");
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("from another"));
        notifier_->setInView({});
        send("later");
        QTRY_COMPARE(desktop_->shown().size(), 2);
        QCOMPARE(desktop_->calls(), 3); // "seen at once" is not told afterwards
    }

    void mutedConversationsAreNotTold()
    {
        QVERIFY(await(ben_->actions().mute(talk_, std::numeric_limits<qint64>::max())));
        send("muted");
        QTRY_COMPARE(unread(*ben_, talk_), 1);
        const auto other = newUser(server_->webSocketUrl());
        send(*other, open(*other), "heard");
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("heard"));
        QVERIFY(await(ben_->actions().mute(talk_, 1))); // over by now
        send("heard again");
        QTRY_COMPARE(desktop_->shown().size(), 2);
        QCOMPARE(desktop_->calls(), 2);
    }

    void doNotDisturbIsSilentAndTellsNothingLater()
    {
        send("before");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        notifier_->setEnabled(false);
        QTRY_VERIFY(desktop_->shown().isEmpty());
        send("in between");
        QTRY_COMPARE(unread(*ben_, talk_), 2);
        notifier_->setEnabled(true);
        send("after");
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("after"));
        QCOMPARE(desktop_->calls(), 2);
    }

    void hiddenContentShowsWhoAndNotWhat()
    {
        notifier_->setContentHidden(true);
        send("a secret");
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("New message"));
        QCOMPARE(desktop_->only().title, ana_->session().self().userName);
        send("another");
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("2 new messages"));
    }

    void aLongAbsenceIsOneNotificationForEachConversation()
    {
        const auto other = newUser(server_->webSocketUrl());
        const ConversationId second = open(*other);
        cutBenOff();
        for (int i = 0; i < 30; ++i)
            send("while away");
        send("the last of them");
        send(*other, second, "and another");
        QTRY_VERIFY(await(ana_->store().outbox())->isEmpty());
        QTRY_VERIFY(await(other->store().outbox())->isEmpty());
        letBenBack();
        QTRY_COMPARE(desktop_->shown().size(), 2);
        QCOMPARE(desktop_->calls(), 2);
        bool isFound = false;
        for (const auto &shown : desktop_->shown())
            isFound = isFound
                    || shown.body
                            == QLatin1String("31 new messages\nwhile away\nwhile away\n"
                                             "the last of them");
        QVERIFY2(isFound, qPrintable(desktop_->shown().first().body));
    }

    void manyConversationsAtOnceAreOneNotification()
    {
        std::vector<std::unique_ptr<Client>> others;
        QList<ConversationId> talks;
        for (int i = 0; i < 7; ++i) {
            others.push_back(newUser(server_->webSocketUrl()));
            talks.append(open(*others.back()));
        }
        cutBenOff();
        for (int i = 0; i < 7; ++i) {
            send(*others[i], talks[i], "hello");
            QTRY_VERIFY(await(others[i]->store().outbox())->isEmpty());
        }
        letBenBack();
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("In 7 conversations"));
        QCOMPARE(desktop_->calls(), 1);
        QSignalSpy wanted(notifier_.get(), &MessageNotifier::openWanted);
        for (const ConversationId id : std::as_const(talks))
            QVERIFY(await(ben_->sync().markRead(id, MessageSeq{1})));
        QTRY_VERIFY(desktop_->shown().isEmpty());
        QCOMPARE(wanted.count(), 0);
    }

    void whatWasThereBeforeThisDeviceIsNotNew()
    {
        send("of before");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        Client phone(newProfile(), quick());
        NotificationService service;
        const MessageNotifier notifier(phone, service);
        const int calls = desktop_->calls();
        QVERIFY(await(phone.start()));
        QVERIFY(await(phone.session().signIn(server_->webSocketUrl(),
                                             ben_->session().self().userName, password,
                                             QStringLiteral("phone"))));
        QTRY_COMPARE(unread(phone, talk_), 1);
        send("now");
        // Both devices tell of the new one; the old one is told by the first alone.
        QTRY_COMPARE(desktop_->shown().size(), 2);
        QTRY_COMPARE(desktop_->calls(), calls + 2);
        QStringList bodies;
        for (const auto &shown : desktop_->shown())
            bodies.append(shown.body);
        bodies.sort();
        QCOMPARE(bodies, (QStringList{QStringLiteral("now"), QStringLiteral("of before\nnow")}));
    }

    void aClickAsksForTheConversation()
    {
        QSignalSpy wanted(notifier_.get(), &MessageNotifier::openWanted);
        send("one");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        desktop_->choose(QStringLiteral("default"));
        QTRY_COMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].value<ConversationId>(), talk_);
        QTRY_VERIFY(desktop_->shown().isEmpty());
    }

    void itsButtonsMarkAsReadAndReply()
    {
        send("one");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        desktop_->choose(QStringLiteral("mark-as-read"));
        QTRY_COMPARE(unread(*ben_, talk_), 0);
        QTRY_VERIFY(desktop_->shown().isEmpty());
        send("two");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        desktop_->reply(QStringLiteral(" on my way "));
        QTRY_COMPARE(unread(*ana_, talk_), 1);
        const auto page = await(ana_->store().messagesBefore(talk_, {}, 1));
        QCOMPARE(page->messages.last().text, QStringLiteral("on my way"));
        QTRY_VERIFY(desktop_->shown().isEmpty());
        QCOMPARE(unread(*ben_, talk_), 0);
    }

    void aDesktopThatStartsAnewIsToldAnew()
    {
        send("one");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        desktop_.reset();
        desktop_ = std::make_unique<NotificationDesktop>(session_.address(), everything);
        send("two");
        QTRY_COMPARE(desktop_->only().body, QStringLiteral("two"));
    }

    void withoutADesktopNothingBreaks()
    {
        desktop_.reset();
        send("unheard");
        QTRY_COMPARE(unread(*ben_, talk_), 1);
        desktop_ = std::make_unique<NotificationDesktop>(session_.address(), everything);
        send("heard");
        QTRY_VERIFY(desktop_->only().body.endsWith(QLatin1String("heard")));
    }

    void signingOutWithdrawsEverything()
    {
        send("one");
        QTRY_COMPARE(desktop_->shown().size(), 1);
        await(ben_->session().signOut());
        QTRY_VERIFY(desktop_->shown().isEmpty());
    }
};

int main(int argc, char *argv[])
{
    const DesktopSession session;
    session.adopt();
    QGuiApplication application(argc, argv);
    MessageNotifierTest test(session);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_message_notifier.moc"
