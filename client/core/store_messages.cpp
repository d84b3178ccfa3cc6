// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"
#include "store_database.h"

#include <algorithm>

namespace dunlin::client {
namespace {

// What storedMessageAt() reads.
#define MESSAGE_COLUMNS                                                                            \
    "conversation_id, seq, message_id, sender_id, sent_at_ms, text, client_id, images"

constexpr const char *pageBeforeSql =
        "SELECT " MESSAGE_COLUMNS
        " FROM messages WHERE conversation_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?";
constexpr const char *pageAfterSql =
        "SELECT " MESSAGE_COLUMNS
        " FROM messages WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?";
constexpr const char *searchSql = "SELECT " MESSAGE_COLUMNS " FROM messages WHERE row_id IN"
                                  " (SELECT rowid FROM message_words WHERE message_words MATCH ?)"
                                  " ORDER BY message_id DESC LIMIT ?";
// By the partial index messages_with_images.
constexpr const char *imagesBeforeSql =
        "SELECT " MESSAGE_COLUMNS " FROM messages WHERE conversation_id = ? AND seq < ?"
        " AND length(images) > 0 ORDER BY seq DESC LIMIT 1";
constexpr const char *imagesAfterSql =
        "SELECT " MESSAGE_COLUMNS " FROM messages WHERE conversation_id = ? AND seq > ?"
        " AND length(images) > 0 ORDER BY seq LIMIT 1";

StoredMessage storedMessageAt(const QSqlQuery &query)
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
    const auto last = lastSeq(id).value;
    std::int64_t expected = before ? std::min(before.value - 1, last) : last;
    MessagePage page;
    page.conversation = id;
    page.hasAfter = expected < last;
    auto query = run(QLatin1String(pageBeforeSql), {sqlValue(id), sqlValue(expected + 1), limit});
    while (query.next() && query.value(1).toLongLong() == expected) {
        page.messages.prepend(storedMessageAt(query));
        --expected;
    }
    page.hasBefore = expected > 0;
    page.reachedGapBefore = page.hasBefore && page.messages.size() < limit;
    return page;
}

MessagePage StoreDatabase::messagesAfter(ConversationId id, MessageSeq after, int limit)
{
    const auto last = lastSeq(id).value;
    std::int64_t expected = after.value + 1;
    MessagePage page;
    page.conversation = id;
    page.hasBefore = after.value > 0;
    auto query = run(QLatin1String(pageAfterSql), {sqlValue(id), sqlValue(after), limit});
    while (query.next() && query.value(1).toLongLong() == expected) {
        page.messages.append(storedMessageAt(query));
        ++expected;
    }
    page.hasAfter = expected <= last;
    page.reachedGapAfter = page.hasAfter && page.messages.size() < limit;
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
    return page;
}

QList<StoredMessage> StoreDatabase::search(const QString &text, int limit)
{
    QList<StoredMessage> found;
    const QString words = prefixQuery(text);
    if (words.isEmpty())
        return found;
    auto query = run(QLatin1String(searchSql), {words, limit});
    while (query.next())
        found.append(storedMessageAt(query));
    return found;
}

std::optional<StoredMessage> StoreDatabase::messageWithImages(ConversationId id, MessageSeq seq,
                                                              bool isBefore)
{
    auto query = run(QLatin1String(isBefore ? imagesBeforeSql : imagesAfterSql),
                     {sqlValue(id), sqlValue(seq)});
    return query.next() ? std::optional(storedMessageAt(query)) : std::nullopt;
}

} // namespace dunlin::client
