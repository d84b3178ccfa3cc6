// SPDX-License-Identifier: Apache-2.0
#include "conversation_list_model.h"

#include "message_values.h"
#include "texts.h"

#include <QPointer>

#include <algorithm>
#include <limits>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

/// Whether a stands above b.
bool isAbove(const ConversationSummary &a, const ConversationSummary &b)
{
    return std::tuple(a.isPinned, a.lastActivityMs, a.id)
            > std::tuple(b.isPinned, b.lastActivityMs, b.id);
}

/// Many changes at once are cheaper to read anew than one by one.
constexpr qsizetype changesReadOneByOne = 20;

} // namespace

ConversationListModel::ConversationListModel(Client &client, QObject *parent)
    : QAbstractListModel(parent), m_client(client)
{
    connect(&client.store(), &LocalStore::changed, this, &ConversationListModel::onChanged);
    connect(&client, &Client::presenceChanged, this, [this](UserId user) {
        for (int row = 0; row < count(); ++row) {
            if (m_rows[row].peer.id == user)
                rowChanged(row);
        }
    });
    connect(&client, &Client::typingChanged, this, [this](ConversationId id) {
        if (const int row = rowOf(id); row >= 0)
            rowChanged(row);
    });
    connect(&m_minuteTimer, &QTimer::timeout, this, [this] {
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0), index(count() - 1), {TimeTextRole});
    });
    m_minuteTimer.start(1min);
    m_followTimer.setSingleShot(true);
    m_followTimer.setInterval(100ms);
    connect(&m_followTimer, &QTimer::timeout, this, &ConversationListModel::followPeers);
}

int ConversationListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ConversationListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const ConversationSummary &row = m_rows[index.row()];
    const bool isOwn = row.previewSender == m_client.session().self().id;
    const QDateTime now = QDateTime::currentDateTime();
    switch (role) {
    case ConversationIdRole:
        return QString::number(row.id.value);
    case NameRole:
        return shownName(row.peer);
    case InitialsRole:
        return initialsOf(shownName(row.peer));
    case ColorIndexRole:
        return colorIndexOf(row.peer);
    case AvatarBlobIdRole:
        return row.peer.avatarBlobId;
    case PreviewRole:
        return previewOf(row.previewText, row.previewImages, row.isPreviewDeleted);
    case StatusRole:
        return !isOwn || (row.previewText.isEmpty() && row.previewImages == 0)
                ? MessageStatus::None
                : MessageStatus::of(row.previewState, row.previewSeq, row.peerDeliveredSeq,
                                    row.peerReadSeq);
    case TimeTextRole:
        return listTimeText(row.previewAtMs, now);
    case UnreadRole:
        return row.unread;
    case IsMutedRole:
        return row.mutedUntilMs > now.toMSecsSinceEpoch();
    case IsPinnedRole:
        return row.isPinned;
    case DraftRole:
        return row.draft.text.simplified();
    case IsOnlineRole:
        return m_client.presence(row.peer.id).isOnline;
    case IsTypingRole:
        return m_client.isPeerTyping(row.id);
    default:
        return {};
    }
}

QHash<int, QByteArray> ConversationListModel::roleNames() const
{
    return {{ConversationIdRole, "conversationId"},
            {NameRole, "name"},
            {InitialsRole, "initials"},
            {ColorIndexRole, "colorIndex"},
            {AvatarBlobIdRole, "avatarBlobId"},
            {PreviewRole, "preview"},
            {StatusRole, "status"},
            {TimeTextRole, "timeText"},
            {UnreadRole, "unread"},
            {IsMutedRole, "isMuted"},
            {IsPinnedRole, "isPinned"},
            {DraftRole, "draft"},
            {IsOnlineRole, "isOnline"},
            {IsTypingRole, "isTyping"}};
}

int ConversationListModel::unread() const
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [now](const auto &row) {
        return row.unread > 0 && row.mutedUntilMs <= now;
    }));
}

void ConversationListModel::reload()
{
    load();
}

QCoro::Task<void> ConversationListModel::load()
{
    const QPointer<ConversationListModel> guard(this);
    QList<ConversationSummary> rows;
    if (m_client.session().isSignedIn()) {
        const auto found = co_await m_client.store().conversations();
        if (!guard || !found)
            co_return;
        for (const ConversationSummary &summary : *found) {
            if (isListed(summary))
                rows.append(summary);
        }
        std::sort(rows.begin(), rows.end(), isAbove);
    }
    beginResetModel();
    m_rows = rows;
    m_isLoaded = true;
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT unreadChanged();
    m_followTimer.start();
}

