// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "filled_profile.h"
#include "whole_texts.h"
#include "window_driver.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include <algorithm>
#include <cmath>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

const QString languageKey = QStringLiteral("appearance/language");

/// Hears of the texts of ours that nobody else has translated: it is asked last.
class Untranslated : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *text, const char *,
                                    int) const override
    {
        // Qt's own are in classes of Qt.
        if (*context != 'Q')
            texts.insert(QLatin1String(context) + QLatin1String(": ") + QString::fromUtf8(text));
        return {};
    }
    mutable QSet<QString> texts;
};

/// The last of the filled profile: with somebody whose name is Arabic.
constexpr ConversationId mixed{talk.value + 5};
constexpr UserId omar{7};
const char *const mixedText = "\u0645\u0631\u062D\u0628\u0627 Ana, "
                              "\u0627\u0644\u0645\u0648\u0639\u062F 14:05 \u0641\u064A "
                              "Station 3.";

/// Arabic, English, both; an answer, what was forwarded, reactions, pictures, a list with quotes.
std::vector<v1::Message> mixedMessages()
{
    std::vector<v1::Message> messages{
            messageOf(mixed, 1, omar, 90, "\u0634\u0643\u0631\u0627"),
            messageOf(mixed, 2, ana, 80, "See you at the station"),
            messageOf(mixed, 3, omar, 70, mixedText),
            messageOf(mixed, 4, ana, 60,
                      "\u0645\u0645\u062A\u0627\u0632\u060C \u0633\u0623\u062D\u0636\u0631 "
                      "\u0627\u0644\u062E\u0631\u064A\u0637\u0629."),
            messageOf(mixed, 5, omar, 50, "> See you\nOK"),
            messageOf(mixed, 6, omar, 40, "")};
    messages[3].set_reply_to_seq(3);
    messages[4].set_forwarded_from(ben.value);
    messages[4].set_edited_at_ms(messages[4].sent_at_ms() + 1000);
    for (const UserId user : {ana, omar}) {
        auto &reaction = *messages[3].add_reactions();
        reaction.set_user_id(user.value);
        reaction.set_emoji("\U0001F44D");
    }
    for (int number = 0; number < 2; ++number) {
        auto &image = *messages[5].add_images();
        image.set_blob_id("0123456789abcdef0123456789abcde" + std::to_string(number));
        image.set_content_type("image/jpeg");
        image.set_width(800);
        image.set_height(600);
    }
    return messages;
}

qreal middleOf(const QQuickItem *item)
{
    return item->mapToScene(QPointF(item->width() / 2, 0)).x();
}

} // namespace

