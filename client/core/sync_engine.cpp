// SPDX-License-Identifier: Apache-2.0
#include "sync_engine.h"

#include "dunlin/limits.h"

#include <QPointer>

#include <algorithm>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

constexpr auto acknowledgeDelay = 1s;
/// Long enough to gather a burst, too short to be seen.
constexpr auto watermarkDelay = 30ms;
constexpr auto retryDelay = 2s;

v1::GetHistory historyOf(ConversationId id, int limit)
{
    v1::GetHistory query;
    query.set_conversation_id(id.value);
    query.set_limit(static_cast<std::uint32_t>(limit));
    return query;
}

} // namespace

SyncEngine::SyncEngine(LocalStore &store, Connection &connection, QObject *parent)
    : QObject(parent), m_store(store), m_connection(connection)
{
    for (QTimer *timer : {&m_acknowledgeTimer, &m_watermarkTimer, &m_retryTimer})
        timer->setSingleShot(true);
    m_acknowledgeTimer.setInterval(acknowledgeDelay);
    m_retryTimer.setInterval(retryDelay);
    connect(&m_acknowledgeTimer, &QTimer::timeout, this, &SyncEngine::acknowledge);
    connect(&m_watermarkTimer, &QTimer::timeout, this, &SyncEngine::flushWatermarks);
    connect(&m_retryTimer, &QTimer::timeout, this, &SyncEngine::pump);
    connect(&connection, &Connection::signedIn, this, [this] {
        m_isReady = false;
        m_live.clear();
        m_snapshotToken.clear();
        m_newestKnown = {};
    });
    connect(&connection, &Connection::stateChanged, this, [this](ConnectionState state) {
        if (state == ConnectionState::Online)
            begin();
        updateCaughtUp();
    });
    connect(&store, &LocalStore::rebuilt, this, [this] {
        ++m_storesBegun;
        m_isReady = false;
        m_live.clear();
        m_snapshotToken.clear();
        if (isOnline())
            begin(); // from the beginning
    });
    connect(&connection, &Connection::frameReceived, this, &SyncEngine::onFrame);
    connect(&connection, &Connection::newestUpdateKnown, this, &SyncEngine::onNewestUpdate);
}

bool SyncEngine::isOnline() const
{
    return m_connection.state() == ConnectionState::Online;
}

QCoro::Task<void> SyncEngine::begin()
{
    const QPointer<SyncEngine> guard(this);
    const auto cursor = co_await m_store.cursor();
    if (!guard || !cursor || !isOnline())
        co_return;
    m_cursor = *cursor;
    m_acknowledged = {};
    m_isReady = true;
    // Always once: between the server's answer and now something may have happened.
    m_isSyncWanted = true;
    m_watermarkTimer.start(watermarkDelay);
    co_await pump();
}

void SyncEngine::onFrame(const v1::ServerFrame &frame)
{
    if (!frame.has_live_updates())
        return;
    m_live.push_back(frame.live_updates());
    pump();
}

void SyncEngine::onNewestUpdate(UpdateSeq newest)
{
    m_newestKnown = std::max(m_newestKnown, newest);
    pump();
}

QCoro::Task<void> SyncEngine::pump()
{
    if (m_isPumping || !m_isReady)
        co_return;
    const QPointer<SyncEngine> guard(this);
    m_isPumping = true;
    bool isFine = true;
    while (isFine && isOnline() && m_isReady) {
        if (m_isSyncWanted)
            isFine = co_await syncOnce();
        else if (!m_live.empty())
            isFine = co_await applyLive();
        else if (m_newestKnown > m_cursor)
            m_isSyncWanted = true; // a live update was lost
        else
            break;
        if (!guard)
            co_return;
    }
    m_isPumping = false;
    if (!isFine)
        m_retryTimer.start();
    updateCaughtUp();
}

QCoro::Task<bool> SyncEngine::syncOnce()
{
    const QPointer<SyncEngine> guard(this);
    const int storesBegun = m_storesBegun;
    v1::ClientFrame request;
    request.mutable_sync()->set_since_seq(m_cursor.value);
    request.mutable_sync()->set_snapshot_token(m_snapshotToken.toStdString());
    const auto answer = co_await m_connection.request(std::move(request));
    if (!guard || !answer)
        co_return false;
    if (m_storesBegun != storesBegun)
        co_return true; // it follows a cursor that is gone
    v1::SyncPage page = answer->sync_page();
    if (page.is_snapshot())
        co_return co_await applySnapshotPage(std::move(page));
    m_isSyncWanted = page.has_more();
    const UpdateSeq next{page.next_seq()};
    std::vector<v1::Update> updates(page.updates().begin(), page.updates().end());
    if (updates.empty()) {
        m_newestKnown = std::min(m_newestKnown, m_cursor);
        co_return true;
    }
    const auto applied = co_await m_store.applyUpdates(std::move(updates), next);
    if (!guard)
        co_return false;
    if (!applied) {
        m_isSyncWanted = true;
        co_return false;
    }
    advance(next);
    co_return true;
}

