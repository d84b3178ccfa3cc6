// SPDX-License-Identifier: Apache-2.0
#include "message_actions.h"

#include "texts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>

#include <algorithm>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;
constexpr auto undoTime = 5s;

} // namespace

MessageActions::MessageActions(Client &client, MessageListModel &messages, QObject *parent)
    : QObject(parent), m_client(client), m_messages(messages)
{
    m_undoTimer.setSingleShot(true);
    m_undoTimer.setInterval(undoTime);
    connect(&m_undoTimer, &QTimer::timeout, this, &MessageActions::finishRemove);
    connect(&messages, &MessageListModel::selectionChanged, this,
            &MessageActions::selectionChanged);
    connect(&client.actions(), &ActionQueue::refused, this,
            [this](ConversationId, ErrorCode code) { Q_EMIT told(errorText(code)); });
}

MessageActions::~MessageActions()
{
    finishRemove();
}

void MessageActions::open(ConversationId id)
{
    finishRemove();
    m_id = id;
    cancelForward();
    Q_EMIT selectionChanged();
}

QList<const StoredMessage *> MessageActions::selectedMessages() const
{
    QList<const StoredMessage *> found;
    for (const qint64 seq : m_messages.selected()) {
        if (const auto *message = m_messages.messageAt(m_messages.rowOfSeq(seq)))
            found.append(message);
    }
    std::sort(found.begin(), found.end(),
              [](const StoredMessage *left, const StoredMessage *right) {
                  return left->seq < right->seq;
              });
    return found;
}

bool MessageActions::canDeleteForEveryone() const
{
    const auto selected = selectedMessages();
    const UserId self = m_client.session().self().id;
    return !selected.isEmpty()
            && std::all_of(selected.begin(), selected.end(), [self](const StoredMessage *message) {
                   return message->sender == self && !message->isDeleted;
               });
}

void MessageActions::react(qint64 seq, const QString &emoji)
{
    const auto *message = m_messages.messageAt(m_messages.rowOfSeq(seq));
    if (message == nullptr || !message->seq)
        return;
    const Reaction own{.user = m_client.session().self().id, .emoji = emoji};
    m_client.actions().react(m_id, message->seq,
                             message->reactions.contains(own) ? QString() : emoji);
}

void MessageActions::setPinned(qint64 seq, bool isPinned)
{
    m_client.actions().pin(m_id, MessageSeq{seq}, isPinned);
}

void MessageActions::remove(qint64 seq, bool forEveryone)
{
    remove(QList<MessageSeq>{MessageSeq{seq}}, forEveryone);
}

void MessageActions::removeSelected(bool forEveryone)
{
    QList<MessageSeq> seqs;
    for (const StoredMessage *message : selectedMessages())
        seqs.append(message->seq);
    clearSelection();
    remove(seqs, forEveryone);
}

void MessageActions::remove(QList<MessageSeq> seqs, bool forEveryone)
{
    finishRemove();
    if (seqs.isEmpty())
        return;
    m_removed = std::move(seqs);
    m_isRemovedForEveryone = forEveryone;
    m_messages.setVanished(m_removed);
    m_undoTimer.start();
    Q_EMIT removedChanged();
}

void MessageActions::undoRemove()
{
    m_undoTimer.stop();
    m_removed.clear();
    m_messages.setVanished({});
    Q_EMIT removedChanged();
}

void MessageActions::finishRemove()
{
    if (m_removed.isEmpty())
        return;
    m_undoTimer.stop();
    // They stay out of sight until the store says what they are now.
    m_client.actions().remove(m_id, std::exchange(m_removed, {}), m_isRemovedForEveryone);
    Q_EMIT removedChanged();
}

void MessageActions::toggleSelected(qint64 seq)
{
    const auto *message = m_messages.messageAt(m_messages.rowOfSeq(seq));
    if (message != nullptr && message->seq)
        m_messages.setSelected(seq, !m_messages.selected().contains(seq));
}

void MessageActions::clearSelection()
{
    m_messages.clearSelected();
}

void MessageActions::copySelected()
{
    QStringList lines;
    for (const StoredMessage *message : selectedMessages()) {
        if (!message->text.isEmpty())
            //: Who, when, and what; for the clipboard.
            lines.append(tr("%1, %2:\n%3")
                                 .arg(m_messages.nameOf(message->sender),
                                      fullTimeText(message->sentAtMs), message->text));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1String("\n\n")));
    clearSelection();
    Q_EMIT told(tr("Copied"));
}

void MessageActions::startForward(qint64 seq)
{
    m_forwarded = {MessageSeq{seq}};
    Q_EMIT forwardChanged();
}

void MessageActions::startForwardSelected()
{
    m_forwarded.clear();
    for (const StoredMessage *message : selectedMessages()) {
        if (!message->isDeleted)
            m_forwarded.append(message->seq);
    }
    Q_EMIT forwardChanged();
}

void MessageActions::cancelForward()
{
    m_forwarded.clear();
    Q_EMIT forwardChanged();
}

void MessageActions::forwardTo(const QStringList &conversationIds)
{
    forward(std::exchange(m_forwarded, {}), conversationIds);
    clearSelection();
    Q_EMIT forwardChanged();
}

QCoro::Task<void> MessageActions::forward(QList<MessageSeq> seqs, QStringList conversationIds)
{
    const QPointer<MessageActions> guard(this);
    const ConversationId from = m_id;
    for (const QString &target : conversationIds) {
        const ConversationId to{target.toLongLong()};
        for (const MessageSeq seq : seqs) {
            const auto queued = co_await m_client.outbox().forward(to, from, seq);
            if (!guard)
                co_return;
            if (!queued) {
                Q_EMIT told(errorText(queued.error().code));
                co_return;
            }
        }
    }
    if (!conversationIds.isEmpty())
        Q_EMIT told(tr("Forwarded"));
}

} // namespace dunlin::client