/// The window in each of the app's languages, without a server; looked at as pictures too.
class LanguagesTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> driver_;
    Untranslated untranslated_;
    /// What others have written may be longer than there is room for; the row of sections can be
    /// dragged.
    const QStringList mayBeCut_{QStringLiteral("conversationRow"), QStringLiteral("messageQuote"),
                                QStringLiteral("searchField"), QStringLiteral("forwardRow"),
                                QStringLiteral("settingsSections")};

    enum class Content { NoAccount, Nothing, Conversations };

    QString profile(const QString &name, const QString &language, Content content)
    {
        const QString directory = profiles_.filePath(QLatin1String(QTest::currentTestFunction())
                                                     + QLatin1Char('-') + name);
        if (content == Content::NoAccount)
            QDir().mkpath(directory);
        else
            makeProfile(directory, content == Content::Conversations);
        QSettings(directory + QLatin1String("/settings.ini"), QSettings::IniFormat)
                .setValue(languageKey, language);
        return directory;
    }
    QString profile(const QString &language)
    {
        return profile(language, language, Content::Conversations);
    }
    void start(const QString &directory)
    {
        driver_.reset();
        driver_ = std::make_unique<WindowDriver>(directory, nowhere);
        QVERIFY(driver_->activate());
    }
    void startInConversation(const QString &language)
    {
        start(profile(language));
        QTRY_COMPARE(driver_->app().conversations()->count(), conversationCount);
        driver_->app().conversation()->open(QString::number(talk.value));
        QTRY_VERIFY(isVisible("composerField"));
        QTRY_VERIFY(!driver_->messages().isEmpty());
    }
    bool isVisible(const char *name) const { return driver_->isVisible(QLatin1String(name)); }
    QQuickItem *find(const char *name) const { return driver_->find(QLatin1String(name)); }
    /// A picture of what is there now, in which nothing is cut off.
    void look(const QString &name)
    {
        driver_->screenshot(QLatin1String("language-") + name);
        const QStringList cut = cutTexts(*driver_->window(), mayBeCut_);
        QVERIFY2(cut.isEmpty(), qPrintable(name + QLatin1String(": ") + cut.join(u'|')));
    }
    /// A conversation in two scripts, with all that a message can have.
    void startInMixedConversation(const QString &language)
    {
        const QString directory = profile(language);
        {
            LocalStore store(directory + QLatin1String("/store.db"));
            QVERIFY(await(store.open()));
            QVERIFY(await(store.addHistory(mixedMessages())));
        }
        start(directory);
        QTRY_COMPARE(driver_->app().conversations()->count(), conversationCount);
        driver_->app().conversation()->open(QString::number(mixed.value));
        QTRY_VERIFY(driver_->hasBubble(QString::fromUtf8(mixedText)));
    }
    /// Words, and the time in the corner, of one bubble.
    static void checkNothingOverlaps(const QQuickItem *bubble)
    {
        const auto *words = bubble->findChild<QQuickItem *>(QStringLiteral("messageText"));
        const auto *meta =
                bubble->findChild<QQuickItem *>(QStringLiteral("messageTicks"))->parentItem();
        QVERIFY(words != nullptr);
        if (words->isVisible())
            QVERIFY2(!words->mapRectToScene(words->boundingRect())
                              .intersects(meta->mapRectToScene(meta->boundingRect())),
                     qPrintable(bubble->property("text").toString()));
    }
    /// A field of one line that has the keys, in Arabic: the cursor is at the right edge while
    /// there is nothing, and on the left of Arabic, which stands where the hint stood.
    void checkCursorOf(const char *name)
    {
        QTRY_VERIFY2(find(name)->hasActiveFocus(), name);
        QQuickItem *field = find(name);
        const auto cursor = [field] { return field->property("cursorRectangle").toRectF(); };
        // What is beside the field may come and go, and its width with it.
        const auto fromTheRight = [field, cursor] {
            return field->width() - field->property("rightPadding").toReal() - cursor().right();
        };
        QCOMPARE(field->property("text").toString(), QString());
        QTRY_VERIFY2(std::abs(fromTheRight()) <= 2, name);
        const QRectF empty = cursor();
        driver_->type(QString::fromUtf8("\u0645\u0631\u062D\u0628\u0627"));
        const qreal length = field->property("contentWidth").toReal();
        QVERIFY2(length > 10, name);
        QTRY_VERIFY2(std::abs(fromTheRight() - length) <= 2, name);
        QCOMPARE(cursor().y(), empty.y());
        QCOMPARE(cursor().height(), empty.height());
        driver_->fill(QLatin1String(name), QStringLiteral("hi"));
        QTRY_VERIFY2(std::abs(fromTheRight()) <= 2, name);
        look(QLatin1String("ar-") + QLatin1String(name));
        driver_->fill(QLatin1String(name), QString());
        QTRY_VERIFY2(std::abs(fromTheRight()) <= 2, name);
    }
    void lookAtEachSection(const QString &name)
    {
        for (const char *section : {"profile", "appearance", "notifications", "general", "privacy",
                                    "devices", "storage", "keyboard", "about"}) {
            driver_->showSection(QLatin1String(section));
            look(name + QLatin1Char('-') + QLatin1String(section));
        }
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(isVisible("composerField"));
    }
    void lookAtWhatPopsUp(const QString &name)
    {
        driver_->click(QStringLiteral("emojiButton"));
        QTRY_VERIFY(isVisible("emojiGrid"));
        look(name + QLatin1String("-emoji"));
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(!isVisible("emojiGrid"));
        driver_->click(QStringLiteral("conversationMenuButton"));
        QTRY_VERIFY(isVisible("menuEntry"));
        look(name + QLatin1String("-menu"));
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(!isVisible("menuEntry"));
        auto *actions = driver_->app().conversation()->actions();
        driver_->app().conversation()->composer()->reply(2);
        actions->toggleSelected(2);
        QTRY_VERIFY(isVisible("selectionBar"));
        look(name + QLatin1String("-selection"));
        driver_->click(QStringLiteral("forwardSelectedButton"));
        QTRY_VERIFY(isVisible("forwardList"));
        look(name + QLatin1String("-forward"));
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(!isVisible("forwardList"));
        actions->removeSelected(false);
        QTRY_VERIFY(isVisible("undoBar"));
        look(name + QLatin1String("-undo"));
        driver_->click(driver_->findAll(QStringLiteral("messagePicture")).value(0));
        QTRY_VERIFY(isVisible("closeViewerButton"));
        look(name + QLatin1String("-viewer"));
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(!isVisible("closeViewerButton"));
    }

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        QCoreApplication::installTranslator(&untranslated_);
    }
    void cleanup() { driver_.reset(); }

    void eachScreenIsTranslatedAndWhole_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("percent");
        for (const char *language : {"de", "ar"}) {
            QTest::addRow("%s", language) << QString::fromLatin1(language) << 100;
            QTest::addRow("%s, large", language) << QString::fromLatin1(language) << 160;
        }
    }

    void eachScreenIsTranslatedAndWhole()
    {
        QFETCH(QString, language);
        QFETCH(int, percent);
        const QString name = language + QLatin1Char('-') + QString::number(percent);
        untranslated_.texts.clear();
        start(profile(language + QLatin1String("-nobody"), language, Content::Nothing));
        QTRY_VERIFY(isVisible("searchField"));
        driver_->app().appearance()->setTextPercent(percent);
        look(name + QLatin1String("-nobody"));
        startInMixedConversation(language);
        driver_->app().appearance()->setTextPercent(percent);
        look(name + QLatin1String("-conversation"));
        lookAtWhatPopsUp(name);
        lookAtEachSection(name);
        start(profile(language + QLatin1String("-door"), language, Content::NoAccount));
        QTRY_VERIFY(isVisible("createAccountButton"));
        driver_->app().appearance()->setTextPercent(percent);
        look(name + QLatin1String("-door"));
        QCOMPARE(untranslated_.texts.values(), QStringList());
    }

    void arabicIsWrittenFromTheRight()
    {
        startInConversation(QStringLiteral("ar"));
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::RightToLeft);
        QVERIFY(middleOf(find("conversationList")) > middleOf(find("messageList")));
        const auto areOnTheirSides = [this] {
            const auto bubbles = driver_->findAll(QStringLiteral("messageBubble"));
            const qreal middle = middleOf(find("messageList"));
            const auto isOwn = [](const QQuickItem *item) {
                return item->property("isOwn").toBool();
            };
            return std::any_of(bubbles.begin(), bubbles.end(), isOwn)
                    && std::all_of(bubbles.begin(), bubbles.end(), [&](const QQuickItem *bubble) {
                           return (middleOf(bubble) < middle) == isOwn(bubble);
                       });
        };
        QTRY_VERIFY(areOnTheirSides());
        QVERIFY(middleOf(find("sendButton")) < middleOf(find("attachButton")));
        const auto allTicks = driver_->findAll(QStringLiteral("messageTicks"));
        QVERIFY(!allTicks.isEmpty());
        for (const QQuickItem *ticks : allTicks)
            QTRY_VERIFY(middleOf(ticks) < middleOf(ticks->parentItem()));
        for (const QQuickItem *bubble : driver_->findAll(QStringLiteral("messageBubble")))
            checkNothingOverlaps(bubble);
        driver_->window()->resize(400, 720);
        QTRY_VERIFY(isVisible("backButton"));
        QVERIFY(middleOf(find("backButton")) > middleOf(find("headerName")));
        look(QStringLiteral("ar-narrow"));
    }

    void whatIsTypedInArabicBeginsOnTheRight()
    {
        startInConversation(QStringLiteral("ar"));
        driver_->press(Qt::Key_F, Qt::ControlModifier);
        checkCursorOf("findField");
        driver_->press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        checkCursorOf("searchField");
        driver_->click(QStringLiteral("emojiButton"));
        checkCursorOf("emojiSearch");
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(!isVisible("emojiGrid"));
        driver_->app().conversation()->actions()->toggleSelected(2);
        QTRY_VERIFY(isVisible("selectionBar"));
        driver_->click(QStringLiteral("forwardSelectedButton"));
        checkCursorOf("forwardFilter");
    }

    void aChosenLanguageAppliesAtOnceAndLasts()
    {
        const QString directory = profile(QStringLiteral("en"));
        start(directory);
        QTRY_VERIFY(isVisible("conversationList"));
        driver_->showSection(QStringLiteral("appearance"));
        QTRY_VERIFY(isVisible("language2"));
        QCOMPARE(driver_->app().language()->choice(), 1);
        QCOMPARE(driver_->textOf(QStringLiteral("section-appearance")),
                 QStringLiteral("Appearance"));
        driver_->click(QStringLiteral("language2"));
        QTRY_COMPARE(driver_->textOf(QStringLiteral("section-appearance")),
                     QStringLiteral("Darstellung"));
        QCOMPARE(driver_->find(QStringLiteral("searchField"))->property("placeholderText"),
                 QStringLiteral("Suchen"));
        const qreal list = middleOf(find("conversationList"));
        driver_->click(QStringLiteral("language3"));
        QTRY_VERIFY(middleOf(find("conversationList")) > list);
        driver_.reset();
        start(directory);
        QCOMPARE(driver_->app().language()->code(), QStringLiteral("ar"));
        QTRY_VERIFY(isVisible("conversationList"));
        QTRY_VERIFY(middleOf(find("conversationList")) > list);
    }
};

QTEST_MAIN(LanguagesTest)
#include "tst_languages.moc"
