// SPDX-License-Identifier: Apache-2.0
#include "server_process.h"
#include "test_cluster.h"
#include "window_driver.h"
#include "wire_client.h"

#include <QTemporaryDir>
#include <QTest>

using namespace dunlin::client;
using namespace dunlin::test;

/// Two people decide in the app how long their messages are kept.
class RetentionTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> ana_;
    std::unique_ptr<WindowDriver> ben_;

    std::unique_ptr<WindowDriver> signIn(const QString &name)
    {
        auto driver = std::make_unique<WindowDriver>(profiles_.filePath(name),
                                                     server_->webSocketUrl().toString());
        const auto isThere = [&] { return driver->isVisible(QStringLiteral("switchButton")); };
        if (!QTest::qWaitFor(isThere) || !driver->activate())
            qFatal("no window");
        driver->click(QStringLiteral("switchButton"));
        driver->fill(QStringLiteral("userNameField"), name);
        driver->fill(QStringLiteral("passwordField"),
                     QString::fromStdString(WireClient::passwordOf()));
        driver->click(QStringLiteral("signInButton"));
        return driver;
    }
    /// Ana's and Ben's messages of six weeks ago and of today.
    void fill()
    {
        WireClient ana(server_->webSocketUrl());
        WireClient ben(server_->webSocketUrl());
        QVERIFY(ana.open() && ben.open());
        QVERIFY(ana.registerAccount("ana").has_signed_in());
        QVERIFY(ben.registerAccount("ben").has_signed_in());
        const std::int64_t talk = ana.openConversation(ben.userId());
        QVERIFY(ana.post(talk, "Old").has_message_posted());
        QVERIFY(ben.post(talk, "Old, too").has_message_posted());
        cluster_.run("UPDATE messages SET sent_at = sent_at - interval '42 days'");
        QVERIFY(ana.post(talk, "New").has_message_posted());
    }
    void openRetention()
    {
        ana_->click(QStringLiteral("conversationMenuButton"));
        QVERIFY(ana_->chooseInOpenMenu(QStringLiteral("Retention")));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("retentionOption0")));
    }

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(
                cluster_.conninfo(),
                QStringList{QStringLiteral("--heartbeat-interval-ms"), QStringLiteral("500")});
        QVERIFY(server_->start());
        fill();
        ben_ = signIn(QStringLiteral("ben"));
        ana_ = signIn(QStringLiteral("ana"));
        const QStringList all{QStringLiteral("Old"), QStringLiteral("Old, too"),
                              QStringLiteral("New")};
        for (WindowDriver *who : {ben_.get(), ana_.get()}) {
            QTRY_COMPARE(who->app().conversations()->count(), 1);
            QVERIFY(who->activate());
            who->openOnlyConversation();
            QTRY_COMPARE(who->messages(), all);
        }
    }
    void cleanupTestCase()
    {
        ana_.reset();
        ben_.reset();
    }

    void nothingIsSaidWhileMessagesAreKept()
    {
        QVERIFY(!ana_->isVisible(QStringLiteral("retentionLine")));
    }

    void whoChoosesATimeIsAskedFirst()
    {
        openRetention();
        ana_->screenshot(QStringLiteral("retention"));
        ana_->click(QStringLiteral("retentionOption4"));
        QTRY_VERIFY(ana_->textOf(QStringLiteral("retentionQuestion"))
                            .contains(QLatin1String("older than 4 weeks")));
        ana_->screenshot(QStringLiteral("retention-question"));
        ana_->click(QStringLiteral("cancelRetentionButton"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("retentionOption0")));
        ana_->press(Qt::Key_Escape);
        QTRY_VERIFY(!ana_->isVisible(QStringLiteral("retentionOption0")));
        QVERIFY(!ana_->isVisible(QStringLiteral("retentionLine")));
    }

    void oldMessagesLeaveBothWindowsAndTheHeadersSayWhy()
    {
        openRetention();
        ana_->click(QStringLiteral("retentionOption4"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("confirmRetentionButton")));
        ana_->click(QStringLiteral("confirmRetentionButton"));
        QTRY_VERIFY(!ana_->isVisible(QStringLiteral("confirmRetentionButton")));
        for (WindowDriver *who : {ana_.get(), ben_.get()}) {
            QTRY_COMPARE(who->textOf(QStringLiteral("retentionLine")),
                         QStringLiteral("Messages are deleted after 4 weeks"));
            QTRY_COMPARE(who->messages(), QStringList{QStringLiteral("New")});
        }
        ana_->screenshot(QStringLiteral("retention-header"));
    }
};

QTEST_MAIN(RetentionTest)
#include "tst_retention.moc"
