// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app_controller.h"
#include "app_window.h"

#include <QProcess>
#include <QQuickItem>
#include <QUrl>

#include <memory>

namespace dunlin::test {

/// Gives windows the focus, and ends with its owner.
class WindowManager {
public:
    WindowManager();
    ~WindowManager();

private:
    QProcess process_;
};

/// One running app and a hand on its keyboard and mouse: everything goes through the window.
class WindowDriver {
public:
    /// tokens: a file in the profile unless given.
    WindowDriver(const QString &profileDirectory, const QString &server,
                 std::unique_ptr<client::TokenStore> tokens = {});
    ~WindowDriver();

    client::AppController &app() { return *app_; }
    QQuickWindow *window() { return window_->window(); }
    client::DesktopSettings &settings() { return window_->settings(); }

    /// Brings the window to the front and waits until it has the focus.
    bool activate();

    /// The visible item with this object name, waited for as waitForItem() does.
    QQuickItem *find(const QString &name) const;
    /// Those that are visible now.
    QList<QQuickItem *> findAll(const QString &name) const;
    bool isVisible(const QString &name) const { return !findAll(name).isEmpty(); }
    /// The text property of the item; empty when there is none.
    QString textOf(const QString &name) const;

    void click(const QString &name);
    void click(QQuickItem *item);
    /// Opens the item's menu and chooses the entry with this text; false when it is not there.
    bool chooseInMenuOf(QQuickItem *item, const QString &text);
    /// The same in a menu that is open, or about to be.
    bool chooseInOpenMenu(const QString &text);
    void type(const QString &text);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// Opens the settings and goes to a section by its name, with the keys.
    void showSection(const QString &name);
    /// Empties the field and types into it.
    void fill(const QString &field, const QString &text);

    /// From the door into the app.
    void createAccount(const QString &userName, const QString &name);
    /// Only the click that asks for it.
    void askForAccount(const QString &userName, const QString &name);
    void openOnlyConversation();
    /// Types into the composer and presses Enter.
    void send(const QString &text);
    /// Drags these files over the item and lets them fall.
    void drop(const QString &item, const QList<QUrl> &files);

    /// The bubble that has this text, waited for as find() does.
    QQuickItem *bubble(const QString &text) const;
    /// True while there is one on screen.
    bool hasBubble(const QString &text) const { return visibleBubble(text) != nullptr; }
    /// The texts of the messages on screen, from top to bottom.
    QStringList messages() const;
    /// The status of the newest own message on screen (MessageStatus).
    int newestStatus() const;

    /// Waits until what has changed is laid out, so that a click goes where things are.
    void settle();

    /// Light and dark, to $DUNLIN_SCREENSHOTS/<name>-light.png and -dark.png.
    void screenshot(const QString &name);

private:
    void scrollTo(QQuickItem *item);
    void check(bool isFine, const char *what);
    /// nullptr when there is none now.
    QQuickItem *visible(const QString &name) const;
    QQuickItem *visibleBubble(const QString &text) const;

    std::unique_ptr<client::AppController> app_;
    std::unique_ptr<client::AppWindow> window_;
};

} // namespace dunlin::test
