// SPDX-License-Identifier: Apache-2.0
#include "accounts/account_admin.h"

#include "accounts/session_ends.h"
#include "dunlin/validation.h"
#include "people/user_rows.h"

#include <map>

namespace dunlin::accounts {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

const Statement findStatement{"account_admin_find", R"(
    SELECT user_id FROM user_names WHERE user_name = $1
)"};
// Ranges of primary keys, or look-ups in one.
const Statement listStatement{"account_admin_list", R"(
    SELECT user_id FROM users WHERE user_id > $1 ORDER BY user_id LIMIT $2
)"};
const Statement readStatement{"account_admin_read", R"(
    SELECT )" DUNLIN_USER_COLUMNS R"(, created_at, coalesce(last_seen_at, 'epoch'),
           coalesce(disabled_at, 'epoch'), coalesce(deleted_at, 'epoch')
    FROM users WHERE user_id = ANY ($1::bigint[]) ORDER BY user_id
)"};
const Statement countDevicesStatement{"account_admin_devices", R"(
    SELECT user_id, count(*) FROM devices WHERE user_id = ANY ($1::bigint[]) GROUP BY user_id
)"};
const Statement countConversationsStatement{"account_admin_conversations", R"(
    SELECT user_id, count(*) FROM user_conversations WHERE user_id = ANY ($1::bigint[])
    GROUP BY user_id
)"};
const Statement blobBytesStatement{"account_admin_blob_bytes", R"(
    SELECT user_id, used_bytes FROM blob_quotas WHERE user_id = ANY ($1::bigint[])
)"};

const Statement disableStatement{"account_admin_disable", R"(
    UPDATE users SET disabled_at = coalesce(disabled_at, now())
    WHERE user_id = $1 AND deleted_at IS NULL
)"};
const Statement enableStatement{"account_admin_enable", R"(
    UPDATE users SET disabled_at = NULL WHERE user_id = $1 AND deleted_at IS NULL
)"};
const Statement setPasswordStatement{"account_admin_set_password", R"(
    UPDATE users SET password_hash = $2 WHERE user_id = $1 AND deleted_at IS NULL
)"};
const Statement deleteDevicesStatement{"account_admin_delete_devices", R"(
    DELETE FROM devices WHERE user_id = $1
)"};

auto notFound()
{
    return failure(ErrorCode::UserNotFound, "there is no such user");
}

std::map<std::int64_t, std::int64_t> numbersByUser(const store::Rows &rows)
{
    std::map<std::int64_t, std::int64_t> numbers;
    for (int row = 0; row < rows.count(); ++row)
        numbers[rows.int64At(row, 0)] = rows.int64At(row, 1);
    return numbers;
}

} // namespace

QCoro::Task<Result<UserId>> AccountAdmin::find(std::string nameOrId)
{
    // A user name begins with a letter, so a number is an id.
    if (const auto id = parsePositiveId(nameOrId)) {
        const auto account = co_await show(UserId{*id});
        if (!account)
            co_return tl::unexpected(account.error());
        co_return account->user.id;
    }
    const auto name = validation::normalizedUserName(nameOrId);
    if (!name)
        co_return notFound();
    Parameters parameters;
    parameters.addText(*name);
    const auto rows = co_await database_.run(findStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    if (rows->isEmpty())
        co_return notFound();
    co_return UserId{rows->int64At(0, 0)};
}

QCoro::Task<Result<Account>> AccountAdmin::show(UserId user)
{
    std::vector<std::int64_t> one{user.value};
    const auto accounts = co_await read(std::move(one));
    if (!accounts)
        co_return tl::unexpected(accounts.error());
    if (accounts->empty())
        co_return notFound();
    co_return accounts->front();
}

QCoro::Task<Result<std::vector<Account>>> AccountAdmin::list(UserId after, std::int64_t limit)
{
    Parameters parameters;
    parameters.add(after).add(limit);
    const auto rows = co_await database_.run(listStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    std::vector<std::int64_t> users;
    for (int row = 0; row < rows->count(); ++row)
        users.push_back(rows->int64At(row, 0));
    co_return co_await read(std::move(users));
}

QCoro::Task<Result<std::vector<Account>>> AccountAdmin::read(std::vector<std::int64_t> users)
{
    std::vector<Query> queries;
    for (const Statement *statement : {&readStatement, &countDevicesStatement,
                                       &countConversationsStatement, &blobBytesStatement}) {
        queries.push_back({.statement = statement, .parameters = {}});
        queries.back().parameters.addInt64Array(users);
    }
    const auto rows = co_await database_.runAll(std::move(queries));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    auto devices = numbersByUser((*rows)[1]);
    auto conversations = numbersByUser((*rows)[2]);
    auto bytes = numbersByUser((*rows)[3]);
    std::vector<Account> accounts;
    const store::Rows &first = rows->front();
    for (int row = 0; row < first.count(); ++row) {
        const User user = people::userAt(first, row);
        accounts.push_back({.user = user,
                            .createdAtMs = first.timestampAt(row, people::userColumns),
                            .lastSeenAtMs = first.timestampAt(row, people::userColumns + 1),
                            .disabledAtMs = first.timestampAt(row, people::userColumns + 2),
                            .deletedAtMs = first.timestampAt(row, people::userColumns + 3),
                            .devices = devices[user.id.value],
                            .conversations = conversations[user.id.value],
                            .blobBytes = bytes[user.id.value]});
    }
    co_return accounts;
}

/// In one transaction; first the user, whose lock keeps out who signs in at this moment.
QCoro::Task<Result<void>> AccountAdmin::changeAndSignOut(Query change, UserId user, ErrorCode code)
{
    std::vector<Query> queries;
    queries.push_back(std::move(change));
    queries.push_back({.statement = &deleteDevicesStatement, .parameters = {}});
    queries.back().parameters.add(user);
    queries.push_back(tellSessionEnd({.user = user, .code = code}));
    const auto done = co_await database_.runAll(std::move(queries));
    if (!done)
        co_return tl::unexpected(store::toError(done.error()));
    if (done->front().affected() == 0)
        co_return notFound();
    co_return Result<void>();
}

QCoro::Task<Result<void>> AccountAdmin::disable(UserId user)
{
    Query change{.statement = &disableStatement, .parameters = {}};
    change.parameters.add(user);
    co_return co_await changeAndSignOut(std::move(change), user, ErrorCode::AccountDisabled);
}

QCoro::Task<Result<void>> AccountAdmin::enable(UserId user)
{
    Parameters parameters;
    parameters.add(user);
    const auto done = co_await database_.run(enableStatement, std::move(parameters));
    if (!done)
        co_return tl::unexpected(store::toError(done.error()));
    if (done->affected() == 0)
        co_return notFound();
    co_return Result<void>();
}

QCoro::Task<Result<void>> AccountAdmin::resetPassword(UserId user, std::string password)
{
    const auto hash = co_await accounts_.hashPassword(std::move(password));
    if (!hash)
        co_return tl::unexpected(hash.error());
    Query change{.statement = &setPasswordStatement, .parameters = {}};
    change.parameters.add(user).addText(*hash);
    co_return co_await changeAndSignOut(std::move(change), user, ErrorCode::DeviceRevoked);
}

} // namespace dunlin::accounts
