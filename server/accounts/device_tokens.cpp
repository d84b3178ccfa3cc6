// SPDX-License-Identifier: Apache-2.0
#include "accounts/device_tokens.h"

#include "accounts/session_ends.h"
#include "dunlin/limits.h"

#include <QDateTime>

namespace dunlin::accounts {

using store::Database;
using store::Parameters;
using store::Query;
using store::Statement;

namespace {

// No row when the account was disabled or deleted, or got another password, since it was looked at.
// The lock makes whoever changes that wait, or this.
const Statement insertStatement{"tokens_insert", R"(
    INSERT INTO devices (user_id, device_id, name, token_hash, token_expires_at,
                         family_hash, refresh_hash)
    SELECT user_id, $2, $3, $4, $5, $6, $7
    FROM (SELECT user_id FROM users
          WHERE user_id = $1 AND password_hash = $8 AND disabled_at IS NULL AND deleted_at IS NULL
          FOR SHARE) AS u
)"};

#define DUNLIN_TOKEN_COLUMNS                                                                       \
    "token_hash, coalesce(token_expires_at > now(), true), "                                       \
    "coalesce(previous_token_hash, ''), coalesce(previous_token_expires_at > now(), true), "       \
    "coalesce(family_hash, ''), coalesce(refresh_hash, ''), "                                      \
    "coalesce(previous_refresh_hash, ''), is_rotation_pending, cursor_seq"

const Statement readStatement{"tokens_read", R"(
    SELECT )" DUNLIN_TOKEN_COLUMNS R"( FROM devices WHERE user_id = $1 AND device_id = $2
)"};
const Statement lockStatement{"tokens_lock", R"(
    SELECT )" DUNLIN_TOKEN_COLUMNS R"( FROM devices WHERE user_id = $1 AND device_id = $2
    FOR UPDATE
)"};
// The newest pair has arrived: from now on the one before is spent.
const Statement confirmStatement{"tokens_confirm", R"(
    UPDATE devices
    SET is_rotation_pending = false, previous_refresh_hash = NULL,
        previous_token_expires_at = least(coalesce(previous_token_expires_at, 'infinity'),
                                          now() + $4 * interval '1 millisecond')
    WHERE user_id = $1 AND device_id = $2 AND token_hash = $3
)"};
const Statement rotateStatement{"tokens_rotate", R"(
    UPDATE devices
    SET previous_token_hash = token_hash, previous_token_expires_at = token_expires_at,
        previous_refresh_hash = refresh_hash, token_hash = $3, token_expires_at = $4,
        family_hash = $5, refresh_hash = $6, is_rotation_pending = true
    WHERE user_id = $1 AND device_id = $2
)"};
// As above, but the newest was never used: it is forgotten instead of the one before.
const Statement replaceNewestStatement{"tokens_replace_newest", R"(
    UPDATE devices
    SET token_hash = $3, token_expires_at = $4, family_hash = $5, refresh_hash = $6
    WHERE user_id = $1 AND device_id = $2
)"};
const Statement deleteStatement{"tokens_delete", R"(
    DELETE FROM devices WHERE user_id = $1 AND device_id = $2
)"};

tl::unexpected<Error> invalid()
{
    return failure(ErrorCode::InvalidToken, "the token is not valid");
}

} // namespace

struct DeviceTokens::Row {
    std::string token = {};
    bool isCurrent = false;
    std::string previousToken = {};
    bool isPreviousCurrent = false;
    std::string family = {}; ///< Empty: there are no refresh tokens yet.
    std::string refresh = {};
    std::string previousRefresh = {};
    bool isPending = false;
    UpdateSeq cursor = {};

