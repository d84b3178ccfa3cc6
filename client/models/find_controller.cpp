// SPDX-License-Identifier: Apache-2.0
#include "find_controller.h"

#include <QPointer>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

constexpr int foundMax = 1000;

} // namespace

FindController::FindController(Client &client, QObject *parent) : QObject(parent), m_client(client)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(120ms);
    connect(&m_delay, &QTimer::timeout, this, &FindController::search);
}

void FindController::setQuery(const QString &query)
{
    if (query == m_query)
        return;
    m_query = query;
    Q_EMIT queryChanged();
    m_delay.start();
}

QString FindController::statusText() const
{
    if (!m_isSearched)
        return {};
    if (m_seqs.isEmpty())
        return tr("Nothing found");
    //: Which of the messages that were found is shown, and how many there are.
    return tr("%L1 of %L2").arg(m_place).arg(count());
}

void FindController::reset(ConversationId id)
{
    m_conversation = id;
    stop();
}

void FindController::start()
{
    if (m_isActive || !m_conversation)
        return;
    m_isActive = true;
    Q_EMIT activeChanged();
}

void FindController::stop()
{
    ++m_generation;
    m_delay.stop();
    m_query.clear();
    m_seqs.clear();
    m_place = 0;
    m_isSearched = false;
    const bool wasActive = std::exchange(m_isActive, false);
    Q_EMIT queryChanged();
    Q_EMIT resultsChanged();
    if (wasActive)
        Q_EMIT activeChanged();
}

void FindController::toOlder()
{
    if (m_delay.isActive())
        search(); // Enter does not wait for more to be typed
    else if (!m_seqs.isEmpty())
        show(m_place % count() + 1);
}

void FindController::toNewer()
{
    if (!m_seqs.isEmpty())
        show(m_place > 1 ? m_place - 1 : count());
}

QCoro::Task<void> FindController::search()
{
    m_delay.stop();
    const QPointer<FindController> guard(this);
    const quint64 generation = ++m_generation;
    const QString words = m_query.trimmed();
    const auto seqs = co_await m_client.store().seqsWith(m_conversation, words, foundMax);
    if (!guard || generation != m_generation)
        co_return;
    m_seqs = seqs.value_or(QList<MessageSeq>());
    m_place = 0;
    m_isSearched = !words.isEmpty();
    if (m_seqs.isEmpty())
        Q_EMIT resultsChanged();
    else
        show(1);
}

void FindController::show(int place)
{
    m_place = place;
    Q_EMIT resultsChanged();
    Q_EMIT found(m_seqs[place - 1].value);
}

} // namespace dunlin::client
