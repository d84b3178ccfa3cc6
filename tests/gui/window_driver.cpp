// SPDX-License-Identifier: Apache-2.0
#include "window_driver.h"

#include "visible_items.h"

#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

namespace dunlin::test {
namespace {

qreal topOf(const QQuickItem *item)
{
    return item->mapToScene(QPointF(0, 0)).y();
}

client::ConnectionTimes quick()
{
    return {.firstBackoff = std::chrono::milliseconds(50),
            .longestBackoff = std::chrono::milliseconds(300),
            .requestDeadline = std::chrono::milliseconds(10'000)};
}

} // namespace

WindowManager::WindowManager()
{
    const QString openbox = QStandardPaths::findExecutable(QStringLiteral("openbox"));
    if (openbox.isEmpty())
        qFatal("openbox is needed");
    process_.start(openbox);
    if (!process_.waitForStarted())
        qFatal("openbox does not start");
}

WindowManager::~WindowManager()
{
    process_.terminate();
    process_.waitForFinished();
}

WindowDriver::WindowDriver(const QString &profileDirectory, const QString &server,
                           std::unique_ptr<client::TokenStore> tokens)
{
    QDir().mkpath(profileDirectory);
    app_ = std::make_unique<client::AppController>(profileDirectory, server, quick(),
                                                   std::move(tokens));
    window_ = std::make_unique<client::AppWindow>(*app_);
    if (window() == nullptr)
        qFatal("the interface does not load");
    app_->start();
}

WindowDriver::~WindowDriver()
{
    window()->close();
    window_.reset();
}

bool WindowDriver::activate()
{
    window()->requestActivate();
    return QTest::qWaitForWindowActive(window(), 10'000);
}

QList<QQuickItem *> WindowDriver::findAll(const QString &name) const
{
    return visibleItems(window_->window()->contentItem(), name);
}

QQuickItem *WindowDriver::find(const QString &name) const
{
    return waitForItem(window_->window()->contentItem(), name);
}

QQuickItem *WindowDriver::visible(const QString &name) const
{
    return findAll(name).value(0);
}

QString WindowDriver::textOf(const QString &name) const
{
    const QQuickItem *item = visible(name);
    return item == nullptr ? QString() : item->property("text").toString();
}

void WindowDriver::settle()
{
    // Items are laid out between two animation ticks.
    for (int tick = 0; tick < 2; ++tick) {
        QSignalSpy animated(window(), &QQuickWindow::afterAnimating);
        window()->update();
        if (!animated.wait(1000))
            return; // nothing is drawn now
    }
}

void WindowDriver::click(const QString &name)
{
    settle();
    click(find(name));
}

/// As someone who turns the wheel until it is seen.
void WindowDriver::scrollTo(QQuickItem *item)
{
    const qreal below = item->mapToScene(QPointF(0, item->height())).y() - window()->height();
    if (below <= 0)
        return;
    for (QQuickItem *parent = item->parentItem(); parent != nullptr;
         parent = parent->parentItem()) {
        const QVariant contentY = parent->property("contentY");
        if (!contentY.isValid())
            continue;
        parent->setProperty("contentY", contentY.toReal() + below);
        settle();
        return;
    }
}

void WindowDriver::click(QQuickItem *item)
{
    scrollTo(item);
    const QPointF center = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
    QTest::mouseClick(window(), Qt::LeftButton, {}, center.toPoint());
}

bool WindowDriver::chooseInMenuOf(QQuickItem *item, const QString &text)
{
    settle();
    const QPointF corner = item->mapToScene(QPointF(6, item->height() / 2));
    QTest::mouseClick(window(), Qt::RightButton, {}, corner.toPoint());
    return chooseInOpenMenu(text);
}

bool WindowDriver::chooseInOpenMenu(const QString &text)
{
    QQuickItem *entry = nullptr;
    const auto find = [&] {
        for (QQuickItem *candidate : findAll(QStringLiteral("menuEntry"))) {
            if (candidate->property("text").toString() == text)
                entry = candidate;
        }
        return entry != nullptr;
    };
    if (!QTest::qWaitFor(find, 3000) || !entry->isEnabled())
        return false;
    settle();
    click(entry);
    return true;
}

QQuickItem *WindowDriver::visibleBubble(const QString &text) const
{
    const auto bubbles = findAll(QStringLiteral("messageBubble"));
    const auto found = std::find_if(bubbles.begin(), bubbles.end(), [&](const auto *candidate) {
        return candidate->property("text").toString() == text;
    });
    return found == bubbles.end() ? nullptr : *found;
}

QQuickItem *WindowDriver::bubble(const QString &text) const
{
    if (!QTest::qWaitFor([&] { return hasBubble(text); }))
        qFatal("there is no bubble with %s", qPrintable(text));
    return visibleBubble(text);
}

void WindowDriver::type(const QString &text)
{
    for (const QChar character : text) {
        if (character.toLatin1() != 0)
            QTest::keyClick(window(), character.toLatin1());
        else
            QTest::sendKeyEvent(QTest::Click, window(), Qt::Key_unknown, QString(character),
                                Qt::NoModifier);
    }
}

void WindowDriver::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(window(), key, modifiers);
}

void WindowDriver::showSection(const QString &name)
{
    const QString sections = QStringLiteral("settingsSections");
    if (!isVisible(sections))
        press(Qt::Key_Comma, Qt::ControlModifier);
    QQuickItem *list = find(sections);
    list->forceActiveFocus(Qt::TabFocusReason);
    for (int row = 0, count = list->property("count").toInt(); row < count; ++row)
        press(Qt::Key_Up);
    const auto isOpen = [&] {
        const QQuickItem *tab = visible(QLatin1String("section-") + name);
        return tab != nullptr && tab->property("isCurrent").toBool();
    };
    for (int row = 0, count = list->property("count").toInt(); row < count && !isOpen(); ++row) {
        press(Qt::Key_Down);
        settle();
    }
    check(isOpen(), "there is no such section");
    const auto isSeen = [&] {
        const QQuickItem *tab = visible(QLatin1String("section-") + name);
        return tab != nullptr && list->contains(tab->mapToItem(list, QPointF(1, 1)))
                && list->contains(tab->mapToItem(list, QPointF(tab->width() - 1, 1)));
    };
    check(QTest::qWaitFor(isSeen), "the section's tab is not seen");
}

void WindowDriver::fill(const QString &field, const QString &text)
{
    const auto hasFocus = [&] {
        QQuickItem *item = visible(field);
        if (item == nullptr || !item->hasActiveFocus())
            click(field);
        return item != nullptr && item->hasActiveFocus();
    };
    if (!QTest::qWaitFor(hasFocus))
        qWarning("%s does not take the focus", qPrintable(field));
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Delete);
    type(text);
}

void WindowDriver::check(bool isFine, const char *what)
{
    if (isFine)
        return;
    screenshot(QStringLiteral("failed"));
    QTest::qFail(what, __FILE__, __LINE__);
}

void WindowDriver::createAccount(const QString &userName, const QString &name)
{
    askForAccount(userName, name);
    const auto isIn = [this] { return isVisible(QStringLiteral("conversationList")); };
    check(QTest::qWaitFor(isIn, 15'000), "the account was not created");
}

void WindowDriver::askForAccount(const QString &userName, const QString &name)
{
    const auto isShown = [this](const char *item) {
        return [this, item] { return isVisible(QLatin1String(item)); };
    };
    check(QTest::qWaitFor(isShown("createAccountButton")), "there is no door");
    check(activate(), "the window does not get the focus");
    fill(QStringLiteral("userNameField"), userName);
    fill(QStringLiteral("displayNameField"), name);
    fill(QStringLiteral("passwordField"), QStringLiteral("correct horse"));
    click(QStringLiteral("createAccountButton"));
}

void WindowDriver::send(const QString &text)
{
    click(QStringLiteral("composerField"));
    type(text);
    press(Qt::Key_Return);
    const auto isEmpty = [this] { return textOf(QStringLiteral("composerField")).isEmpty(); };
    check(QTest::qWaitFor(isEmpty), "the text stays in the composer");
}

void WindowDriver::openOnlyConversation()
{
    const auto isOpen = [this] { return isVisible(QStringLiteral("composerField")); };
    check(QTest::qWaitFor([this] { return app().conversations()->count() == 1; }),
          "there is not one conversation");
    check(activate(), "the window does not get the focus");
    app().conversation()->close();
    check(QTest::qWaitFor([&] { return !isOpen(); }), "the conversation does not close");
    press(Qt::Key_K, Qt::ControlModifier);
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    check(QTest::qWaitFor(isOpen), "the conversation does not open");
}

void WindowDriver::drop(const QString &item, const QList<QUrl> &files)
{
    settle();
    QQuickItem *target = find(item);
    const QPointF place = target->mapToScene(QPointF(target->width() / 2, target->height() / 2));
    QMimeData data;
    data.setUrls(files);
    QDragEnterEvent enter(place.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(window(), &enter);
    screenshot(QStringLiteral("drop-hint"));
    QDropEvent fall(place, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(window(), &fall);
}

QStringList WindowDriver::messages() const
{
    auto bubbles = findAll(QStringLiteral("messageBubble"));
    std::sort(bubbles.begin(), bubbles.end(),
              [](const auto *a, const auto *b) { return topOf(a) < topOf(b); });
    QStringList texts;
    for (const QQuickItem *bubble : std::as_const(bubbles))
        texts.append(bubble->property("text").toString());
    return texts;
}

int WindowDriver::newestStatus() const
{
    const auto bubbles = findAll(QStringLiteral("messageBubble"));
    const QQuickItem *newest = nullptr;
    for (const QQuickItem *bubble : bubbles) {
        if (bubble->property("isOwn").toBool()
            && (newest == nullptr || topOf(bubble) > topOf(newest)))
            newest = bubble;
    }
    return newest == nullptr ? -1 : newest->property("status").toInt();
}

void WindowDriver::screenshot(const QString &name)
{
    const QString directory = qEnvironmentVariable("DUNLIN_SCREENSHOTS", QStringLiteral("."));
    QDir().mkpath(directory);
    const auto before = app_->theme();
    for (const auto theme : {client::AppController::LightTheme, client::AppController::DarkTheme}) {
        app_->setTheme(theme);
        QCoreApplication::processEvents();
        const QString suffix = theme == client::AppController::DarkTheme
                ? QStringLiteral("-dark.png")
                : QStringLiteral("-light.png");
        window()->grabWindow().save(QDir(directory).filePath(name + suffix));
    }
    app_->setTheme(before);
}

} // namespace dunlin::test
