// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "desktop_main.h"
#include "notification_desktop.h"
#include "server_process.h"
#include "test_cluster.h"
#include "tray_desktop.h"
#include "window_driver.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusVariant>
#include <QStandardPaths>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

const QStringList everything{QStringLiteral("actions"), QStringLiteral("body")};
const QString password = QStringLiteral("correct horse");

} // namespace

/// Counts what com.canonical.Unity.LauncherEntry is told.
class LauncherListener : public QObject {
    Q_OBJECT
public:
    QVariantMap properties;
    QString application;
public Q_SLOTS:
    void update(const QString &uri, const QVariantMap &values)
    {
        application = uri;
        properties = values;
    }
};

/// The app's window on a desktop that has notifications, a tray and a launcher: Ana writes through
/// the real server, Ben's window and desktop show it.
class DesktopTest : public QObject {
    Q_OBJECT

    DesktopSession &session_;
    WindowManager windowManager_;
    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<NotificationDesktop> notifications_;
    std::unique_ptr<TrayDesktop> tray_;
    std::unique_ptr<Client> ana_;
    std::unique_ptr<WindowDriver> ben_;
    LauncherListener launcher_;
    ConversationId talk_;

    void send(const char *text)
    {
        QVERIFY(await(ana_->outbox().queue(talk_, QString::fromLatin1(text))));
    }
    bool isOpen() const
    {
        return ben_->app().conversation()->conversationId() == QString::number(talk_.value);
    }
    void readConversation()
    {
        ben_->app().conversation()->open(QString::number(talk_.value));
        QTRY_COMPARE(ben_->app().conversations()->unread(), 0);
        QTRY_VERIFY(notifications_ == nullptr || notifications_->shown().isEmpty());
        ben_->app().conversation()->close();
    }
    DesktopSettings &settings() { return ben_->settings(); }
    /// The window lives in this thread: nobody here may wait for what it answers.
    static QVariant ask(const QString &service, const QString &path, const QString &interface,
                        const QString &method, const QVariantList &arguments)
    {
        auto question = QDBusMessage::createMethodCall(service, path, interface, method);
        question.setArguments(arguments);
        const QDBusPendingCall call = QDBusConnection::sessionBus().asyncCall(question);
        if (!QTest::qWaitFor([&] { return call.isFinished(); }))
            return {};
        return call.reply().arguments().value(call.reply().arguments().size() - 1);
    }
    QVariant trayProperty(const char *name) const
    {
        const QVariantList which{QStringLiteral("org.kde.StatusNotifierItem"), QLatin1String(name)};
        return ask(tray_->items().value(0), QStringLiteral("/StatusNotifierItem"),
                   QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"), which)
                .value<QDBusVariant>()
                .variant();
    }
    QString trayTip() const
    {
        // (sa(iiay)ss): name, pictures, title, text.
        const auto argument = trayProperty("ToolTip").value<QDBusArgument>();
        QString name;
        QString title;
        argument.beginStructure();
        argument >> name;
        argument.beginArray();
        while (!argument.atEnd()) {
            int width = 0;
            int height = 0;
            QByteArray bytes;
            argument.beginStructure();
            argument >> width >> height >> bytes;
            argument.endStructure();
        }
        argument.endArray();
        argument >> title;
        return title;
    }
    /// The bytes of all sizes.
    QByteArray trayPicture() const
    {
        const auto argument = trayProperty("IconPixmap").value<QDBusArgument>();
        QByteArray all;
        argument.beginArray();
        while (!argument.atEnd()) {
            int width = 0;
            int height = 0;
            QByteArray bytes;
            argument.beginStructure();
            argument >> width >> height >> bytes;
            argument.endStructure();
            all += bytes;
        }
        argument.endArray();
        return all;
    }
    /// Entries of the menu by their words.
    QHash<QString, int> menu() const
    {
        const QVariantList whole{0, -1, QStringList{QStringLiteral("label")}};
        const auto layout =
                ask(tray_->items().value(0), QStringLiteral("/MenuBar"),
                    QStringLiteral("com.canonical.dbusmenu"), QStringLiteral("GetLayout"), whole)
                        .value<QDBusArgument>();
        // (ia{sv}av): the root, and its entries of the same form.
        int id = 0;
        QVariantMap values;
        QHash<QString, int> found;
        layout.beginStructure();
        layout >> id >> values;
        layout.beginArray();
        while (!layout.atEnd()) {
            QDBusVariant entry;
            layout >> entry;
            const auto inner = entry.variant().value<QDBusArgument>();
            inner.beginStructure();
            inner >> id >> values;
            QString label = values.value(QStringLiteral("label")).toString();
            found.insert(label.remove(u'_'), id);
        }
        return found;
    }
    void chooseInMenu(const char *words) const
    {
        const int id = menu().value(QLatin1String(words), -1);
        QVERIFY2(id >= 0, words);
        const QVariantList click{id, QStringLiteral("clicked"),
                                 QVariant::fromValue(QDBusVariant(0)), 0U};
        ask(tray_->items().value(0), QStringLiteral("/MenuBar"),
            QStringLiteral("com.canonical.dbusmenu"), QStringLiteral("Event"), click);
    }
    void clickTray() const
    {
        ask(tray_->items().value(0), QStringLiteral("/StatusNotifierItem"),
            QStringLiteral("org.kde.StatusNotifierItem"), QStringLiteral("Activate"), {1, 1});
    }

public:
    explicit DesktopTest(DesktopSession &session) : session_(session) { }

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        notifications_ = std::make_unique<NotificationDesktop>(session_.address(), everything);
        tray_ = std::make_unique<TrayDesktop>(session_.address());
        QDBusConnection::sessionBus().connect(
                {}, {}, QStringLiteral("com.canonical.Unity.LauncherEntry"),
                QStringLiteral("Update"), &launcher_, SLOT(update(QString, QVariantMap)));
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        ben_ = std::make_unique<WindowDriver>(session_.home() + QLatin1String("/ben"),
                                              server_->webSocketUrl().toString());
        ben_->createAccount(QStringLiteral("ben"), QStringLiteral("Ben Okafor"));
        const QString directory = session_.home() + QLatin1String("/ana");
        QDir().mkpath(directory);
        ana_ = std::make_unique<Client>(directory);
        QVERIFY(await(ana_->start()));
        QVERIFY(await(ana_->session().registerAccount(
                server_->webSocketUrl(), QStringLiteral("ana"), QStringLiteral("Ana Souza"),
                password, QStringLiteral("test"))));
        const UserId ben = ben_->app().client().session().self().id;
        const auto opened = await(ana_->openDirectConversation(ben));
        QVERIFY(opened);
        talk_ = opened->id;
    }
    void cleanupTestCase()
    {
        ben_.reset();
        ana_.reset();
    }

