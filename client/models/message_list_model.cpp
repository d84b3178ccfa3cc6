// SPDX-License-Identifier: Apache-2.0
#include "message_list_model.h"

#include "texts.h"

#include <QPointer>

#include <algorithm>

namespace dunlin::client {

MessageListModel::MessageListModel(Client &client, QObject *parent)
    : QAbstractListModel(parent), m_client(client)
{
    connect(&client.store(), &LocalStore::changed, this, &MessageListModel::onChanged);
    connect(&client.uploader(), &Uploader::progressed, this, &MessageListModel::onProgressed);
    connect(&client.sync(), &SyncEngine::caughtUpChanged, this, [this] {
        m_staleAskedFor = {};
        fetchWhatIsMissing();
    });
}

int MessageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

qsizetype MessageListModel::committed(const QList<StoredMessage> &messages)
{
    const auto firstQueued =
            std::find_if(messages.begin(), messages.end(),
                         [](const StoredMessage &message) { return !message.seq; });
    return firstQueued - messages.begin();
}

MessageSeq MessageListModel::newestSeq() const
{
    const qsizetype count = committed();
    return count == 0 ? MessageSeq{} : m_messages[count - 1].seq;
}

void MessageListModel::onProgressed(qint64 localId)
{
    // What is queued stands at the end.
    for (qsizetype place = m_messages.size() - 1; place >= 0 && !m_messages[place].seq; --place) {
        if (m_messages[place].localId == localId) {
            const QModelIndex changed = index(rowOf(place));
            Q_EMIT dataChanged(changed, changed, {UploadProgressRole});
            return;
        }
    }
}

const StoredMessage *MessageListModel::messageAt(int row) const
{
    return row >= 0 && row < count() ? &m_messages[placeOf(row)] : nullptr;
}

void MessageListModel::onChanged(const ChangeSet &changes)
{
    if (m_conversation && changes.conversations.contains(m_conversation))
        refresh();
    if (m_conversation && changes.changedMessages.contains(m_conversation))
        reread();
}

QCoro::Task<void> MessageListModel::refresh()
{
    if (!m_isLoaded)
        co_return;
    if (m_isRefreshing) {
        m_isRefreshWanted = true;
        co_return;
    }
    const QPointer<MessageListModel> guard(this);
    m_isRefreshing = true;
    do {
        m_isRefreshWanted = false;
        const quint64 generation = m_generation;
        const ConversationId id = m_conversation;
        const auto summary = co_await m_client.store().conversation(id);
        if (!guard)
            co_return;
        const MessageSeq newest = newestSeq();
        const auto page = co_await m_client.store().messagesAfter(id, newest, residentMax);
        if (!guard)
            co_return;
        const auto queued = co_await m_client.store().queuedMessages(id);
        if (!guard)
            co_return;
        if (generation != m_generation || !summary || !page || !queued || newest != newestSeq())
            continue;
        m_summary = *summary;
        if (!m_hasNewer) {
            // After a long absence more may have come than one page, or with a gap before it: what
            // follows is paged in, and the outbox stands behind that.
            m_hasNewer = page->hasAfter;
            takeTail(m_hasNewer ? page->messages : page->messages + *queued);
            if (m_hasNewer) {
                Q_EMIT loadedChanged();
                loadNewer();
            }
        }
        allChanged({StatusRole, FailureTextRole, UploadProgressRole});
    } while (m_isRefreshWanted);
    m_isRefreshing = false;
}

/// Messages that are here have changed in the store.
QCoro::Task<void> MessageListModel::reread()
{
    if (!m_isLoaded || m_isRereading) {
        m_isRereadWanted = true;
        co_return;
    }
    const QPointer<MessageListModel> guard(this);
    m_isRereading = true;
    do {
        m_isRereadWanted = false;
        const MessageSeq newest = newestSeq();
        if (!newest)
            break;
        const quint64 generation = m_generation;
        const MessageSeq oldest = m_messages.first().seq;
        const auto rows = co_await m_client.store().messagesBetween(m_conversation, oldest, newest);
        if (!guard)
            co_return;
        if (rows && generation == m_generation) {
            removeRowsNotIn(*rows, oldest, newest);
            takeReread(*rows);
        }
    } while (m_isRereadWanted);
    m_isRereading = false;
    fetchWhatIsMissing();
}

/// Messages that were removed from the store: the oldest ones.
void MessageListModel::removeRowsNotIn(const QList<StoredMessage> &rows, MessageSeq oldest,
                                       MessageSeq newest)
{
    QSet<qint64> kept;
    for (const StoredMessage &row : rows)
        kept.insert(row.seq.value);
    const auto isGone = [&](const StoredMessage &message) {
        return message.seq >= oldest && message.seq <= newest && !kept.contains(message.seq.value);
    };
    bool isAnyGone = false;
    for (qsizetype place = m_messages.size() - 1; place >= 0; --place) {
        if (!isGone(m_messages[place]))
            continue;
        beginRemoveRows({}, rowOf(place), rowOf(place));
        m_selected.remove(m_messages[place].seq.value);
        m_messages.removeAt(place);
        endRemoveRows();
        isAnyGone = true;
    }
    if (!isAnyGone)
        return;
    allChanged({DayTextRole, IsFirstOfGroupRole, IsLastOfGroupRole});
    Q_EMIT loadedChanged();
    Q_EMIT selectionChanged();
}

void MessageListModel::takeReread(const QList<StoredMessage> &rows)
{
    // Both are ascending, and the window may have moved meanwhile.
    qsizetype at = 0;
    for (qsizetype place = 0; place < m_messages.size() && m_messages[place].seq; ++place) {
        while (at < rows.size() && rows[at].seq < m_messages[place].seq)
            ++at;
        if (at == rows.size())
            return;
        if (rows[at].seq != m_messages[place].seq || rows[at] == m_messages[place])
            continue;
        const bool wasHidden = isHidden(m_messages[place]);
        m_vanished.remove(rows[at].seq.value);
        const bool isVisibilityChanged = isHidden(rows[at]) != wasHidden;
        m_messages[place] = rows[at];
        const QModelIndex changed = index(rowOf(place));
        Q_EMIT dataChanged(changed, changed);
        if (isVisibilityChanged)
            allChanged({DayTextRole, IsFirstOfGroupRole, IsLastOfGroupRole});
    }
}

/// Messages that are answered here and stand elsewhere, people who wrote what was forwarded, and
/// what became stale while it was shown.
QCoro::Task<void> MessageListModel::fetchWhatIsMissing()
{
    if (!m_client.sync().isCaughtUp() || !m_isLoaded)
        co_return;
    const QPointer<MessageListModel> guard(this);
    const quint64 generation = m_generation;
    QList<MessageSeq> wanted;
    QList<UserId> people;
    MessageSeq stale;
    for (const StoredMessage &message : std::as_const(m_messages)) {
        if (message.isStale && !stale)
            stale = message.seq;
        const qint64 answered = message.quote.seq.value;
        if (message.quote.seq && !message.quote.isKnown && !message.quote.isRemoved
            && !m_askedFor.contains(answered)) {
            m_askedFor.insert(answered);
            wanted.append(message.quote.seq);
        }
        if (message.forwardedFrom && message.forwardedFrom != m_summary.peer.id
            && !m_people.contains(message.forwardedFrom))
            people.append(message.forwardedFrom);
    }
    if (!people.isEmpty())
        fetchPeople(people);
    bool isFetched = false;
    for (const MessageSeq seq : std::as_const(wanted)) {
        const auto fetched = co_await m_client.sync().refresh(m_conversation, seq, seq);
        if (!guard || generation != m_generation)
            co_return;
        isFetched = isFetched || fetched;
    }
    // An answer holds a page at most: the rest is asked for when that has been read again. One that
    // is still stale after its page came is not asked for twice.
    if (stale && stale != m_staleAskedFor) {
        m_staleAskedFor = stale;
        const auto fetched = co_await m_client.sync().refresh(m_conversation, stale, newestSeq());
        if (!guard || generation != m_generation)
            co_return;
        isFetched = isFetched || fetched;
    }
    if (isFetched)
        reread();
}

QCoro::Task<void> MessageListModel::fetchPeople(QList<UserId> people)
{
    const QPointer<MessageListModel> guard(this);
    for (const UserId user : std::as_const(people)) {
        if (m_people.contains(user))
            continue;
        m_people[user] = {}; // asked for once
        const auto found = co_await m_client.person(user);
        if (!guard)
            co_return;
        if (found)
            m_people[user] = *found;
        else
            m_people.remove(user);
    }
    allChanged({ForwardedFromRole});
}

void MessageListModel::setSelected(qint64 seq, bool isSelected)
{
    const int row = rowOfSeq(seq);
    if (row < 0)
        return;
    if (isSelected)
        m_selected.insert(seq);
    else
        m_selected.remove(seq);
    Q_EMIT dataChanged(index(row), index(row), {IsSelectedRole});
    Q_EMIT selectionChanged();
}

void MessageListModel::clearSelected()
{
    if (m_selected.isEmpty())
        return;
    m_selected.clear();
    allChanged({IsSelectedRole});
    Q_EMIT selectionChanged();
}

void MessageListModel::setVanished(const QList<MessageSeq> &seqs)
{
    m_vanished.clear();
    for (const MessageSeq seq : seqs)
        m_vanished.insert(seq.value);
    allChanged({IsHiddenRole, DayTextRole, IsFirstOfGroupRole, IsLastOfGroupRole});
}

/// What follows the newest message that was there: new messages and the outbox. A row that only
/// changed its state keeps its place, so that nothing flickers.
void MessageListModel::takeTail(const QList<StoredMessage> &tail)
{
    const qsizetype begin = committed();
    const qsizetype oldCount = m_messages.size() - begin;
    qsizetype same = 0;
    while (same < oldCount && same < tail.size()
           && m_messages[begin + same].clientId == tail[same].clientId) {
        m_messages[begin + same] = tail[same];
        ++same;
    }
    if (same > 0)
        Q_EMIT dataChanged(index(rowOf(begin + same - 1)), index(rowOf(begin)));
    if (same < oldCount) {
        beginRemoveRows({}, 0, static_cast<int>(oldCount - same) - 1);
        m_messages.resize(begin + same);
        endRemoveRows();
    }
    if (same < tail.size()) {
        beginInsertRows({}, 0, static_cast<int>(tail.size() - same) - 1);
        m_messages += tail.mid(same);
        endInsertRows();
        // The one above may no longer be the last of its group.
        const int above = static_cast<int>(tail.size() - same);
        if (above < count())
            Q_EMIT dataChanged(index(above), index(above), {IsLastOfGroupRole});
    }
    if (same < oldCount || same < tail.size()) {
        Q_EMIT loadedChanged();
        fetchWhatIsMissing();
    }
}

void MessageListModel::allChanged(const QList<int> &roles)
{
    if (!m_messages.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), roles);
}

