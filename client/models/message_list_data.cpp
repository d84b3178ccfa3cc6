// SPDX-License-Identifier: Apache-2.0
// How the messages of the model look: its roles. What it holds is message_list_model.cpp's.
#include "message_format.h"
#include "message_list_model.h"
#include "message_values.h"
#include "pictures_value.h"
#include "texts.h"

namespace dunlin::client {
namespace {

constexpr qint64 groupGapMs = 5LL * 60 * 1000;

} // namespace

bool MessageListModel::isOwn(const StoredMessage &message) const
{
    return message.sender == m_client.session().self().id;
}

bool MessageListModel::isHidden(const StoredMessage &message) const
{
    return message.isHidden || (message.seq && m_vanished.contains(message.seq.value));
}

qsizetype MessageListModel::shownFrom(qsizetype place, int step) const
{
    while (place >= 0 && place < m_messages.size() && isHidden(m_messages[place]))
        place += step;
    return place;
}

bool MessageListModel::isNewDay(qsizetype place) const
{
    const qsizetype before = shownFrom(place - 1, -1);
    if (isHidden(m_messages[place]))
        return false;
    if (before < 0)
        return !m_hasOlder;
    const auto day = [this](qsizetype at) {
        return QDateTime::fromMSecsSinceEpoch(m_messages[at].sentAtMs).date();
    };
    return day(place) != day(before);
}

bool MessageListModel::isSameGroup(qsizetype older, qsizetype newer) const
{
    if (older < 0 || newer >= m_messages.size())
        return false;
    const StoredMessage &a = m_messages[older];
    const StoredMessage &b = m_messages[newer];
    return a.sender == b.sender && b.sentAtMs - a.sentAtMs < groupGapMs && !isNewDay(newer)
            && (!m_firstUnread || b.seq != m_firstUnread);
}

QVariant MessageListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const qsizetype place = placeOf(index.row());
    const StoredMessage &message = m_messages[place];
    switch (role) {
    case TextRole:
        return message.text;
    case HtmlRole:
        return toHtml(message.text);
    case IsOwnRole:
        return isOwn(message);
    case TimeTextRole:
        return clockText(message.sentAtMs);
    case FullTimeTextRole:
        return fullTimeText(message.sentAtMs);
    case StatusRole:
        return isOwn(message) ? MessageStatus::of(message.state, message.seq,
                                                  m_summary.peerDeliveredSeq, m_summary.peerReadSeq)
                              : MessageStatus::None;
    case FailureTextRole:
        return message.state == SendState::Failed ? errorText(message.failureCode) : QString();
    case IsFirstOfGroupRole:
        return !isSameGroup(shownFrom(place - 1, -1), place);
    case IsLastOfGroupRole:
        return !isSameGroup(place, shownFrom(place + 1, 1));
    case DayTextRole:
        return isNewDay(place) ? dayText(message.sentAtMs, QDateTime::currentDateTime())
                               : QString();
    case IsFirstUnreadRole:
        return m_firstUnread && message.seq == m_firstUnread;
    case IsOnlyEmojiRole:
        return isOnlyEmoji(message.text);
    case LocalIdRole:
        return message.localId;
    case SeqRole:
        return QVariant::fromValue<qint64>(message.seq.value);
    case SenderNameRole:
        return nameOf(message.sender);
    case PicturesRole:
        return picturesValue(message.images);
    case UploadProgressRole:
        return !message.images.isEmpty() && message.state == SendState::Queued
                ? m_client.uploader().progress(message.localId)
                : -1.0;
    default:
        return actionData(message, role);
    }
}

/// What has been done to the message, and what it refers to.
QVariant MessageListModel::actionData(const StoredMessage &message, int role) const
{
    const UserId self = m_client.session().self().id;
    const auto name = [this](UserId user) { return nameOf(user); };
    switch (role) {
    case QuoteRole:
        return quoteValue(message.quote, self, name);
    case ReactionsRole:
        return reactionsValue(message.reactions, self, name);
    case ForwardedFromRole:
        return !message.forwardedFrom ? QString()
                : message.forwardedFrom == self
                ? tr("Forwarded from you")
                : tr("Forwarded from %1").arg(isolated(nameOf(message.forwardedFrom)));
    case IsEditedRole:
        return message.editedAtMs > 0;
    case IsDeletedRole:
        return message.isDeleted;
    case IsHiddenRole:
        return isHidden(message);
    case IsPinnedRole:
        return message.isPinned;
    case IsSelectedRole:
        return m_selected.contains(message.seq.value);
    default:
        return {};
    }
}

QHash<int, QByteArray> MessageListModel::roleNames() const
{
    return {{TextRole, "text"},
            {HtmlRole, "html"},
            {IsOwnRole, "isOwn"},
            {TimeTextRole, "timeText"},
            {FullTimeTextRole, "fullTimeText"},
            {StatusRole, "status"},
            {FailureTextRole, "failureText"},
            {IsFirstOfGroupRole, "isFirstOfGroup"},
            {IsLastOfGroupRole, "isLastOfGroup"},
            {DayTextRole, "dayText"},
            {IsFirstUnreadRole, "isFirstUnread"},
            {IsOnlyEmojiRole, "isOnlyEmoji"},
            {LocalIdRole, "localId"},
            {SeqRole, "seq"},
            {SenderNameRole, "senderName"},
            {PicturesRole, "pictures"},
            {UploadProgressRole, "uploadProgress"},
            {QuoteRole, "quote"},
            {ReactionsRole, "reactions"},
            {ForwardedFromRole, "forwardedFrom"},
            {IsEditedRole, "isEdited"},
            {IsDeletedRole, "isDeleted"},
            {IsHiddenRole, "isHidden"},
            {IsPinnedRole, "isPinned"},
            {IsSelectedRole, "isSelected"}};
}

QString MessageListModel::nameOf(UserId sender) const
{
    if (sender == m_client.session().self().id)
        return tr("You");
    if (sender == m_summary.peer.id || !m_people.contains(sender))
        return sender == m_summary.peer.id ? shownName(m_summary.peer) : tr("Someone");
    return shownName(m_people[sender]);
}

} // namespace dunlin::client
