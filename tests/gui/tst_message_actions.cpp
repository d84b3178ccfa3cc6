// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "filled_profile.h"
#include "texts.h"
#include "window_driver.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

/// What a person does to messages through the window, offline: it is seen at once and kept.
class MessageActionsTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> driver_;

    void start(const QString &name)
    {
        const QString directory = profiles_.filePath(name);
        if (!QDir(directory).exists())
            makeProfile(directory, true);
        driver_ = std::make_unique<WindowDriver>(directory, nowhere);
        QVERIFY(driver_->activate());
        QTRY_COMPARE(driver_->app().conversations()->count(), conversationCount);
        driver_->app().conversation()->open(QString::number(talk.value));
        QTRY_VERIFY(hasBubble("It is a bit wet"));
    }
    QQuickItem *bubble(const char *text) const { return driver_->bubble(QLatin1String(text)); }
    bool hasBubble(const char *text) const { return driver_->hasBubble(QLatin1String(text)); }
    bool choose(const char *text, const char *entry)
    {
        return driver_->chooseInMenuOf(bubble(text), QLatin1String(entry));
    }
    QString composerText() const { return driver_->textOf(QStringLiteral("composerField")); }
    QList<PendingAction> actions() { return *await(driver_->app().client().store().actions()); }
    void apply(std::vector<v1::Update> updates)
    {
        static int seq = 1;
        for (v1::Update &update : updates)
            update.set_seq(++seq);
        auto &store = driver_->app().client().store();
        QVERIFY(await(store.applyUpdates(std::move(updates), UpdateSeq{seq})));
    }

