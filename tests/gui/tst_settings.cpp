// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "token_store.h"
#include "whole_texts.h"
#include "window_driver.h"

#include <QDir>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

constexpr UserId self{1};
constexpr UserId ben{2};
constexpr ConversationId talk{101};
/// Nothing listens there: the app is offline.
const QString nowhere = QStringLiteral("ws://127.0.0.1:1");

const char *const lines[] = {
        "Did you see **the map** I sent? It is *really* good",
        "> It is really good\nYes, `git pull` and look at https://hikes.example.org/lake_loop_2",
        "It says\n```\nif (rain)\n    return home;\n```\nso @ana_s and @ben take the _long_ way",
        "snake_case_names and 2*3*4 = 24 <b>stay</b> "
        "\xF0\x9F\x8F\xB3\xEF\xB8\x8F\xE2\x80\x8D\xF0\x9F\x8C\x88 "
        "\xE2\x9D\xA4\xEF\xB8\x8F\xE2\x80\x8D\xF0\x9F\x94\xA5"};

} // namespace

/// The settings in a real window, without a server; each section is looked at as a picture.
class SettingsTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> driver_;

    static void fill(LocalStore &store)
    {
        v1::Conversation conversation;
        conversation.set_conversation_id(talk.value);
        conversation.add_members()->set_user_id(self.value);
        conversation.mutable_members(0)->set_user_name("ana");
        conversation.mutable_members(0)->set_display_name("Ana Souza");
        conversation.add_members()->set_user_id(ben.value);
        conversation.mutable_members(1)->set_user_name("ben");
        conversation.mutable_members(1)->set_display_name("Ben Okafor");
        std::vector<v1::Message> messages;
        for (const char *line : lines) {
            v1::Message message;
            message.set_conversation_id(talk.value);
            message.set_seq(std::int64_t(messages.size()) + 1);
            message.set_message_id(1000 + std::int64_t(messages.size()));
            message.set_sender_id(messages.size() % 2 == 0 ? ben.value : self.value);
            message.set_sent_at_ms(QDateTime::currentMSecsSinceEpoch() - 60'000);
            message.set_text(line);
            message.set_client_id(ClientId::random().toBytes());
            messages.push_back(message);
        }
        conversation.set_last_seq(std::int64_t(messages.size()));
        *conversation.mutable_last_message() = messages.back();
        std::vector<v1::Conversation> conversations{conversation};
        QVERIFY(await(store.applyConversations(std::move(conversations), UpdateSeq{1})));
        QVERIFY(await(store.addHistory(std::move(messages))));
    }
    QString profile()
    {
        QString directory =
                profiles_.filePath(QLatin1String(QTest::currentTestFunction()) + QLatin1String("-")
                                   + QString::number(QDateTime::currentMSecsSinceEpoch()));
        QDir().mkpath(directory);
        LocalStore store(directory + QLatin1String("/store.db"));
        if (!await(store.open()))
            qFatal("no store");
        Person me;
        me.id = self;
        me.userName = QStringLiteral("ana");
        me.displayName = QStringLiteral("Ana Souza");
        await(store.setAccount(me));
        await(store.setMeta(QStringLiteral("server"), nowhere));
        if (!FileTokenStore(directory + QLatin1String("/token")).write(QStringLiteral("token")))
            qFatal("no token");
        fill(store);
        return directory;
    }
    void start(const QString &directory)
    {
        driver_ = std::make_unique<WindowDriver>(directory, nowhere);
        QVERIFY(driver_->activate());
        QTRY_COMPARE(driver_->app().conversations()->count(), 1);
    }
    bool isVisible(const char *name) const { return driver_->isVisible(QLatin1String(name)); }
    void openSettings()
    {
        driver_->press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(isVisible("saveProfileButton"));
    }
    void show(const char *section) { driver_->showSection(QLatin1String(section)); }
    /// Nothing of the open section is cut off, left or right.
    void checkNothingIsCut(const QString &where)
    {
        // The conversations, and the row of sections, which can be dragged, have more than is seen.
        const QStringList cut =
                cutTexts(*driver_->window(),
                         {QStringLiteral("conversationRow"), QStringLiteral("settingsSections")});
        QVERIFY2(cut.isEmpty(), qPrintable(where + QLatin1String(": ") + cut.join(u'|')));
    }

private Q_SLOTS:
    void initTestCase() { AppWindow::prepareApplication(); }
    void cleanup() { driver_.reset(); }

    void everySectionIsWholeAtEachTextSize_data()
    {
        QTest::addColumn<int>("percent");
        for (const int percent : {100, 160, 80})
            QTest::addRow("%d", percent) << percent;
    }

    void everySectionIsWholeAtEachTextSize()
    {
        QFETCH(int, percent);
        start(profile());
        driver_->app().appearance()->setTextPercent(percent);
        openSettings();
        const QList<QPair<const char *, const char *>> sections{
                {"profile", "saveProfileButton"}, {"appearance", "textSizeSlider"},
                {"privacy", "readReceipts"},      {"devices", "settingsSections"},
                {"storage", "exportButton"},      {"keyboard", "keyEntry"},
                {"about", "versionText"}};
        for (const auto &[section, landmark] : sections) {
            show(section);
            QTRY_VERIFY(isVisible(landmark));
            driver_->screenshot(
                    QStringLiteral("settings-%1-%2").arg(QLatin1String(section)).arg(percent));
            checkNothingIsCut(QLatin1String(section));
        }
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(!isVisible("settingsSections"));
        driver_->app().conversation()->open(QString::number(talk.value));
        QTRY_COMPARE(driver_->messages().size(), std::size(lines));
        driver_->screenshot(QStringLiteral("messages-%1").arg(percent));
    }

    void sectionsAreReachedByKeys()
    {
        start(profile());
        openSettings();
        driver_->press(Qt::Key_Down);
        QTRY_VERIFY(isVisible("textSizeSlider"));
        driver_->press(Qt::Key_Up);
        QTRY_VERIFY(isVisible("saveProfileButton"));
        driver_->press(Qt::Key_Question);
        QTRY_VERIFY(isVisible("keyEntry"));
    }

    void aNarrowWindowHasItsSectionsAbove()
    {
        start(profile());
        driver_->window()->resize(400, 720);
        openSettings();
        QTRY_VERIFY(driver_->find(QStringLiteral("settingsSections"))->height() < 60);
        show("appearance");
        QTRY_VERIFY(isVisible("textSizeSlider"));
        driver_->screenshot(QStringLiteral("settings-narrow"));
        checkNothingIsCut(QStringLiteral("narrow"));
    }

    void theChoicesOfLooksLast()
    {
        const QString directory = profile();
        start(directory);
        openSettings();
        show("appearance");
        driver_->click(QStringLiteral("accent3"));
        driver_->click(QStringLiteral("theme2"));
        driver_->click(QStringLiteral("reducedMotion"));
        auto *slider = driver_->find(QStringLiteral("textSizeSlider"));
        slider->forceActiveFocus(Qt::TabFocusReason);
        driver_->press(Qt::Key_Right);
        QTRY_COMPARE(driver_->textOf(QStringLiteral("textSizeLabel")), QStringLiteral("110 %"));
        QCOMPARE(driver_->app().theme(), AppController::DarkTheme);
        driver_->screenshot(QStringLiteral("settings-accent"));
        driver_.reset();
        start(directory);
        const auto *appearance = driver_->app().appearance();
        QCOMPARE(appearance->accent(), 3);
        QCOMPARE(appearance->textPercent(), 110);
        QVERIFY(appearance->isMotionReduced());
        QCOMPARE(driver_->app().theme(), AppController::DarkTheme);
    }

    void privacyThatCannotBeToldIsTakenBack()
    {
        start(profile());
        openSettings();
        show("privacy");
        QTRY_VERIFY(isVisible("readReceipts"));
        const auto *choice = driver_->find(QStringLiteral("readReceipts"));
        QVERIFY(choice->property("checked").toBool());
        driver_->click(QStringLiteral("readReceipts"));
        QTRY_VERIFY(isVisible("privacyError"));
        QTRY_VERIFY(choice->property("checked").toBool());
        driver_->screenshot(QStringLiteral("settings-privacy-offline"));
    }

    void theExportIsToldOf()
    {
        start(profile());
        openSettings();
        show("storage");
        QTRY_VERIFY(!driver_->textOf(QStringLiteral("databaseSize")).isEmpty());
        driver_->app().storage()->exportTo(QUrl::fromLocalFile(profiles_.path()));
        QTRY_VERIFY(isVisible("exportResult"));
        QVERIFY(!driver_->app().storage()->hasFailed());
        QTRY_VERIFY(isVisible("exportButton"));
        driver_->screenshot(QStringLiteral("settings-exported"));
    }

    void everyKeyIsListedOnce()
    {
        start(profile());
        openSettings();
        show("keyboard");
        QTRY_VERIFY(isVisible("keyEntry"));
        QSet<QString> words;
        const auto entries = driver_->findAll(QStringLiteral("keyEntry"));
        for (const QQuickItem *entry : entries)
            words.insert(entry->property("modelData").toMap()[QStringLiteral("words")].toString());
        QCOMPARE(words.size(), entries.size());
        QVERIFY(entries.size() >= 15);
    }

    void theLicenceCanBeRead()
    {
        start(profile());
        openSettings();
        show("about");
        QTRY_VERIFY(isVisible("licenceButton"));
        driver_->click(QStringLiteral("licenceButton"));
        QTRY_VERIFY(driver_->textOf(QStringLiteral("licenceText"))
                            .contains(QLatin1String("Apache License")));
        QVERIFY(driver_->findAll(QStringLiteral("licenceEntry")).size() >= 10);
    }
};

QTEST_MAIN(SettingsTest)
#include "tst_settings.moc"