QCoro::Task<bool> SyncEngine::applySnapshotPage(v1::SyncPage page)
{
    const QPointer<SyncEngine> guard(this);
    if (m_snapshotToken.isEmpty() && m_cursor) {
        const auto begun = co_await m_store.beginEpoch();
        if (!guard || !begun)
            co_return false;
    }
    std::vector<v1::Conversation> conversations(page.conversations().begin(),
                                                page.conversations().end());
    // The cursor only with the last page: a snapshot that is cut off begins anew.
    std::optional<UpdateSeq> cursor;
    if (!page.has_more())
        cursor = UpdateSeq{page.next_seq()};
    const auto applied = co_await m_store.applyConversations(std::move(conversations), cursor);
    if (!guard || !applied)
        co_return false;
    m_snapshotToken = QString::fromStdString(page.snapshot_token());
    m_isSyncWanted = true; // the rest, or what came since
    if (cursor) {
        m_snapshotToken.clear();
        // It may go back, when the server's database was restored from an older copy.
        m_newestKnown = std::min(m_newestKnown, *cursor);
        advance(*cursor);
    }
    co_return true;
}

QCoro::Task<bool> SyncEngine::applyLive()
{
    const QPointer<SyncEngine> guard(this);
    // Everything that follows on, in one transaction.
    std::vector<v1::Update> updates;
    UpdateSeq next = m_cursor;
    while (!m_live.empty() && m_live.front().prev_seq() <= next.value) {
        for (const v1::Update &update : m_live.front().updates()) {
            if (update.seq() == next.value + 1) {
                updates.push_back(update);
                next = UpdateSeq{update.seq()};
            }
        }
        m_live.pop_front();
    }
    if (updates.empty()) {
        // What is left lies behind a gap, and Sync brings it too.
        m_isSyncWanted = !m_live.empty();
        m_live.clear();
        co_return true;
    }
    const auto applied = co_await m_store.applyUpdates(std::move(updates), next);
    if (!guard)
        co_return false;
    if (!applied) {
        m_isSyncWanted = true;
        co_return false;
    }
    advance(next);
    co_return true;
}

void SyncEngine::advance(UpdateSeq cursor)
{
    m_cursor = cursor;
    if (!m_acknowledgeTimer.isActive())
        m_acknowledgeTimer.start();
    if (!m_watermarkTimer.isActive())
        m_watermarkTimer.start(watermarkDelay);
}

void SyncEngine::updateCaughtUp()
{
    const bool isCaughtUp =
            isOnline() && m_isReady && !m_isSyncWanted && m_live.empty() && !m_isPumping;
    if (m_isCaughtUp == isCaughtUp)
        return;
    m_isCaughtUp = isCaughtUp;
    Q_EMIT caughtUpChanged();
}

QCoro::Task<void> SyncEngine::acknowledge()
{
    if (!isOnline() || m_cursor <= m_acknowledged)
        co_return;
    const QPointer<SyncEngine> guard(this);
    const UpdateSeq cursor = m_cursor;
    v1::ClientFrame request;
    request.mutable_acknowledge_cursor()->set_seq(cursor.value);
    const auto answer = co_await m_connection.request(std::move(request));
    if (guard && answer)
        m_acknowledged = std::max(m_acknowledged, cursor);
}

QCoro::Task<void> SyncEngine::flushWatermarks()
{
    if (m_isFlushing) {
        m_isFlushWanted = true;
        co_return;
    }
    const QPointer<SyncEngine> guard(this);
    m_isFlushing = true;
    const auto marks = co_await m_store.pendingWatermarks();
    bool isFine = marks.has_value();
    for (qsizetype i = 0; isFine && guard && isOnline() && i < marks->size(); ++i) {
        const PendingWatermark mark = marks->at(i);
        v1::ClientFrame request;
        auto &raise = *request.mutable_raise_watermarks();
        raise.set_conversation_id(mark.conversation.value);
        raise.set_delivered_seq(mark.delivered.value);
        raise.set_read_seq(mark.read.value);
        const auto answer = co_await m_connection.request(std::move(request));
        isFine = answer || !isTransient(answer.error().code);
        // One the server will never take is not tried for ever.
        if (guard && isFine)
            co_await m_store.confirmWatermark(mark);
    }
    if (!guard)
        co_return;
    m_isFlushing = false;
    if (std::exchange(m_isFlushWanted, false) || !isFine)
        m_watermarkTimer.start(isFine ? std::chrono::milliseconds(watermarkDelay) : retryDelay);
}

