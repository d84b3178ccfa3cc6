// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "client_profile.h"
#include "desktop_session.h"
#include "server_process.h"
#include "test_cluster.h"
#include "window_driver.h"

#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

constexpr int patienceMs = 240'000;
const QString password = QStringLiteral("correct horse");

} // namespace

/// The program as a screen reader has it: accessibility.py uses it by AT-SPI alone, from its first
/// run to a message that was read, and looks at every screen on its way.
class AccessibilityTest : public QObject {
    Q_OBJECT

    DesktopSession session_;
    WindowManager windowManager_;
    TestCluster cluster_;
    QTemporaryDir profiles_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<Client> ben_;
    bool hasAnswered_ = false;

    /// Ben reads what he gets, and answers the first of it.
    void letBenAnswer()
    {
        const auto conversations = await(ben_->store().conversations());
        QVERIFY(conversations);
        for (const ConversationSummary &conversation : *conversations) {
            if (conversation.unread == 0)
                continue;
            await(ben_->sync().markRead(conversation.id, conversation.lastSeq));
            if (!std::exchange(hasAnswered_, true))
                QVERIFY(await(ben_->outbox().queue(conversation.id, QStringLiteral("hello ana"))));
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        ben_ = openProfile(profiles_.path(), QStringLiteral("ben"));
        registerAs(*ben_, server_->webSocketUrl(), QStringLiteral("ben"), password);
        session_.start(QStringLiteral("/usr/libexec/at-spi-bus-launcher"),
                       {QStringLiteral("--launch-immediately")});
        QVERIFY(session_.waitForName(QStringLiteral("org.a11y.Bus")));
    }
    void cleanupTestCase()
    {
        ben_.reset();
        server_.reset();
    }

    void everyScreenIsNamedAndAMessageIsSentAndRead()
    {
        auto environment = session_.environment();
        environment.insert(QStringLiteral("QT_LINUX_ACCESSIBILITY_ALWAYS_ON"), QStringLiteral("1"));
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        QProcess app;
        app.setProcessEnvironment(environment);
        app.setProcessChannelMode(QProcess::ForwardedChannels);
        app.start(QStringLiteral(DUNLIN_PROGRAM),
                  {QStringLiteral("--data-dir"), profiles_.filePath(QStringLiteral("ana")),
                   QStringLiteral("--server"), server_->webSocketUrl().toString()});
        QVERIFY(app.waitForStarted());

        QProcess user;
        user.setProcessEnvironment(environment);
        user.setProcessChannelMode(QProcess::MergedChannels);
        user.start(QStringLiteral("/usr/bin/python3"),
                   {QStringLiteral(DUNLIN_ACCESSIBILITY_USER), QStringLiteral("ana"), password});
        QVERIFY(user.waitForStarted());
        const auto hasEnded = [&] {
            letBenAnswer();
            return user.state() == QProcess::NotRunning;
        };
        const bool isDone = QTest::qWaitFor(hasEnded, patienceMs);
        const QByteArray told = user.readAll();
        user.kill();
        user.waitForFinished();
        std::fputs(told.constData(), stderr); // whole, however long it is
        QVERIFY(isDone);
        QCOMPARE(user.exitCode(), 0);
        app.terminate();
        QVERIFY(app.waitForFinished());
        QCOMPARE(app.exitCode(), 0);
    }
};

QTEST_MAIN(AccessibilityTest)
#include "tst_accessibility.moc"
