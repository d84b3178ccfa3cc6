// SPDX-License-Identifier: Apache-2.0
#include "message_notifier.h"

#include "avatar_image.h"
#include "pictures_value.h"
#include "texts.h"

#include <QDateTime>
#include <QPointer>

#include <algorithm>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

/// Gathers what comes in a burst, and what is read on another device at the same moment.
constexpr auto gatherTime = 200ms;
/// More conversations than this at once are told together.
constexpr qsizetype toldOneByOne = 5;
constexpr qsizetype linesShown = 3;
constexpr int pageSize = 50;
const QString togetherKey = QStringLiteral("together");

QString keyOf(ConversationId id)
{
    return QString::number(id.value);
}

ConversationId idOf(const QString &key)
{
    return ConversationId{key.toLongLong()}; // 0 for togetherKey
}

} // namespace

MessageNotifier::MessageNotifier(Client &client, NotificationService &service, QObject *parent)
    : QObject(parent), m_client(client), m_service(service)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(gatherTime);
    connect(&m_timer, &QTimer::timeout, this, &MessageNotifier::work);
    connect(&client.session(), &Session::signedIn, this, &MessageNotifier::onSignedIn);
    connect(&client.session(), &Session::signedOut, this, &MessageNotifier::onSignedOut);
    connect(&client.sync(), &SyncEngine::caughtUpChanged, this,
            &MessageNotifier::onCaughtUpChanged);
    connect(&client.store(), &LocalStore::changed, this, [this](const ChangeSet &changes) {
        for (const ConversationId id : changes.conversations)
            m_changed.insert(id);
        if (!m_timer.isActive())
            m_timer.start();
    });
    connect(&service, &NotificationService::activated, this, &MessageNotifier::onActivated);
    connect(&service, &NotificationService::replyChosen, this, &MessageNotifier::onReply);
    connect(&service, &NotificationService::markAsReadChosen, this,
            [this](const QString &key) { markRead(idOf(key)); });
    connect(&service, &NotificationService::closed, this, [this](const QString &key) {
        m_told.remove(idOf(key));
        if (key == togetherKey)
            m_together.clear();
    });
}

void MessageNotifier::onSignedIn()
{
    begin();
}

QCoro::Task<void> MessageNotifier::begin()
{
    const QPointer<MessageNotifier> guard(this);
    const auto cursor = co_await m_client.store().cursor();
    if (!guard)
        co_return;
    m_isFirstSync = cursor && !*cursor;
    co_await takeBaseline();
}

void MessageNotifier::onSignedOut()
{
    withdrawAll();
    m_hasBaseline = false;
    m_known.clear();
    m_changed.clear();
}

QCoro::Task<void> MessageNotifier::takeBaseline()
{
    const QPointer<MessageNotifier> guard(this);
    const auto all = co_await m_client.store().conversations();
    if (!guard || !all || !m_client.session().isSignedIn())
        co_return;
    for (const ConversationSummary &summary : *all)
        m_known.insert(summary.id, summary.lastSeq);
    m_hasBaseline = true;
    if (!m_changed.isEmpty())
        m_timer.start();
}

void MessageNotifier::onCaughtUpChanged()
{
    if (!m_client.sync().isCaughtUp())
        return;
    if (std::exchange(m_isFirstSync, false)) {
        m_changed.clear();
        takeBaseline();
    }
    m_timer.start();
}

void MessageNotifier::setEnabled(bool isEnabled)
{
    if (m_isEnabled == isEnabled)
        return;
    m_isEnabled = isEnabled;
    if (!isEnabled) {
        withdrawAll();
        return;
    }
    m_hasBaseline = false;
    m_changed.clear();
    if (m_client.session().isSignedIn())
        takeBaseline();
}

void MessageNotifier::setContentHidden(bool isHidden)
{
    if (m_isContentHidden == isHidden)
        return;
    m_isContentHidden = isHidden;
    if (isHidden)
        withdrawAll(); // what it shows is content
}

void MessageNotifier::setInView(ConversationId conversation)
{
    m_inView = conversation;
    if (!conversation)
        return;
    withdraw(conversation);
    m_changed.insert(conversation);
    m_timer.start();
}

bool MessageNotifier::mayTellOf(const ConversationSummary &summary) const
{
    return m_isEnabled && summary.unread > 0 && summary.id != m_inView
            && summary.mutedUntilMs <= QDateTime::currentMSecsSinceEpoch();
}

/// Looks at what has changed since the last time, one after the other.
QCoro::Task<void> MessageNotifier::work()
{
    if (m_isWorking || !m_hasBaseline || m_isFirstSync)
        co_return;
    const QPointer<MessageNotifier> guard(this);
    m_isWorking = true;
    const bool isCaughtUp = m_client.sync().isCaughtUp();
    const QSet<ConversationId> changed = std::exchange(m_changed, {});
    QList<News> all;
    for (const ConversationId id : changed) {
        const auto news = co_await look(id, isCaughtUp);
        if (!guard)
            co_return;
        if (news)
            all.append(*news);
    }
    m_isWorking = false;
    if (m_client.session().isSignedIn())
        tell(all);
    if (isCaughtUp && !m_changed.isEmpty())
        m_timer.start();
}

