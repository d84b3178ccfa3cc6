// SPDX-License-Identifier: Apache-2.0
#include "local_store.h"

#include <QCoroTask>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;

namespace {

constexpr UserId alice{11};
constexpr UserId bob{12};
constexpr ConversationId talk{7};

template <typename Task> auto await(Task task)
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
    message.set_sent_at_ms(1'000 * seq);
    message.set_text(text);
    message.set_client_id(ClientId::random().toBytes());
    return message;
}

v1::ClientFrame editOf(int seq, const std::string &text)
{
    v1::ClientFrame request;
    auto &edit = *request.mutable_edit_message();
    edit.set_conversation_id(talk.value);
    edit.set_seq(seq);
    edit.set_text(text);
    return request;
}

v1::ClientFrame deletionOf(int seq, bool forEveryone)
{
    v1::ClientFrame request;
    auto &remove = *request.mutable_delete_messages();
    remove.set_conversation_id(talk.value);
    remove.add_seqs(seq);
    remove.set_for_everyone(forEveryone);
    return request;
}

v1::ClientFrame reactionTo(int seq, const std::string &emoji)
{
    v1::ClientFrame request;
    auto &reaction = *request.mutable_set_reaction();
    reaction.set_conversation_id(talk.value);
    reaction.set_seq(seq);
    reaction.set_emoji(emoji);
    return request;
}

v1::ClientFrame pinOf(int seq, bool isPinned)
{
    v1::ClientFrame request;
    auto &pin = *request.mutable_pin_message();
    pin.set_conversation_id(talk.value);
    pin.set_seq(seq);
    pin.set_is_pinned(isPinned);
    return request;
}

v1::ClientFrame pinOfAll(bool isPinned)
{
    v1::ClientFrame request;
    request.mutable_change_conversation_settings()->set_conversation_id(talk.value);
    request.mutable_change_conversation_settings()->set_is_pinned(isPinned);
    return request;
}

v1::ClientFrame muteUntil(qint64 untilMs)
{
    v1::ClientFrame request;
    request.mutable_change_conversation_settings()->set_conversation_id(talk.value);
    request.mutable_change_conversation_settings()->set_muted_until_ms(untilMs);
    return request;
}

} // namespace

/// What is done to messages, here and at the server, and how the store keeps both apart.
class StoreActionsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<LocalStore> store_;
    int updateSeq_ = 0;

    void reopen()
    {
        store_.reset();
        store_ = std::make_unique<LocalStore>(dir_->filePath(QStringLiteral("store.db")));
        QVERIFY(await(store_->open()));
    }
    void apply(v1::Update update)
    {
        update.set_seq(++updateSeq_);
        std::vector<v1::Update> updates{std::move(update)};
        QVERIFY(await(store_->applyUpdates(std::move(updates), UpdateSeq{updateSeq_})));
    }
    void add(const v1::Message &message)
    {
        v1::Update update;
        *update.mutable_message_added() = message;
        apply(update);
    }
    void change(const v1::Message &message)
    {
        v1::Update update;
        *update.mutable_message_changed() = message;
        apply(update);
    }
    StoredMessage at(int seq)
    {
        const auto found = await(store_->messagesBetween(talk, MessageSeq{seq}, MessageSeq{seq}));
        return found && !found->isEmpty() ? found->first() : StoredMessage{};
    }
    ConversationSummary summary() { return *await(store_->conversation(talk)); }
    void tellSettings(bool isPinned, qint64 mutedUntilMs)
    {
        v1::Update update;
        update.mutable_settings_changed()->set_conversation_id(talk.value);
        auto &settings = *update.mutable_settings_changed()->mutable_settings();
        settings.set_is_pinned(isPinned);
        settings.set_muted_until_ms(mutedUntilMs);
        apply(update);
    }
    bool isShown(bool isPinned, qint64 mutedUntilMs)
    {
        return summary().isPinned == isPinned && summary().mutedUntilMs == mutedUntilMs;
    }

