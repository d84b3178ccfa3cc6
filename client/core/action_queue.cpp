// SPDX-License-Identifier: Apache-2.0
#include "action_queue.h"

#include "conversions.h"
#include "dunlin/validation.h"

#include <QPointer>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;
// Who writes changes the draft with every key.
constexpr auto draftDelay = 3s;
constexpr qsizetype deletedAtOnce = 100;

} // namespace

ActionQueue::ActionQueue(LocalStore &store, Connection &connection, SyncEngine &sync,
                         QObject *parent)
    : QObject(parent), m_store(store), m_connection(connection), m_sync(sync)
{
    connect(&m_retryTimer, &QTimer::timeout, this, &ActionQueue::wake);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftDelay);
    connect(&m_draftTimer, &QTimer::timeout, this, [this] {
        m_isDraftWanted = true;
        wake();
    });
    connect(&connection, &Connection::stateChanged, this, [this](ConnectionState state) {
        if (state != ConnectionState::Online)
            return;
        m_retryTimer.forgetFailures();
        m_isDraftWanted = true;
        wake();
    });
}

QCoro::Task<Result<void>> ActionQueue::edit(ConversationId id, MessageSeq seq, QString text)
{
    const auto checked = validation::checkMessageText(text.toStdString());
    if (!checked && !text.isEmpty())
        co_return tl::unexpected(checked.error());
    v1::ClientFrame request;
    auto &edit = *request.mutable_edit_message();
    edit.set_conversation_id(id.value);
    edit.set_seq(seq.value);
    edit.set_text(text.toStdString());
    co_return co_await queue(std::move(request));
}

QCoro::Task<Result<void>> ActionQueue::remove(ConversationId id, QList<MessageSeq> seqs,
                                              bool forEveryone)
{
    const QPointer<ActionQueue> guard(this);
    for (qsizetype begin = 0; guard && begin < seqs.size(); begin += deletedAtOnce) {
        v1::ClientFrame request;
        auto &remove = *request.mutable_delete_messages();
        remove.set_conversation_id(id.value);
        remove.set_for_everyone(forEveryone);
        const QList<MessageSeq> some = seqs.mid(begin, deletedAtOnce);
        for (const MessageSeq seq : some)
            remove.add_seqs(seq.value);
        const auto queued = co_await queue(std::move(request));
        if (!queued)
            co_return queued;
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> ActionQueue::react(ConversationId id, MessageSeq seq, QString emoji)
{
    v1::ClientFrame request;
    auto &reaction = *request.mutable_set_reaction();
    reaction.set_conversation_id(id.value);
    reaction.set_seq(seq.value);
    reaction.set_emoji(emoji.toStdString());
    return queue(std::move(request));
}

QCoro::Task<Result<void>> ActionQueue::pin(ConversationId id, MessageSeq seq, bool isPinned)
{
    v1::ClientFrame request;
    auto &pin = *request.mutable_pin_message();
    pin.set_conversation_id(id.value);
    pin.set_seq(seq.value);
    pin.set_is_pinned(isPinned);
    return queue(std::move(request));
}

QCoro::Task<Result<void>> ActionQueue::pinConversation(ConversationId id, bool isPinned)
{
    v1::ClientFrame request;
    request.mutable_change_conversation_settings()->set_conversation_id(id.value);
    request.mutable_change_conversation_settings()->set_is_pinned(isPinned);
    return queue(std::move(request));
}

QCoro::Task<Result<void>> ActionQueue::mute(ConversationId id, qint64 untilMs)
{
    v1::ClientFrame request;
    request.mutable_change_conversation_settings()->set_conversation_id(id.value);
    request.mutable_change_conversation_settings()->set_muted_until_ms(untilMs);
    return queue(std::move(request));
}

QCoro::Task<Result<void>> ActionQueue::saveDraft(ConversationId id, Draft draft)
{
    const QPointer<ActionQueue> guard(this);
    const auto kept = co_await m_store.setDraft(id, draft);
    if (guard && kept && !m_draftTimer.isActive())
        m_draftTimer.start();
    co_return kept;
}

QCoro::Task<Result<void>> ActionQueue::queue(v1::ClientFrame request)
{
    const QPointer<ActionQueue> guard(this);
    const auto kept = co_await m_store.queueAction(std::move(request));
    if (guard && kept)
        wake();
    co_return kept;
}

void ActionQueue::wake()
{
    pump();
}

QCoro::Task<void> ActionQueue::pump()
{
    if (m_connection.state() != ConnectionState::Online)
        co_return; // being Online again wakes
    if (m_isPumping) {
        m_isWakeWanted = true;
        co_return;
    }
    const QPointer<ActionQueue> guard(this);
    m_isPumping = true;
    bool isFine = true;
    do {
        m_isWakeWanted = false;
        isFine = co_await sendActions();
        if (guard && isFine && std::exchange(m_isDraftWanted, false))
            isFine = co_await sendDrafts();
        if (!guard)
            co_return;
    } while (m_isWakeWanted && isFine);
    m_isPumping = false;
    if (isFine) {
        m_retryTimer.forgetFailures();
    } else if (m_connection.state() == ConnectionState::Online) {
        m_isDraftWanted = true;
        m_retryTimer.startAfterFailure();
    }
}

/// False when it has to be tried again later.
QCoro::Task<bool> ActionQueue::sendActions()
{
    const QPointer<ActionQueue> guard(this);
    const auto actions = co_await m_store.actions();
    if (!actions)
        co_return false;
    for (const PendingAction &action : *actions) {
        if (!guard)
            co_return false;
        v1::ClientFrame request = action.request;
        const auto answer = co_await m_connection.request(std::move(request));
        if (!guard || (!answer && isTransient(answer.error().code)))
            co_return false;
        bool isDone = false;
        if (answer) {
            const auto finished = co_await m_store.finishAction(action.id);
            isDone = finished.has_value();
        } else {
            isDone = co_await takeBack(action, answer.error().code);
        }
        if (!isDone)
            co_return false;
    }
    co_return true;
}

QCoro::Task<bool> ActionQueue::takeBack(PendingAction action, ErrorCode code)
{
    const QPointer<ActionQueue> guard(this);
    const ConversationId id = conversationOf(action.request);
    const QList<MessageSeq> seqs = seqsOf(action.request);
    const auto refusal = co_await m_store.refuseAction(action);
    if (!guard || !refusal)
        co_return false;
    for (const MessageSeq seq : seqs) {
        co_await m_sync.refresh(id, seq, seq);
        if (!guard)
            co_return false;
    }
    Q_EMIT refused(id, code);
    co_return true;
}

QCoro::Task<bool> ActionQueue::sendDrafts()
{
    const QPointer<ActionQueue> guard(this);
    const auto drafts = co_await m_store.pendingDrafts();
    if (!drafts)
        co_return false;
    for (const PendingDraft &pending : *drafts) {
        if (!guard)
            co_return false;
        v1::ClientFrame request;
        auto &save = *request.mutable_save_draft();
        save.set_conversation_id(pending.conversation.value);
        fill(*save.mutable_draft(), pending.draft);
        const auto answer = co_await m_connection.request(std::move(request));
        if (!guard || (!answer && isTransient(answer.error().code)))
            co_return false;
        // One the server will never take is not tried for ever.
        const auto confirmed = co_await m_store.confirmDraft(pending);
        if (!confirmed)
            co_return false;
    }
    co_return true;
}

} // namespace dunlin::client
