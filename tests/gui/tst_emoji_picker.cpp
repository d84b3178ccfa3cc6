// SPDX-License-Identifier: Apache-2.0
#include "app_window.h"
#include "emoji_model.h"
#include "icon_provider.h"
#include "visible_items.h"

#include <QAccessible>
#include <QDir>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace dunlin::client;
using namespace dunlin::test;

namespace {

const QString thumbsUp = QStringLiteral("\U0001F44D");
const QString thumbsDown = QStringLiteral("\U0001F44E");

const char *const page = R"(
    import QtQuick
    import QtQuick.Window
    import Dunlin
    import Dunlin.Models
    Window {
        id: window
        required property EmojiModel emoji
        property string picked
        property bool isMoreWanted: false
        property bool isDark: false
        property real textScale: 1
        onIsDarkChanged: Theme.isDark = isDark
        onTextScaleChanged: Theme.textScale = textScale
        function open() { picker.open() }
        width: 600; height: 680; visible: true; color: Theme.window
        ReactionBar {
            objectName: "bar"
            x: 20; y: 20
            chosen: "\u2764\uFE0F"
            onPicked: (emoji) => window.picked = emoji
            onMoreRequested: window.isMoreWanted = true
        }
        EmojiPicker {
            id: picker
            x: 20; y: 100
            model: window.emoji
            onPicked: (emoji) => window.picked = emoji
        }
    })";

QString spokenName(QQuickItem *item)
{
    const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(item);
    return spoken == nullptr ? QString() : spoken->text(QAccessible::Name);
}

} // namespace

class EmojiPickerTest : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;
    std::unique_ptr<QSettings> settings_;
    std::unique_ptr<EmojiModel> model_;
    std::unique_ptr<QQmlApplicationEngine> engine_;
    QQuickWindow *window_ = nullptr;

    QList<QQuickItem *> findAll(const char *name) const
    {
        return visibleItems(window_->contentItem(), QLatin1String(name));
    }
    QQuickItem *find(const char *name) const
    {
        return waitForItem(window_->contentItem(), QLatin1String(name));
    }
    bool isVisible(const char *name) const { return !findAll(name).isEmpty(); }
    void click(QQuickItem *item, Qt::MouseButton button = Qt::LeftButton)
    {
        QVERIFY(item != nullptr);
        const QPointF center = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
        QTest::mouseClick(window_, button, {}, center.toPoint());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(window_, key, modifiers);
    }
    void type(const char *text)
    {
        for (const char *c = text; *c != '\0'; ++c)
            QTest::keyClick(window_, *c);
    }
    QString picked() const { return window_->property("picked").toString(); }
    void open()
    {
        QMetaObject::invokeMethod(window_, "open");
        QTRY_VERIFY(find("emojiSearch")->hasActiveFocus());
        QTRY_VERIFY(isVisible("emojiCell"));
    }
    void screenshot(const char *name)
    {
        QDir().mkpath(qEnvironmentVariable("DUNLIN_SCREENSHOTS", QStringLiteral(".")));
        for (const bool isDark : {false, true}) {
            window_->setProperty("isDark", isDark);
            QTest::qWait(0);
            const QString file =
                    QStringLiteral("%1/emoji-%2-%3.png")
                            .arg(qEnvironmentVariable("DUNLIN_SCREENSHOTS", QStringLiteral(".")),
                                 QLatin1String(name), QLatin1String(isDark ? "dark" : "light"));
            QVERIFY(window_->grabWindow().save(file));
        }
        window_->setProperty("isDark", false);
    }

