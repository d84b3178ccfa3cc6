// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "filled_profile.h"
#include "window_driver.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

/// Finding words and days in the open conversation, offline.
class FindTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> driver_;

    QString status() const { return driver_->textOf(QStringLiteral("findStatus")); }
    /// Of the message that is marked as what was looked for.
    QString markedText() const
    {
        for (QQuickItem *bubble : driver_->findAll(QStringLiteral("messageBubble"))) {
            if (bubble->parentItem()->property("isFound").toBool())
                return bubble->property("text").toString();
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() { AppWindow::prepareApplication(); }
    void init()
    {
        const QString directory = profiles_.filePath(QLatin1String(QTest::currentTestFunction()));
        makeProfile(directory, true);
        driver_ = std::make_unique<WindowDriver>(directory, nowhere);
        QVERIFY(driver_->activate());
        QTRY_COMPARE(driver_->app().conversations()->count(), conversationCount);
        driver_->app().conversation()->open(QString::number(talk.value));
        QTRY_VERIFY(driver_->hasBubble(QStringLiteral("It is a bit wet")));
    }
    void cleanup() { driver_.reset(); }

    void enterGoesFromOneMessageWithTheWordsToTheNext()
    {
        driver_->press(Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(driver_->isVisible(QStringLiteral("findBar")));
        driver_->type(QStringLiteral("have"));
        QTRY_COMPARE(status(), QStringLiteral("1 of 2"));
        QTRY_COMPARE(markedText(), QStringLiteral("I have one from last time"));
        driver_->screenshot(QStringLiteral("screen-find"));
        driver_->press(Qt::Key_Return);
        QTRY_COMPARE(status(), QStringLiteral("2 of 2"));
        QTRY_COMPARE(markedText(), QString::fromUtf8(longText));
        driver_->press(Qt::Key_Return); // and around
        QTRY_COMPARE(status(), QStringLiteral("1 of 2"));
        driver_->press(Qt::Key_Return, Qt::ShiftModifier);
        QTRY_COMPARE(status(), QStringLiteral("2 of 2"));

        driver_->fill(QStringLiteral("findField"), QStringLiteral("xylophone"));
        QTRY_COMPARE(status(), QStringLiteral("Nothing found"));
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(!driver_->isVisible(QStringLiteral("findBar")));
        QVERIFY(driver_->app().conversation()->isOpen());
    }

    void whatWasLookedForIsForgottenInAnotherConversation()
    {
        driver_->press(Qt::Key_F, Qt::ControlModifier);
        driver_->type(QStringLiteral("have"));
        QTRY_COMPARE(status(), QStringLiteral("1 of 2"));
        driver_->press(Qt::Key_Down, Qt::AltModifier);
        QTRY_VERIFY(!driver_->isVisible(QStringLiteral("findBar")));
        driver_->press(Qt::Key_F, Qt::ControlModifier);
        QTRY_COMPARE(driver_->textOf(QStringLiteral("findField")), QString());
        QCOMPARE(status(), QString());
    }

    void aDayOfTheCalendarIsGoneTo()
    {
        driver_->press(Qt::Key_G, Qt::ControlModifier);
        QTRY_VERIFY(driver_->isVisible(QStringLiteral("monthGrid")));
        driver_->screenshot(QStringLiteral("screen-date"));
        driver_->press(Qt::Key_PageUp); // a month before anything was written
        driver_->press(Qt::Key_Return);
        QTRY_VERIFY(!driver_->isVisible(QStringLiteral("monthGrid")));
        QTRY_COMPARE(markedText(), QStringLiteral("Shall we go up to the lake again?"));
    }

    void aJumpFarBackKeepsEverythingElseInPlace()
    {
        constexpr int farBack = 300;
        LocalStore &store = driver_->app().client().store();
        std::vector<v1::Update> updates;
        for (int i = 1; i <= 2 * farBack; ++i) {
            const int seq = talkLength() + i;
            updates.emplace_back().set_seq(seq);
            *updates.back().mutable_message_added() =
                    messageOf(talk, seq, ben, 0, ("Later " + std::to_string(i)).c_str());
        }
        QVERIFY(await(
                store.applyUpdates(std::move(updates), UpdateSeq{talkLength() + 2 * farBack})));
        // Opened again, it begins where the unread messages begin.
        auto *conversation = driver_->app().conversation();
        conversation->close();
        conversation->open(QString::number(talk.value));
        QTRY_VERIFY(driver_->isVisible(QStringLiteral("unreadDivider")));
        QVERIFY(driver_->hasBubble(QStringLiteral("It is a bit wet")));
        driver_->click(QStringLiteral("toEndButton"));
        QTRY_VERIFY(driver_->hasBubble(QStringLiteral("Later 600")));

        const QString name = conversation->name();
        bool isNameKept = true;
        const QObject untilTheEnd;
        QObject::connect(conversation, &ConversationController::headerChanged, &untilTheEnd,
                         [&] { isNameKept = isNameKept && conversation->name() == name; });
        QSignalSpy reset(conversation->messages(), &QAbstractItemModel::modelReset);
        conversation->jumpTo(talkLength() + farBack);
        QTRY_COMPARE(markedText(), QStringLiteral("Later 300"));
        const QQuickItem *list = driver_->find(QStringLiteral("messageList"));
        const auto isInTheMiddle = [&] {
            const QQuickItem *bubble = driver_->bubble(QStringLiteral("Later 300"));
            const qreal top = bubble->mapToItem(list, QPointF()).y();
            return top > list->height() / 4 && top < list->height() * 3 / 4;
        };
        QTRY_VERIFY(isInTheMiddle());
        QVERIFY(isNameKept);
        QCOMPARE(reset.count(), 0);
        driver_->click(QStringLiteral("toEndButton"));
        QTRY_VERIFY(driver_->hasBubble(QStringLiteral("Later 600")));
        QTRY_VERIFY(!driver_->isVisible(QStringLiteral("toEndButton")));
    }

    void daysToComeCannotBeChosen()
    {
        driver_->press(Qt::Key_G, Qt::ControlModifier);
        QTRY_VERIFY(driver_->isVisible(QStringLiteral("monthGrid")));
        const QDate today = QDate::currentDate();
        for (QQuickItem *cell : driver_->findAll(QStringLiteral("dayCell"))) {
            const QDate day(cell->property("year").toInt(), cell->property("month").toInt() + 1,
                            cell->property("day").toInt());
            QCOMPARE(cell->isEnabled(), day <= today);
        }
        driver_->press(Qt::Key_End);
        driver_->press(Qt::Key_Down);
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(!driver_->isVisible(QStringLiteral("monthGrid")));
    }
};

QTEST_MAIN(FindTest)
#include "tst_find.moc"
