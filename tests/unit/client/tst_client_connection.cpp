// SPDX-License-Identifier: Apache-2.0
#include "scripted_server.h"

#include <QSignalSpy>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

v1::ClientFrame anyRequest()
{
    v1::ClientFrame frame;
    frame.mutable_list_devices();
    return frame;
}

const QString token = QStringLiteral("token");

} // namespace

class ConnectionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScriptedServer> server_;

private Q_SLOTS:
    void init() { server_ = std::make_unique<ScriptedServer>(); }

    void signsInWithTheTokenAndTellsTheNewestUpdate()
    {
        Connection connection(quick());
        QSignalSpy newest(&connection, &Connection::newestUpdateKnown);
        connection.start(server_->url(), token);
        QCOMPARE(connection.state(), ConnectionState::Connecting);
        QTRY_COMPARE(connection.state(), ConnectionState::Online);
        QCOMPARE(server_->requests.at(0).authenticate().token(), "token");
        QCOMPARE(newest.count(), 1);
    }

    void comesBackWithTheSameTokenWhenTheLinkIsCut()
    {
        Connection connection(quick());
        QSignalSpy signedIn(&connection, &Connection::signedIn);
        connection.start(server_->url(), token);
        QTRY_COMPARE(signedIn.count(), 1);
        server_->sockets.last()->abort();
        QTRY_COMPARE(signedIn.count(), 2);
        QCOMPARE(server_->requests.back().authenticate().token(), "token");
    }

    void aRequestWithoutAnAnswerFailsAtItsDeadline()
    {
        Connection connection(quick());
        server_->script = [](const v1::ClientFrame &request) {
            return request.has_authenticate() ? std::optional(ScriptedServer::signedIn())
                                              : std::nullopt;
        };
        connection.start(server_->url(), token);
        QTRY_COMPARE(connection.state(), ConnectionState::Online);
        const auto answer = QCoro::waitFor(connection.request(anyRequest()));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
    }

    void whatIsUnderWayFailsWhenTheLinkIsCut()
    {
        ConnectionTimes patient = quick();
        patient.requestDeadline = std::chrono::seconds(30);
        Connection connection(patient);
        server_->script = [this](const v1::ClientFrame &request) {
            if (request.has_authenticate())
                return std::optional(ScriptedServer::signedIn());
            server_->sockets.last()->abort();
            return std::optional<v1::ServerFrame>();
        };
        connection.start(server_->url(), token);
        QTRY_COMPARE(connection.state(), ConnectionState::Online);
        const auto answer = QCoro::waitFor(connection.request(anyRequest()));
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
    }

    void requestsAreRefusedAtOnceWhileOffline()
    {
        Connection connection(quick());
        const auto answer = QCoro::waitFor(connection.request(anyRequest()));
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
    }

    void aTokenThatWorksNoMoreEndsTheSession()
    {
        Connection connection(quick());
        server_->script = [](const v1::ClientFrame &) {
            return ScriptedServer::error("INVALID_TOKEN");
        };
        QSignalSpy signedOut(&connection, &Connection::signedOut);
        connection.start(server_->url(), token);
        QTRY_COMPARE(signedOut.count(), 1);
        QCOMPARE(connection.state(), ConnectionState::Offline);
    }

    void anUnavailableServerIsTriedAgain()
    {
        Connection connection(quick());
        int tries = 0;
        server_->script = [&tries](const v1::ClientFrame &) {
            return ++tries < 3 ? ScriptedServer::error("UNAVAILABLE") : ScriptedServer::signedIn();
        };
        connection.start(server_->url(), token);
        QTRY_COMPARE(connection.state(), ConnectionState::Online);
        QCOMPARE(tries, 3);
    }

    void aSilentLinkIsGivenUpAfterMissedHeartbeats()
    {
        Connection connection(quick());
        server_->script = [](const v1::ClientFrame &request) {
            return request.has_authenticate() ? std::optional(ScriptedServer::signedIn(100))
                                              : std::nullopt;
        };
        QSignalSpy signedIn(&connection, &Connection::signedIn);
        connection.start(server_->url(), token);
        QTRY_VERIFY(signedIn.count() >= 2);
    }

    void heartbeatsTellOfUpdatesThatWereLost()
    {
        Connection connection(quick());
        server_->script = [](const v1::ClientFrame &request) {
            auto answer = ScriptedServer::signedIn(100);
            if (request.has_heartbeat())
                answer.mutable_heartbeat_answer()->set_newest_update_seq(9);
            return answer;
        };
        QSignalSpy newest(&connection, &Connection::newestUpdateKnown);
        connection.start(server_->url(), token);
        QTRY_VERIFY(newest.count() >= 2);
        QCOMPARE(newest.last().at(0).value<UpdateSeq>().value, 9);
    }

    void aWrongPasswordIsTheServersWordAndLeavesItOffline()
    {
        Connection connection(quick());
        server_->script = [](const v1::ClientFrame &) {
            return ScriptedServer::error("WRONG_PASSWORD");
        };
        v1::ClientFrame request;
        request.mutable_sign_in();
        const auto entered = QCoro::waitFor(connection.enter(server_->url(), request));
        QCOMPARE(entered.error().code, ErrorCode::WrongPassword);
        QCOMPARE(connection.state(), ConnectionState::Offline);
    }

    void unaskedFramesArePassedOn()
    {
        Connection connection(quick());
        QSignalSpy received(&connection, &Connection::frameReceived);
        connection.start(server_->url(), token);
        QTRY_COMPARE(connection.state(), ConnectionState::Online);
        v1::ServerFrame typing;
        typing.mutable_typing()->set_user_id(3);
        server_->send(server_->sockets.last(), typing);
        QTRY_COMPARE(received.count(), 1);
    }

    void stoppedStaysStopped()
    {
        Connection connection(quick());
        connection.start(server_->url(), token);
        QTRY_COMPARE(connection.state(), ConnectionState::Online);
        connection.stop();
        QCOMPARE(connection.state(), ConnectionState::Offline);
        QTRY_COMPARE(server_->sockets.last()->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(server_->sockets.size(), 1);
    }
};

QTEST_GUILESS_MAIN(ConnectionTest)
#include "tst_client_connection.moc"
