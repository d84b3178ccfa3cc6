// SPDX-License-Identifier: Apache-2.0
#include "desktop_session.h"

#include <QDir>
#include <QSettings>
#include <QTest>

using namespace dunlin::test;

namespace {

const QString token = QStringLiteral("one-token");
const QString done = QStringLiteral("done");

} // namespace

/// The token store in sessions with a real gnome-keyring, a locked one, none, and no bus.
/// secret-tool is the reader that is not ours.
class KeychainTokenStoreTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DesktopSession> session_;

    void begin(DesktopSession::Bus bus = DesktopSession::Bus::Running)
    {
        session_.reset();
        session_ = std::make_unique<DesktopSession>(bus);
        QDir().mkpath(profile());
    }
    void beginWithKeyring()
    {
        begin();
        session_->start(QStringLiteral("gnome-keyring-daemon"),
                        {QStringLiteral("--unlock"), QStringLiteral("--components=secrets"),
                         QStringLiteral("--foreground")},
                        "the keyring's own password");
        QVERIFY(session_->waitForName(QStringLiteral("org.freedesktop.secrets")));
    }
    /// No screen: who would be asked for the password sees nothing and cannot answer.
    void lock() const
    {
        const QString said = session_->run(
                QStringLiteral("gdbus"),
                {QStringLiteral("call"), QStringLiteral("--session"), QStringLiteral("--dest"),
                 QStringLiteral("org.freedesktop.secrets"), QStringLiteral("--object-path"),
                 QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("--method"),
                 QStringLiteral("org.freedesktop.Secret.Service.Lock"),
                 QStringLiteral("[objectpath '/org/freedesktop/secrets/aliases/default']")});
        QVERIFY2(said.contains(QLatin1String("/org/freedesktop/secrets")), qPrintable(said));
    }
    QString profile() const { return session_->home() + QLatin1String("/profile"); }
    QString filePath() const { return profile() + QLatin1String("/token"); }
    QString call(const QString &verb, const QString &argument = {}) const
    {
        const QStringList arguments{profile(), verb, argument};
        return session_->run(QStringLiteral(TOKEN_STORE_PROGRAM), arguments);
    }
    QString key() const
    {
        return QSettings(profile() + QLatin1String("/settings.ini"), QSettings::IniFormat)
                .value(QStringLiteral("session/keychainKey"))
                .toString();
    }
    QString inKeyring(const QString &ofKey) const
    {
        return session_->run(QStringLiteral("secret-tool"),
                             {QStringLiteral("lookup"), QStringLiteral("server"),
                              QStringLiteral("dunlin"), QStringLiteral("user"), ofKey});
    }
    void writeFile() const
    {
        QFile file(filePath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(token.toLatin1());
    }

private Q_SLOTS:
    void init() { qunsetenv("DISPLAY"); }
    void cleanup() { session_.reset(); }

    void theTokenIsInTheKeyringAndInNoFile()
    {
        beginWithKeyring();
        QCOMPARE(call(QStringLiteral("prepare")), done);
        QCOMPARE(call(QStringLiteral("save"), token), done);
        QVERIFY(!key().isEmpty());
        QCOMPARE(inKeyring(key()), token);
        QVERIFY(!QFile::exists(filePath()));
        QCOMPARE(call(QStringLiteral("load")), token);
        QCOMPARE(call(QStringLiteral("place")), QStringLiteral("keychain"));
        QCOMPARE(inKeyring(key() + QLatin1String("-trial")), QString());
    }

    void signingOutTakesItOutOfTheKeyring()
    {
        beginWithKeyring();
        QCOMPARE(call(QStringLiteral("save"), token), done);
        const QString was = key();
        QCOMPARE(inKeyring(was), token);
        QCOMPARE(call(QStringLiteral("clear")), done);
        QCOMPARE(inKeyring(was), QString());
        QCOMPARE(call(QStringLiteral("load")), QString());
    }

    void aFileOfAnEarlierVersionMovesIntoTheKeyring()
    {
        beginWithKeyring();
        writeFile();
        QCOMPARE(call(QStringLiteral("load-and-move")), token);
        QCOMPARE(inKeyring(key()), token);
        QVERIFY(!QFile::exists(filePath()));
        QCOMPARE(call(QStringLiteral("load")), token);
    }

    void withoutAKeyringAFileOfAnEarlierVersionStays()
    {
        begin();
        writeFile();
        QCOMPARE(call(QStringLiteral("load")), token);
        QCOMPARE(call(QStringLiteral("prepare")), QStringLiteral("no keychain"));
        QVERIFY(QFile::exists(filePath()));
        QCOMPARE(call(QStringLiteral("place")), QStringLiteral("file"));
    }

    void withoutAKeychainNothingIsWrittenUntilTheUserSaysSo_data()
    {
        QTest::addColumn<DesktopSession::Bus>("bus");
        QTest::newRow("no keyring") << DesktopSession::Bus::Running;
        QTest::newRow("a keyring that was never set up") << DesktopSession::Bus::Activating;
        QTest::newRow("no bus") << DesktopSession::Bus::None;
    }
    void withoutAKeychainNothingIsWrittenUntilTheUserSaysSo()
    {
        QFETCH(const DesktopSession::Bus, bus);
        begin(bus);
        const QString none = QStringLiteral("no keychain");
        QCOMPARE(call(QStringLiteral("prepare")), none);
        QCOMPARE(call(QStringLiteral("save"), token), none);
        QVERIFY(!QFile::exists(filePath()));
        QCOMPARE(call(QStringLiteral("choose-file")), done);
        QCOMPARE(call(QStringLiteral("prepare")), done);
        QCOMPARE(call(QStringLiteral("save"), token), done);
        QCOMPARE(QFile::permissions(filePath()) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        // The choice outlives the run.
        QCOMPARE(call(QStringLiteral("load")), token);
    }

    void aLockedKeyringIsSaidToBeLocked()
    {
        beginWithKeyring();
        QCOMPARE(call(QStringLiteral("save"), token), done);
        lock();
        const QString locked = QStringLiteral("locked");
        QCOMPARE(call(QStringLiteral("load")), locked);
        QCOMPARE(call(QStringLiteral("prepare")), locked);
        QCOMPARE(call(QStringLiteral("save"), QStringLiteral("another")), locked);
        QVERIFY(!QFile::exists(filePath()));
    }

    void aChosenFileGoesBackToTheKeyringWhenTheUserSaysSo()
    {
        beginWithKeyring();
        QCOMPARE(call(QStringLiteral("choose-file")), done);
        QCOMPARE(call(QStringLiteral("save"), token), done);
        QCOMPARE(call(QStringLiteral("load")), token);
        QVERIFY(QFile::exists(filePath())); // a choice is no earlier version
        QCOMPARE(call(QStringLiteral("choose-keychain")), done);
        QCOMPARE(call(QStringLiteral("save"), token), done);
        QCOMPARE(inKeyring(key()), token);
        QVERIFY(!QFile::exists(filePath()));
        QCOMPARE(call(QStringLiteral("choose-file")), done);
        QCOMPARE(call(QStringLiteral("save"), token), done);
        QCOMPARE(inKeyring(key()), QString());
    }
};

QTEST_GUILESS_MAIN(KeychainTokenStoreTest)
#include "tst_keychain_token_store.moc"
