// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "desktop_session.h"
#include "local_store.h"
#include "token_store.h"
#include "window_driver.h"

#include <QApplication>
#include <QDir>
#include <QProcess>
#include <QSettings>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <functional>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

constexpr ConversationId talk{101};
constexpr int startMs = 20'000;
const QString nowhere = QStringLiteral("ws://127.0.0.1:1");

} // namespace

/// The program itself: how its starts meet, and how it ends. Offline, from a filled profile.
class LifecycleTest : public QObject {
    Q_OBJECT

    DesktopSession &session_;
    WindowManager windowManager_;
    std::vector<std::unique_ptr<QProcess>> apps_;

    QString root() const { return session_.home() + QLatin1String("/profiles"); }
    void fill(const QString &profile) const
    {
        const QString directory = root() + u'/' + profile;
        QDir(directory).removeRecursively();
        QDir().mkpath(directory);
        LocalStore store(directory + QLatin1String("/store.db"));
        QVERIFY(await(store.open()));
        const Person me{.id = UserId{1}, .userName = QStringLiteral("ana")};
        QVERIFY(await(store.setAccount(me)));
        QVERIFY(await(store.setMeta(QStringLiteral("server"), nowhere)));
        v1::Conversation conversation;
        conversation.set_conversation_id(talk.value);
        conversation.add_members()->set_user_id(1);
        auto &ben = *conversation.add_members();
        ben.set_user_id(2);
        ben.set_user_name("ben");
        std::vector<v1::Conversation> all{conversation};
        QVERIFY(await(store.applyConversations(std::move(all), UpdateSeq{1})));
        QVERIFY(FileTokenStore(directory + QLatin1String("/token")).write(QStringLiteral("token")));
    }
    QProcess *start(const QString &profile, const QStringList &more = {})
    {
        apps_.push_back(std::make_unique<QProcess>());
        QProcess *app = apps_.back().get();
        app->setProcessEnvironment(session_.environment());
        app->setProcessChannelMode(QProcess::ForwardedChannels);
        app->start(QStringLiteral(DUNLIN_PROGRAM),
                   QStringList{QStringLiteral("--data-dir"), root(), QStringLiteral("--profile"),
                               profile}
                           + more);
        if (!app->waitForStarted())
            qFatal("the app does not start");
        return app;
    }
    static QString outputOf(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        // Now and then xdotool waits for ever for a window that has gone; it is asked again.
        constexpr int patienceMs = 2000;
        if (!process.waitForFinished(patienceMs)) {
            process.kill();
            process.waitForFinished();
            return {};
        }
        return QString::fromUtf8(process.readAllStandardOutput().trimmed());
    }
    static QString windowsOf(const QProcess *app, const QStringList &more)
    {
        return outputOf(
                QStringLiteral("xdotool"),
                QStringList{QStringLiteral("search")} + more
                        + QStringList{QStringLiteral("--pid"), QString::number(app->processId()),
                                      QStringLiteral("--name"), QStringLiteral("^Dunlin$")});
    }
    static bool hasWindow(const QProcess *app)
    {
        return !windowsOf(app, {QStringLiteral("--onlyvisible")}).isEmpty();
    }
    /// What is asked of xdotool: QTRY_VERIFY would ask once more, and not every answer comes.
    static bool comesTrue(const std::function<bool()> &condition)
    {
        return QTest::qWaitFor(condition, startMs);
    }
    static bool isMinimised(const QProcess *app)
    {
        // Qt has another window of this name, which is never shown.
        const QStringList windows = windowsOf(app, {}).split(u'\n', Qt::SkipEmptyParts);
        return std::any_of(windows.begin(), windows.end(), [](const QString &window) {
            return outputOf(QStringLiteral("xprop"),
                            {QStringLiteral("-id"), window, QStringLiteral("WM_STATE")})
                    .contains(QLatin1String("Iconic"));
        });
    }
    QString openConversation(const QString &profile) const
    {
        return QSettings(root() + u'/' + profile + QLatin1String("/settings.ini"),
                         QSettings::IniFormat)
                .value(QStringLiteral("window/conversation"))
                .toString();
    }
    static int endOf(QProcess *app)
    {
        return app->waitForFinished(startMs) && app->exitStatus() == QProcess::NormalExit
                ? app->exitCode()
                : -1;
    }

public:
    explicit LifecycleTest(DesktopSession &session) : session_(session) { }

private Q_SLOTS:
    void init()
    {
        fill(QStringLiteral("one"));
        fill(QStringLiteral("two"));
    }
    void cleanup()
    {
        for (const auto &app : apps_) {
            app->terminate();
            app->waitForFinished();
        }
        apps_.clear();
    }

