// SPDX-License-Identifier: Apache-2.0
#include "desktop_session.h"
#include "keychain_token_store.h"
#include "server_process.h"
#include "test_cluster.h"
#include "window_driver.h"

#include <QApplication>
#include <QDBusArgument>
#include <QDBusInterface>
#include <QDBusMetaType>
#include <QDBusReply>
#include <QDirIterator>
#include <QTest>

using namespace dunlin::client;
using namespace dunlin::test;

namespace {

const QByteArray ownWords = "Nobody else shall read this";
const QByteArray keyringPassword = "the keyring's own password";
const QString secrets = QStringLiteral("org.freedesktop.secrets");
const QString secretsPath = QStringLiteral("/org/freedesktop/secrets");
const QString loginPath = QStringLiteral("/org/freedesktop/secrets/collection/login");

} // namespace

/// The Secret Service's (oayays).
struct Secret {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};
Q_DECLARE_METATYPE(Secret)

static QDBusArgument &operator<<(QDBusArgument &argument, const Secret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}
static const QDBusArgument &operator>>(const QDBusArgument &argument, Secret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

/// Where a session is kept, as the user sees it: a desktop without a keyring, then one with, then
/// one whose keyring is locked; and what is left of it after signing out.
class SessionKeepingTest : public QObject {
    Q_OBJECT

    DesktopSession &session_;
    WindowManager windowManager_;
    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<WindowDriver> app_;

    QString profile(const QString &name) const { return session_.home() + u'/' + name; }
    void open(const QString &name)
    {
        app_.reset();
        QDir().mkpath(profile(name));
        app_ = std::make_unique<WindowDriver>(profile(name), server_->webSocketUrl().toString(),
                                              std::make_unique<KeychainTokenStore>(profile(name)));
    }
    bool sees(const char *name) const { return app_->isVisible(QLatin1String(name)); }
    QString inKeyring() const
    {
        return session_.run(QStringLiteral("secret-tool"),
                            {QStringLiteral("search"), QStringLiteral("--all"),
                             QStringLiteral("server"), QStringLiteral("dunlin")});
    }
    void startKeyring()
    {
        session_.start(QStringLiteral("gnome-keyring-daemon"),
                       {QStringLiteral("--unlock"), QStringLiteral("--foreground"),
                        QStringLiteral("--components=secrets")},
                       keyringPassword);
        QVERIFY(session_.waitForName(secrets));
    }
    static void lockKeyring()
    {
        QDBusInterface service(secrets, secretsPath,
                               QStringLiteral("org.freedesktop.Secret.Service"));
        const QList<QDBusObjectPath> collections{QDBusObjectPath(loginPath)};
        const auto answer = service.call(QStringLiteral("Lock"), QVariant::fromValue(collections));
        QCOMPARE(answer.errorMessage(), QString());
    }
    /// As its own dialog would.
    static void unlockKeyring()
    {
        qDBusRegisterMetaType<Secret>();
        QDBusInterface service(secrets, secretsPath,
                               QStringLiteral("org.freedesktop.Secret.Service"));
        const auto session = service.call(QStringLiteral("OpenSession"), QStringLiteral("plain"),
                                          QVariant::fromValue(QDBusVariant(QString())));
        QCOMPARE(session.errorMessage(), QString());
        const Secret password{.session = session.arguments().value(1).value<QDBusObjectPath>(),
                              .parameters = {},
                              .value = keyringPassword,
                              .contentType = QStringLiteral("text/plain")};
        QDBusInterface own(
                secrets, secretsPath,
                QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"));
        const auto answer = own.call(QStringLiteral("UnlockWithMasterPassword"),
                                     QVariant::fromValue(QDBusObjectPath(loginPath)),
                                     QVariant::fromValue(password));
        QCOMPARE(answer.errorMessage(), QString());
    }
    QByteArray everythingOnDisk(const QString &name) const
    {
        QByteArray all;
        for (QDirIterator files(profile(name), QDir::Files | QDir::Hidden,
                                QDirIterator::Subdirectories);
             files.hasNext();) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    }

public:
    explicit SessionKeepingTest(DesktopSession &session) : session_(session) { }

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        QVERIFY(server_->start());
    }
    void cleanupTestCase() { app_.reset(); }

    void withoutAKeyringTheFileIsAskedForAndTheChoiceRemembered()
    {
        open(QStringLiteral("ana"));
        app_->askForAccount(QStringLiteral("ana"), QStringLiteral("Ana Souza"));
        QTRY_VERIFY(sees("keychainCard"));
        QVERIFY(sees("createAccountButton")); // nothing has happened yet
        QVERIFY(!QFile::exists(profile(QStringLiteral("ana")) + QLatin1String("/token")));
        app_->screenshot(QStringLiteral("keychain-missing"));
        app_->click(QStringLiteral("retryKeychainButton"));
        QTRY_VERIFY(!app_->app().isBusy());
        QVERIFY(sees("keychainCard"));
        app_->click(QStringLiteral("useFileButton"));
        QTRY_VERIFY(sees("conversationList"));
        QVERIFY(QFile::exists(profile(QStringLiteral("ana")) + QLatin1String("/token")));
        open(QStringLiteral("ana"));
        QTRY_VERIFY(sees("conversationList"));
    }

    void withAKeyringTheSessionIsInItWithoutAnyQuestion()
    {
        startKeyring();
        open(QStringLiteral("ben"));
        app_->createAccount(QStringLiteral("ben"), QStringLiteral("Ben Okafor"));
        QVERIFY(inKeyring().contains(QLatin1String("user = ben-")));
        QVERIFY(!QFile::exists(profile(QStringLiteral("ben")) + QLatin1String("/token")));
        open(QStringLiteral("ben"));
        QTRY_VERIFY(sees("conversationList"));
    }

    void aLockedKeyringIsSaidAndTriedAgainOnceItIsOpen()
    {
        app_.reset();
        lockKeyring();
        open(QStringLiteral("ben"));
        QTRY_VERIFY(sees("keychainCard"));
        QVERIFY(app_->textOf(QStringLiteral("keychainProblem")).contains(QLatin1String("locked")));
        QVERIFY(!sees("useFileButton")); // the session is there: nothing is to be kept
        app_->screenshot(QStringLiteral("keychain-locked"));
        unlockKeyring();
        QVERIFY(app_->activate());
        app_->click(QStringLiteral("retryKeychainButton"));
        QTRY_VERIFY(sees("conversationList"));
    }

    void signingOutAsksFirstAndLeavesNothingBehind()
    {
        QVERIFY(app_->activate());
        app_->press(Qt::Key_N, Qt::ControlModifier);
        app_->type(QStringLiteral("ana"));
        QTRY_COMPARE(app_->app().search()->count(), 1);
        QTRY_VERIFY(!app_->app().search()->isSearching());
        app_->press(Qt::Key_Return);
        QTRY_VERIFY(sees("composerField"));
        app_->send(QString::fromLatin1(ownWords));
        QVERIFY(everythingOnDisk(QStringLiteral("ben")).contains(ownWords));
        app_->press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(sees("signOutButton"));
        app_->click(QStringLiteral("signOutButton"));
        QTRY_VERIFY(sees("signOutQuestion"));
        app_->screenshot(QStringLiteral("sign-out-question"));
        app_->click(QStringLiteral("cancelSignOutButton"));
        QTRY_VERIFY(sees("signOutButton"));
        QVERIFY(everythingOnDisk(QStringLiteral("ben")).contains(ownWords));
        app_->click(QStringLiteral("signOutButton"));
        QTRY_VERIFY(sees("confirmSignOutButton"));
        app_->click(QStringLiteral("confirmSignOutButton"));
        QTRY_VERIFY(sees("serverField"));
        QTRY_VERIFY(!everythingOnDisk(QStringLiteral("ben")).contains(ownWords));
        QVERIFY(!everythingOnDisk(QStringLiteral("ben")).contains("Ana Souza"));
        QTRY_VERIFY(!inKeyring().contains(QLatin1String("user = ben-")));
    }
};

int main(int argc, char *argv[])
{
    DesktopSession session;
    session.adopt();
    QApplication application(argc, argv);
    SessionKeepingTest test(session);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_session_keeping.moc"
