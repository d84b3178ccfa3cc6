// SPDX-License-Identifier: Apache-2.0
#include "messaging/message_change.h"

#include "blobs/blob_uses.h"
#include "messaging/conversation_reader.h"
#include "messaging/images.h"
#include "messaging/message_reader.h"
#include "updates/update_log.h"

#include <algorithm>
#include <array>
#include <memory>

namespace dunlin::messaging {

using store::Query;
using store::Statement;
using Events = std::vector<decltype(Update::event)>;

namespace {

// One row of one conversation: no lock across shards.
const Statement lockStatement{"change_lock", R"(
    SELECT last_seq FROM conversations WHERE conversation_id = $1 FOR UPDATE
)"};
// By primary key, for each member and message: conditions on parts of the key would read all that a
// member has hidden in the conversation.
const Statement hiddenStatement{"change_hidden", R"(
    SELECT user_id, seq
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS p (user_id, conversation_id, seq)
    JOIN hidden_messages USING (user_id, conversation_id, seq)
)"};

Query readHiddenBy(const std::vector<UserId> &members, const std::vector<MessagePlace> &places)
{
    std::array<std::vector<std::int64_t>, 3> columns;
    for (const UserId member : members) {
        for (const auto &[conversation, seq] : places) {
            columns[0].push_back(member.value);
            columns[1].push_back(conversation.value);
            columns[2].push_back(seq.value);
        }
    }
    Query query{.statement = &hiddenStatement, .parameters = {}};
    for (const auto &column : columns)
        query.parameters.addInt64Array(column);
    return query;
}

std::set<std::pair<UserId, MessageSeq>> hiddenPairs(const store::Rows &rows)
{
    std::set<std::pair<UserId, MessageSeq>> hidden;
    for (int row = 0; row < rows.count(); ++row)
        hidden.emplace(UserId{rows.int64At(row, 0)}, MessageSeq{rows.int64At(row, 1)});
    return hidden;
}

/// Before the conversation is locked. A message never comes to show more than it did.
QCoro::Task<store::DbResult<void>> lockBlobs(store::Database::Transaction &transaction,
                                             std::vector<MessagePlace> places)
{
    std::vector<Query> read;
    read.push_back(readMessagesAt(places));
    const auto rows = co_await transaction.runAll(std::move(read));
    if (!rows)
        co_return tl::unexpected(rows.error());
    std::set<BlobId> blobs;
    for (const Message &message : messagesIn(rows->front()))
        blobs.merge(blobsOf(message.images));
    if (blobs.empty())
        co_return store::DbResult<void>();
    std::vector<Query> lock;
    lock.push_back(blobs::lockWhole(blobs));
    const auto locked = co_await transaction.runAll(std::move(lock));
    if (!locked)
        co_return tl::unexpected(locked.error());
    co_return store::DbResult<void>();
}

QCoro::Task<Result<std::vector<UserUpdates>>> write(MessageChange change, std::vector<Query> writes,
                                                    std::vector<updates::Entry> entries,
                                                    Events events)
{
    const auto written = co_await change.transaction.runAll(std::move(writes));
    if (!written)
        co_return tl::unexpected(store::toError(written.error()));
    const auto appended = co_await updates::appendAndCommit(change.transaction, std::move(entries));
    if (!appended)
        co_return tl::unexpected(store::toError(appended.error()));
    co_return updates::toPublish(*appended, std::move(events));
}

} // namespace

QCoro::Task<Result<MessageChange>> beginChange(store::Database &database, UserId user,
                                               ConversationId conversation,
                                               std::set<MessageSeq> seqs, BlobLock blobs)
{
    auto members = co_await readMembers(database, conversation);
    if (!members)
        co_return tl::unexpected(store::toError(members.error()));
    if (std::find(members->begin(), members->end(), user) == members->end())
        co_return failure(ErrorCode::ConversationNotFound, "there is no such conversation");
    std::vector<MessagePlace> places;
    for (const MessageSeq seq : seqs)
        places.emplace_back(conversation, seq);

    auto transaction = co_await database.begin();
    if (!transaction)
        co_return tl::unexpected(store::toError(transaction.error()));
    if (blobs == BlobLock::Shown) {
        const auto locked = co_await lockBlobs(*transaction, places);
        if (!locked)
            co_return tl::unexpected(store::toError(locked.error()));
    }
    // Each statement sees what was committed before it began: what is read, reads behind the lock.
    std::vector<Query> queries;
    queries.push_back({.statement = &lockStatement, .parameters = {}});
    queries.back().parameters.add(conversation);
    queries.push_back(readMessagesAt(places));
    queries.push_back(readHiddenBy(*members, places));
    const auto rows = co_await transaction->runAll(std::move(queries));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    MessageChange change{.transaction = std::move(*transaction),
                         .conversation = conversation,
                         .members = std::move(*members),
                         .messages = messagesIn((*rows)[1]),
                         .hidden = hiddenPairs((*rows)[2])};
    if (change.messages.size() != seqs.size())
        co_return failure(ErrorCode::MessageNotFound, "there is no such message");
    std::sort(change.messages.begin(), change.messages.end(),
              [](const Message &a, const Message &b) { return a.seq < b.seq; });
    co_return std::move(change);
}

QCoro::Task<Result<std::vector<UserUpdates>>> commit(MessageChange change,
                                                     std::vector<Query> writes)
{
    std::vector<updates::Entry> entries;
    Events events;
    for (const Message &message : change.messages) {
        const auto seen = std::make_shared<const Message>(message);
        Message stub = message;
        hide(stub);
        const auto hidden = std::make_shared<const Message>(std::move(stub));
        for (const UserId member : change.members) {
            entries.push_back({.user = member,
                               .kind = updates::Kind::MessageChanged,
                               .conversation = change.conversation,
                               .position = message.seq.value});
            const bool isHidden = change.hidden.contains({member, message.seq});
            events.emplace_back(MessageChanged{isHidden ? hidden : seen});
        }
    }
    co_return co_await write(std::move(change), std::move(writes), std::move(entries),
                             std::move(events));
}

QCoro::Task<Result<std::vector<UserUpdates>>> commitHidden(MessageChange change, UserId user,
                                                           std::vector<Query> writes)
{
    // An entry for each range without a hole.
    std::vector<updates::Entry> entries;
    Events events;
    for (const Message &message : change.messages) {
        const std::int64_t seq = message.seq.value;
        if (entries.empty() || entries.back().readPosition + 1 != seq) {
            entries.push_back({.user = user,
                               .kind = updates::Kind::MessagesHidden,
                               .conversation = change.conversation,
                               .position = seq});
            events.emplace_back(MessagesHidden{.conversation = change.conversation});
        }
        entries.back().readPosition = seq;
        std::get<MessagesHidden>(events.back()).seqs.push_back(message.seq);
    }
    co_return co_await write(std::move(change), std::move(writes), std::move(entries),
                             std::move(events));
}

} // namespace dunlin::messaging
