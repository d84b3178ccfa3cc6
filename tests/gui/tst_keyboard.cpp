// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "filled_profile.h"
#include "local_store.h"
#include "window_driver.h"

#include <QAccessible>
#include <QImage>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

/// Around an item, where its ring may be.
constexpr int ringMargin = 3;
constexpr int stepsMax = 200;

bool isControl(QQuickItem *item)
{
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(item);
    if (accessible == nullptr || accessible->state().disabled || accessible->state().invisible)
        return false;
    switch (accessible->role()) {
    case QAccessible::Button:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::Slider:
    case QAccessible::Link:
    case QAccessible::PageTab:
    case QAccessible::MenuItem:
        return true;
    case QAccessible::EditableText:
        return !item->property("readOnly").toBool();
    default:
        return false;
    }
}

void collectControls(QQuickItem *item, QList<QQuickItem *> &found)
{
    if (!item->isVisible() || !item->isEnabled() || item->opacity() == 0)
        return;
    if (isControl(item))
        found.append(item);
    const auto children = item->childItems();
    for (QQuickItem *child : children)
        collectControls(child, found);
}

/// A day leads to other days, as Ctrl+G does; a quote to what it quotes, as the message's menu
/// does.
bool hasOtherWay(const QQuickItem *item)
{
    return item->objectName() == QLatin1String("dayPill")
            || item->objectName() == QLatin1String("messageQuote");
}

/// What people would call it.
QString nameOf(QQuickItem *item)
{
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(item);
    const QString name = accessible == nullptr ? QString() : accessible->text(QAccessible::Name);
    return QStringLiteral("%1 \"%2\"").arg(item->objectName(), name);
}

/// The list, or the grid, whose entries are reached by the arrow keys; nullptr for what is in none.
const QQuickItem *viewOf(const QQuickItem *item)
{
    for (const QQuickItem *view = item; view != nullptr; view = view->parentItem()) {
        if (view->inherits("QQuickItemView") || view->inherits("QQuickMonthGrid"))
            return view;
    }
    return nullptr;
}

/// An entry of a list, and not what is on the entry.
bool isEntryOf(const QQuickItem *item, const QQuickItem *view)
{
    return view->inherits("QQuickMonthGrid")
            || item->parentItem() == view->property("contentItem").value<QQuickItem *>();
}

/// Where the Tab key goes, once around.
struct Walk {
    QList<QPointer<QQuickItem>> reached;
    /// Those that look the same with the focus and without.
    QStringList unmarked;

    [[nodiscard]] bool reaches(const QQuickItem *item) const
    {
        const QQuickItem *view = viewOf(item);
        return std::any_of(reached.begin(), reached.end(), [&](const auto &other) {
            // A list gives the focus to the entry that it is at.
            return other == item
                    || (view != nullptr && isEntryOf(item, view) && viewOf(other.data()) == view);
        });
    }
};

} // namespace

