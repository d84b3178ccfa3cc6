// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"
#include "store_database.h"

#include <algorithm>

namespace dunlin::client {
namespace {

// What storedMessageAt() reads.
#define SELECT_MESSAGES                                                                            \
    "SELECT m.conversation_id, m.seq, m.message_id, m.sender_id, m.sent_at_ms, m.text,"            \
    " m.client_id, m.images, m.edited_at_ms, m.is_deleted, m.is_hidden, m.forwarded_from,"         \
    " m.reactions, m.epoch, p.seq IS NOT NULL, m.reply_to_seq, q.seq IS NOT NULL,"                 \
    " q.is_deleted OR q.is_hidden, q.sender_id, q.text, q.images,"                                 \
    " (SELECT c.first_seq FROM conversations c WHERE c.conversation_id = m.conversation_id)"       \
    " FROM messages m"                                                                             \
    " LEFT JOIN messages q ON q.conversation_id = m.conversation_id AND q.seq = m.reply_to_seq"    \
    " LEFT JOIN pins p ON p.conversation_id = m.conversation_id AND p.seq = m.seq"

constexpr const char *pageBeforeSql =
        SELECT_MESSAGES " WHERE m.conversation_id = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?";
constexpr const char *pageAfterSql =
        SELECT_MESSAGES " WHERE m.conversation_id = ? AND m.seq > ? ORDER BY m.seq LIMIT ?";
constexpr const char *betweenSql =
        SELECT_MESSAGES " WHERE m.conversation_id = ? AND m.seq BETWEEN ? AND ? ORDER BY m.seq";
constexpr const char *searchSql =
        SELECT_MESSAGES " WHERE m.row_id IN"
                        " (SELECT rowid FROM message_words WHERE message_words MATCH ?)"
                        " ORDER BY m.message_id DESC LIMIT ?";
constexpr const char *seqsWithSql =
        "SELECT m.seq FROM messages m WHERE m.row_id IN"
        " (SELECT rowid FROM message_words WHERE message_words MATCH ?)"
        " AND m.conversation_id = ? AND NOT m.is_deleted AND NOT m.is_hidden"
        " ORDER BY m.seq DESC LIMIT ?";
// What is here of a conversation has holes, so each probe takes the next message that is here.
constexpr const char *probeSql = "SELECT seq, sent_at_ms FROM messages"
                                 " WHERE conversation_id = ? AND seq >= ? ORDER BY seq LIMIT 1";
// By the partial index messages_with_images.
constexpr const char *imagesBeforeSql =
        SELECT_MESSAGES " WHERE m.conversation_id = ? AND m.seq < ? AND length(m.images) > 0"
                        " ORDER BY m.seq DESC LIMIT 1";
constexpr const char *imagesAfterSql =
        SELECT_MESSAGES " WHERE m.conversation_id = ? AND m.seq > ? AND length(m.images) > 0"
                        " ORDER BY m.seq LIMIT 1";

Quote quoteAt(const QSqlQuery &query)
{
    Quote quote{.seq = idAt<MessageSeq>(query, 15)};
    quote.isKnown = quote.seq && query.value(16).toBool();
    quote.isRemoved = quote.seq && !quote.isKnown && quote.seq < idAt<MessageSeq>(query, 21);
    if (!quote.isKnown)
        return quote;
    quote.isDeleted = query.value(17).toBool();
    quote.sender = idAt<UserId>(query, 18);
    quote.text = query.value(19).toString();
    quote.images = decodeImages(query.value(20).toByteArray());
    return quote;
}

StoredMessage storedMessageAt(const QSqlQuery &query, qint64 epoch)
{
    StoredMessage message;
    message.conversation = idAt<ConversationId>(query, 0);
    message.seq = idAt<MessageSeq>(query, 1);
    message.id = idAt<MessageId>(query, 2);
    message.sender = idAt<UserId>(query, 3);
    message.sentAtMs = query.value(4).toLongLong();
    message.text = query.value(5).toString();
    const auto clientId = query.value(6).toByteArray();
    message.clientId = ClientId::fromBytes(clientId.toStdString()).value_or(ClientId{});
    message.images = decodeImages(query.value(7).toByteArray());
    message.editedAtMs = query.value(8).toLongLong();
    message.isDeleted = query.value(9).toBool();
    message.isHidden = query.value(10).toBool();
    message.forwardedFrom = idAt<UserId>(query, 11);
    message.reactions = toReactions(decodeReactions(query.value(12).toByteArray()));
    // The server cannot be asked for what it has not any more.
    message.isStale =
            query.value(13).toLongLong() < epoch && message.seq >= idAt<MessageSeq>(query, 21);
    message.isPinned = query.value(14).toBool();
    message.quote = quoteAt(query);
    return message;
}

/// Each word as a quoted prefix, so that no character is FTS syntax.
QString prefixQuery(const QString &text)
{
    QString words;
    QString word;
    const auto finishWord = [&] {
        if (!word.isEmpty())
            words += u'"' + word + QStringLiteral("\"* ");
        word.clear();
    };
    for (const QChar letter : text) {
        if (letter.isLetterOrNumber() || letter.isMark() || letter.isSurrogate())
            word += letter;
        else
            finishWord();
    }
    finishWord();
    return words;
}

} // namespace

MessageSeq StoreDatabase::lastSeq(ConversationId id)
{
    auto query = run(QLatin1String("SELECT last_seq FROM conversations WHERE conversation_id = ?"),
                     {sqlValue(id)});
    return query.next() ? idAt<MessageSeq>(query, 0) : MessageSeq{};
}

MessagePage StoreDatabase::messagesBefore(ConversationId id, MessageSeq before, int limit)
{
    const auto first = firstSeq(id).value;
    const auto last = lastSeq(id).value;
    std::int64_t expected = before ? std::min(before.value - 1, last) : last;
    MessagePage page;
    page.conversation = id;
    page.hasAfter = expected < last;
    bool isFull = false;
    auto query =
            run(QLatin1String(pageBeforeSql), {sqlValue(id), sqlValue(expected + 1), limit + 1});
    while (query.next()) {
        const auto seq = query.value(1).toLongLong();
        isFull = page.messages.size() == limit;
        if (isFull || (seq != expected && expected >= first))
            break;
        page.messages.prepend(storedMessageAt(query, m_epoch));
        page.isStale = page.isStale || page.messages.first().isStale;
        expected = seq - 1;
    }
    page.reachedGapBefore = !isFull && expected >= first;
    page.hasBefore = isFull || expected >= first;
    return page;
}

MessagePage StoreDatabase::messagesAfter(ConversationId id, MessageSeq after, int limit)
{
    const auto first = firstSeq(id).value;
    const auto last = lastSeq(id).value;
    std::int64_t expected = after.value + 1;
    MessagePage page;
    page.conversation = id;
    page.hasBefore =
            after.value >= first || !messagesBefore(id, MessageSeq{expected}, 1).messages.isEmpty();
    bool isFull = false;
    auto query = run(QLatin1String(pageAfterSql), {sqlValue(id), sqlValue(after), limit + 1});
    while (query.next()) {
        const auto seq = query.value(1).toLongLong();
        isFull = page.messages.size() == limit;
        // Before first, what is not here is nowhere.
        if (isFull || seq > std::max(expected, first))
            break;
        page.messages.append(storedMessageAt(query, m_epoch));
        page.isStale = page.isStale || page.messages.last().isStale;
        expected = seq + 1;
    }
    page.hasAfter = isFull || std::max(expected, first) <= last;
    page.reachedGapAfter = page.hasAfter && !isFull && page.messages.size() < limit;
    return page;
}

MessagePage StoreDatabase::messagesAround(ConversationId id, MessageSeq around, int limit)
{
    const int half = limit / 2;
    auto page = messagesBefore(id, MessageSeq{std::max<std::int64_t>(1, around.value)}, half);
    const MessageSeq before{std::max<std::int64_t>(1, around.value) - 1};
    const auto after = messagesAfter(id, before, limit - half);
    page.messages += after.messages;
    page.hasAfter = after.hasAfter;
    page.reachedGapAfter = after.reachedGapAfter;
    page.isStale = page.isStale || after.isStale;
    return page;
}

QList<StoredMessage> StoreDatabase::messagesBetween(ConversationId id, MessageSeq first,
                                                    MessageSeq last)
{
    QList<StoredMessage> found;
    auto query = run(QLatin1String(betweenSql), {sqlValue(id), sqlValue(first), sqlValue(last)});
    while (query.next())
        found.append(storedMessageAt(query, m_epoch));
    return found;
}

QList<StoredMessage> StoreDatabase::search(const QString &text, int limit)
{
    QList<StoredMessage> found;
    const QString words = prefixQuery(text);
    if (words.isEmpty())
        return found;
    auto query = run(QLatin1String(searchSql), {words, limit});
    while (query.next())
        found.append(storedMessageAt(query, m_epoch));
    return found;
}

QList<MessageSeq> StoreDatabase::seqsWith(ConversationId id, const QString &text, int limit)
{
    QList<MessageSeq> found;
    const QString words = prefixQuery(text);
    if (words.isEmpty())
        return found;
    auto query = run(QLatin1String(seqsWithSql), {words, sqlValue(id), limit});
    while (query.next())
        found.append(idAt<MessageSeq>(query, 0));
    return found;
}

/// Times rise with seq: halves the range, so that a long conversation takes some twenty look-ups.
DatedPlace StoreDatabase::placeOfTime(ConversationId id, qint64 timeMs)
{
    const std::int64_t last = lastSeq(id).value;
    std::int64_t low = 1;
    std::int64_t high = last + 1;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        auto query = run(QLatin1String(probeSql), {sqlValue(id), sqlValue(MessageSeq{middle})});
        if (!query.next() || query.value(1).toLongLong() >= timeMs)
            high = middle;
        else
            low = query.value(0).toLongLong() + 1;
    }
    // Where the holes are, the place may be in one of them.
    auto query = run(QLatin1String(probeSql), {sqlValue(id), sqlValue(MessageSeq{low})});
    const bool isThere = query.next();
    const std::int64_t seq = isThere ? query.value(0).toLongLong() : last;
    auto before = run(QLatin1String(probeSql), {sqlValue(id), sqlValue(MessageSeq{seq - 1})});
    const bool isBeforeThere = before.next() && before.value(0).toLongLong() == seq - 1;
    return {.seq = MessageSeq{seq}, .isCertain = isThere && (seq == 1 || isBeforeThere)};
}

std::optional<StoredMessage> StoreDatabase::messageWithImages(ConversationId id, MessageSeq seq,
                                                              bool isBefore)
{
    auto query = run(QLatin1String(isBefore ? imagesBeforeSql : imagesAfterSql),
                     {sqlValue(id), sqlValue(seq)});
    return query.next() ? std::optional(storedMessageAt(query, m_epoch)) : std::nullopt;
}

} // namespace dunlin::client