QCoro::Task<std::optional<MessageNotifier::News>> MessageNotifier::look(ConversationId id,
                                                                        bool isCaughtUp)
{
    const QPointer<MessageNotifier> guard(this);
    const auto summary = co_await m_client.store().conversation(id);
    if (!guard || !summary)
        co_return std::nullopt;
    forgetRead(*summary);
    if (!isCaughtUp) {
        m_changed.insert(id); // there is more to come
        co_return std::nullopt;
    }
    if (!mayTellOf(*summary)) {
        m_known[id] = summary->lastSeq;
        withdraw(id);
        co_return std::nullopt;
    }
    const Told told = co_await find(*summary);
    if (!guard)
        co_return std::nullopt;
    m_known[id] = summary->lastSeq;
    if (told.messages.isEmpty())
        withdraw(id);
    if (told.messages.isEmpty() || told == m_told.value(id))
        co_return std::nullopt;
    co_return News{.summary = *summary, .told = told};
}

/// What the notification has to tell: what it told already and is not read yet, and what is new.
QCoro::Task<MessageNotifier::Told> MessageNotifier::find(ConversationSummary summary)
{
    const QPointer<MessageNotifier> guard(this);
    const MessageSeq newest;
    const auto page = co_await m_client.store().messagesBefore(summary.id, newest, pageSize);
    if (!guard || !page)
        co_return Told();
    const MessageSeq known = m_known.value(summary.id);
    const Told before = m_told.value(summary.id);
    const UserId self = m_client.session().self().id;
    QList<StoredMessage> messages;
    for (const StoredMessage &message : page->messages) {
        const bool isMeant = message.seq > known || before.messages.contains(message.seq);
        const bool hasContent = !message.text.isEmpty() || !message.images.isEmpty();
        if (message.sender != self && message.seq > summary.ownReadSeq && isMeant && hasContent)
            messages.append(message);
    }
    if (messages.isEmpty())
        co_return Told();
    // Where the page ends within what is new, the rest is counted and not read.
    const bool isAll = messages.size() < page->messages.size()
            || (!page->reachedGapBefore && page->messages.size() < pageSize);
    int count = static_cast<int>(messages.size());
    if (!isAll)
        count = std::max(count, summary.unread);
    Told told;
    for (const StoredMessage &message : std::as_const(messages))
        told.messages.append(message.seq);
    told.text = textOf(messages, count);
    co_return told;
}

QString MessageNotifier::textOf(const QList<StoredMessage> &messages, int count) const
{
    if (m_isContentHidden)
        return count == 1 ? tr("New message") : tr("%Ln new messages", nullptr, count);
    QStringList lines;
    for (const StoredMessage &message : messages.mid(messages.size() - linesShown)) {
        const QString words = count == 1 ? message.text.trimmed() : message.text.simplified();
        lines.append(words.isEmpty() ? picturesText(static_cast<int>(message.images.size()))
                                     : words);
    }
    if (count > lines.size())
        lines.prepend(tr("%Ln new messages", nullptr, count));
    return lines.join(u'\n');
}

void MessageNotifier::tell(const QList<News> &news)
{
    if (news.size() <= toldOneByOne) {
        for (const News &one : news) {
            m_told[one.summary.id] = one.told;
            show(one);
        }
        return;
    }
    for (const News &one : news) {
        withdraw(one.summary.id);
        m_together.insert(one.summary.id);
    }
    const int count = static_cast<int>(m_together.size());
    m_service.show(togetherKey,
                   {.title = tr("New messages"),
                    .text = tr("In %Ln conversations", nullptr, count),
                    .image = {},
                    .isOfMessage = false});
}

QCoro::Task<void> MessageNotifier::show(News news)
{
    const QPointer<MessageNotifier> guard(this);
    const QImage image = co_await avatarImage(m_client.blobs(), news.summary.peer, m_palette);
    // It may have been read, or changed, meanwhile.
    if (!guard || m_told.value(news.summary.id) != news.told)
        co_return;
    m_service.show(keyOf(news.summary.id),
                   {.title = shownName(news.summary.peer),
                    .text = news.told.text,
                    .image = image,
                    .isOfMessage = true});
}

/// Withdraws what was read: here, or on another device.
void MessageNotifier::forgetRead(const ConversationSummary &summary)
{
    const auto told = m_told.constFind(summary.id);
    if (told != m_told.constEnd()
        && (summary.unread == 0 || told->messages.last() <= summary.ownReadSeq))
        withdraw(summary.id);
    if (summary.unread == 0 && m_together.remove(summary.id) && m_together.isEmpty())
        m_service.withdraw(togetherKey);
}

void MessageNotifier::withdraw(ConversationId id)
{
    if (m_told.remove(id))
        m_service.withdraw(keyOf(id));
}

void MessageNotifier::withdrawAll()
{
    m_told.clear();
    m_together.clear();
    m_service.withdrawAll();
}

void MessageNotifier::onActivated(const QString &key)
{
    const ConversationId id = idOf(key);
    if (id)
        withdraw(id);
    else
        m_service.withdraw(key);
    Q_EMIT openWanted(id);
}

void MessageNotifier::onReply(const QString &key, const QString &text)
{
    const ConversationId id = idOf(key);
    if (text.trimmed().isEmpty()) {
        onActivated(key);
        return;
    }
    m_client.outbox().queue(id, text.trimmed());
    markRead(id); // who answers has read
}

QCoro::Task<void> MessageNotifier::markRead(ConversationId id)
{
    const QPointer<MessageNotifier> guard(this);
    const auto summary = co_await m_client.store().conversation(id);
    if (!guard || !summary)
        co_return;
    co_await m_client.sync().markRead(id, summary->lastSeq);
}

} // namespace dunlin::client
