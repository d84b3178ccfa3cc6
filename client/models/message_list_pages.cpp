// SPDX-License-Identifier: Apache-2.0
// Which part of a conversation stands in the model: opened, moved, and paged at either end.
#include "message_list_model.h"

#include <QPointer>

#include <algorithm>

namespace dunlin::client {

void MessageListModel::open(ConversationId id, MessageSeq around)
{
    ++m_generation;
    beginResetModel();
    m_messages.clear();
    m_conversation = id;
    m_summary = {};
    m_firstUnread = {};
    m_selected.clear();
    m_vanished.clear();
    m_askedFor.clear();
    m_staleAskedFor = {};
    m_hasOlder = m_hasNewer = m_isLoaded = m_isFetching = false;
    endResetModel();
    Q_EMIT loadedChanged();
    if (id)
        load(id, around);
}

QCoro::Task<void> MessageListModel::load(ConversationId id, MessageSeq around)
{
    const QPointer<MessageListModel> guard(this);
    const quint64 generation = m_generation;
    const auto summary = co_await m_client.store().conversation(id);
    if (!guard || generation != m_generation)
        co_return;
    // The first unread message has to be on the page.
    if (!around && summary && summary->unread >= pageSize)
        around = MessageSeq{summary->ownReadSeq.value + 1};
    const auto page = co_await pageAround(id, around);
    if (!guard || generation != m_generation)
        co_return;
    beginResetModel();
    if (summary)
        m_summary = *summary;
    if (page) {
        m_messages = page->messages;
        m_hasOlder = page->hasBefore;
        m_hasNewer = page->hasAfter;
    }
    m_isLoaded = true;
    endResetModel();
    Q_EMIT loadedChanged();
    catchUp();
}

/// With what is queued, when it reaches the end.
QCoro::Task<Result<MessagePage>> MessageListModel::pageAround(ConversationId id, MessageSeq around)
{
    const QPointer<MessageListModel> guard(this);
    Result<MessagePage> page;
    if (around)
        page = co_await m_client.messagesAround(id, around, pageSize);
    else
        page = co_await m_client.messagesBefore(id, {}, pageSize);
    if (guard && page && !page->hasAfter) {
        const auto queued = co_await m_client.store().queuedMessages(id);
        page->messages += queued.value_or(QList<StoredMessage>());
    }
    co_return page;
}

/// What came and what changed while a page was read.
void MessageListModel::catchUp()
{
    refresh();
    fetchWhatIsMissing();
    if (m_isRereadWanted)
        reread();
}

void MessageListModel::moveTo(MessageSeq around)
{
    if (m_isLoaded)
        move(around);
}

QCoro::Task<void> MessageListModel::move(MessageSeq around)
{
    const QPointer<MessageListModel> guard(this);
    const quint64 generation = ++m_generation;
    m_isFetching = true; // no page is added to what is about to be left
    const auto page = co_await pageAround(m_conversation, around);
    if (!guard || generation != m_generation)
        co_return;
    m_isFetching = false;
    if (!page || page->messages.isEmpty()) { // as at a gap without a server
        Q_EMIT moveFailed(page ? ErrorCode::Unavailable : page.error().code);
        co_return;
    }
    ++m_generation; // what was asked for meanwhile is of the messages that are left
    m_staleAskedFor = {};
    m_hasOlder = page->hasBefore;
    m_hasNewer = page->hasAfter;
    replace(page->messages, around);
    Q_EMIT loadedChanged();
    Q_EMIT moved(around);
    catchUp();
}

/// Puts others into the rows that are there, so that the view keeps the items it has: to fill them
/// is several times faster than to make new ones. The row in view becomes the one that is moved to.
void MessageListModel::replace(const QList<StoredMessage> &messages, MessageSeq around)
{
    Q_EMIT replacing();
    const int target = around ? rowFrom(messages, around) : 0;
    const int inView = std::clamp(m_rowInView, 0, std::max(0, count() - 1));
    if (const int surplus = inView - target; surplus > 0) {
        beginRemoveRows({}, 0, surplus - 1);
        m_messages.resize(m_messages.size() - surplus);
        endRemoveRows();
    }
    const int newer = std::max(0, target - inView);
    const int total = static_cast<int>(messages.size());
    if (const int surplus = count() + newer - total; surplus > 0) {
        beginRemoveRows({}, count() - surplus, count() - 1);
        m_messages.remove(0, surplus);
        endRemoveRows();
    }
    const int kept = count();
    if (const int older = total - newer - kept; older > 0) {
        beginInsertRows({}, kept, kept + older - 1);
        m_messages = messages.mid(0, older + kept);
        endInsertRows();
    }
    if (newer > 0)
        beginInsertRows({}, 0, newer - 1);
    m_messages = messages;
    if (newer > 0)
        endInsertRows();
    if (kept > 0)
        Q_EMIT dataChanged(index(newer), index(newer + kept - 1));
}

void MessageListModel::loadOlder()
{
    if (m_isLoaded && m_hasOlder && !m_isFetching)
        fetchOlder();
}

void MessageListModel::loadNewer()
{
    if (m_isLoaded && m_hasNewer && !m_isFetching)
        fetchNewer();
}

QCoro::Task<void> MessageListModel::fetchOlder()
{
    const QPointer<MessageListModel> guard(this);
    const quint64 generation = m_generation;
    m_isFetching = true;
    const MessageSeq before = m_messages.isEmpty() ? MessageSeq{} : m_messages.first().seq;
    const auto page = co_await m_client.messagesBefore(m_conversation, before, pageSize);
    if (!guard || generation != m_generation)
        co_return;
    m_isFetching = false;
    // Offline at a gap there is nothing to add; being near the edge again asks again.
    if (!page)
        co_return;
    if (page->messages.isEmpty()) {
        m_hasOlder = page->hasBefore; // they were removed
        co_return;
    }
    const int first = count();
    beginInsertRows({}, first, first + static_cast<int>(page->messages.size()) - 1);
    m_messages = page->messages + m_messages;
    m_hasOlder = page->hasBefore;
    endInsertRows();
    if (first > 0)
        Q_EMIT dataChanged(index(first - 1), index(first - 1), {DayTextRole, IsFirstOfGroupRole});
    dropNewest();
    Q_EMIT loadedChanged();
    fetchWhatIsMissing();
}

QCoro::Task<void> MessageListModel::fetchNewer()
{
    const QPointer<MessageListModel> guard(this);
    const quint64 generation = m_generation;
    m_isFetching = true;
    const auto page = co_await m_client.messagesAfter(m_conversation, newestSeq(), pageSize);
    if (!guard || generation != m_generation)
        co_return;
    m_isFetching = false;
    if (!page)
        co_return;
    if (page->messages.isEmpty()) {
        m_hasNewer = page->hasAfter; // they were removed
        Q_EMIT loadedChanged();
        if (!m_hasNewer)
            refresh();
        co_return;
    }
    beginInsertRows({}, 0, static_cast<int>(page->messages.size()) - 1);
    m_messages += page->messages;
    m_hasNewer = page->hasAfter;
    endInsertRows();
    const int above = static_cast<int>(page->messages.size());
    if (above < count())
        Q_EMIT dataChanged(index(above), index(above), {IsLastOfGroupRole});
    dropOldest();
    Q_EMIT loadedChanged();
    fetchWhatIsMissing();
    if (!m_hasNewer)
        refresh(); // and with it the outbox
}

void MessageListModel::dropOldest()
{
    const int surplus = count() - residentMax;
    if (surplus <= 0)
        return;
    beginRemoveRows({}, count() - surplus, count() - 1);
    m_messages = m_messages.mid(surplus);
    m_hasOlder = true;
    endRemoveRows();
}

void MessageListModel::dropNewest()
{
    const int surplus = count() - residentMax;
    if (surplus <= 0)
        return;
    beginRemoveRows({}, 0, surplus - 1);
    m_messages.resize(residentMax);
    m_hasNewer = true;
    endRemoveRows();
}

} // namespace dunlin::client
