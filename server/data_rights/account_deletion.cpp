// SPDX-License-Identifier: Apache-2.0
#include "data_rights/account_deletion.h"

#include "accounts/session_ends.h"
#include "blobs/blob_uses.h"
#include "log/log.h"
#include "messaging/images.h"
#include "people/people_service.h"
#include "people/user_rows.h"
#include "updates/update_log.h"

namespace dunlin::data_rights {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

constexpr std::int64_t conversationsAtOnce = 100;
constexpr std::int64_t messagesAtOnce = 500;
constexpr std::int64_t updatesAtOnce = 2000;
constexpr std::int64_t accountsAtOnce = 100;
constexpr int triesMax = 5;

// What clients that do not know is_deleted show.
const Statement markStatement{"deletion_mark", R"(
    UPDATE users SET deleted_at = now(), user_name = '', display_name = 'Deleted account',
                     about = '', avatar_color = 0, avatar_blob = NULL, password_hash = '',
                     last_seen_at = NULL
    WHERE user_id = $1 AND deleted_at IS NULL
    RETURNING )" DUNLIN_USER_COLUMNS};
const Statement readNameStatement{"deletion_read_name", R"(
    SELECT user_name FROM users WHERE user_id = $1 AND deleted_at IS NULL
)"};
const Statement deleteNameStatement{"deletion_delete_name", R"(
    DELETE FROM user_names WHERE user_name = $1 AND user_id = $2
)"};
// By the index user_search_words_of_user.
const Statement deleteWordsStatement{"deletion_delete_words", R"(
    DELETE FROM user_search_words WHERE user_id = $1
)"};
const Statement deleteDevicesStatement{"deletion_delete_devices", R"(
    DELETE FROM devices WHERE user_id = $1
)"};

// A range of the primary key.
const Statement conversationsStatement{"deletion_conversations", R"(
    SELECT conversation_id FROM user_conversations
    WHERE user_id = $1 AND conversation_id > $2
    ORDER BY conversation_id
    LIMIT $3
)"};
// The next ones by the unique index on (conversation_id, sender_id, client_id). Locked, so that
// what is returned was there until now: another who erases at the same time gets nothing of it.
const Statement eraseMessagesStatement{"deletion_erase_messages", R"(
    WITH page AS (
        SELECT seq, client_id, images FROM messages
        WHERE conversation_id = $1 AND sender_id = $2 AND client_id > $3
          AND (deleted_at IS NULL OR body <> '' OR images IS NOT NULL)
        ORDER BY client_id
        LIMIT $4
        FOR UPDATE
    ), versions AS (
        DELETE FROM message_edits e USING page p WHERE e.conversation_id = $1 AND e.seq = p.seq
    ), erased AS (
        UPDATE messages m
        SET deleted_at = coalesce(m.deleted_at, now()), body = '', images = NULL, edited_at = NULL,
            reply_to_seq = NULL, forwarded_from = NULL, reactions = NULL, pinned_at = NULL
        FROM page p
        WHERE m.conversation_id = $1 AND m.seq = p.seq
    )
    SELECT client_id, coalesce(images, ''::bytea) FROM page ORDER BY client_id
)"};

const Statement eraseUpdatesStatement{"deletion_erase_updates", R"(
    DELETE FROM updates x
    USING (SELECT seq FROM updates WHERE user_id = $1 ORDER BY seq LIMIT $2) AS o
    WHERE x.user_id = $1 AND x.seq = o.seq
)"};
const Statement resetSettingsStatement{"deletion_reset_settings", R"(
    UPDATE user_conversations
    SET is_pinned = false, muted_until_ms = 0, draft_text = NULL, draft_reply_to_seq = NULL,
        draft_saved_at = NULL
    WHERE user_id = $1 AND (is_pinned OR muted_until_ms <> 0 OR draft_saved_at IS NOT NULL)
)"};
const Statement deleteHiddenStatement{"deletion_delete_hidden", R"(
    DELETE FROM hidden_messages WHERE user_id = $1
)"};
const Statement deleteQuotaStatement{"deletion_delete_quota", R"(
    DELETE FROM blob_quotas q WHERE user_id = $1
      AND NOT EXISTS (SELECT FROM blobs b WHERE b.user_id = q.user_id)
)"};
const Statement countErasureStatement{"deletion_count_erasure", R"(
    UPDATE users SET erasures = least(erasures + 1, 2), update_tail_seq = last_update_seq
    WHERE user_id = $1 AND deleted_at IS NOT NULL
)"};

const Statement isMarkedStatement{"deletion_is_marked", R"(
    SELECT 1 FROM users WHERE user_id = $1 AND deleted_at IS NOT NULL
)"};
// By the index users_being_erased. The second look is for what was under way at the first.
const Statement unfinishedStatement{"deletion_unfinished", R"(
    SELECT user_id FROM users
    WHERE deleted_at IS NOT NULL AND erasures < 2 AND user_id > $1
      AND (erasures = 0 OR deleted_at < now() - interval '5 minutes')
    ORDER BY user_id
    LIMIT $2
)"};

Parameters parametersOf(UserId user)
{
    Parameters parameters;
    parameters.add(user);
    return parameters;
}

Query queryOf(const Statement &statement, UserId user)
{
    return {.statement = &statement, .parameters = parametersOf(user)};
}

/// What messages showed of other people's blobs, because they were forwarded. The user's own go as
/// a whole.
std::vector<Query> releaseForwarded(const store::Rows &rows, UserId user,
                                    ConversationId conversation)
{
    std::vector<blobs::BlobUse> uses;
    for (int row = 0; row < rows.count(); ++row) {
        for (const BlobId &blob :
             messaging::blobsOf(messaging::decodeImages(rows.bytesAt(row, 1)))) {
            if (blob.owner != user)
                uses.push_back({.blob = blob, .conversation = conversation});
        }
    }
    return blobs::release(uses);
}

} // namespace