/// Every control is reached by Tab, or by the arrow keys in a list that is, and shows that it was.
class KeyboardTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> driver_;

    bool isVisible(const char *name) const { return driver_->isVisible(QLatin1String(name)); }
    void start(const QString &directory)
    {
        driver_ = std::make_unique<WindowDriver>(directory, nowhere);
        driver_->app().appearance()->setMotionReduced(true); // nothing fades into a picture
        QVERIFY(driver_->activate());
    }
    void startInConversation(const QString &name)
    {
        const QString directory = profiles_.filePath(name);
        makeProfile(directory, true);
        {
            LocalStore store(directory + QLatin1String("/store.db"));
            QVERIFY(await(store.open()));
            const auto refused = await(store.queueMessage(talk, QStringLiteral("Is that so?")));
            QVERIFY(await(store.markFailed(refused->localId, QStringLiteral("FORBIDDEN"))));
        }
        start(directory);
        QTRY_COMPARE(driver_->app().conversations()->count(), conversationCount);
        driver_->app().conversation()->open(QString::number(talk.value));
        QTRY_VERIFY(isVisible("retryButton"));
        QTRY_VERIFY(isVisible("connectionLine"));
    }
    QImage pictureOf(const QQuickItem *item, const QImage &window) const
    {
        const QRectF place = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
        return window.copy(place.toAlignedRect().marginsAdded(
                {ringMargin, ringMargin, ringMargin, ringMargin}));
    }
    Walk walk()
    {
        Walk walk;
        QPointer<QQuickItem> before;
        QImage seen;
        for (int step = 0; step < stepsMax; ++step) {
            driver_->press(Qt::Key_Tab);
            driver_->settle();
            const QImage now = driver_->window()->grabWindow();
            if (before && pictureOf(before, seen) == pictureOf(before, now))
                walk.unmarked.append(nameOf(before));
            QQuickItem *item = driver_->window()->activeFocusItem();
            if (item == nullptr || walk.reached.contains(item))
                return walk;
            walk.reached.append(item);
            before = item;
            seen = now;
        }
        walk.unmarked.append(QStringLiteral("there is no end"));
        return walk;
    }
    void checkWalk(const char *screen)
    {
        const Walk walked = walk();
        QList<QQuickItem *> controls;
        collectControls(driver_->window()->contentItem(), controls);
        QVERIFY(!controls.isEmpty());
        QStringList unreached;
        for (QQuickItem *control : std::as_const(controls)) {
            if (!walked.reaches(control) && !hasOtherWay(control))
                unreached.append(nameOf(control));
        }
        const QString where = QLatin1String(screen) + QLatin1String(": ");
        QVERIFY2(unreached.isEmpty(), qPrintable(where + unreached.join(QLatin1String("; "))));
        QVERIFY2(walked.unmarked.isEmpty(),
                 qPrintable(where + walked.unmarked.join(QLatin1String("; "))));
    }

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        QAccessible::setActive(true);
    }
    void cleanup() { driver_.reset(); }

    void theDoor()
    {
        start(profiles_.filePath(QStringLiteral("door")));
        QTRY_VERIFY(isVisible("createAccountButton"));
        checkWalk("the door");
    }

    void aConversation()
    {
        startInConversation(QStringLiteral("conversation"));
        driver_->app().conversation()->composer()->reply(talkLength());
        checkWalk("the conversation");
        driver_->press(Qt::Key_Escape);
        driver_->press(Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(isVisible("findField"));
        checkWalk("finding");
        driver_->press(Qt::Key_Escape);
        driver_->app().conversation()->actions()->toggleSelected(talkLength());
        QTRY_VERIFY(isVisible("selectionBar"));
        checkWalk("selecting");
    }

    void whatPopsUp()
    {
        startInConversation(QStringLiteral("popups"));
        driver_->click(QStringLiteral("emojiButton"));
        QTRY_VERIFY(isVisible("emojiGrid"));
        const Walk walked = walk();
        QVERIFY(walked.reached.contains(driver_->find(QStringLiteral("emojiSearch"))));
        QVERIFY(walked.reaches(driver_->find(QStringLiteral("emojiGroup"))));
        QVERIFY(walked.reached.contains(driver_->find(QStringLiteral("toneButton"))));
        QCOMPARE(walked.unmarked, QStringList());
        driver_->click(QStringLiteral("emojiSearch"));
        driver_->press(Qt::Key_Right); // the arrow keys of the search move in the grid
        QTRY_COMPARE(driver_->find(QStringLiteral("emojiGrid"))->property("currentIndex").toInt(),
                     1);
        driver_->press(Qt::Key_Escape);
        QTRY_VERIFY(!isVisible("emojiGrid"));
    }

    void eachSectionOfTheSettings()
    {
        startInConversation(QStringLiteral("settings"));
        for (const char *section : {"profile", "appearance", "notifications", "general", "privacy",
                                    "devices", "storage", "keyboard", "about"}) {
            driver_->showSection(QLatin1String(section));
            checkWalk(section);
        }
    }

    void aMenuByArrows()
    {
        startInConversation(QStringLiteral("menu"));
        QQuickItem *list = driver_->find(QStringLiteral("messageList"));
        list->forceActiveFocus(Qt::TabFocusReason);
        driver_->press(Qt::Key_Up);
        driver_->press(Qt::Key_Menu);
        QTRY_VERIFY(isVisible("menuEntry"));
        QSet<QString> reached;
        const auto entries = driver_->findAll(QStringLiteral("menuEntry"));
        for (qsizetype step = 0; step <= entries.size() + 1; ++step) {
            driver_->press(Qt::Key_Down);
            driver_->settle();
            for (const QQuickItem *entry : entries) {
                if (entry->property("highlighted").toBool())
                    reached.insert(entry->property("text").toString());
            }
        }
        for (const QQuickItem *entry : entries)
            QVERIFY2(reached.contains(entry->property("text").toString()),
                     qPrintable(entry->property("text").toString()));
        driver_->press(Qt::Key_Escape);
    }
};

QTEST_MAIN(KeyboardTest)
#include "tst_keyboard.moc"