    void aClickOnANotificationOpensItsConversation()
    {
        QVERIFY(ben_->activate());
        send("Hello Ben");
        QTRY_COMPARE(notifications_->only().title, QStringLiteral("Ana Souza"));
        QVERIFY(!isOpen());
        ben_->window()->showMinimized();
        notifications_->choose(QStringLiteral("default"));
        QTRY_VERIFY(isOpen());
        QTRY_VERIFY(ben_->window()->isActive());
        QTRY_VERIFY(notifications_->shown().isEmpty());
        QTRY_COMPARE(ben_->app().conversations()->unread(), 0);
        const int calls = notifications_->calls();
        send("While you look"); // none for what is on the screen
        QTRY_VERIFY(ben_->messages().contains(QLatin1String("While you look")));
        QTRY_COMPARE(ben_->app().conversations()->unread(), 0);
        QCOMPARE(notifications_->calls(), calls);
        readConversation();
    }

    void theTrayAndTheLauncherShowWhatIsUnread()
    {
        QTRY_COMPARE(tray_->items().size(), 1);
        QTRY_VERIFY(settings().isTrayAvailable());
        const QByteArray plain = trayPicture();
        QVERIFY(!plain.isEmpty());
        QCOMPARE(trayTip(), QStringLiteral("Dunlin"));
        send("unread");
        QTRY_COMPARE(trayTip(), QStringLiteral("Dunlin, 1 unread conversation"));
        QVERIFY(trayPicture() != plain);
        QCOMPARE(launcher_.application, QStringLiteral("application://im.dunlin.dunlin.desktop"));
        QTRY_COMPARE(launcher_.properties.value(QStringLiteral("count")).toLongLong(), 1);
        QVERIFY(launcher_.properties.value(QStringLiteral("count-visible")).toBool());
        ben_->app().conversation()->open(QString::number(talk_.value));
        QTRY_COMPARE(trayTip(), QStringLiteral("Dunlin"));
        QCOMPARE(trayPicture(), plain);
        QTRY_VERIFY(!launcher_.properties.value(QStringLiteral("count-visible")).toBool());
        readConversation();
    }

    void theTraysMenuOpensAndSilences()
    {
        QCOMPARE(menu().keys().contains(QLatin1String("Quit")), true);
        ben_->window()->showMinimized();
        chooseInMenu("Open Dunlin");
        QTRY_VERIFY(ben_->window()->isActive());
        chooseInMenu("Do not disturb");
        QTRY_VERIFY(settings().doNotDisturb());
        const int calls = notifications_->calls();
        send("silent");
        QTRY_COMPARE(ben_->app().conversations()->unread(), 1);
        chooseInMenu("Do not disturb");
        QTRY_VERIFY(!settings().doNotDisturb());
        send("heard");
        QTRY_COMPARE(notifications_->only().body, QStringLiteral("heard"));
        QCOMPARE(notifications_->calls(), calls + 1);
        readConversation();
    }