AccountDeletion::AccountDeletion(store::Database &database, blobs::BlobService &blobs,
                                 Publish publish)
    : database_(database), blobs_(blobs), publish_(std::move(publish))
{ }

QCoro::Task<Result<void>> AccountDeletion::markDeleted(UserId user)
{
    for (int tries = 1;; ++tries) {
        const auto marked = co_await tryMark(user);
        if (marked)
            co_return Result<void>();
        if (!marked.error().isWorthRetrying || tries == triesMax)
            co_return tl::unexpected(marked.error().error);
    }
}

QCoro::Task<tl::expected<void, AccountDeletion::Refusal>> AccountDeletion::tryMark(UserId user)
{
    const auto refusal = [](const store::DatabaseError &error) {
        return tl::unexpected(
                Refusal{.error = store::toError(error),
                        .isWorthRetrying = error.kind == store::DatabaseError::Kind::Retryable});
    };
    const auto contacts = co_await people::contactsOf(database_, user);
    if (!contacts)
        co_return refusal(contacts.error());
    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return refusal(transaction.error());
    const auto name = co_await transaction->run(readNameStatement, parametersOf(user));
    if (!name)
        co_return refusal(name.error());
    // Whoever signs in at this moment holds the row's lock, or waits for it and finds it deleted.
    const auto marked = co_await transaction->run(markStatement, parametersOf(user));
    if (!marked)
        co_return refusal(marked.error());
    if (name->isEmpty() || marked->isEmpty()) {
        co_return tl::unexpected(
                Refusal{{.code = ErrorCode::UserNotFound, .message = "there is no such user"}});
    }
    std::vector<Query> removals;
    removals.push_back({.statement = &deleteNameStatement, .parameters = {}});
    removals.back().parameters.addText(name->bytesAt(0, 0)).add(user);
    removals.push_back(queryOf(deleteWordsStatement, user));
    removals.push_back(queryOf(deleteDevicesStatement, user));
    removals.push_back(accounts::tellSessionEnd({.user = user, .code = ErrorCode::AccountDeleted}));
    const auto removed = co_await transaction->runAll(std::move(removals));
    if (!removed)
        co_return refusal(removed.error());
    const auto changed = std::make_shared<const User>(people::userAt(*marked, 0));
    std::vector<updates::Entry> entries;
    for (const std::int64_t contact : *contacts) {
        entries.push_back(
                {.user = UserId{contact}, .kind = updates::Kind::ProfileChanged, .actor = user});
    }
    const auto appended = co_await updates::appendAndCommit(*transaction, std::move(entries));
    if (!appended)
        co_return refusal(appended.error());
    log::info("account deleted", {{"user_id", user.value}});
    std::vector<decltype(Update::event)> events(appended->size(), ProfileChanged{changed});
    publish_(updates::toPublish(*appended, std::move(events)));
    co_return tl::expected<void, Refusal>();
}