private Q_SLOTS:
    void initTestCase() { AppWindow::prepareApplication(); }
    void cleanup() { driver_.reset(); }

    void anAnswerShowsWhatItAnswersAndWaitsWithIt()
    {
        start(QStringLiteral("reply"));
        QVERIFY(choose("It is a bit wet", "Reply"));
        QTRY_COMPARE(driver_->textOf(QStringLiteral("targetTitle")),
                     QStringLiteral("Reply to %1").arg(isolated(QStringLiteral("Ben Okafor"))));
        driver_->type(QStringLiteral("a draft"));
        driver_->screenshot(QStringLiteral("screen-reply"));
        driver_.reset(); // kept with the draft
        start(QStringLiteral("reply"));
        QTRY_COMPARE(driver_->textOf(QStringLiteral("targetTitle")),
                     QStringLiteral("Reply to %1").arg(isolated(QStringLiteral("Ben Okafor"))));
        QTRY_COMPARE(composerText(), QStringLiteral("a draft"));
        driver_->press(Qt::Key_Return);
        QTRY_VERIFY(hasBubble("a draft"));
        QVERIFY(!driver_->isVisible(QStringLiteral("targetTitle")));
        const QVariantMap quote = bubble("a draft")->property("quote").toMap();
        QCOMPARE(quote.value(QStringLiteral("text")).toString(), QStringLiteral("It is a bit wet"));
        const auto rows = await(driver_->app().client().store().outbox());
        QCOMPARE(rows->last().references.replyTo.value, talkLength() - 1);
    }

    void upInTheEmptyComposerEditsTheLastOwnMessageAndEscDoesNot()
    {
        start(QStringLiteral("edit"));
        driver_->click(QStringLiteral("composerField"));
        driver_->press(Qt::Key_Up);
        QTRY_COMPARE(composerText(), QStringLiteral("I can print one."));
        QTRY_COMPARE(driver_->textOf(QStringLiteral("targetTitle")),
                     QStringLiteral("Edit message"));
        driver_->press(Qt::Key_Escape);
        QTRY_COMPARE(composerText(), QString());
        QVERIFY(actions().isEmpty());

        driver_->press(Qt::Key_Up);
        QTRY_COMPARE(composerText(), QStringLiteral("I can print one."));
        driver_->type(QStringLiteral(" Two."));
        driver_->screenshot(QStringLiteral("screen-edit"));
        driver_->press(Qt::Key_Return);
        QTRY_VERIFY(hasBubble("I can print one. Two."));
        QVERIFY(bubble("I can print one. Two.")->property("isEdited").toBool());
        QCOMPARE(actions().size(), 1);
        QTRY_COMPARE(composerText(), QString());
    }

    void whatIsDeletedCanBeBroughtBackForAWhile()
    {
        start(QStringLiteral("delete"));
        QVERIFY(choose("Who brings the map?", "Delete for everyone"));
        QTRY_VERIFY(!hasBubble("Who brings the map?"));
        driver_->screenshot(QStringLiteral("screen-undo"));
        driver_->click(QStringLiteral("undoButton"));
        QTRY_VERIFY(hasBubble("Who brings the map?"));
        QVERIFY(actions().isEmpty());

        QVERIFY(choose("It is a bit wet", "Delete for me"));
        QTRY_VERIFY(!hasBubble("It is a bit wet"));
        driver_->app().conversation()->close(); // and with it the way back
        QTRY_COMPARE(actions().size(), 1);
        QVERIFY(!actions().first().request.delete_messages().for_everyone());
    }

    void oneCannotEditOrDeleteForEveryoneWhatAnotherWrote()
    {
        start(QStringLiteral("foreign"));
        QVERIFY(!choose("It is a bit wet", "Delete for everyone"));
        driver_->press(Qt::Key_Escape);
        QVERIFY(!choose("It is a bit wet", "Edit"));
        driver_->press(Qt::Key_Escape);
    }

    void selectedMessagesAreForwarded()
    {
        start(QStringLiteral("forward"));
        QVERIFY(choose("It is a bit wet", "Select"));
        QTRY_VERIFY(driver_->isVisible(QStringLiteral("selectionBar")));
        driver_->click(bubble("I can print one."));
        QTRY_COMPARE(driver_->app().conversation()->actions()->selectedCount(), 2);
        driver_->screenshot(QStringLiteral("screen-selection"));
        driver_->click(QStringLiteral("forwardSelectedButton"));
        QTRY_VERIFY(driver_->isVisible(QStringLiteral("forwardFilter")));
        driver_->type(QStringLiteral("tom"));
        driver_->screenshot(QStringLiteral("screen-forward"));
        const auto rows = driver_->findAll(QStringLiteral("forwardRow"));
        for (QQuickItem *row : rows) {
            if (row->property("name").toString() == QLatin1String("Tom"))
                driver_->click(row);
        }
        driver_->click(QStringLiteral("forwardButton"));
        auto &store = driver_->app().client().store();
        QTRY_COMPARE(await(store.outbox())->size(), 2);
        const auto queued = await(store.outbox());
        QCOMPARE(queued->at(0).text, QStringLiteral("I can print one.")); // in their order
        QCOMPARE(queued->at(1).forwardedFrom, ben);
        QTRY_VERIFY(!driver_->isVisible(QStringLiteral("selectionBar")));
    }

    void whatHappenedToMessagesIsSeen()
    {
        start(QStringLiteral("seen"));
        std::vector<v1::Update> updates(5);
        auto *reacted = updates[0].mutable_message_changed();
        *reacted = messageOf(talk, 8, ana, 48, "Who brings the map?");
        const auto react = [&](UserId user, const char *emoji) {
            auto &reaction = *reacted->add_reactions();
            reaction.set_user_id(user.value);
            reaction.set_emoji(emoji);
        };
        react(ben, "\xF0\x9F\x91\x8D");
        react(ana, "\xF0\x9F\x91\x8D");
        reacted->set_is_pinned(true);
        auto *edited = updates[1].mutable_message_changed();
        *edited = messageOf(talk, 9, ana, 47, "I can print two.");
        edited->set_edited_at_ms(5);
        auto *gone = updates[2].mutable_message_changed();
        *gone = messageOf(talk, 10, ben, 9, "");
        gone->set_is_deleted(true);
        auto *answer = updates[3].mutable_message_added();
        *answer = messageOf(talk, talkLength() + 1, ben, 2, "The old one. It shows the hut.");
        answer->set_reply_to_seq(8);
        auto *forwarded = updates[4].mutable_message_added();
        *forwarded = messageOf(talk, talkLength() + 2, ben, 1, "The lake is frozen until March.");
        forwarded->set_forwarded_from(ana.value);
        apply(std::move(updates));
        QTRY_VERIFY(hasBubble("The lake is frozen until March."));
        QTRY_VERIFY(driver_->isVisible(QStringLiteral("pinnedBar")));
        QTRY_COMPARE(driver_->textOf(QStringLiteral("pinnedText")),
                     QStringLiteral("Who brings the map?"));
        QTRY_VERIFY(hasBubble("I can print two."));
        QTRY_COMPARE(driver_->findAll(QStringLiteral("reactionPill")).size(), 1);
        driver_->screenshot(QStringLiteral("screen-message-actions"));
        driver_->click(QStringLiteral("reactionPill")); // takes the own one back
        QTRY_COMPARE(actions().size(), 1);
        QCOMPARE(actions().first().request.set_reaction().emoji(), "");
    }

    void theKeyboardReachesEveryMessageAndItsMenu()
    {
        start(QStringLiteral("keys"));
        auto *list = driver_->find(QStringLiteral("messageList"));
        list->forceActiveFocus(Qt::TabFocusReason);
        driver_->press(Qt::Key_Up);
        driver_->press(Qt::Key_Down);
        driver_->press(Qt::Key_Return);
        QTRY_VERIFY(!driver_->findAll(QStringLiteral("menuEntry")).isEmpty());
        driver_->screenshot(QStringLiteral("screen-message-menu"));
        driver_->press(Qt::Key_Down);
        driver_->press(Qt::Key_Return); // Reply
        QTRY_VERIFY(driver_->isVisible(QStringLiteral("targetTitle")));
    }
};

QTEST_MAIN(MessageActionsTest)
#include "tst_message_actions.moc"