void ConversationListModel::onChanged(const ChangeSet &changes)
{
    QSet<ConversationId> wanted(changes.conversations.begin(), changes.conversations.end());
    for (const ConversationSummary &row : std::as_const(m_rows)) {
        if (changes.people.contains(row.peer.id))
            wanted.insert(row.id);
    }
    if (wanted.size() > changesReadOneByOne || !m_isLoaded) {
        load();
        return;
    }
    for (const ConversationId id : std::as_const(wanted))
        refresh(id);
}

QCoro::Task<void> ConversationListModel::refresh(ConversationId id)
{
    const QPointer<ConversationListModel> guard(this);
    const auto summary = co_await m_client.store().conversation(id);
    if (guard && summary && m_client.session().isSignedIn())
        put(*summary);
}

void ConversationListModel::show(const ConversationSummary &summary)
{
    m_shown.insert(summary.id);
    put(summary);
}

bool ConversationListModel::isListed(const ConversationSummary &summary) const
{
    return summary.lastSeq || !summary.previewText.isEmpty() || summary.previewImages > 0
            || !summary.draft.isEmpty() || m_shown.contains(summary.id);
}

qsizetype ConversationListModel::placeOf(const ConversationSummary &summary, int exceptRow) const
{
    qsizetype place = 0;
    for (int row = 0; row < count(); ++row) {
        if (row != exceptRow && isAbove(m_rows[row], summary))
            ++place;
    }
    return place;
}

void ConversationListModel::put(const ConversationSummary &summary)
{
    const int row = rowOf(summary.id);
    if (!isListed(summary))
        return;
    if (row < 0) {
        const int place = static_cast<int>(placeOf(summary, -1));
        beginInsertRows({}, place, place);
        m_rows.insert(place, summary);
        endInsertRows();
        Q_EMIT countChanged();
        m_followTimer.start();
    } else {
        const int place = static_cast<int>(placeOf(summary, row));
        m_rows[row] = summary;
        if (place != row) {
            // Qt counts the target before the row is taken out.
            beginMoveRows({}, row, row, {}, place > row ? place + 1 : place);
            m_rows.move(row, place);
            endMoveRows();
        }
        rowChanged(place);
    }
    Q_EMIT unreadChanged();
}

void ConversationListModel::rowChanged(int row)
{
    Q_EMIT dataChanged(index(row), index(row));
}

int ConversationListModel::rowOf(ConversationId id) const
{
    for (int row = 0; row < count(); ++row) {
        if (m_rows[row].id == id)
            return row;
    }
    return -1;
}

int ConversationListModel::rowOf(const QString &conversationId) const
{
    return rowOf(ConversationId{conversationId.toLongLong()});
}

QString ConversationListModel::idAt(int row) const
{
    return row >= 0 && row < count() ? QString::number(m_rows[row].id.value) : QString();
}

void ConversationListModel::setPinned(const QString &conversationId, bool isPinned)
{
    const ConversationId id{conversationId.toLongLong()};
    tellFailure(m_client.actions().pinConversation(id, isPinned));
}

void ConversationListModel::setMuted(const QString &conversationId, bool isMuted)
{
    const ConversationId id{conversationId.toLongLong()};
    tellFailure(m_client.actions().mute(id, isMuted ? std::numeric_limits<qint64>::max() : 0));
}

QCoro::Task<void> ConversationListModel::tellFailure(QCoro::Task<Result<void>> change)
{
    const QPointer<ConversationListModel> guard(this);
    const auto changed = co_await change;
    if (guard && !changed)
        Q_EMIT failed(errorText(changed.error().code));
}

void ConversationListModel::followPeers()
{
    QList<UserId> peers;
    for (const ConversationSummary &row : std::as_const(m_rows)) {
        if (row.peer.id && row.peer.id != m_client.session().self().id)
            peers.append(row.peer.id);
    }
    // Moving up and down alone is no reason to ask again.
    constexpr qsizetype followedMax = 200;
    peers.resize(std::min(peers.size(), followedMax));
    std::sort(peers.begin(), peers.end());
    m_client.subscribePresence(peers);
}

} // namespace dunlin::client
