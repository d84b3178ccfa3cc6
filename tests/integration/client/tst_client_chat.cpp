// SPDX-License-Identifier: Apache-2.0
#include "client_profile.h"
#include "fault_proxy.h"
#include "server_process.h"
#include "test_cluster.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

const QString password = QStringLiteral("correct horse");

} // namespace

class ClientChatTest : public QObject {
    Q_OBJECT

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<FaultProxy> proxy_;
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Client> ana_;
    std::unique_ptr<Client> ben_;
    ConversationId talk_;
    int users_ = 0;
    int profiles_ = 0;

    std::unique_ptr<Client> openProfile()
    {
        return test::openProfile(directory_->path(), QStringLiteral("profile%1").arg(++profiles_));
    }
    std::unique_ptr<Client> newUser(const QUrl &server)
    {
        auto client = openProfile();
        registerAs(*client, server, QStringLiteral("user%1").arg(++users_), password);
        return client;
    }
    std::unique_ptr<Client> otherDevice(Client &of)
    {
        auto client = openProfile();
        if (!await(client->session().signIn(server_->webSocketUrl(), of.session().self().userName,
                                            password, QStringLiteral("other"))))
            qFatal("cannot sign in");
        return client;
    }
    static QStringList texts(Client &client, ConversationId id)
    {
        QStringList found;
        const auto page = await(client.messagesBefore(id, {}, 200));
        for (const StoredMessage &message : page->messages)
            found.append(message.text);
        return found;
    }
    static ConversationSummary summary(Client &client, ConversationId id)
    {
        const auto found = await(client.store().conversation(id));
        return found ? *found : ConversationSummary();
    }
    static void send(Client &client, ConversationId id, const QString &text)
    {
        QVERIFY(await(client.outbox().queue(id, text)));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(
                cluster_.conninfo(),
                QStringList{QStringLiteral("--heartbeat-interval-ms"), QStringLiteral("500")});
        QVERIFY(server_->start());
        proxy_ = std::make_unique<FaultProxy>(server_->port());
        directory_ = std::make_unique<QTemporaryDir>();
    }
    void init()
    {
        ana_ = newUser(server_->webSocketUrl());
        ben_ = newUser(proxy_->webSocketUrl());
        const auto opened = await(ana_->openDirectConversation(ben_->session().self().id));
        QVERIFY(opened);
        talk_ = opened->id;
        QTRY_VERIFY(ben_->sync().isCaughtUp());
    }
    void cleanup()
    {
        ana_.reset();
        ben_.reset();
        proxy_->setOpen(true);
    }

    void aMessageGoesFromSentToDeliveredToRead()
    {
        send(*ana_, talk_, QStringLiteral("hello"));
        QTRY_COMPARE(texts(*ben_, talk_), QStringList{QStringLiteral("hello")});
        QTRY_COMPARE(summary(*ana_, talk_).peerDeliveredSeq.value, 1);
        QCOMPARE(summary(*ana_, talk_).peerReadSeq.value, 0);
        QCOMPARE(summary(*ben_, talk_).unread, 1);
        QVERIFY(await(ben_->sync().markRead(talk_, MessageSeq{1})));
        QTRY_COMPARE(summary(*ana_, talk_).peerReadSeq.value, 1);
        QCOMPARE(summary(*ben_, talk_).unread, 0);
    }

    void whoWasOfflineGetsEverythingInOrderAndCountsItUnread()
    {
        proxy_->setOpen(false);
        proxy_->cutAll();
        QTRY_COMPARE(ben_->connection().state(), ConnectionState::Offline);
        QStringList five;
        for (int i = 1; i <= 5; ++i) {
            five.append(QString::number(i));
            send(*ana_, talk_, five.last());
        }
        send(*ben_, talk_, QStringLiteral("written offline"));
        QCOMPARE(await(ben_->store().outbox())->size(), 1);
        QTRY_COMPARE(texts(*ana_, talk_), five);
        proxy_->setOpen(true);
        five.append(QStringLiteral("written offline"));
        QTRY_COMPARE(texts(*ben_, talk_), five);
        QTRY_COMPARE(texts(*ana_, talk_), five);
        QTRY_COMPARE(summary(*ben_, talk_).unread, 5);
        QVERIFY(await(ben_->store().outbox())->isEmpty());
    }

