// SPDX-License-Identifier: Apache-2.0
#include "client.h"
#include "scripted_server.h"

#include <QCoroTask>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

constexpr Privacy hidden{.hidesReadReceipts = true, .hidesLastSeen = false};

} // namespace

class ClientPrivacyTest : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;

    QString profile() const
    {
        return directory_.filePath(QLatin1String(QTest::currentTestFunction()));
    }

    /// Answers all that a client asks for by itself.
    static std::optional<v1::ServerFrame> answerTo(const v1::ClientFrame &request)
    {
        v1::ServerFrame answer;
        if (request.has_sign_in() || request.has_authenticate()) {
            answer = ScriptedServer::signedIn();
            answer.mutable_signed_in()->set_newest_update_seq(0);
            answer.mutable_signed_in()->mutable_privacy();
        } else if (request.has_sync()) {
            answer.mutable_sync_page()->set_next_seq(request.sync().since_seq());
        } else {
            answer.mutable_done();
        }
        return answer;
    }

    static void signIn(Client &client, const ScriptedServer &server)
    {
        QVERIFY(QCoro::waitFor(client.start()));
        const QString name = QStringLiteral("ana");
        QVERIFY(QCoro::waitFor(client.session().signIn(server.url(), name, name, name)));
        QTRY_COMPARE(client.connection().state(), ConnectionState::Online);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(directory_.isValid()); }

    void aChangeIsToldToTheServerAndKept()
    {
        ScriptedServer server;
        server.script = &answerTo;
        {
            QDir().mkpath(profile());
            Client client(profile(), quick());
            signIn(client, server);
            QCOMPARE(client.privacy(), Privacy());
            QVERIFY(QCoro::waitFor(client.changePrivacy(hidden)));
            QCOMPARE(client.privacy(), hidden);
            const auto sent =
                    std::find_if(server.requests.begin(), server.requests.end(),
                                 [](const auto &frame) { return frame.has_change_privacy(); });
            QVERIFY(sent != server.requests.end());
            QVERIFY(sent->change_privacy().privacy().hides_read_receipts());
            QVERIFY(!sent->change_privacy().privacy().hides_last_seen());
        }
        // Known at the next start, before there is a link.
        server.script = [](const v1::ClientFrame &) { return std::nullopt; };
        Client client(profile(), quick());
        QVERIFY(QCoro::waitFor(client.start()));
        QTRY_COMPARE(client.privacy(), hidden);
    }

    void aChangeTheServerDoesNotTakeIsTakenBack()
    {
        ScriptedServer server;
        server.script = [](const v1::ClientFrame &request) {
            return request.has_change_privacy()
                    ? std::optional(ScriptedServer::error("UNIMPLEMENTED"))
                    : answerTo(request);
        };
        QDir().mkpath(profile());
        Client client(profile(), quick());
        signIn(client, server);
        const QSignalSpy changed(&client, &Client::privacyChanged);
        const auto refused = QCoro::waitFor(client.changePrivacy(hidden));
        QVERIFY(!refused);
        QCOMPARE(client.privacy(), Privacy());
        QCOMPARE(changed.size(), 2); // shown at once, then taken back
    }

    void whatAnotherDeviceChangesArrivesHere()
    {
        ScriptedServer server;
        server.script = &answerTo;
        QDir().mkpath(profile());
        Client client(profile(), quick());
        signIn(client, server);
        QTRY_VERIFY(client.sync().isCaughtUp());
        v1::ServerFrame live;
        auto &update = *live.mutable_live_updates()->add_updates();
        update.set_seq(1);
        update.mutable_privacy_changed()->set_hides_last_seen(true);
        server.send(server.sockets.last(), live);
        QTRY_VERIFY(client.privacy().hidesLastSeen);
        QVERIFY(!client.privacy().hidesReadReceipts);
    }
};

QTEST_GUILESS_MAIN(ClientPrivacyTest)
#include "tst_client_privacy.moc"
