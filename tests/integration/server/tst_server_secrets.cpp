// SPDX-License-Identifier: Apache-2.0
// Nothing secret is where it does not belong.
#include "blob_client.h"
#include "raw_client.h"
#include "server_process.h"
#include "wire_client.h"

#include <QDirIterator>
#include <QTest>

#include <csignal>

using namespace dunlin;
using namespace dunlin::test;

namespace {

const QByteArray passwordCanary = "canary-password-4f1d";
const QByteArray newPasswordCanary = "canary-new-password-77ab";
const QByteArray textCanary = "canary-text-9c20";

} // namespace

class ServerSecretsTest : public QObject {
    Q_OBJECT

    /// With a PostgreSQL of its own: its files are in the data directory.
    std::unique_ptr<ServerProcess> server_;
    QList<QByteArray> secrets_;

    /// The files below directory that have one of the words.
    static QStringList filesWith(const QString &directory, const QList<QByteArray> &words)
    {
        QStringList found;
        QDirIterator files(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray content = file.readAll();
            for (const QByteArray &word : words) {
                if (content.contains(word))
                    found += file.fileName() + QLatin1String(": ") + QString::fromLatin1(word);
            }
        }
        return found;
    }
    QByteArray fileOfProcess(const char *name) const
    {
        QFile file(
                QStringLiteral("/proc/%1/%2").arg(server_->processId()).arg(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        server_ = std::make_unique<ServerProcess>(
                std::string(), QStringList{QStringLiteral("--log-level"), QStringLiteral("debug")});
        QVERIFY(server_->start());
        WireClient ana(server_->webSocketUrl());
        QVERIFY(ana.open());
        v1::ClientFrame frame;
        frame.mutable_register_account()->set_user_name("ana");
        frame.mutable_register_account()->set_password(passwordCanary.toStdString());
        const auto info = ana.request(frame).signed_in();
        secrets_ = {passwordCanary, newPasswordCanary, QByteArray::fromStdString(info.token()),
                    QByteArray::fromStdString(info.refresh_token())};

        WireClient ben(server_->webSocketUrl());
        QVERIFY(ben.open());
        ben.registerAccount("ben");
        const std::int64_t talk = ana.openConversation(ben.userId());
        QVERIFY(ana.post(talk, textCanary.toStdString()).has_message_posted());
        // Everything that goes wrong is told with less than was sent.
        QVERIFY(ana.post(4711, textCanary.toStdString()).has_error());
        WireClient other(server_->webSocketUrl());
        QVERIFY(other.open());
        QVERIFY(other.signIn("ben", passwordCanary.toStdString()).has_error());
        QVERIFY(other.authenticate(info.token() + "x").has_error());
        RawClient broken(server_->port());
        broken.socket().send(toBytes(
                {.opcode = 1, .payload = (QByteArray("{") + passwordCanary).toStdString()}));
        QVERIFY(!broken.read());
        BlobClient http(*server_, info.token());
        QCOMPARE(http.ask("GET",
                          QStringLiteral("/nowhere?authToken=")
                                  + QString::fromStdString(info.token()))
                         .status,
                 404);
        v1::ClientFrame change;
        change.mutable_change_password()->set_old_password(passwordCanary.toStdString());
        change.mutable_change_password()->set_new_password(newPasswordCanary.toStdString());
        QVERIFY(ana.request(change).has_done());
    }

    void theLogHasNone()
    {
        const QByteArray log = server_->log().toUtf8();
        QVERIFY(log.contains("serving"));
        for (const QByteArray &secret : secrets_ + QList<QByteArray>{textCanary})
            QVERIFY2(!log.contains(secret), secret.constData());
    }

    void theProcessTellsNone()
    {
        for (const char *name : {"cmdline", "environ"}) {
            const QByteArray content = fileOfProcess(name);
            for (const QByteArray &secret : secrets_ + QList<QByteArray>{textCanary})
                QVERIFY2(!content.contains(secret), name);
        }
    }

    void itsFilesHaveNeitherPasswordNorToken()
    {
        QVERIFY(server_->terminate() == 0);
        const QString directory = server_->dataDirectory();
        // The messages are there: what is looked for would be found.
        QVERIFY(!filesWith(directory, {textCanary}).isEmpty());
        QCOMPARE(filesWith(directory, secrets_), QStringList());
        // What PostgreSQL logs has not even those.
        QCOMPARE(filesWith(directory, {textCanary}).filter(QStringLiteral(".log")), QStringList());
        QVERIFY(server_->start());
    }

    void aCrashLeavesNoCoreDump()
    {
        const QByteArray limits = fileOfProcess("limits");
        static const QRegularExpression none(QStringLiteral("Max core file size +0 +0 +bytes"));
        QVERIFY2(none.match(QString::fromLatin1(limits)).hasMatch(), limits.constData());
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        // Belonging to root is how a process shows that its own user may not look into it.
        const QFileInfo memory(QStringLiteral("/proc/%1/mem").arg(server_->processId()));
        QCOMPARE(memory.ownerId(), 0U);
#endif
    }
};

QTEST_GUILESS_MAIN(ServerSecretsTest)
#include "tst_server_secrets.moc"