    void aServerKilledInTheMiddleOfSendingLosesAndDoublesNothing()
    {
        QStringList all;
        for (int i = 0; i < 60; ++i) {
            all.append(QString::number(i));
            send(*ana_, talk_, all.last());
            if (i == 20)
                server_->kill();
        }
        QVERIFY(server_->start());
        QTRY_COMPARE_WITH_TIMEOUT(texts(*ben_, talk_), all, 20'000);
        QTRY_COMPARE(texts(*ana_, talk_), all);
        const auto third = otherDevice(*ana_);
        QTRY_COMPARE(texts(*third, talk_), all);
    }

    void aNewDeviceHasTheSameHistoryReadAndUnread()
    {
        for (int i = 0; i < 120; ++i)
            send(*ana_, talk_, QString::number(i));
        QTRY_COMPARE(summary(*ben_, talk_).lastSeq.value, 120);
        QVERIFY(await(ben_->sync().markRead(talk_, MessageSeq{100})));
        QTRY_COMPARE(summary(*ana_, talk_).peerReadSeq.value, 100);
        const auto tablet = otherDevice(*ben_);
        QTRY_VERIFY(tablet->sync().isCaughtUp());
        QCOMPARE(texts(*tablet, talk_), texts(*ben_, talk_));
        QCOMPARE(summary(*tablet, talk_).unread, 20);
        // Read on one device is read on the other.
        QVERIFY(await(tablet->sync().markRead(talk_, MessageSeq{120})));
        QTRY_COMPARE(summary(*ben_, talk_).unread, 0);
    }

    void theAppStartsOfflineWithItsHistoryAndItsUser()
    {
        send(*ana_, talk_, QStringLiteral("kept"));
        QTRY_COMPARE(texts(*ben_, talk_), QStringList{QStringLiteral("kept")});
        const QString name = QStringLiteral("profile%1").arg(profiles_);
        const Person self = ben_->session().self();
        ben_.reset();
        proxy_->setOpen(false);
        proxy_->cutAll();
        ben_ = std::make_unique<Client>(directory_->filePath(name), quick());
        const auto restored = await(ben_->start());
        QVERIFY(restored && *restored);
        QCOMPARE(ben_->session().self(), self);
        QCOMPARE(texts(*ben_, talk_), QStringList{QStringLiteral("kept")});
        send(*ben_, talk_, QStringLiteral("answer"));
        QVERIFY(await(ben_->store().setDraft(talk_, Draft{.text = QStringLiteral("not yet")})));
        proxy_->setOpen(true);
        QTRY_COMPARE(texts(*ana_, talk_).size(), 2);
        QCOMPARE(summary(*ben_, talk_).draft.text, QStringLiteral("not yet"));
    }

    void mistakesAtTheDoorHaveTheirCodes()
    {
        auto client = openProfile();
        const QUrl url = server_->webSocketUrl();
        const auto wrong = await(client->session().signIn(url, ana_->session().self().userName,
                                                          QStringLiteral("wrong"), {}));
        QCOMPARE(wrong.error().code, ErrorCode::WrongPassword);
        const auto taken = await(client->session().registerAccount(
                url, ana_->session().self().userName, {}, password, {}));
        QCOMPARE(taken.error().code, ErrorCode::UserNameTaken);
        const auto nobody = await(client->session().signIn(
                QUrl(QStringLiteral("ws://127.0.0.1:1/")), QStringLiteral("x"), password, {}));
        QCOMPARE(nobody.error().code, ErrorCode::Unavailable);
        QVERIFY(!client->session().isSignedIn());
        QCOMPARE(client->connection().state(), ConnectionState::Offline);
    }

    void theTokenIsInAFileOnlyItsOwnerReads()
    {
        const QFileInfo file(
                directory_->filePath(QStringLiteral("profile%1/token").arg(profiles_)));
        QVERIFY(file.size() > 0);
        QCOMPARE(file.permissions() & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
    }

    void aRevokedDeviceIsToldAndKeepsWhatWasWritten()
    {
        const auto phone = otherDevice(*ana_);
        QTRY_VERIFY(phone->sync().isCaughtUp());
        QSignalSpy signedOut(&phone->session(), &Session::signedOut);
        QVERIFY(await(
                phone->store().setDraft(talk_, Draft{.text = QStringLiteral("half a thought")})));
        const auto devices = await(ana_->devices());
        for (const Device &device : *devices) {
            if (!device.isCurrent)
                QVERIFY(await(ana_->revokeDevice(device.id)));
        }
        QTRY_COMPARE(signedOut.count(), 1);
        QCOMPARE(signedOut[0][0].toString(), QStringLiteral("DEVICE_REVOKED"));
        QVERIFY(!phone->session().isSignedIn());
        QCOMPARE(summary(*phone, talk_).draft.text, QStringLiteral("half a thought"));
    }

    void aRefusedMessageIsMarkedAndKeptUntilRetriedOrDiscarded()
    {
        const ConversationId foreign{4711};
        const auto queued = await(ana_->outbox().queue(foreign, QStringLiteral("to nowhere")));
        QVERIFY(queued);
        const auto failed = [this] {
            const auto rows = await(ana_->store().outbox());
            return rows->size() == 1 ? rows->first().failureCode : QString();
        };
        QTRY_COMPARE(failed(), QStringLiteral("CONVERSATION_NOT_FOUND"));
        // It does not stand in the way of others.
        send(*ana_, talk_, QStringLiteral("fine"));
        QTRY_COMPARE(texts(*ben_, talk_), QStringList{QStringLiteral("fine")});
        QVERIFY(await(ana_->outbox().retry(*queued)));
        QTRY_COMPARE(failed(), QStringLiteral("CONVERSATION_NOT_FOUND"));
        QVERIFY(await(ana_->outbox().discard(*queued)));
        QVERIFY(await(ana_->store().outbox())->isEmpty());
        QCOMPARE(await(ana_->outbox().queue(talk_, QStringLiteral("  "))).error().code,
                 ErrorCode::MessageEmpty);
        QCOMPARE(await(ana_->outbox().queue(talk_, QString(20'000, QLatin1Char('x')))).error().code,
                 ErrorCode::MessageTooLong);
    }

    void presenceAndTypingAreSeen()
    {
        const UserId ben = ben_->session().self().id;
        ana_->subscribePresence({ben});
        QTRY_VERIFY(ana_->presence(ben).isOnline);
        QSignalSpy typing(ana_.get(), &Client::typingChanged);
        ben_->setTyping(talk_, true);
        ben_->setTyping(talk_, true);
        QTRY_COMPARE(typing.count(), 1);
        QVERIFY(ana_->isPeerTyping(talk_));
        send(*ben_, talk_, QStringLiteral("done typing"));
        QTRY_VERIFY(!ana_->isPeerTyping(talk_));
        proxy_->setOpen(false);
        proxy_->cutAll();
        QTRY_VERIFY(!ana_->presence(ben).isOnline);
        QTRY_VERIFY(ana_->presence(ben).lastSeenMs > 0);
        proxy_->setOpen(true);
        QTRY_VERIFY(ana_->presence(ben).isOnline);
    }

    void peopleProfilesAndSettingsAreTheSameOnAllDevices()
    {
        const auto tablet = otherDevice(*ana_);
        QVERIFY(await(ben_->updateProfile({.displayName = QStringLiteral("Ben Bright"),
                                           .about = QStringLiteral("Hi"),
                                           .avatarColor = 2})));
        QTRY_COMPARE(summary(*tablet, talk_).peer.displayName, QStringLiteral("Ben Bright"));
        const auto found = await(ana_->findPeople(QStringLiteral("brig")));
        QVERIFY(!found->isEmpty());
        QVERIFY(await(ana_->actions().pinConversation(talk_, true)));
        QVERIFY(await(ana_->actions().mute(talk_, 99)));
        QVERIFY(summary(*ana_, talk_).isPinned);
        QTRY_COMPARE(summary(*tablet, talk_).mutedUntilMs, 99);
        QVERIFY(summary(*tablet, talk_).isPinned);
        QVERIFY(await(ana_->updateProfile({.displayName = QStringLiteral("Ana A")})));
        QTRY_COMPARE(tablet->session().self().displayName, QStringLiteral("Ana A"));
        send(*ben_, talk_, QStringLiteral("A needle in here"));
        QTRY_COMPARE(await(tablet->searchMessages(QStringLiteral("need")))->size(), 1);
    }

    void whatIsChosenOfflineIsToldLater()
    {
        const auto tablet = otherDevice(*ben_);
        proxy_->setOpen(false);
        proxy_->cutAll();
        QTRY_COMPARE(ben_->connection().state(), ConnectionState::Offline);
        QVERIFY(await(ben_->actions().pinConversation(talk_, true)));
        QVERIFY(summary(*ben_, talk_).isPinned);
        QVERIFY(await(tablet->actions().mute(talk_, 99)));
        proxy_->setOpen(true);
        // Neither undoes what the other has chosen.
        for (Client *device : {ben_.get(), tablet.get()}) {
            QTRY_VERIFY(summary(*device, talk_).isPinned);
            QTRY_COMPARE(summary(*device, talk_).mutedUntilMs, 99);
        }
    }

    void withTheDatabaseGoneAMessageWaitsAndIsSentOnceItIsBack()
    {
        cluster_.crash();
        send(*ana_, talk_, QStringLiteral("patience"));
        QVERIFY(!await(ana_->store().outbox())->isEmpty());
        QVERIFY(cluster_.start());
        QTRY_COMPARE_WITH_TIMEOUT(texts(*ben_, talk_), QStringList{QStringLiteral("patience")},
                                  20'000);
    }
};

QTEST_GUILESS_MAIN(ClientChatTest)
#include "tst_client_chat.moc"