QCoro::Task<Result<Erased>> AccountDeletion::erase(UserId user)
{
    const auto marked = co_await database_.run(isMarkedStatement, parametersOf(user));
    if (!marked)
        co_return tl::unexpected(store::toError(marked.error()));
    if (marked->isEmpty())
        co_return Erased();
    Erased erased;
    const auto messages = co_await eraseMessages(user);
    if (!messages)
        co_return tl::unexpected(store::toError(messages.error()));
    erased.messages = *messages;
    const auto blobs = co_await blobs_.removeAllOf(user);
    if (!blobs)
        co_return tl::unexpected(blobs.error());
    erased.blobs = *blobs;
    const auto updates = co_await eraseUpdates(user);
    if (!updates)
        co_return tl::unexpected(store::toError(updates.error()));
    erased.updates = *updates;
    const auto rest = co_await eraseRest(user);
    if (!rest)
        co_return tl::unexpected(store::toError(rest.error()));
    log::info("account erased",
              {{"user_id", user.value},
               {"messages", erased.messages},
               {"blobs", erased.blobs},
               {"updates", erased.updates}});
    co_return erased;
}

QCoro::Task<store::DbResult<std::int64_t>> AccountDeletion::eraseMessages(UserId user)
{
    std::int64_t erased = 0;
    ConversationId after;
    for (;;) {
        Parameters place = parametersOf(user);
        place.add(after).add(conversationsAtOnce);
        const auto rows = co_await database_.run(conversationsStatement, std::move(place));
        if (!rows)
            co_return tl::unexpected(rows.error());
        if (rows->isEmpty())
            co_return erased;
        for (int row = 0; row < rows->count(); ++row) {
            after = ConversationId{rows->int64At(row, 0)};
            const auto one = co_await eraseMessagesOf(user, after);
            if (!one)
                co_return one;
            erased += *one;
        }
    }
}

QCoro::Task<store::DbResult<std::int64_t>>
AccountDeletion::eraseMessagesOf(UserId user, ConversationId conversation)
{
    std::int64_t erased = 0;
    ClientId after; // all zero, which no message has
    for (;;) {
        auto transaction = co_await database_.begin();
        if (!transaction)
            co_return tl::unexpected(transaction.error());
        Parameters place;
        place.add(conversation).add(user).addUuid(after).add(messagesAtOnce);
        const auto rows = co_await transaction->run(eraseMessagesStatement, std::move(place));
        if (!rows)
            co_return tl::unexpected(rows.error());
        if (rows->isEmpty())
            co_return erased;
        const auto released =
                co_await transaction->runAll(releaseForwarded(*rows, user, conversation));
        if (!released)
            co_return tl::unexpected(released.error());
        const auto committed = co_await transaction->commit();
        if (!committed)
            co_return tl::unexpected(committed.error());
        after = ClientId::fromBytes(rows->bytesAt(rows->count() - 1, 0)).value_or(ClientId{});
        erased += rows->count();
    }
}

QCoro::Task<store::DbResult<std::int64_t>> AccountDeletion::eraseUpdates(UserId user)
{
    std::int64_t erased = 0;
    for (;;) {
        Parameters parameters = parametersOf(user);
        parameters.add(updatesAtOnce);
        const auto done = co_await database_.run(eraseUpdatesStatement, std::move(parameters));
        if (!done)
            co_return tl::unexpected(done.error());
        if (done->affected() == 0)
            co_return erased;
        erased += done->affected();
    }
}

QCoro::Task<store::DbResult<void>> AccountDeletion::eraseRest(UserId user)
{
    std::vector<Query> queries;
    for (const Statement *statement : {&resetSettingsStatement, &deleteHiddenStatement,
                                       &deleteQuotaStatement, &countErasureStatement})
        queries.push_back(queryOf(*statement, user));
    const auto done = co_await database_.runAll(std::move(queries));
    if (!done)
        co_return tl::unexpected(done.error());
    co_return store::DbResult<void>();
}

QCoro::Task<Result<std::int64_t>> AccountDeletion::eraseAll()
{
    std::int64_t accounts = 0;
    UserId after;
    for (;;) {
        Parameters place = parametersOf(after);
        place.add(accountsAtOnce);
        const auto rows = co_await database_.run(unfinishedStatement, std::move(place));
        if (!rows)
            co_return tl::unexpected(store::toError(rows.error()));
        if (rows->isEmpty())
            co_return accounts;
        for (int row = 0; row < rows->count(); ++row) {
            after = UserId{rows->int64At(row, 0)};
            const auto erased = co_await erase(after);
            if (!erased)
                co_return tl::unexpected(erased.error());
            ++accounts;
        }
    }
}

} // namespace dunlin::data_rights
