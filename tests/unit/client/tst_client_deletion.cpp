// SPDX-License-Identifier: Apache-2.0
// The end of an account, as the device that asks for it lives through it.
#include "client.h"
#include "scripted_server.h"

#include <QCoroTask>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

class ClientDeletionTest : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;
    ScriptedServer server_;
    std::unique_ptr<Client> client_;
    /// What the server says to a wish to delete the account.
    std::function<std::optional<v1::ServerFrame>()> answer_;

    std::optional<v1::ServerFrame> answerTo(const v1::ClientFrame &request) const
    {
        v1::ServerFrame answer;
        if (request.has_delete_account())
            return answer_();
        if (request.has_sign_in())
            answer = ScriptedServer::signedIn();
        else if (request.has_sync())
            answer.mutable_sync_page()->set_next_seq(request.sync().since_seq());
        else
            answer.mutable_done();
        return answer;
    }
    static v1::ServerFrame done()
    {
        v1::ServerFrame frame;
        frame.mutable_done();
        return frame;
    }
    void tellEnd(const char *code)
    {
        v1::ServerFrame frame;
        frame.mutable_signed_out()->set_code(code);
        server_.send(server_.sockets.last(), frame);
    }
    Result<void> deleteAccount()
    {
        return QCoro::waitFor(client_->deleteAccount(QStringLiteral("correct horse")));
    }
    /// Which account the store still has.
    std::int64_t kept() { return QCoro::waitFor(client_->store().account())->id.value; }

private Q_SLOTS:
    void init()
    {
        const QString profile = directory_.filePath(QLatin1String(QTest::currentTestFunction()));
        QVERIFY(QDir().mkpath(profile));
        server_.script = [this](const v1::ClientFrame &request) { return answerTo(request); };
        client_ = std::make_unique<Client>(profile, quick());
        QVERIFY(QCoro::waitFor(client_->start()));
        const QString name = QStringLiteral("ana");
        QVERIFY(QCoro::waitFor(client_->session().signIn(server_.url(), name, name, name)));
        QTRY_COMPARE(client_->connection().state(), ConnectionState::Online);
        QCOMPARE(kept(), 1);
    }
    void cleanup() { client_.reset(); }

    void everythingIsGoneOnceTheServerHasDone()
    {
        answer_ = &done;
        QVERIFY(deleteAccount());
        QVERIFY(!client_->session().isSignedIn());
        QCOMPARE(kept(), 0);
    }

    void theSameWhenItsEndIsToldBeforeTheAnswer()
    {
        answer_ = [this] {
            tellEnd("ACCOUNT_DELETED");
            return done();
        };
        QVERIFY(deleteAccount());
        QVERIFY(!client_->session().isSignedIn());
        QCOMPARE(kept(), 0);
    }

    void theSameWhenItsEndIsToldInsteadOfAnAnswer()
    {
        answer_ = [this] {
            tellEnd("ACCOUNT_DELETED");
            return std::optional<v1::ServerFrame>();
        };
        QVERIFY(deleteAccount());
        QCOMPARE(kept(), 0);
    }

    void aWrongPasswordChangesNothing()
    {
        answer_ = [] { return ScriptedServer::error("WRONG_PASSWORD"); };
        QCOMPARE(deleteAccount().error().code, ErrorCode::WrongPassword);
        QVERIFY(client_->session().isSignedIn());
        QCOMPARE(kept(), 1);
    }

    void aDeviceThatIsTakenAwayMeanwhileHasDeletedNothing()
    {
        answer_ = [this] {
            tellEnd("DEVICE_REVOKED");
            return std::optional<v1::ServerFrame>();
        };
        QVERIFY(!deleteAccount());
        QVERIFY(!client_->session().isSignedIn());
        QCOMPARE(kept(), 1);
    }
};

QTEST_GUILESS_MAIN(ClientDeletionTest)
#include "tst_client_deletion.moc"
