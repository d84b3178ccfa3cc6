// SPDX-License-Identifier: Apache-2.0
#include "conversation_controller.h"

#include "message_values.h"
#include "texts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>

#include <limits>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;
constexpr qint64 hourMs = 3'600'000;

} // namespace

ConversationController::ConversationController(Client &client, QObject *parent)
    : QObject(parent), m_client(client), m_messages(client), m_composer(client, m_messages),
      m_actions(client, m_messages), m_find(client), m_viewer(client, m_messages),
      m_retention(client)
{
    connect(&m_find, &FindController::found, this, &ConversationController::jumpTo);
    connect(&m_actions, &MessageActions::told, this, &ConversationController::failed);
    connect(&m_minuteTimer, &QTimer::timeout, this, &ConversationController::headerChanged);
    m_minuteTimer.start(20s);
    connect(&m_viewer, &ViewerController::told, this, &ConversationController::failed);
    connect(&m_messages, &MessageListModel::loadedChanged, this, &ConversationController::onLoaded);
    connect(&m_messages, &MessageListModel::moved, this, &ConversationController::onMoved);
    connect(&m_messages, &MessageListModel::moveFailed, this,
            [this](ErrorCode code) { Q_EMIT failed(errorText(code)); });
    connect(&client.store(), &LocalStore::changed, this, [this](const ChangeSet &changes) {
        if (m_id
            && (changes.conversations.contains(m_id) || changes.people.contains(m_summary.peer.id)))
            loadSummary(m_id, false);
    });
    connect(&client, &Client::presenceChanged, this, [this](UserId user) {
        if (user == m_summary.peer.id)
            Q_EMIT headerChanged();
    });
    connect(&client, &Client::typingChanged, this, [this](ConversationId id) {
        if (id == m_id)
            Q_EMIT headerChanged();
    });
}

QString ConversationController::conversationId() const
{
    return m_id ? QString::number(m_id.value) : QString();
}

QString ConversationController::name() const
{
    return shownName(m_summary.peer);
}

QString ConversationController::initials() const
{
    return initialsOf(name());
}

int ConversationController::colorIndex() const
{
    return colorIndexOf(m_summary.peer);
}

bool ConversationController::isOnline() const
{
    return m_client.presence(m_summary.peer.id).isOnline;
}

bool ConversationController::isTyping() const
{
    return m_id && m_client.isPeerTyping(m_id);
}

bool ConversationController::isMuted() const
{
    return m_summary.mutedUntilMs > QDateTime::currentMSecsSinceEpoch();
}

QString ConversationController::statusText() const
{
    if (isTyping())
        return tr("typing...");
    if (isPeerDeleted())
        return {};
    return presenceText(m_client.presence(m_summary.peer.id), QDateTime::currentDateTime());
}

void ConversationController::setInView(bool isInView)
{
    if (m_isInView == isInView)
        return;
    m_isInView = isInView;
    Q_EMIT isInViewChanged();
}

void ConversationController::retranslate()
{
    Q_EMIT headerChanged();
    Q_EMIT m_composer.targetChanged();
}

void ConversationController::open(const QString &conversationId)
{
    const ConversationId id{conversationId.toLongLong()};
    if (id != m_id)
        openConversation(id, {});
}

void ConversationController::openAt(const QString &conversationId, qint64 seq)
{
    const ConversationId id{conversationId.toLongLong()};
    if (id == m_id)
        jumpTo(seq);
    else
        openConversation(id, MessageSeq{seq});
}

void ConversationController::close()
{
    openConversation({}, {});
}

void ConversationController::openConversation(ConversationId id, MessageSeq around)
{
    if (m_id && id != m_id)
        m_client.setTyping(m_id, false);
    const bool isOther = id != m_id;
    m_id = id;
    m_around = around;
    m_isShown = false;
    m_hasSummary = false;
    m_summary = {};
    m_pinned = {};
    m_pinnedText.clear();
    m_viewer.close();
    if (isOther) {
        m_composer.open(id);
        m_find.reset(id);
    }
    m_actions.open(id);
    m_retention.open(id);
    m_messages.open(id, around);
    Q_EMIT opened();
    Q_EMIT pinsChanged();
    Q_EMIT headerChanged();
    if (id)
        loadSummary(id, true);
}

QCoro::Task<void> ConversationController::loadSummary(ConversationId id, bool isFirst)
{
    const QPointer<ConversationController> guard(this);
    const quint64 draftVersion = m_composer.version();
    const auto summary = co_await m_client.store().conversation(id);
    if (!guard || id != m_id || !summary)
        co_return;
    m_summary = *summary;
    m_composer.takeDraft(summary->draft, draftVersion);
    m_retention.setRetention(summary->retention);
    updatePins();
    if (isFirst) {
        m_readOnOpen = summary->ownReadSeq;
        m_hadUnreadOnOpen = summary->unread > 0;
        m_hasSummary = true;
        onLoaded();
    }
    Q_EMIT headerChanged();
}

