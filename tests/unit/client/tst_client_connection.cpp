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

const DeviceTokens token{.token = QStringLiteral("token")};

const DeviceTokens due{
        .token = QStringLiteral("old"), .refreshToken = QStringLiteral("refresh"), .renewAtMs = 1};

v1::ServerFrame signedInWithTokens(const char *newToken, qint64 lifetimeMs)
{
    auto frame = ScriptedServer::signedIn();
    auto &info = *frame.mutable_signed_in();
    info.set_token(newToken);
    info.set_refresh_token("next");
    info.set_server_time_ms(5000000); // of a clock that is wrong
    info.set_token_expires_at_ms(5000000 + lifetimeMs);
    return frame;
}

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
        const auto authenticated = std::count_if(
                server_->requests.begin(), server_->requests.end(),
                [](const auto &request) { return request.authenticate().token() == "token"; });
        QCOMPARE(authenticated, 2);
    }

    void tokensThatAreDueAreReplacedBeforeSigningIn()
    {
        server_->isWithoutRefreshTokens = false;
        Connection connection(quick());
        server_->script = [](const v1::ClientFrame &) {
            return signedInWithTokens("new", 3600000);
        };
        QSignalSpy changed(&connection, &Connection::tokensChanged);
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        connection.start(server_->url(), due);
        QTRY_COMPARE(connection.state(), ConnectionState::Online);
        QCOMPARE(server_->requests.at(0).refresh_token().refresh_token(), "refresh");
        const auto tokens = changed.at(0).at(0).value<DeviceTokens>();
        QCOMPARE(tokens.token, QStringLiteral("new"));
        QCOMPARE(tokens.refreshToken, QStringLiteral("next"));
        QVERIFY(qAbs(tokens.renewAtMs - before - 1800000) < 10000);
        server_->sockets.last()->abort();
        QTRY_COMPARE(int(server_->requests.size()), 2);
        QCOMPARE(server_->requests.at(1).authenticate().token(), "new");
    }

    void aTokenThatHasExpiredUnnoticedIsReplaced()
    {
        server_->isWithoutRefreshTokens = false;
        Connection connection(quick());
        server_->script = [](const v1::ClientFrame &request) {
            return request.has_authenticate() ? ScriptedServer::error("TOKEN_EXPIRED")
                                              : signedInWithTokens("new", 3600000);
        };
        DeviceTokens tokens = due;
        tokens.renewAtMs = QDateTime::currentMSecsSinceEpoch() + 1000000;
        connection.start(server_->url(), tokens);
        QTRY_COMPARE(connection.state(), ConnectionState::Online);
        QCOMPARE(server_->requests.at(0).authenticate().token(), "old");
        QCOMPARE(server_->requests.at(1).refresh_token().refresh_token(), "refresh");
    }

    void tokensAreReplacedHalfWayToTheirEndWhileConnected()
    {
        server_->isWithoutRefreshTokens = false;
        Connection connection(quick());
        server_->script = [](const v1::ClientFrame &) { return signedInWithTokens("new", 400); };
        QSignalSpy changed(&connection, &Connection::tokensChanged);
        connection.start(server_->url(), due);
        QTRY_VERIFY(changed.count() >= 3);
        QCOMPARE(connection.state(), ConnectionState::Online);
        QCOMPARE(int(server_->sockets.size()), 1);
    }

    void aDeviceFromBeforeAsksForItsFirstRefreshToken()
    {
        server_->isWithoutRefreshTokens = false;
        Connection connection(quick());
        server_->script = [](const v1::ClientFrame &request) {
            return request.has_refresh_token() ? signedInWithTokens("new", 3600000)
                                               : ScriptedServer::signedIn();
        };
        QSignalSpy changed(&connection, &Connection::tokensChanged);
        connection.start(server_->url(), token);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(server_->requests.at(0).authenticate().token(), "token");
        QCOMPARE(server_->requests.at(1).refresh_token().refresh_token(), "");
    }

    void tokensComeBackFromTheTextTheyAreKeptAs()
    {
        QCOMPARE(DeviceTokens::fromText(due.toText()), due);
        QCOMPARE(DeviceTokens::fromText(QStringLiteral("token")), token);
        QVERIFY(DeviceTokens::fromText({}).isEmpty());
        QVERIFY(due.isRenewalDue(1) && !due.isRenewalDue(0) && !token.isRenewalDue(5));
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