int MessageListModel::rowFrom(const QList<StoredMessage> &messages, MessageSeq seq)
{
    const qsizetype last = committed(messages) - 1;
    if (last < 0)
        return -1;
    const auto found = std::lower_bound(
            messages.begin(), messages.begin() + last, seq,
            [](const StoredMessage &message, MessageSeq from) { return message.seq < from; });
    return static_cast<int>(messages.end() - found) - 1;
}

int MessageListModel::rowOfSeq(qint64 seq) const
{
    const int row = rowFrom(MessageSeq{seq});
    return row >= 0 && seqAt(row) == seq ? row : -1;
}

qint64 MessageListModel::seqAt(int row) const
{
    return row >= 0 && row < count() ? m_messages[placeOf(row)].seq.value : 0;
}

QDateTime MessageListModel::timeAt(int row) const
{
    const StoredMessage *message = messageAt(row);
    return message == nullptr ? QDateTime() : QDateTime::fromMSecsSinceEpoch(message->sentAtMs);
}

QString MessageListModel::dayAt(int row) const
{
    if (row < 0 || row >= count())
        return {};
    return dayText(m_messages[placeOf(row)].sentAtMs, QDateTime::currentDateTime());
}

void MessageListModel::setUnreadAfter(MessageSeq seq, bool hasUnread)
{
    MessageSeq first;
    const bool isBeginHere = !m_messages.isEmpty() && m_messages.first().seq.value <= seq.value + 1;
    for (const StoredMessage &message : std::as_const(m_messages)) {
        if (hasUnread && (isBeginHere || !m_hasOlder) && message.seq > seq && !isOwn(message)) {
            first = message.seq;
            break;
        }
    }
    if (first == m_firstUnread)
        return;
    m_firstUnread = first;
    allChanged({IsFirstUnreadRole, IsFirstOfGroupRole, IsLastOfGroupRole});
}

bool MessageListModel::isHiddenAt(int row) const
{
    const StoredMessage *message = messageAt(row);
    return message != nullptr && isHidden(*message);
}

int MessageListModel::firstUnreadRow() const
{
    return m_firstUnread ? rowOfSeq(m_firstUnread.value) : -1;
}

} // namespace dunlin::client