void ConversationController::onLoaded()
{
    if (!m_id || m_isShown || !m_hasSummary || !m_messages.isLoaded())
        return;
    m_isShown = true;
    m_messages.setUnreadAfter(m_readOnOpen, m_hadUnreadOnOpen);
    showRow(m_around ? m_messages.rowFrom(m_around) : m_messages.firstUnreadRow(), m_around);
}

void ConversationController::onMoved(MessageSeq around)
{
    if (m_summary.unread > 0) {
        m_readOnOpen = m_summary.ownReadSeq;
        m_hadUnreadOnOpen = true;
    }
    m_messages.setUnreadAfter(m_readOnOpen, m_hadUnreadOnOpen);
    showRow(around ? m_messages.rowFrom(around) : 0, around);
}

void ConversationController::showRow(int row, MessageSeq wanted)
{
    Q_EMIT shown(std::max(0, row), wanted && m_messages.seqAt(row) == wanted.value);
}

void ConversationController::jumpToNewest()
{
    if (m_messages.hasNewer())
        m_messages.moveTo({});
    else
        Q_EMIT shown(0, false);
}

void ConversationController::flushDraft()
{
    m_composer.flushDraft();
    m_actions.finishRemove();
}

void ConversationController::jumpTo(qint64 seq)
{
    if (const int row = m_messages.rowOfSeq(seq); row >= 0)
        Q_EMIT shown(row, true);
    else if (m_isShown)
        m_messages.moveTo(MessageSeq{seq});
    else
        openConversation(m_id, MessageSeq{seq});
}

void ConversationController::jumpToDate(const QDateTime &dayBegin)
{
    jumpToTime(dayBegin.toMSecsSinceEpoch());
}

QCoro::Task<void> ConversationController::jumpToTime(qint64 timeMs)
{
    const QPointer<ConversationController> guard(this);
    const ConversationId id = m_id;
    const auto seq = co_await m_client.sync().seqFromTime(id, timeMs);
    if (!guard || id != m_id)
        co_return;
    if (seq && *seq)
        jumpTo(seq->value);
    else if (!seq)
        Q_EMIT failed(errorText(seq.error().code));
}

void ConversationController::jumpToPinned()
{
    const auto &pins = m_summary.pinned;
    const qsizetype place = pins.indexOf(m_pinned);
    if (place < 0)
        return;
    const MessageSeq seq = m_pinned;
    const MessageSeq before = pins[place > 0 ? place - 1 : pins.size() - 1];
    jumpTo(seq.value);
    showPinned(before);
}

/// The bar has the newest one, until it is used.
void ConversationController::updatePins()
{
    if (m_summary.pinned.isEmpty()) {
        m_pinned = {};
        m_pinnedText.clear();
        Q_EMIT pinsChanged();
    } else if (m_summary.pinned.contains(m_pinned)) {
        showPinned(m_pinned); // its text may be another
    } else {
        showPinned(m_summary.pinned.last());
    }
}

QCoro::Task<void> ConversationController::showPinned(MessageSeq seq)
{
    const QPointer<ConversationController> guard(this);
    const ConversationId id = m_id;
    m_pinned = seq;
    auto found = co_await m_client.store().messagesBetween(id, seq, seq);
    if (guard && found && found->isEmpty()) {
        co_await m_client.sync().refresh(id, seq, seq);
        if (guard)
            found = co_await m_client.store().messagesBetween(id, seq, seq);
    }
    if (!guard || id != m_id || seq != m_pinned)
        co_return;
    m_pinnedText = found && !found->isEmpty() ? previewOf(found->first()) : QString();
    Q_EMIT pinsChanged();
}

void ConversationController::retry(qint64 localId)
{
    m_client.outbox().retry(localId);
}

void ConversationController::discard(qint64 localId)
{
    m_client.outbox().discard(localId);
}

void ConversationController::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

void ConversationController::seen(int row)
{
    const MessageSeq seq{m_messages.seqAt(row)};
    if (m_id && m_isShown && seq > m_summary.ownReadSeq && m_summary.unread > 0)
        m_client.sync().markRead(m_id, seq);
}

void ConversationController::setPinned(bool isPinned)
{
    tellFailure(m_client.actions().pinConversation(m_id, isPinned));
}

void ConversationController::mute(int hours)
{
    const qint64 until = hours < 0 ? std::numeric_limits<qint64>::max()
            : hours == 0           ? 0
                                   : QDateTime::currentMSecsSinceEpoch() + hours * hourMs;
    tellFailure(m_client.actions().mute(m_id, until));
}

QCoro::Task<void> ConversationController::tellFailure(QCoro::Task<Result<void>> change)
{
    const QPointer<ConversationController> guard(this);
    const auto changed = co_await change;
    if (guard && !changed)
        Q_EMIT failed(errorText(changed.error().code));
}

} // namespace dunlin::client