    static Row from(const store::Rows &rows)
    {
        return {.token = std::string(rows.bytesAt(0, 0)),
                .isCurrent = rows.boolAt(0, 1),
                .previousToken = std::string(rows.bytesAt(0, 2)),
                .isPreviousCurrent = rows.boolAt(0, 3),
                .family = std::string(rows.bytesAt(0, 4)),
                .refresh = std::string(rows.bytesAt(0, 5)),
                .previousRefresh = std::string(rows.bytesAt(0, 6)),
                .isPending = rows.boolAt(0, 7),
                .cursor = UpdateSeq{rows.int64At(0, 8)}};
    }
};

TokenPair TokenPair::make(UserId user, DeviceId device, std::chrono::milliseconds lifetime)
{
    return {.token = Token::make(user, device),
            .refresh = RefreshToken::make(user, device),
            .expiresAtMs = QDateTime::currentMSecsSinceEpoch() + lifetime.count()};
}

Query DeviceTokens::insert(const TokenPair &pair, const std::string &name,
                           const std::string &passwordHash)
{
    Query query{.statement = &insertStatement, .parameters = {}};
    query.parameters.add(pair.token.user)
            .add(pair.token.device)
            .addText(name)
            .addBytes(pair.token.hash())
            .addTimestamp(pair.expiresAtMs)
            .addBytes(pair.refresh.familyHash())
            .addBytes(pair.refresh.hash())
            .addText(passwordHash);
    return query;
}

QCoro::Task<Result<UpdateSeq>> DeviceTokens::check(Token token)
{
    Parameters parameters;
    parameters.add(token.user).add(token.device);
    const auto rows = co_await database_.run(readStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    if (rows->isEmpty())
        co_return invalid();
    const Row row = Row::from(*rows);
    const bool isNewest = token.matches(row.token);
    if (!isNewest && (row.previousToken.empty() || !token.matches(row.previousToken)))
        co_return invalid();
    if (isNewest ? !row.isCurrent : !row.isPreviousCurrent)
        co_return failure(ErrorCode::TokenExpired, "the token has expired");
    if (isNewest && row.isPending) {
        Parameters confirmed;
        confirmed.add(token.user).add(token.device).addBytes(token.hash());
        confirmed.add(std::int64_t{std::chrono::milliseconds(limits::tokenGrace).count()});
        const auto done = co_await database_.run(confirmStatement, std::move(confirmed));
        if (!done)
            co_return tl::unexpected(store::toError(done.error()));
    }
    co_return row.cursor;
}

QCoro::Task<Result<DeviceTokens::Row>> DeviceTokens::lock(Database::Transaction &transaction,
                                                          UserId user, DeviceId device)
{
    Parameters parameters;
    parameters.add(user).add(device);
    const auto rows = co_await transaction.run(lockStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    if (rows->isEmpty())
        co_return invalid();
    co_return Row::from(*rows);
}

QCoro::Task<Result<void>> DeviceTokens::replace(Database::Transaction &transaction, TokenPair pair,
                                                bool isPreviousKept)
{
    Parameters parameters;
    parameters.add(pair.token.user)
            .add(pair.token.device)
            .addBytes(pair.token.hash())
            .addTimestamp(pair.expiresAtMs)
            .addBytes(pair.refresh.familyHash())
            .addBytes(pair.refresh.hash());
    const Statement &statement = isPreviousKept ? replaceNewestStatement : rotateStatement;
    const auto done = co_await transaction.run(statement, std::move(parameters));
    if (!done)
        co_return tl::unexpected(store::toError(done.error()));
    const auto committed = co_await transaction.commit();
    if (!committed)
        co_return tl::unexpected(store::toError(committed.error()));
    co_return Result<void>();
}

QCoro::Task<Result<TokenPair>> DeviceTokens::rotate(RefreshToken shown)
{
    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return tl::unexpected(store::toError(transaction.error()));
    const auto row = co_await lock(*transaction, shown.user, shown.device);
    if (!row)
        co_return tl::unexpected(row.error());
    if (row->family.empty() || !shown.isOfFamily(row->family))
        co_return invalid();
    const bool isNewest = shown.matches(row->refresh);
    const bool isAskedAgain =
            row->isPending && !row->previousRefresh.empty() && shown.matches(row->previousRefresh);
    if (!isNewest && !isAskedAgain) {
        Parameters parameters;
        parameters.add(shown.user).add(shown.device);
        std::vector<Query> queries;
        queries.push_back({.statement = &deleteStatement, .parameters = std::move(parameters)});
        queries.push_back(tellSessionEnd({.user = shown.user, .device = shown.device}));
        const auto removed = co_await transaction->runAll(std::move(queries));
        if (!removed)
            co_return tl::unexpected(store::toError(removed.error()));
        const auto committed = co_await transaction->commit();
        if (!committed)
            co_return tl::unexpected(store::toError(committed.error()));
        co_return failure(ErrorCode::DeviceRevoked, "the refresh token was used already");
    }
    TokenPair pair = TokenPair::make(shown.user, shown.device, lifetime_);
    pair.refresh = shown.next();
    const auto replaced = co_await replace(*transaction, pair, isAskedAgain);
    if (!replaced)
        co_return tl::unexpected(replaced.error());
    co_return pair;
}

QCoro::Task<Result<TokenPair>> DeviceTokens::begin(UserId user, DeviceId device)
{
    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return tl::unexpected(store::toError(transaction.error()));
    const auto row = co_await lock(*transaction, user, device);
    if (!row)
        co_return tl::unexpected(row.error());
    const bool isAskedAgain = row->isPending && row->previousRefresh.empty();
    if (!row->refresh.empty() && !isAskedAgain)
        co_return invalid();
    const TokenPair pair = TokenPair::make(user, device, lifetime_);
    const auto replaced = co_await replace(*transaction, pair, isAskedAgain);
    if (!replaced)
        co_return tl::unexpected(replaced.error());
    co_return pair;
}

} // namespace dunlin::accounts
