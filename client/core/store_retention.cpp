// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"
#include "store_database.h"

namespace dunlin::client {
namespace {

constexpr qint64 millisecondsOfDay = 24LL * 60 * 60 * 1000;

} // namespace

void StoreDatabase::apply(const v1::RetentionChanged &change)
{
    const ConversationId id{change.conversation_id()};
    ensureConversation(id);
    run(QLatin1String("UPDATE conversations SET retention_days = ?, until_delivered = ?,"
                      " expired_before_ms = ? WHERE conversation_id = ?"),
        {change.retention().days(), change.retention().until_delivered(),
         sqlValue(change.expired_before_ms()), sqlValue(id)});
    setFirstSeq(id, MessageSeq{change.first_seq()});
    if (change.expired_before_ms() > 0)
        removeExpired(id, change.expired_before_ms());
    touch(id);
}

void StoreDatabase::setFirstSeq(ConversationId id, MessageSeq first)
{
    if (!first || firstSeq(id) == first)
        return;
    ensureConversation(id);
    run(QLatin1String("UPDATE conversations SET first_seq = ? WHERE conversation_id = ?"),
        {sqlValue(first), sqlValue(id)});
    run(QLatin1String("DELETE FROM pins WHERE conversation_id = ? AND seq < ?"),
        {sqlValue(id), sqlValue(first)});
    // What was removed before it came here is not waited for.
    raiseLastSeq(id, MessageSeq{first.value - 1}, true);
    touchMessages(id); // quotes of what was removed
}

MessageSeq StoreDatabase::firstSeq(ConversationId id)
{
    auto query = run(QLatin1String("SELECT first_seq FROM conversations WHERE conversation_id = ?"),
                     {sqlValue(id)});
    return query.next() ? idAt<MessageSeq>(query, 0) : MessageSeq{1};
}

/// What the server is going to say, for who cannot hear it. Nothing is refused after it: where this
/// clock is wrong, the server's word sets right what is left of it.
void StoreDatabase::removeDue(qint64 nowMs)
{
    const Retention policy = decodeRetention(meta(serverRetentionKey));
    auto all = run(QLatin1String("SELECT conversation_id, retention_days FROM conversations"));
    QHash<ConversationId, int> daysOf;
    while (all.next()) {
        const int days = both(policy, {.days = all.value(1).toInt()}).days;
        if (days > 0)
            daysOf[idAt<ConversationId>(all, 0)] = days;
    }
    all.finish();
    for (auto one = daysOf.cbegin(); one != daysOf.cend(); ++one) {
        const MessageSeq last = removeExpired(one.key(), nowMs - one.value() * millisecondsOfDay);
        if (last && last >= firstSeq(one.key()))
            setFirstSeq(one.key(), MessageSeq{last.value + 1});
        if (last)
            touch(one.key());
    }
}

/// The oldest ones, up to the first that is younger: as far as the order of times is that of seqs.
/// Gives the last one that was here; 0: there was none.
MessageSeq StoreDatabase::removeExpired(ConversationId id, qint64 beforeMs)
{
    auto kept = run(QLatin1String("SELECT seq FROM messages WHERE conversation_id = ?"
                                  " AND sent_at_ms >= ? ORDER BY seq LIMIT 1"),
                    {sqlValue(id), beforeMs});
    const qint64 end = kept.next() ? kept.value(0).toLongLong() : lastSeq(id).value + 1;
    kept.finish();
    auto shown = run(QLatin1String("SELECT images FROM messages WHERE conversation_id = ?"
                                   " AND seq < ? AND length(images) > 0"),
                     {sqlValue(id), end});
    while (shown.next())
        noteGone(decodeImages(shown.value(0).toByteArray()));
    shown.finish();
    auto newest = run(QLatin1String("SELECT max(seq) FROM messages"
                                    " WHERE conversation_id = ? AND seq < ?"),
                      {sqlValue(id), end});
    const MessageSeq last{newest.next() ? newest.value(0).toLongLong() : 0};
    newest.finish();
    if (!last)
        return last;
    run(QLatin1String("DELETE FROM messages WHERE conversation_id = ? AND seq < ?"),
        {sqlValue(id), end});
    touchMessages(id);
    return last;
}

} // namespace dunlin::client