private Q_SLOTS:
    void init()
    {
        dir_ = std::make_unique<QTemporaryDir>();
        updateSeq_ = 0;
        reopen();
        QVERIFY(await(store_->setAccount({.id = alice, .userName = QStringLiteral("alice")})));
        add(messageFrom(bob, 1, "one"));
        add(messageFrom(alice, 2, "two"));
        add(messageFrom(bob, 3, "three"));
    }
    void cleanup() { store_.reset(); }

    void anEditIsSeenFoundAndKeptAtOnce()
    {
        QSignalSpy changed(store_.get(), &LocalStore::changed);
        QVERIFY(await(store_->queueAction(editOf(2, "zwei"))));
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(changed.last().first().value<ChangeSet>().changedMessages.contains(talk));
        reopen();
        QCOMPARE(at(2).text, QStringLiteral("zwei"));
        QVERIFY(at(2).editedAtMs > 0);
        QCOMPARE(await(store_->searchMessages(QStringLiteral("zwei"), 9))->size(), 1);
        QVERIFY(await(store_->searchMessages(QStringLiteral("two"), 9))->isEmpty());
        const auto actions = await(store_->actions());
        QCOMPARE(actions->size(), 1);
        QCOMPARE(actions->first().request.edit_message().text(), "zwei");
        QVERIFY(await(store_->finishAction(actions->first().id)));
        QVERIFY(await(store_->actions())->isEmpty());
        QCOMPARE(at(2).text, QStringLiteral("zwei"));
    }

    void whatTheServerTellsMeanwhileDoesNotUndoWhatWaits()
    {
        QVERIFY(await(store_->queueAction(editOf(2, "zwei"))));
        QVERIFY(await(store_->queueAction(reactionTo(2, "👍"))));
        auto message = messageFrom(alice, 2, "two");
        auto &other = *message.add_reactions();
        other.set_user_id(bob.value);
        other.set_emoji("🎉");
        change(message);
        const StoredMessage shown = at(2);
        QCOMPARE(shown.text, QStringLiteral("zwei"));
        QCOMPARE(shown.reactions.size(), 2);
        QVERIFY(shown.reactions.contains({.user = bob, .emoji = QStringLiteral("🎉")}));
        QVERIFY(shown.reactions.contains({.user = alice, .emoji = QStringLiteral("👍")}));
    }

    void aRefusedActionMakesItsMessageStaleUntilTheServerTellsItAgain()
    {
        QVERIFY(await(store_->queueAction(editOf(3, "not mine"))));
        const auto actions = await(store_->actions());
        QVERIFY(await(store_->refuseAction(actions->first())));
        QVERIFY(at(3).isStale);
        QVERIFY(await(store_->messagesBefore(talk, {}, 10))->isStale);
        std::vector<v1::Message> history{messageFrom(bob, 3, "three")};
        QVERIFY(await(store_->addHistory(std::move(history))));
        QCOMPARE(at(3).text, QStringLiteral("three"));
        QVERIFY(!at(3).isStale);
        QVERIFY(await(store_->actions())->isEmpty());
    }

    void aDeletedMessageLeavesNothingButItsPlace()
    {
        QVERIFY(await(store_->queueAction(pinOf(2, true))));
        QVERIFY(await(store_->queueAction(reactionTo(2, "👍"))));
        QVERIFY(await(store_->queueAction(deletionOf(2, true))));
        const StoredMessage gone = at(2);
        QVERIFY(gone.isDeleted);
        QVERIFY(gone.text.isEmpty() && gone.reactions.isEmpty() && !gone.isPinned);
        QVERIFY(summary().pinned.isEmpty());
        QVERIFY(await(store_->searchMessages(QStringLiteral("two"), 9))->isEmpty());
        QCOMPARE(await(store_->messagesBefore(talk, {}, 10))->messages.size(), 3);
    }

    void whatIsHiddenIsNeitherShownNorThePreview()
    {
        QVERIFY(await(store_->queueAction(deletionOf(3, false))));
        QVERIFY(at(3).isHidden);
        QVERIFY(at(3).text.isEmpty());
        QCOMPARE(summary().previewText, QStringLiteral("two"));
        QCOMPARE(summary().previewSeq.value, 2);

        v1::Update hidden;
        hidden.mutable_messages_hidden()->set_conversation_id(talk.value);
        hidden.mutable_messages_hidden()->add_seqs(2);
        apply(hidden);
        QCOMPARE(summary().previewText, QStringLiteral("one"));
    }

    void anAnswerKnowsWhatItAnswersAsItIsNow()
    {
        auto answer = messageFrom(bob, 4, "yes");
        answer.set_reply_to_seq(2);
        add(answer);
        QCOMPARE(at(4).quote.text, QStringLiteral("two"));
        QCOMPARE(at(4).quote.sender, alice);
        QVERIFY(await(store_->queueAction(editOf(2, "zwei"))));
        QCOMPARE(at(4).quote.text, QStringLiteral("zwei"));
        QVERIFY(await(store_->queueAction(deletionOf(2, true))));
        QVERIFY(at(4).quote.isDeleted);

        auto early = messageFrom(bob, 9, "long after");
        early.set_reply_to_seq(7);
        add(early);
        QVERIFY(!at(9).quote.isKnown);
        QCOMPARE(at(9).quote.seq.value, 7);
    }

    void aQueuedAnswerAndAForwardedMessageKeepWhatTheyReferTo()
    {
        const References answer{.replyTo = MessageSeq{1}};
        QVERIFY(await(store_->queueMessage(talk, QStringLiteral("yes"), {}, answer)));
        const References forward{.forwardedConversation = talk, .forwardedSeq = MessageSeq{3}};
        const QList<Image> images{{.blobId = QStringLiteral("12-5"), .width = 3, .height = 2}};
        QVERIFY(await(store_->queueMessage(talk, QStringLiteral("three"), images, forward)));
        reopen();
        const auto rows = await(store_->outbox());
        QCOMPARE(rows->at(0).references, answer);
        QCOMPARE(rows->at(1).references, forward);
        QVERIFY(rows->at(1).isUploaded); // the server has its pictures
        QCOMPARE(rows->at(1).forwardedFrom, bob);
        QVERIFY(await(store_->transfers())->isEmpty());
        const auto queued = await(store_->queuedMessages(talk));
        QCOMPARE(queued->at(0).quote.text, QStringLiteral("one"));
        QCOMPARE(queued->at(1).forwardedFrom, bob);
    }

    void pinsComeWithTheConversationAndWithChanges()
    {
        v1::Conversation conversation;
        conversation.set_conversation_id(talk.value);
        conversation.add_members()->set_user_id(bob.value);
        conversation.set_last_seq(200);
        conversation.add_pinned_seqs(1);
        conversation.add_pinned_seqs(200); // not here
        std::vector<v1::Conversation> conversations{conversation};
        QVERIFY(await(store_->applyConversations(std::move(conversations), std::nullopt)));
        QCOMPARE(summary().pinned, (QList<MessageSeq>{MessageSeq{1}, MessageSeq{200}}));
        QVERIFY(at(1).isPinned);
        change(messageFrom(bob, 1, "one"));
        QCOMPARE(summary().pinned, QList<MessageSeq>{MessageSeq{200}});
    }

    void messagesAreStaleOnceTheLogOfChangesWasLeftBehind()
    {
        QVERIFY(!await(store_->messagesBefore(talk, {}, 10))->isStale);
        QVERIFY(await(store_->beginEpoch()));
        reopen();
        QVERIFY(await(store_->messagesBefore(talk, {}, 10))->isStale);
        auto edited = messageFrom(alice, 2, "zwei");
        edited.set_edited_at_ms(5);
        std::vector<v1::Message> history{messageFrom(bob, 1, "one"), edited,
                                         messageFrom(bob, 3, "three")};
        QVERIFY(await(store_->addHistory(std::move(history))));
        QCOMPARE(at(2).text, QStringLiteral("zwei"));
        QVERIFY(!await(store_->messagesBefore(talk, {}, 10))->isStale);
        // What is fresh is not replaced by a page of history that may have been on its way for
        // long.
        std::vector<v1::Message> late{messageFrom(alice, 2, "two")};
        QVERIFY(await(store_->addHistory(std::move(late))));
        QCOMPARE(at(2).text, QStringLiteral("zwei"));
    }

    void theServersSettingsDoNotUndoWhatIsChosenAndWaits()
    {
        QVERIFY(await(store_->queueAction(muteUntil(50))));
        QVERIFY(await(store_->queueAction(muteUntil(99))));
        reopen();
        QVERIFY(isShown(false, 99));
        tellSettings(false, 50); // the first of the two, heard of before the second is done
        QVERIFY(isShown(false, 99));
        const auto actions = *await(store_->actions());
        QVERIFY(await(store_->finishAction(actions.at(0).id)));
        tellSettings(true, 7); // by another device
        QVERIFY(isShown(true, 99));
        QVERIFY(await(store_->refuseAction(actions.at(1))));
        QVERIFY(isShown(true, 7));
    }

    void settingsOfAnOlderStoreAreTheServers()
    {
        tellSettings(true, 7);
        store_.reset();
        {
            auto old = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("old"));
            old.setDatabaseName(dir_->filePath(QStringLiteral("store.db")));
            QVERIFY(old.open());
            for (const char *statement :
                 {"ALTER TABLE conversations DROP COLUMN server_is_pinned",
                  "ALTER TABLE conversations DROP COLUMN server_muted_until_ms",
                  "PRAGMA user_version = 5"}) {
                QSqlQuery query(old);
                QVERIFY2(query.exec(QLatin1String(statement)), statement);
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("old"));
        reopen();
        QVERIFY(await(store_->queueAction(pinOfAll(false))));
        QVERIFY(isShown(false, 7));
        QVERIFY(await(store_->refuseAction(await(store_->actions())->first())));
        QVERIFY(isShown(true, 7));
    }

    void aDraftOfAnotherDeviceIsTakenUnlessThisOneHasANewerOne()
    {
        const auto remote = [this](const std::string &text) {
            v1::Update update;
            update.mutable_draft_changed()->set_conversation_id(talk.value);
            update.mutable_draft_changed()->mutable_draft()->set_text(text);
            apply(update);
        };
        remote("from the phone");
        QCOMPARE(summary().draft.text, QStringLiteral("from the phone"));
        QVERIFY(await(store_->pendingDrafts())->isEmpty());

        const Draft own{.text = QStringLiteral("from here"), .replyTo = MessageSeq{1}};
        QVERIFY(await(store_->setDraft(talk, own)));
        remote("too late");
        QCOMPARE(summary().draft, own);
        const auto pending = await(store_->pendingDrafts());
        QCOMPARE(pending->size(), 1);
        QCOMPARE(pending->first().draft, own);
        QVERIFY(await(store_->confirmDraft(pending->first())));
        QVERIFY(await(store_->pendingDrafts())->isEmpty());
        remote("");
        QVERIFY(summary().draft.isEmpty());
    }

    void anEmptiedDraftIsToldToTheServerToo()
    {
        const Draft none;
        QVERIFY(await(store_->setDraft(talk, {.text = QStringLiteral("x")})));
        QVERIFY(await(store_->setDraft(talk, none)));
        reopen();
        const auto pending = await(store_->pendingDrafts());
        QCOMPARE(pending->size(), 1);
        QVERIFY(pending->first().draft.isEmpty());
        QVERIFY(await(store_->confirmDraft(pending->first())));
        QVERIFY(await(store_->pendingDrafts())->isEmpty());
    }
};

QTEST_GUILESS_MAIN(StoreActionsTest)
#include "tst_store_actions.moc"