QCoro::Task<Result<void>> SyncEngine::markRead(ConversationId conversation, MessageSeq seq)
{
    const QPointer<SyncEngine> guard(this);
    const auto marked = co_await m_store.markRead(conversation, seq);
    if (guard && marked && !m_watermarkTimer.isActive())
        m_watermarkTimer.start(watermarkDelay);
    co_return marked;
}

QCoro::Task<Result<void>> SyncEngine::fetch(v1::GetHistory query)
{
    v1::ClientFrame request;
    *request.mutable_get_history() = std::move(query);
    const auto answer = co_await m_connection.request(std::move(request));
    if (!answer)
        co_return tl::unexpected(answer.error());
    v1::HistoryPage page = answer->history_page();
    co_return co_await m_store.addPage(std::move(page));
}

QCoro::Task<Result<void>> SyncEngine::refresh(ConversationId id, MessageSeq first, MessageSeq last)
{
    if (!isOnline())
        co_return failure(ErrorCode::Unavailable, "offline");
    auto query = historyOf(id,
                           static_cast<int>(std::clamp<std::int64_t>(last.value - first.value + 1,
                                                                     1, limits::historyPageMax)));
    query.set_after_seq(first.value - 1);
    co_return co_await fetch(std::move(query));
}

QCoro::Task<Result<MessageSeq>> SyncEngine::seqFromTime(ConversationId id, qint64 timeMs)
{
    const QPointer<SyncEngine> guard(this);
    auto place = co_await m_store.placeOfTime(id, timeMs);
    if (guard && place && !place->isCertain && isOnline()) {
        auto query = historyOf(id, limits::historyPageDefault);
        query.set_from_time_ms(timeMs);
        const auto fetched = co_await fetch(std::move(query));
        if (guard && fetched)
            place = co_await m_store.placeOfTime(id, timeMs);
    }
    if (!place)
        co_return tl::unexpected(place.error());
    co_return place->seq;
}

/// A page from the store; when it ends at a gap, the gap's history is fetched and the page read
/// again. Offline, or when the server says no: what there is.
QCoro::Task<Result<MessagePage>> SyncEngine::filled(ReadPage read, MissingPart missing)
{
    const QPointer<SyncEngine> guard(this);
    auto page = co_await read(m_store);
    if (!guard || !page || !isOnline())
        co_return page;
    auto query = missing(*page);
    if (!query)
        co_return page;
    const auto fetched = co_await fetch(std::move(*query));
    if (!guard || !fetched)
        co_return page;
    co_return co_await read(m_store);
}

QCoro::Task<Result<MessagePage>> SyncEngine::messagesBefore(ConversationId id, MessageSeq seq,
                                                            int limit)
{
    const auto missing = [=](const MessagePage &page) -> std::optional<v1::GetHistory> {
        if (!page.reachedGapBefore && !page.isStale)
            return std::nullopt;
        auto query = historyOf(id, limit);
        query.set_before_seq(page.messages.isEmpty() ? seq.value
                                     : page.isStale  ? page.messages.last().seq.value + 1
                                                     : page.messages.first().seq.value);
        return query;
    };
    return filled([=](LocalStore &store) { return store.messagesBefore(id, seq, limit); }, missing);
}

QCoro::Task<Result<MessagePage>> SyncEngine::messagesAfter(ConversationId id, MessageSeq seq,
                                                           int limit)
{
    const auto missing = [=](const MessagePage &page) -> std::optional<v1::GetHistory> {
        if (!page.reachedGapAfter && !page.isStale)
            return std::nullopt;
        auto query = historyOf(id, limit);
        query.set_after_seq(page.messages.isEmpty() || page.isStale
                                    ? seq.value
                                    : page.messages.last().seq.value);
        return query;
    };
    return filled([=](LocalStore &store) { return store.messagesAfter(id, seq, limit); }, missing);
}

QCoro::Task<Result<MessagePage>> SyncEngine::messagesAround(ConversationId id, MessageSeq seq,
                                                            int limit)
{
    const auto missing = [=](const MessagePage &page) -> std::optional<v1::GetHistory> {
        if (!page.reachedGapBefore && !page.reachedGapAfter && !page.isStale)
            return std::nullopt;
        auto query = historyOf(id, limit);
        query.set_around_seq(seq.value);
        return query;
    };
    return filled([=](LocalStore &store) { return store.messagesAround(id, seq, limit); }, missing);
}

} // namespace dunlin::client
