// SPDX-License-Identifier: Apache-2.0
// What the store does with a disk that fails it.
#include "local_store.h"
#include "memory_disk.h"

#include <QCoroTask>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;

namespace {

constexpr UserId alice{1};
constexpr UserId bob{2};
constexpr ConversationId talk{7};
/// More than SQLite keeps in memory.
constexpr int messages = 4000;

template <typename Task> auto waitForTask(Task task)
{
    return QCoro::waitFor(std::move(task));
}

v1::Update messageNumber(int seq)
{
    v1::Update update;
    update.set_seq(seq);
    v1::Message &message = *update.mutable_message_added();
    message.set_conversation_id(talk.value);
    message.set_seq(seq);
    message.set_message_id(100 + seq);
    message.set_sender_id(bob.value);
    message.set_text("number " + std::to_string(seq) + std::string(1000, 'x'));
    message.set_client_id(ClientId::random().toBytes());
    return update;
}

} // namespace

class StoreDamageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<LocalStore> store_;
    int rebuilt_ = 0;

    [[nodiscard]] QString path() const { return directory_->filePath(QStringLiteral("store.db")); }
    [[nodiscard]] QStringList putAside() const
    {
        return QDir(directory_->path()).entryList({QStringLiteral("store.db.damaged-*")});
    }

    Result<void> open()
    {
        store_.reset();
        rebuilt_ = 0;
        store_ = std::make_unique<LocalStore>(path());
        connect(store_.get(), &LocalStore::rebuilt, this, [this] { ++rebuilt_; });
        return waitForTask(store_->open());
    }
    void fill()
    {
        QVERIFY(open());
        QVERIFY(waitForTask(store_->setAccount({.id = alice, .userName = QStringLiteral("a")})));
        std::vector<v1::Update> updates;
        for (int seq = 1; seq <= messages; ++seq)
            updates.push_back(messageNumber(seq));
        QVERIFY(waitForTask(store_->applyUpdates(std::move(updates), UpdateSeq{messages})));
        QVERIFY(waitForTask(store_->queueMessage(talk, QStringLiteral("not sent yet"))));
        QVERIFY(waitForTask(store_->setDraft(talk, Draft{.text = QStringLiteral("half a")})));
    }
    /// Overwrites everything from a place on, as a failing disk would.
    void damage(qint64 from) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.size() > from);
        file.seek(from);
        file.write(QByteArray(file.size() - from, '\x5a'));
    }

private Q_SLOTS:
    void init()
    {
        directory_ = std::make_unique<QTemporaryDir>();
        fill();
    }
    void cleanup() { store_.reset(); }

    void aWholeFileIsLeftAlone()
    {
        QVERIFY(open());
        QCOMPARE(rebuilt_, 0);
        QCOMPARE(waitForTask(store_->cursor())->value, messages);
        QVERIFY(putAside().isEmpty());
    }

    void aDamagedFileIsPutAsideAndWhatIsOnlyThereIsTakenOver()
    {
        store_.reset();
        damage(200'000); // the small tables come first
        QVERIFY(open());
        QCOMPARE(rebuilt_, 1);
        QVERIFY(!putAside().isEmpty());
        QCOMPARE(waitForTask(store_->cursor())->value, 0); // the server is asked for everything
        QCOMPARE(waitForTask(store_->account())->id, alice);
        const auto rows = waitForTask(store_->outbox());
        QCOMPARE(rows->size(), 1);
        QCOMPARE(rows->first().text, QStringLiteral("not sent yet"));
        QVERIFY(waitForTask(store_->applyUpdates({messageNumber(1)}, UpdateSeq{1})));
        QCOMPARE(waitForTask(store_->conversation(talk))->draft.text, QStringLiteral("half a"));
        QVERIFY(open());
        QCOMPARE(rebuilt_, 0);
    }

    void aFileThatIsNoDatabaseAnyMoreIsPutAside()
    {
        store_.reset();
        damage(0);
        QVERIFY(open());
        QCOMPARE(rebuilt_, 1);
        QCOMPARE(putAside().size(), 1);
        QVERIFY(!waitForTask(store_->account())->id);
        QVERIFY(waitForTask(store_->setAccount({.id = alice})));
    }

    void damageThatIsMetLaterEndsInANewStoreToo()
    {
        QVERIFY(open());
        damage(200'000);
        const auto page = waitForTask(store_->messagesAfter(talk, {}, messages));
        QVERIFY(!page);
        QTRY_COMPARE(rebuilt_, 1);
        QVERIFY(!putAside().isEmpty());
        QCOMPARE(waitForTask(store_->cursor())->value, 0);
        QCOMPARE(waitForTask(store_->account())->id, alice);
        QVERIFY(waitForTask(store_->applyUpdates({messageNumber(1)}, UpdateSeq{1})));
    }

    void whatWasUnderWayDoesNotReachTheNewStore()
    {
        QVERIFY(open());
        damage(200'000);
        // Asked for in one turn: nobody knows yet what the first one meets.
        auto first = store_->messagesAfter(talk, {}, messages);
        std::vector<v1::Update> next{messageNumber(messages + 1)};
        auto second = store_->applyUpdates(std::move(next), UpdateSeq{messages + 1});
        QVERIFY(!waitForTask(std::move(first)));
        QVERIFY(!waitForTask(std::move(second)));
        QCOMPARE(waitForTask(store_->cursor())->value, 0);
    }

    void aFullDiskRefusesAndNothingIsLost()
    {
        store_.reset();
        directory_ = std::make_unique<QTemporaryDir>();
        const test::MemoryDisk disk(directory_->path(), 32 * 1024 * 1024);
        if (!disk.isThere())
            QSKIP("a memory disk needs root");
        fill();
        disk.fill();
        const QString text(16 * 1024, u'x');
        int queued = 1;
        Result<OutboxRow> row;
        do {
            row = waitForTask(store_->queueMessage(talk, text));
            queued += row ? 1 : 0;
        } while (row && queued < 1000); // what room the log still has
        QVERIFY(!row);
        QCOMPARE(row.error().code, ErrorCode::StorageFull);
        QVERIFY(open()); // with a disk that is full
        QCOMPARE(int(waitForTask(store_->outbox())->size()), queued);
        disk.empty();
        QVERIFY(waitForTask(store_->queueMessage(talk, text)));
        QCOMPARE(int(waitForTask(store_->outbox())->size()), queued + 1);
        QCOMPARE(rebuilt_, 0);
        store_.reset();
    }
};

QTEST_GUILESS_MAIN(StoreDamageTest)
#include "tst_store_damage.moc"
