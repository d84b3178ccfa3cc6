// SPDX-License-Identifier: Apache-2.0
#include "local_store.h"

#include <QCoroTask>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;

namespace {

constexpr UserId alice{1};
constexpr UserId bob{2};
constexpr ConversationId talk{7};

template <typename Task> auto waitForTask(Task task)
{
    return QCoro::waitFor(std::move(task));
}

v1::Message messageFrom(UserId sender, int seq, const std::string &text)
{
    v1::Message message;
    message.set_conversation_id(talk.value);
    message.set_seq(seq);
    message.set_message_id(100 + seq);
    message.set_sender_id(sender.value);
    message.set_sent_at_ms(1000 + seq);
    message.set_text(text);
    message.set_client_id(ClientId::random().toBytes());
    return message;
}

v1::Update updateWith(int seq, const v1::Message &message)
{
    v1::Update update;
    update.set_seq(seq);
    *update.mutable_message_added() = message;
    return update;
}

} // namespace

class LocalStoreTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<LocalStore> m_store;

    void reopen()
    {
        m_store.reset();
        m_store = std::make_unique<LocalStore>(m_dir->filePath(QStringLiteral("store.db")));
        const auto opened = waitForTask(m_store->open());
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
    }
    void addUpdates(std::vector<v1::Update> updates)
    {
        const UpdateSeq cursor{updates.back().seq()};
        QVERIFY(waitForTask(m_store->applyUpdates(std::move(updates), cursor)));
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        reopen();
        Person self;
        self.id = alice;
        self.userName = QStringLiteral("alice");
        QVERIFY(waitForTask(m_store->setAccount(self)));
    }
    void cleanup() { m_store.reset(); }

    void whatIsWipedIsNotOnTheDiskAnyMore()
    {
        const QByteArray words = "a secret about lobsters";
        addUpdates({updateWith(1, messageFrom(bob, 1, words.toStdString()))});
        QVERIFY(waitForTask(
                m_store->setDraft(talk, Draft{.text = QStringLiteral("half a thought")})));
        const auto onDisk = [this] {
            QByteArray all;
            const auto files = QDir(m_dir->path()).entryList(QDir::Files);
            for (const QString &name : files) {
                QFile file(m_dir->filePath(name));
                if (file.open(QIODevice::ReadOnly))
                    all += file.readAll();
            }
            return all;
        };
        QVERIFY(onDisk().contains(words));
        QVERIFY(waitForTask(m_store->wipe()));
        QVERIFY(!onDisk().contains(words));
        QVERIFY(!onDisk().contains("half a thought"));
        QVERIFY(waitForTask(m_store->conversations())->isEmpty());
        QVERIFY(!waitForTask(m_store->account())->id);
        // It goes on as a new one.
        Person next;
        next.id = bob;
        QVERIFY(waitForTask(m_store->setAccount(next)));
        addUpdates({updateWith(1, messageFrom(alice, 1, "hello"))});
        QCOMPARE(waitForTask(m_store->conversations())->size(), 1);
    }

    void updatesAndCursorAreAppliedTogetherAndSurviveReopening()
    {
        QSignalSpy changed(m_store.get(), &LocalStore::changed);
        addUpdates({updateWith(1, messageFrom(bob, 1, "one")),
                    updateWith(2, messageFrom(bob, 2, "two"))});
        QTRY_VERIFY(changed.count() >= 1);
        reopen();
        QCOMPARE(waitForTask(m_store->cursor())->value, 2);
        const auto page = waitForTask(m_store->messagesBefore(talk, {}, 50));
        QCOMPARE(page->messages.size(), 2);
        QCOMPARE(page->messages[1].text, QStringLiteral("two"));
        QVERIFY(!page->hasBefore);
        const auto summary = waitForTask(m_store->conversation(talk));
        QCOMPARE(summary->unread, 2);
        QCOMPARE(summary->peer.id, bob);
        QCOMPARE(waitForTask(m_store->account())->userName, QStringLiteral("alice"));
    }

    void ownMessageFromTheLogRemovesItsOutboxRow()
    {
        const auto row = waitForTask(m_store->queueMessage(talk, QStringLiteral("hello")));
        QVERIFY(row);
        auto message = messageFrom(alice, 1, "hello");
        message.set_client_id(row->clientId.toBytes());
        addUpdates({updateWith(1, message)});
        QVERIFY(waitForTask(m_store->outbox())->isEmpty());
        const auto page = waitForTask(m_store->messagesBefore(talk, {}, 50));
        QCOMPARE(page->messages.size(), 1);
        QCOMPARE(page->messages[0].clientId, row->clientId);
    }

    void outboxSurvivesReopeningWithItsClientId()
    {
        const auto row = waitForTask(m_store->queueMessage(talk, QStringLiteral("kept")));
        reopen();
        const auto rows = waitForTask(m_store->outbox());
        QCOMPARE(rows->size(), 1);
        QCOMPARE(rows->first().clientId, row->clientId);
        QCOMPARE(rows->first().text, QStringLiteral("kept"));
        QCOMPARE(rows->first().state, SendState::Queued);
    }

    void pagesStopAtGapsAndSaySo()
    {
        addUpdates(
                {updateWith(1, messageFrom(bob, 1, "a")), updateWith(2, messageFrom(bob, 2, "b")),
                 updateWith(3, messageFrom(bob, 5, "e")), updateWith(4, messageFrom(bob, 6, "f"))});
        const auto newest = waitForTask(m_store->messagesBefore(talk, {}, 50));
        QCOMPARE(newest->messages.size(), 2);
        QCOMPARE(newest->messages[0].seq.value, 5);
        QVERIFY(newest->reachedGapBefore);
        const auto oldest = waitForTask(m_store->messagesAfter(talk, {}, 50));
        QCOMPARE(oldest->messages.size(), 2);
        QVERIFY(oldest->reachedGapAfter);
        QVERIFY(waitForTask(
                m_store->addHistory({messageFrom(bob, 3, "c"), messageFrom(bob, 4, "d")})));
        const auto whole = waitForTask(m_store->messagesAround(talk, MessageSeq{4}, 50));
        QCOMPARE(whole->messages.size(), 6);
        QVERIFY(!whole->reachedGapBefore && !whole->reachedGapAfter);
        QVERIFY(!whole->hasBefore && !whole->hasAfter);
    }

    void searchFindsPrefixesWithoutDiacritics()
    {
        addUpdates({updateWith(1, messageFrom(bob, 1, "Crème brûlée at nine")),
                    updateWith(2, messageFrom(bob, 2, "nothing \"quoted\""))});
        QCOMPARE(waitForTask(m_store->searchMessages(QStringLiteral("brul cre"), 10))->size(), 1);
        QCOMPARE(waitForTask(m_store->searchMessages(QStringLiteral("\"quo OR *"), 10))->size(), 0);
        QCOMPARE(waitForTask(m_store->searchMessages(QStringLiteral("\"quo"), 10))->size(), 1);
        QCOMPARE(waitForTask(m_store->searchMessages(QStringLiteral("  "), 10))->size(), 0);
    }

    void wordsAreFoundInOneConversationAlone()
    {
        auto elsewhere = messageFrom(bob, 1, "brulée too");
        elsewhere.set_conversation_id(talk.value + 1);
        auto deleted = messageFrom(bob, 3, "brulée again");
        deleted.set_is_deleted(true);
        addUpdates({updateWith(1, messageFrom(bob, 1, "Crème brûlée at nine")),
                    updateWith(2, messageFrom(bob, 2, "no")), updateWith(3, deleted),
                    updateWith(4, messageFrom(bob, 4, "Brûlée it is")), updateWith(5, elsewhere)});
        const auto found = waitForTask(m_store->seqsWith(talk, QStringLiteral("BRUL"), 10));
        QCOMPARE(*found, QList({MessageSeq{4}, MessageSeq{1}}));
    }

    void theMessageOfATimeIsCertainOnlyWhereNoneIsMissingBeforeIt()
    {
        // 10 to 14 and 20 to 24 are here, sent at 1000 + seq; the rest is the server's alone.
        std::vector<v1::Message> history;
        for (const int seq : {10, 11, 12, 13, 14, 20, 21, 22, 23})
            history.push_back(messageFrom(bob, seq, "there"));
        addUpdates({updateWith(1, messageFrom(bob, 24, "newest"))});
        QVERIFY(waitForTask(m_store->addHistory(std::move(history))));
        const auto at = [this](qint64 time) {
            const auto place = *waitForTask(m_store->placeOfTime(talk, time));
            return std::pair(place.seq.value, place.isCertain);
        };
        QCOMPARE(at(1012), std::pair(std::int64_t{12}, true));
        QCOMPARE(at(1022), std::pair(std::int64_t{22}, true));
        QCOMPARE(at(1017), std::pair(std::int64_t{20}, false));
        QCOMPARE(at(0), std::pair(std::int64_t{10}, false));
        QCOMPARE(at(9999), std::pair(std::int64_t{24}, false)); // none: the last
    }

    void watermarksWaitUntilConfirmed()
    {
        addUpdates(
                {updateWith(1, messageFrom(bob, 1, "a")), updateWith(2, messageFrom(bob, 2, "b"))});
        QVERIFY(waitForTask(m_store->markRead(talk, MessageSeq{9})));
        const auto marks = waitForTask(m_store->pendingWatermarks());
        QCOMPARE(marks->size(), 1);
        QCOMPARE(marks->first().delivered.value, 2);
        QCOMPARE(marks->first().read.value, 2);
        QCOMPARE(waitForTask(m_store->conversation(talk))->unread, 0);
        QVERIFY(waitForTask(m_store->confirmWatermark(marks->first())));
        QVERIFY(waitForTask(m_store->pendingWatermarks())->isEmpty());
    }

    void anotherAccountFindsNothingOfTheFirst()
    {
        addUpdates({updateWith(1, messageFrom(bob, 1, "secret"))});
        Person other;
        other.id = UserId{9};
        QVERIFY(waitForTask(m_store->setAccount(other)));
        QVERIFY(waitForTask(m_store->conversations())->isEmpty());
        QVERIFY(waitForTask(m_store->searchMessages(QStringLiteral("secret"), 9))->isEmpty());
        QCOMPARE(waitForTask(m_store->cursor())->value, 0);
    }

    void whatADeletedAccountWroteIsErasedHere()
    {
        auto picture = messageFrom(bob, 1, "a lobster");
        picture.add_images()->set_blob_id("2-5");
        addUpdates({updateWith(1, picture), updateWith(2, messageFrom(alice, 2, "mine"))});
        QSignalSpy changed(m_store.get(), &LocalStore::changed);
        v1::Update update;
        update.set_seq(3);
        update.mutable_profile_changed()->set_user_id(bob.value);
        update.mutable_profile_changed()->set_display_name("Deleted account");
        update.mutable_profile_changed()->set_is_deleted(true);
        addUpdates({update});
        const auto page = waitForTask(m_store->messagesBefore(talk, {}, 50));
        QVERIFY(page->messages[0].isDeleted);
        QVERIFY(page->messages[0].text.isEmpty() && page->messages[0].images.isEmpty());
        QCOMPARE(page->messages[1].text, QStringLiteral("mine"));
        QVERIFY(waitForTask(m_store->searchMessages(QStringLiteral("lobster"), 9))->isEmpty());
        QVERIFY(waitForTask(m_store->conversation(talk))->peer.isDeleted);
        const auto changes = changed.last().first().value<ChangeSet>();
        QVERIFY(changes.changedMessages.contains(talk));
        QCOMPARE(changes.goneBlobs, QStringList{QStringLiteral("2-5")});
        reopen();
        QVERIFY(waitForTask(m_store->person(bob))->isDeleted);
    }

    void draftIsKeptAndEmptyTextRemovesIt()
    {
        addUpdates({updateWith(1, messageFrom(bob, 1, "a"))});
        QVERIFY(waitForTask(m_store->setDraft(talk, Draft{.text = QStringLiteral("later")})));
        reopen();
        QCOMPARE(waitForTask(m_store->conversation(talk))->draft.text, QStringLiteral("later"));
        QVERIFY(waitForTask(m_store->setDraft(talk, Draft())));
        QVERIFY(waitForTask(m_store->conversation(talk))->draft.isEmpty());
    }

    void aStoreOfTheFirstVersionKeepsEverything()
    {
        m_store.reset();
        const QString path = m_dir->filePath(QStringLiteral("old/store.db"));
        QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("old")));
        {
            auto database =
                    QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("old"));
            database.setDatabaseName(path);
            QVERIFY(database.open());
            QFile script(QStringLiteral(DUNLIN_OLD_STORE));
            QVERIFY(script.open(QIODevice::ReadOnly));
            const auto statements =
                    QString::fromUtf8(script.readAll()).split(QLatin1String("\n\n"));
            for (const QString &statement : statements.mid(1)) {
                QSqlQuery query(database);
                QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("old"));
        m_store = std::make_unique<LocalStore>(path);
        QVERIFY(waitForTask(m_store->open()));
        QCOMPARE(waitForTask(m_store->cursor())->value, 9);
        const auto page = waitForTask(m_store->messagesBefore(talk, {}, 10));
        QCOMPARE(page->messages.size(), 1);
        QCOMPARE(page->messages[0].text, QStringLiteral("from before"));
        QVERIFY(page->messages[0].images.isEmpty());
        const auto rows = waitForTask(m_store->outbox());
        QCOMPARE(rows->size(), 1);
        QCOMPARE(rows->first().text, QStringLiteral("still waiting"));
        QVERIFY(rows->first().isUploaded);
        const auto summary = waitForTask(m_store->conversation(talk));
        QCOMPARE(summary->peer.displayName, QStringLiteral("Bob"));
        QCOMPARE(summary->draft.text, QStringLiteral("half a"));
        QCOMPARE(summary->previewImages, 0);
        // And what is new works in it.
        auto message = messageFrom(bob, 2, "");
        message.add_images()->set_blob_id("2-5");
        addUpdates({updateWith(10, message)});
        QCOMPARE(waitForTask(m_store->conversation(talk))->previewImages,
                 0); // ours waits behind it
        addUpdates({updateWith(11, messageFrom(bob, 3, "words"))});
        const auto found = waitForTask(m_store->messageWithImages(talk, MessageSeq{99}, true));
        QVERIFY(found && *found);
        QCOMPARE((*found)->images[0].blobId, QStringLiteral("2-5"));
    }

    void aPictureIsUploadedFileByFileBeforeItsMessageIsReady()
    {
        const QString directory = m_store->outgoingDirectory();
        QVERIFY(QDir().mkpath(directory));
        const auto fileOf = [&](const char *name) {
            QFile file(directory + u'/' + QLatin1String(name));
            if (file.open(QIODevice::WriteOnly))
                file.write("12345");
            return file.fileName();
        };
        const Image image{.contentType = QStringLiteral("image/jpeg"),
                          .byteSize = 5,
                          .width = 3,
                          .height = 2,
                          .file = fileOf("full"),
                          .thumbnailFile = fileOf("small")};
        const QList<Image> images{image};
        const auto row = waitForTask(m_store->queueMessage(talk, QStringLiteral("look"), images));
        QVERIFY(row);
        reopen();
        const auto transfers = waitForTask(m_store->transfers());
        QCOMPARE(transfers->size(), 2);
        QCOMPARE(transfers->first().file, image.thumbnailFile); // the small one goes first
        QCOMPARE(transfers->first().byteSize, 5);
        QVERIFY(!waitForTask(m_store->outbox())->first().isUploaded);
        for (const Transfer &transfer : *transfers) {
            const QString blobId = QStringLiteral("1-%1").arg(transfer.id);
            QVERIFY(waitForTask(m_store->setTransferBlob(transfer.id, blobId)));
            QVERIFY(waitForTask(m_store->markTransferDone(transfer.id)));
        }
        const OutboxRow ready = waitForTask(m_store->outbox())->first();
        QVERIFY(ready.isUploaded);
        QCOMPARE(ready.images[0].thumbnailBlobId, QStringLiteral("1-%1").arg(transfers->at(0).id));
        QCOMPARE(ready.images[0].blobId, QStringLiteral("1-%1").arg(transfers->at(1).id));
        QCOMPARE(ready.images[0].file, image.file);

        QVERIFY(waitForTask(m_store->restartTransfers(ready.localId)));
        QVERIFY(!waitForTask(m_store->outbox())->first().isUploaded);
        QVERIFY(waitForTask(m_store->discard(ready.localId)));
        QVERIFY(waitForTask(m_store->transfers())->isEmpty());
        QVERIFY(waitForTask(m_store->outgoingFiles())->isEmpty());
    }
};

QTEST_GUILESS_MAIN(LocalStoreTest)
#include "tst_local_store.moc"