    void theSettingsAreSwitchesThatAreKept()
    {
        QVERIFY(ben_->activate());
        ben_->press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(ben_->isVisible(QStringLiteral("section-notifications")));
        ben_->click(QStringLiteral("section-notifications"));
        QTRY_VERIFY(ben_->isVisible(QStringLiteral("hideContentSwitch")));
        ben_->click(QStringLiteral("hideContentSwitch"));
        QTRY_VERIFY(settings().hideContent());
        ben_->screenshot(QStringLiteral("settings-notifications"));
        send("a secret");
        QTRY_COMPARE(notifications_->only().body, QStringLiteral("New message"));
        ben_->click(QStringLiteral("hideContentSwitch"));
        QTRY_VERIFY(!settings().hideContent());
        ben_->click(QStringLiteral("section-general"));
        QTRY_VERIFY(ben_->isVisible(QStringLiteral("autostartSwitch")));
        ben_->click(QStringLiteral("autostartSwitch"));
        QTRY_VERIFY(settings().autostart());
        ben_->screenshot(QStringLiteral("settings-general"));
        ben_->click(QStringLiteral("startMinimisedSwitch"));
        QTRY_VERIFY(!settings().startMinimised());
        ben_->click(QStringLiteral("autostartSwitch"));
        QTRY_VERIFY(!settings().autostart());
        QVERIFY(!settings().startMinimised());
        ben_->click(QStringLiteral("closeToTraySwitch"));
        QTRY_VERIFY(!settings().hidesOnClose());
        ben_->click(QStringLiteral("closeToTraySwitch"));
        QTRY_VERIFY(settings().hidesOnClose());
        ben_->press(Qt::Key_Escape);
    }

    void closingHidesToTheTrayAndSaysSoOnce()
    {
        QVERIFY(ben_->activate());
        readConversation();
        ben_->app().conversation()->open(QString::number(talk_.value));
        ben_->window()->close();
        QVERIFY(!ben_->window()->isVisible());
        QTRY_COMPARE(notifications_->only().title, QStringLiteral("Dunlin keeps running"));
        clickTray();
        QTRY_VERIFY(ben_->window()->isActive());
        QTRY_VERIFY(notifications_->shown().isEmpty());
        const int calls = notifications_->calls();
        ben_->window()->close();
        QCoreApplication::sendPostedEvents(); // QML hears of a window's visibility through one
        QVERIFY(!ben_->app().conversation()->isInView());
        send("hidden"); // its conversation is open, and nobody sees it
        QTRY_COMPARE(notifications_->only().body, QStringLiteral("hidden"));
        QCOMPARE(notifications_->calls(), calls + 1);
        notifications_->choose(QStringLiteral("default"));
        QTRY_VERIFY(ben_->window()->isActive());
        QTRY_COMPARE(ben_->app().conversations()->unread(), 0);
    }

    void whereThereIsNoTrayTheWindowIsNotHiddenInIt()
    {
        ben_->window()->close();
        QVERIFY(!ben_->window()->isVisible());
        tray_.reset();
        QTRY_VERIFY(!settings().isTrayAvailable());
        QVERIFY(!settings().hidesOnClose());
        QTRY_VERIFY_WITH_TIMEOUT(ben_->window()->isVisible(), 15'000); // somebody has to find it
        tray_ = std::make_unique<TrayDesktop>(session_.address());
        QTRY_VERIFY(settings().hidesOnClose());
        QTRY_COMPARE(tray_->items().size(), 1);
        ben_->window()->showNormal();
    }

    void dunstShowsAndWithdrawsAndOpens()
    {
        notifications_.reset();
        QVERIFY(!QStandardPaths::findExecutable(QStringLiteral("dunst")).isEmpty());
        session_.start(QStringLiteral("dunst"), {});
        QVERIFY(session_.waitForName(QStringLiteral("org.freedesktop.Notifications")));
        const auto dunstctl = [this](const QStringList &arguments) {
            return session_.run(QStringLiteral("dunstctl"), arguments);
        };
        const QStringList displayed{QStringLiteral("count"), QStringLiteral("displayed")};
        ben_->app().conversation()->close();
        send("for dunst");
        QTRY_COMPARE(dunstctl(displayed), QStringLiteral("1"));
        dunstctl({QStringLiteral("action")});
        QTRY_VERIFY(isOpen());
        QTRY_COMPARE(dunstctl(displayed), QStringLiteral("0"));
        const QString history = dunstctl({QStringLiteral("history")});
        QVERIFY2(history.contains(QLatin1String("for dunst")), qPrintable(history));
        QVERIFY(history.contains(QLatin1String("Ana Souza")));
        readConversation();
        send("read elsewhere");
        QTRY_COMPARE(dunstctl(displayed), QStringLiteral("1"));
        const auto summary = await(ben_->app().client().store().conversation(talk_));
        QVERIFY(await(ben_->app().client().sync().markRead(talk_, summary->lastSeq)));
        QTRY_COMPARE(dunstctl(displayed), QStringLiteral("0"));
    }
};

int main(int argc, char *argv[])
{
    return runOnDesktop<DesktopTest>(argc, argv);
}
#include "tst_desktop.moc"
