// SPDX-License-Identifier: Apache-2.0
#include "conversation_controller.h"

#include "dunlin/limits.h"
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
    : QObject(parent), m_client(client), m_messages(client), m_attachments(client),
      m_viewer(client, m_messages)
{
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(300ms);
    connect(&m_draftTimer, &QTimer::timeout, this, &ConversationController::flushDraft);
    connect(&m_minuteTimer, &QTimer::timeout, this, &ConversationController::headerChanged);
    m_minuteTimer.start(20s);
    connect(&m_viewer, &ViewerController::told, this, &ConversationController::failed);
    connect(&m_messages, &MessageListModel::loadedChanged, this, &ConversationController::onLoaded);
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
    return presenceText(m_client.presence(m_summary.peer.id), QDateTime::currentDateTime());
}

void ConversationController::open(const QString &conversationId)
{
    const ConversationId id{conversationId.toLongLong()};
    if (id != m_id)
        openConversation(id, {});
}

void ConversationController::openAt(const QString &conversationId, qint64 seq)
{
    openConversation(ConversationId{conversationId.toLongLong()}, MessageSeq{seq});
}

void ConversationController::close()
{
    openConversation({}, {});
}

void ConversationController::openConversation(ConversationId id, MessageSeq around)
{
    flushDraft();
    if (m_id && id != m_id)
        m_client.setTyping(m_id, false);
    m_id = id;
    m_around = around;
    m_isShown = false;
    m_hasSummary = false;
    m_summary = {};
    m_draft.clear();
    setSendError({});
    m_viewer.close();
    m_attachments.open(id);
    m_messages.open(id, around);
    Q_EMIT opened();
    Q_EMIT headerChanged();
    if (id)
        loadSummary(id, true);
}

QCoro::Task<void> ConversationController::loadSummary(ConversationId id, bool isFirst)
{
    const QPointer<ConversationController> guard(this);
    const auto summary = co_await m_client.store().conversation(id);
    if (!guard || id != m_id || !summary)
        co_return;
    m_summary = *summary;
    if (isFirst) {
        m_readOnOpen = summary->ownReadSeq;
        m_hadUnreadOnOpen = summary->unread > 0;
        m_draft = summary->draft;
        m_hasSummary = true;
        Q_EMIT draftLoaded();
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
    const int row = m_around ? m_messages.rowOfSeq(m_around.value) : m_messages.firstUnreadRow();
    Q_EMIT shown(std::max(0, row), m_around && row >= 0);
}

void ConversationController::jumpToNewest()
{
    if (m_messages.hasNewer())
        openConversation(m_id, {});
    else
        Q_EMIT shown(0, false);
}

void ConversationController::send(const QString &text)
{
    if (m_id && !m_isSending && !m_attachments.isPreparing())
        queue(m_id, text, m_attachments.take());
}

QCoro::Task<void> ConversationController::queue(ConversationId id, QString text,
                                                QList<Image> images)
{
    const QPointer<ConversationController> guard(this);
    // Space around a message is no part of it.
    QString caption = text.trimmed();
    bool isTaken = false;
    setSending(true);
    do {
        const QList<Image> album = images.mid(0, qsizetype(limits::imagesPerMessage));
        const auto queued = co_await m_client.outbox().queue(id, caption, album);
        if (!guard)
            co_return;
        if (!queued) {
            m_attachments.putBack(id, images);
            setSending(false);
            if (id != m_id)
                co_return;
            setSendError(errorText(queued.error().code));
            Q_EMIT sent(isTaken); // its words are, when a first album is
            co_return;
        }
        isTaken = true;
        images = images.mid(album.size());
        caption.clear(); // stands under the first album
    } while (!images.isEmpty());
    m_client.setTyping(id, false);
    setSending(false);
    if (id == m_id) {
        setSendError({});
        m_draft.clear();
        m_draftTimer.stop();
        m_messages.setUnreadAfter({}, false);
    }
    co_await m_client.store().setDraft(id, {});
    if (guard && id == m_id)
        Q_EMIT sent(true);
}

void ConversationController::edited(const QString &text)
{
    if (!m_id || text == m_draft)
        return;
    m_draft = text;
    m_draftTimer.start();
    m_client.setTyping(m_id, !text.trimmed().isEmpty());
    setSendError({});
}

void ConversationController::flushDraft()
{
    if (!m_id || !m_hasSummary)
        return;
    m_draftTimer.stop();
    if (m_draft != m_summary.draft) {
        m_summary.draft = m_draft;
        m_client.store().setDraft(m_id, m_draft);
    }
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
    changeSettings(isPinned, m_summary.mutedUntilMs);
}

void ConversationController::mute(int hours)
{
    const qint64 until = hours < 0 ? std::numeric_limits<qint64>::max()
            : hours == 0           ? 0
                                   : QDateTime::currentMSecsSinceEpoch() + hours * hourMs;
    changeSettings(m_summary.isPinned, until);
}

QCoro::Task<void> ConversationController::changeSettings(bool isPinned, qint64 mutedUntilMs)
{
    const QPointer<ConversationController> guard(this);
    const auto changed = co_await m_client.changeSettings(m_id, isPinned, mutedUntilMs);
    if (guard && !changed)
        Q_EMIT failed(errorText(changed.error().code));
}

void ConversationController::setSending(bool isSending)
{
    m_isSending = isSending;
    Q_EMIT sendingChanged();
}

void ConversationController::setSendError(const QString &text)
{
    if (m_sendError == text)
        return;
    m_sendError = text;
    Q_EMIT sendErrorChanged();
}

} // namespace dunlin::client