private Q_SLOTS:
    void initTestCase() { AppWindow::prepareApplication(); }

    void init()
    {
        settings_ = std::make_unique<QSettings>(
                directory_.filePath(QLatin1String(QTest::currentTestFunction())),
                QSettings::IniFormat);
        model_ = std::make_unique<EmojiModel>(*settings_);
        engine_ = std::make_unique<QQmlApplicationEngine>();
        engine_->addImageProvider(QStringLiteral("icon"), new IconProvider); // the engine owns it
        engine_->addImportPath(QStringLiteral("qrc:/qt/qml"));
        engine_->setInitialProperties(
                {{QStringLiteral("emoji"), QVariant::fromValue(model_.get())}});
        engine_->loadData(page);
        QVERIFY(!engine_->rootObjects().isEmpty());
        window_ = qobject_cast<QQuickWindow *>(engine_->rootObjects().first());
        window_->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(window_));
    }

    void cleanup()
    {
        engine_.reset();
        model_.reset();
    }

    void whatIsTypedSearchesAndEnterPicks()
    {
        open();
        type("thumbs");
        QTRY_COMPARE(model_->count(), 2);
        press(Qt::Key_Return);
        QTRY_COMPARE(picked(), thumbsUp);
        QTRY_VERIFY(!isVisible("emojiSearch"));
        // It is the first to be offered the next time.
        open();
        QCOMPARE(model_->group(), EmojiModel::recentGroup);
        QCOMPARE(find("emojiCell")->property("emoji").toString(), thumbsUp);
    }

    void arrowsMoveAndEscCloses()
    {
        open();
        type("thumbs");
        QTRY_COMPARE(model_->count(), 2);
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QTRY_COMPARE(picked(), thumbsDown);
        open();
        window_->setProperty("picked", QString());
        press(Qt::Key_Down);
        press(Qt::Key_Escape);
        QTRY_VERIFY(!isVisible("emojiSearch"));
        QCOMPARE(picked(), QString());
    }

    void aGroupIsShownByItsTabAndEachEmojiHasItsName()
    {
        open();
        screenshot("picker");
        for (const int group : {2, 8, 9}) {
            click(findAll("emojiGroup").value(group));
            QTRY_COMPARE(model_->group(), group);
            screenshot(qPrintable(QStringLiteral("group-%1").arg(group)));
        }
        click(findAll("emojiGroup").value(5));
        QTRY_COMPARE(model_->group(), 5);
        QCOMPARE(spokenName(findAll("emojiGroup").value(5)), QStringLiteral("Travel and places"));
        QTRY_COMPARE(find("emojiCell")->property("name").toString(), model_->nameAt(0));
        QCOMPARE(spokenName(find("emojiCell")), model_->nameAt(0));
        click(findAll("emojiCell").value(1));
        QTRY_COMPARE(picked(), model_->emojiAt(1));
    }

    void aToneIsOfferedAndRemembered()
    {
        open();
        type("thumbs up");
        QTRY_COMPARE(model_->count(), 1);
        click(find("emojiCell"), Qt::RightButton);
        QTRY_COMPARE(findAll("toneCell").size(), 6);
        QVERIFY(isVisible("emojiSearch"));
        screenshot("tones");
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        const QString light = thumbsUp + QStringLiteral("\U0001F3FB");
        QTRY_COMPARE(picked(), light);
        QCOMPARE(model_->defaultTone(), 1);
        open();
        type("waving hand");
        QTRY_COMPARE(find("emojiCell")->property("emoji").toString(),
                     QStringLiteral("\U0001F44B\U0001F3FB"));
    }

    void aToneForAllIsChosenBelow()
    {
        open();
        click(find("toneButton"));
        QTRY_COMPARE(findAll("toneCell").size(), 6);
        click(findAll("toneCell").value(5));
        QTRY_COMPARE(model_->defaultTone(), 5);
        QTRY_VERIFY(find("emojiSearch")->hasActiveFocus());
        QCOMPARE(picked(), QString());
    }

    void largeTextMakesItLarger()
    {
        window_->setProperty("textScale", 1.6);
        open();
        const QQuickItem *grid = find("emojiGrid");
        QVERIFY(find("emojiCell")->width() > 50);
        QVERIFY(grid->height() >= 3 * find("emojiCell")->height());
        screenshot("picker-160");
        window_->setProperty("textScale", 1.0);
    }

    void reactionsArePickedByMouseAndKeys()
    {
        const auto cells = findAll("reactionCell");
        QCOMPARE(cells.size(), 6);
        screenshot("reactions");
        click(cells.value(0));
        QTRY_COMPARE(picked(), thumbsUp);
        QMetaObject::invokeMethod(find("bar"), "focusFirst");
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QTRY_COMPARE(picked(), QStringLiteral("\u2764\uFE0F"));
        click(find("moreReactionsButton"));
        QTRY_VERIFY(window_->property("isMoreWanted").toBool());
    }
};

QTEST_MAIN(EmojiPickerTest)
#include "tst_emoji_picker.moc"
