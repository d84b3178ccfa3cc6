// SPDX-License-Identifier: Apache-2.0
#include "server_process.h"
#include "test_cluster.h"
#include "window_driver.h"
#include "wire_client.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

/// Someone deletes the account in the settings; someone else sees what is left of it.
class DeletedAccountTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    QTemporaryDir profiles_;
    std::unique_ptr<WindowDriver> ana_;
    std::unique_ptr<WireClient> ben_;

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
        ana_ = std::make_unique<WindowDriver>(profiles_.filePath(QStringLiteral("ana")),
                                              server_->webSocketUrl().toString());
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("createAccountButton")));
        QVERIFY(ana_->activate());
        ana_->createAccount(QStringLiteral("ana"), QStringLiteral("Ana Souza"));
        ben_ = std::make_unique<WireClient>(server_->webSocketUrl());
        QVERIFY(ben_->open());
        QVERIFY(ben_->registerAccount("ben").has_signed_in());
        const auto ana = ana_->app().client().session().self().id;
        const std::int64_t talk = ben_->openConversation(ana.value);
        QVERIFY(ben_->post(talk, "Hello Ana").has_message_posted());
        QTRY_COMPARE(ana_->app().conversations()->count(), 1);
        ana_->openOnlyConversation();
        QTRY_COMPARE(ana_->messages(), QStringList{QStringLiteral("Hello Ana")});
    }
    void cleanupTestCase() { ana_.reset(); }

    void whatADeletedAccountWroteIsGoneAndTheHeaderSaysWhy()
    {
        v1::ClientFrame frame;
        frame.mutable_delete_account()->set_password(WireClient::passwordOf());
        QVERIFY(ben_->request(frame).has_done());
        QTRY_COMPARE(ana_->textOf(QStringLiteral("headerName")), QStringLiteral("Deleted account"));
        QTRY_COMPARE(ana_->find(QStringLiteral("messageBubble"))->property("shownText").toString(),
                     QStringLiteral("This message was deleted"));
        QCOMPARE(ana_->messages(), QStringList{QString()});
        QVERIFY(ana_->isVisible(QStringLiteral("deletedAccountLine")));
        QVERIFY(!ana_->isVisible(QStringLiteral("composerField")));
        QVERIFY(!ana_->isVisible(QStringLiteral("headerStatus")));
        ana_->screenshot(QStringLiteral("deleted-account"));
    }

    void theOwnAccountIsDeletedWithItsPasswordOnly()
    {
        ana_->press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("deleteAccountButton")));
        ana_->click(QStringLiteral("deleteAccountButton"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("deleteAccountPassword")));
        ana_->fill(QStringLiteral("deleteAccountPassword"), QStringLiteral("not the password"));
        ana_->click(QStringLiteral("confirmDeleteAccountButton"));
        QTRY_VERIFY(ana_->textOf(QStringLiteral("deleteAccountPasswordError"))
                            .contains(QLatin1String("not the password")));
        ana_->screenshot(QStringLiteral("delete-account"));
        ana_->click(QStringLiteral("cancelDeleteAccountButton"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("deleteAccountButton")));

        ana_->click(QStringLiteral("deleteAccountButton"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("deleteAccountPassword")));
        ana_->fill(QStringLiteral("deleteAccountPassword"),
                   QString::fromStdString(WireClient::passwordOf()));
        ana_->click(QStringLiteral("confirmDeleteAccountButton"));
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("signInButton")));
        QTRY_COMPARE(ana_->app().notice(), QStringLiteral("Your account is deleted."));
        QVERIFY(!ana_->isVisible(QStringLiteral("signedOutText")));
        QCOMPARE(cluster_.run("SELECT count(*) FROM users WHERE deleted_at IS NULL"),
                 std::string("0"));
        // Nothing of it is left here.
        QDir profile(profiles_.filePath(QStringLiteral("ana")));
        const auto hasWords = [&] {
            const auto files = profile.entryList({QStringLiteral("store.db*")}, QDir::Files);
            return std::any_of(files.begin(), files.end(), [&](const QString &name) {
                QFile file(profile.filePath(name));
                return file.open(QIODevice::ReadOnly) && file.readAll().contains("Ana Souza");
            });
        };
        QTRY_VERIFY(!hasWords());
        QTRY_COMPARE(ana_->find(QStringLiteral("notice"))->opacity(), 1.0);
        ana_->screenshot(QStringLiteral("account-deleted"));
    }
};

QTEST_MAIN(DeletedAccountTest)
#include "tst_deleted_account.moc"
