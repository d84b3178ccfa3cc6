// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "filled_profile.h"
#include "message_status.h"
#include "window_driver.h"

#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

/// The main states of the window from a filled profile, without a server: each is looked at as a
/// picture (see DUNLIN_SCREENSHOTS) and asserted in what makes it that state.
class ScreensTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> driver_;

    QString profile(const QString &name, bool isFilled)
    {
        const QString directory = profiles_.filePath(name);
        makeProfile(directory, isFilled);
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
        QTRY_COMPARE(driver_->app().conversations()->count(), conversationCount);
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
        QTRY_COMPARE(list->count(), conversationCount);
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
        QTRY_COMPARE(driver_->app().conversations()->count(), conversationCount);
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

    void theEmojiPickerHasRoomForRowsOfThem()
    {
        startInConversation(QStringLiteral("emoji"));
        driver_->window()->resize(700, 420); // the smallest height
        driver_->click(QStringLiteral("emojiButton"));
        QTRY_VERIFY(isVisible("emojiGrid"));
        const QQuickItem *grid = driver_->find(QStringLiteral("emojiGrid"));
        QTRY_VERIFY(grid->height() > 3 * grid->property("cellHeight").toReal());
        QTRY_VERIFY(driver_->findAll(QStringLiteral("emojiCell")).size() > 20);
        const QQuickItem *popup = driver_->find(QStringLiteral("emojiSearch"));
        QVERIFY(popup->mapToScene(QPointF(0, 0)).y() >= 0);
        driver_->screenshot(QStringLiteral("screen-emoji"));
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
        QTRY_COMPARE(driver_->app().conversations()->count(), conversationCount);
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
