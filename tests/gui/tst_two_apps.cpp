// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "message_status.h"
#include "server_process.h"
#include "test_cluster.h"
#include "window_driver.h"

#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

#include <utility>

using namespace dunlin::client;
using namespace dunlin::test;

/// Two people, each in the app's real window, talk through the real server.
class TwoAppsTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> ana_;
    std::unique_ptr<WindowDriver> ben_;

    std::unique_ptr<WindowDriver> open(const QString &profile)
    {
        return std::make_unique<WindowDriver>(profiles_.filePath(profile),
                                              server_->webSocketUrl().toString());
    }

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(
                cluster_.conninfo(),
                QStringList{QStringLiteral("--heartbeat-interval-ms"), QStringLiteral("500")});
        QVERIFY(server_->start());
    }
    void cleanupTestCase()
    {
        ana_.reset();
        ben_.reset();
    }

    void firstRunTellsWhatIsWrongUnderTheField()
    {
        ana_ = open(QStringLiteral("ana"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("createAccountButton")));
        QVERIFY(ana_->activate());
        ana_->screenshot(QStringLiteral("welcome"));
        ana_->fill(QStringLiteral("userNameField"), QStringLiteral("a"));
        ana_->fill(QStringLiteral("passwordField"), QStringLiteral("short"));
        ana_->click(QStringLiteral("createAccountButton"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("userNameFieldError")));
        QVERIFY(ana_->isVisible(QStringLiteral("passwordFieldError")));
        ana_->screenshot(QStringLiteral("welcome-errors"));
        ana_->createAccount(QStringLiteral("ana"), QStringLiteral("Ana Souza"));
        ana_->screenshot(QStringLiteral("empty"));
        ben_ = open(QStringLiteral("ben"));
        QTRY_VERIFY(ben_->isVisible(QStringLiteral("createAccountButton")));
        QVERIFY(ben_->activate());
        ben_->fill(QStringLiteral("userNameField"), QStringLiteral("ana"));
        ben_->fill(QStringLiteral("passwordField"), QStringLiteral("long enough"));
        ben_->click(QStringLiteral("createAccountButton"));
        QTRY_VERIFY(ben_->textOf(QStringLiteral("userNameFieldError"))
                            .contains(QLatin1String("taken")));
        ben_->click(QStringLiteral("switchButton"));
        ben_->click(QStringLiteral("signInButton"));
        QTRY_VERIFY(ben_->textOf(QStringLiteral("passwordFieldError"))
                            .contains(QLatin1String("wrong")));
        ben_->click(QStringLiteral("switchButton"));
        ben_->createAccount(QStringLiteral("ben"), QStringLiteral("Ben Okafor"));
    }

    void aWritesBSeesItAndTheTicksGoFromSentToRead()
    {
        QVERIFY(ana_->activate());
        ana_->press(Qt::Key_N, Qt::ControlModifier);
        ana_->type(QStringLiteral("ben"));
        QTRY_COMPARE(ana_->app().search()->count(), 1);
        QTRY_VERIFY(!ana_->app().search()->isSearching());
        ana_->screenshot(QStringLiteral("search-people"));
        ana_->press(Qt::Key_Return);
        QTRY_COMPARE(ana_->textOf(QStringLiteral("headerName")), QStringLiteral("Ben Okafor"));
        QTRY_COMPARE(ana_->textOf(QStringLiteral("headerStatus")), QStringLiteral("online"));
        QCOMPARE(ben_->app().conversations()->count(), 0); // nothing was said yet
        ana_->send(QStringLiteral("Hello Ben"));
        // Ben's app has it, Ben has not looked.
        QTRY_COMPARE(ana_->newestStatus(), int(MessageStatus::Delivered));
        QTRY_COMPARE(ben_->app().conversations()->unread(), 1);
        ben_->screenshot(QStringLiteral("unread"));
        ben_->openOnlyConversation();
        QTRY_COMPARE(ben_->messages(), QStringList{QStringLiteral("Hello Ben")});
        QTRY_COMPARE(ana_->newestStatus(), int(MessageStatus::Read));
        QTRY_COMPARE(ben_->app().conversations()->unread(), 0);
        ben_->click(QStringLiteral("composerField"));
        ben_->type(QStringLiteral("Hello"));
        QTRY_COMPARE(ana_->textOf(QStringLiteral("headerStatus")), QStringLiteral("typing..."));
        ben_->type(QStringLiteral(" Ana"));
        ben_->press(Qt::Key_Return);
        QTRY_COMPARE(ana_->messages(),
                     (QStringList{QStringLiteral("Hello Ben"), QStringLiteral("Hello Ana")}));
        QTRY_COMPARE(ana_->textOf(QStringLiteral("headerStatus")), QStringLiteral("online"));
    }

    void whoComesBackFindsTheFiveInOrderBelowTheDivider()
    {
        ben_.reset();
        QVERIFY(ana_->activate());
        QTRY_VERIFY(ana_->textOf(QStringLiteral("headerStatus"))
                            .startsWith(QLatin1String("last seen")));
        QStringList five;
        for (int i = 1; i <= 5; ++i) {
            five.append(QStringLiteral("Number %1").arg(i));
            ana_->send(five.last());
        }
        QTRY_COMPARE(ana_->newestStatus(), int(MessageStatus::Sent));
        ben_ = open(QStringLiteral("ben"));
        QTRY_COMPARE(ben_->app().conversations()->unread(), 1);
        const auto *list = ben_->app().conversations();
        QTRY_COMPARE(list->data(list->index(0), ConversationListModel::UnreadRole).toInt(), 5);
        ben_->openOnlyConversation();
        QTRY_COMPARE(ben_->messages().mid(2), five);
        QVERIFY(ben_->isVisible(QStringLiteral("unreadDivider")));
        ben_->screenshot(QStringLiteral("conversation"));
        QTRY_COMPARE(ana_->newestStatus(), int(MessageStatus::Read));
    }

    void aThirdDeviceShowsTheSame()
    {
        const auto third = open(QStringLiteral("ana-laptop"));
        QTRY_VERIFY(third->isVisible(QStringLiteral("switchButton")));
        QVERIFY(third->activate());
        third->click(QStringLiteral("switchButton"));
        third->fill(QStringLiteral("userNameField"), QStringLiteral("ana"));
        third->fill(QStringLiteral("passwordField"), QStringLiteral("correct horse"));
        third->click(QStringLiteral("signInButton"));
        third->openOnlyConversation();
        QTRY_COMPARE(third->messages(), ana_->messages());
    }

    void withoutAServerMessagesWaitAndAreSentWhenItIsBack()
    {
        server_->kill();
        QVERIFY(ana_->activate());
        QTRY_VERIFY(ana_->textOf(QStringLiteral("connectionLine"))
                            .startsWith(QLatin1String("Offline")));
        ana_->send(QStringLiteral("Written while it was away"));
        QTRY_COMPARE(ana_->newestStatus(), int(MessageStatus::Queued));
        ana_->screenshot(QStringLiteral("offline"));
        QVERIFY(server_->start());
        QTRY_VERIFY(!ana_->isVisible(QStringLiteral("connectionLine")));
        QTRY_VERIFY(ana_->newestStatus() >= int(MessageStatus::Sent));
        QTRY_COMPARE(ben_->messages().value(ben_->messages().size() - 1),
                     QStringLiteral("Written while it was away"));
    }

    void whatCannotBeSentStaysInTheComposerWithTheReason()
    {
        QVERIFY(ana_->activate());
        ana_->click(QStringLiteral("composerField"));
        const QString tooLong = QString(17 * 1024, QLatin1Char('x'));
        ana_->find(QStringLiteral("composerField"))->setProperty("text", tooLong);
        ana_->press(Qt::Key_Return);
        QTRY_VERIFY(ana_->textOf(QStringLiteral("sendError")).contains(QLatin1String("too long")));
        QCOMPARE(ana_->textOf(QStringLiteral("composerField")), tooLong);
        ana_->screenshot(QStringLiteral("too-long"));
        ana_->press(Qt::Key_A, Qt::ControlModifier);
        ana_->press(Qt::Key_Delete);
        QTRY_VERIFY(!ana_->isVisible(QStringLiteral("sendError")));
    }

    void aDraftIsThereAfterARestart()
    {
        QVERIFY(ben_->activate());
        ben_->click(QStringLiteral("composerField"));
        ben_->type(QStringLiteral("half a"));
        ben_.reset();
        ben_ = open(QStringLiteral("ben"));
        ben_->openOnlyConversation();
        QTRY_COMPARE(ben_->textOf(QStringLiteral("composerField")), QStringLiteral("half a"));
        ben_->press(Qt::Key_A, Qt::ControlModifier);
        ben_->press(Qt::Key_Delete);
    }

    void searchFindsMessagesAndJumpsToThem()
    {
        QVERIFY(ben_->activate());
        for (int i = 0; i < 40; ++i)
            ben_->send(QStringLiteral("filler %1").arg(i));
        ben_->press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        ben_->type(QStringLiteral("number 3"));
        QTRY_VERIFY(ben_->app().search()->count() >= 1);
        QTRY_VERIFY(!ben_->app().search()->isSearching());
        ben_->screenshot(QStringLiteral("search-messages"));
        ben_->press(Qt::Key_Return);
        QTRY_VERIFY(ben_->messages().contains(QStringLiteral("Number 3")));
        QTRY_VERIFY(ben_->isVisible(QStringLiteral("toEndButton")));
        ben_->screenshot(QStringLiteral("reading-back"));
        ben_->click(QStringLiteral("toEndButton"));
        QTRY_VERIFY(ben_->messages().contains(QStringLiteral("filler 39")));
        ben_->press(Qt::Key_Escape);
    }

    void readingBackByKeysIsNotDisturbedByWhatArrives()
    {
        const auto isAtEnd = [this] {
            return ben_->find(QStringLiteral("messageList"))->property("isAtEnd");
        };
        QVERIFY(ben_->activate());
        QTRY_COMPARE(isAtEnd(), QVariant(true));
        ben_->find(QStringLiteral("messageList"))->forceActiveFocus(Qt::TabFocusReason);
        ben_->press(Qt::Key_PageUp);
        QTRY_VERIFY(ben_->isVisible(QStringLiteral("toEndButton")));
        const qreal place =
                ben_->find(QStringLiteral("messageList"))->property("contentY").toReal();
        QVERIFY(ana_->activate());
        ana_->send(QStringLiteral("meanwhile"));
        QTRY_COMPARE(ben_->app().conversation()->unread(), 1);
        QVERIFY(ben_->isVisible(QStringLiteral("toEndButton")));
        QCOMPARE(ben_->find(QStringLiteral("messageList"))->property("contentY").toReal(), place);
        QVERIFY(ben_->activate());
        ben_->find(QStringLiteral("messageList"))->forceActiveFocus(Qt::TabFocusReason);
        ben_->press(Qt::Key_End);
        QTRY_COMPARE(isAtEnd(), QVariant(true));
        QTRY_COMPARE(ben_->app().conversation()->unread(), 0);
    }

    void theEndStaysInViewWhenTextsGrow()
    {
        const auto below = [this] {
            auto *list = ben_->find(QStringLiteral("messageList"));
            return list->property("originY").toReal() + list->property("contentHeight").toReal()
                    - list->property("contentY").toReal() - list->height();
        };
        for (const int percent : {160, 80, 100}) {
            ben_->app().appearance()->setTextPercent(percent);
            QTRY_VERIFY2(ben_->messages().contains(QStringLiteral("meanwhile")) && below() < 20,
                         qPrintable(QString::number(below())));
        }
    }

    void aConversationIsPinnedAndMutedByItsMenusWithKeysAlone()
    {
        const auto *list = ana_->app().conversations();
        const auto is = [list](int role) { return list->data(list->index(0), role).toBool(); };
        QVERIFY(ana_->activate());
        ana_->click(QStringLiteral("conversationMenuButton"));
        ana_->press(Qt::Key_Down);
        ana_->screenshot(QStringLiteral("menu"));
        ana_->press(Qt::Key_Return);
        QTRY_VERIFY(is(ConversationListModel::IsPinnedRole));
        const auto mutedUntil = [this] {
            const auto all = await(ana_->app().client().store().conversations());
            return all->first().mutedUntilMs;
        };
        const qint64 hourMs = 3'600'000;
        const qint64 soon = QDateTime::currentMSecsSinceEpoch() + 2 * hourMs;
        // Shown at once; the server's word that follows tells of all settings as they were then.
        const auto cursor = [this] { return await(ana_->app().client().store().cursor())->value; };
        auto known = cursor();
        const auto hasServersWord = [&] {
            const auto now = cursor();
            return now > std::exchange(known, now);
        };
        ana_->app().conversation()->mute(1);
        QVERIFY(QTest::qWaitFor(hasServersWord));
        QTRY_VERIFY(is(ConversationListModel::IsMutedRole));
        ana_->app().conversations()->setPinned(list->idAt(0), false);
        QVERIFY(QTest::qWaitFor(hasServersWord));
        QTRY_VERIFY(!is(ConversationListModel::IsPinnedRole));
        QVERIFY2(mutedUntil() > 0 && mutedUntil() < soon, "pinning changed how long it is muted");
        ana_->app().conversations()->setMuted(list->idAt(0), false);
        QVERIFY(QTest::qWaitFor(hasServersWord));
        QTRY_COMPARE(mutedUntil(), 0);
        ana_->app().conversations()->setPinned(list->idAt(0), true);
        QVERIFY(QTest::qWaitFor(hasServersWord));
        QTRY_VERIFY(is(ConversationListModel::IsPinnedRole));
        const QPointF row = ana_->find(QStringLiteral("conversationRow"))->mapToScene({100, 30});
        QTest::mouseClick(ana_->window(), Qt::RightButton, {}, row.toPoint());
        ana_->screenshot(QStringLiteral("row-menu"));
        ana_->press(Qt::Key_Down);
        ana_->press(Qt::Key_Down);
        ana_->press(Qt::Key_Return);
        QTRY_VERIFY(is(ConversationListModel::IsMutedRole));
        ana_->press(Qt::Key_Escape);
    }

    void settingsAndANarrowWindow()
    {
        QVERIFY(ana_->activate());
        ana_->press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("saveProfileButton")));
        ana_->screenshot(QStringLiteral("settings"));
        ana_->click(QStringLiteral("section-devices"));
        QTRY_VERIFY(ana_->app().devices()->rowCount() >= 2);
        ana_->screenshot(QStringLiteral("settings-devices"));
        ana_->click(QStringLiteral("section-profile"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("profileNameField")));
        ana_->fill(QStringLiteral("profileNameField"), QStringLiteral("Ana S"));
        ana_->click(QStringLiteral("saveProfileButton"));
        QTRY_COMPARE(ben_->textOf(QStringLiteral("headerName")), QStringLiteral("Ana S"));
        ana_->click(QStringLiteral("closeSettingsButton"));
        ana_->window()->resize(480, 720);
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("backButton")));
        ana_->screenshot(QStringLiteral("narrow"));
        ana_->click(QStringLiteral("backButton"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("conversationList")));
        QVERIFY(!ana_->isVisible(QStringLiteral("composerField")));
        ana_->screenshot(QStringLiteral("narrow-list"));
    }

    void signingOutShowsTheDoorAgain()
    {
        ana_->window()->resize(1040, 720);
        QVERIFY(ana_->activate());
        ana_->press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("signOutButton")));
        ana_->click(QStringLiteral("signOutButton"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("confirmSignOutButton")));
        ana_->click(QStringLiteral("confirmSignOutButton"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("serverField")));
    }
};

QTEST_MAIN(TwoAppsTest)
#include "tst_two_apps.moc"