    void aSecondStartRaisesTheFirstAndEnds()
    {
        const QProcess *first = start(QStringLiteral("one"));
        QVERIFY(comesTrue([&] { return hasWindow(first); }));
        QProcess *second = start(QStringLiteral("one"));
        QCOMPARE(endOf(second), 0);
        QCOMPARE(first->state(), QProcess::Running);
    }

    void aSecondStartHandsItsLinkOver()
    {
        const QProcess *first = start(QStringLiteral("one"));
        QVERIFY(comesTrue([&] { return hasWindow(first); }));
        QVERIFY(openConversation(QStringLiteral("one")).isEmpty());
        QCOMPARE(endOf(start(QStringLiteral("one"),
                             {QStringLiteral("dunlin://conversation/%1").arg(talk.value)})),
                 0);
        QTRY_COMPARE_WITH_TIMEOUT(openConversation(QStringLiteral("one")),
                                  QString::number(talk.value), startMs);
    }

    void theFirstStartOpensItsLinkToo()
    {
        start(QStringLiteral("one"), {QStringLiteral("dunlin://user/ben")});
        QTRY_COMPARE_WITH_TIMEOUT(openConversation(QStringLiteral("one")),
                                  QString::number(talk.value), startMs);
    }

    void profilesRunBesideEachOther()
    {
        const QProcess *one = start(QStringLiteral("one"));
        const QProcess *two = start(QStringLiteral("two"));
        QVERIFY(comesTrue([&] { return hasWindow(one) && hasWindow(two); }));
    }

    void minimisedShowsNoWindowUntilItIsWanted()
    {
        const QProcess *first = start(QStringLiteral("one"), {QStringLiteral("--minimised")});
        // There is no tray to find it in.
        QVERIFY(comesTrue([&] { return isMinimised(first); }));
        QVERIFY(!hasWindow(first));
        QCOMPARE(endOf(start(QStringLiteral("one"))), 0);
        QVERIFY(comesTrue([&] { return hasWindow(first); }));
    }

    void whatACrashLeavesIsTakenOver()
    {
        QProcess *first = start(QStringLiteral("one"));
        QVERIFY(comesTrue([&] { return hasWindow(first); }));
        first->kill();
        QVERIFY(first->waitForFinished());
        const QProcess *next = start(QStringLiteral("one"));
        QVERIFY(comesTrue([&] { return hasWindow(next); }));
        QCOMPARE(endOf(start(QStringLiteral("one"))), 0);
    }

    void whoDoesNotAnswerIsSaidToBeThere()
    {
        QProcess *first = start(QStringLiteral("one"));
        QVERIFY(comesTrue([&] { return hasWindow(first); }));
        ::kill(static_cast<pid_t>(first->processId()), SIGSTOP);
        const int code = endOf(start(QStringLiteral("one")));
        ::kill(static_cast<pid_t>(first->processId()), SIGCONT);
        QCOMPARE(code, 1);
    }

    void aSignalEndsItInOrder()
    {
        QProcess *app = start(QStringLiteral("one"));
        QVERIFY(comesTrue([&] { return hasWindow(app); }));
        app->terminate();
        QCOMPARE(endOf(app), 0);
        QVERIFY(!QFile::exists(root() + QLatin1String("/one/lock")));
    }
};

int main(int argc, char *argv[])
{
    DesktopSession session;
    session.adopt();
    QApplication application(argc, argv);
    LifecycleTest test(session);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_lifecycle.moc"
