// SPDX-License-Identifier: Apache-2.0
#include "accounts/account_service.h"

#include "accounts/session_ends.h"
#include "dunlin/limits.h"
#include "dunlin/validation.h"
#include "people/search_words.h"
#include "people/user_rows.h"

namespace dunlin::accounts {

using store::DatabaseError;
using store::Parameters;
using store::Query;
using store::Statement;

namespace {

// Its unique violation says that the name is taken; first, so that nothing else is tried then.
const Statement insertNameStatement{"accounts_insert_name", R"(
    INSERT INTO user_names (user_name, user_id) VALUES ($1, $2)
)"};
const Statement insertUserStatement{"accounts_insert_user", R"(
    INSERT INTO users (user_id, user_name, display_name, password_hash) VALUES ($1, $2, $3, $4)
)"};
const Statement insertWordsStatement{"accounts_insert_words", R"(
    INSERT INTO user_search_words (word, user_id)
    SELECT word, $1 FROM unnest($2::text[]) AS w (word)
)"};
const Statement findNameStatement{"accounts_find_name", R"(
    SELECT user_id FROM user_names WHERE user_name = $1
)"};
const Statement readAccountStatement{"accounts_read", R"(
    SELECT )" DUNLIN_USER_COLUMNS R"(, password_hash, last_update_seq,
           (SELECT count(*) FROM devices d WHERE d.user_id = users.user_id),
           hides_read_receipts, hides_last_seen,
           disabled_at IS NOT NULL
    FROM users WHERE user_id = $1
)"};
const Statement listDevicesStatement{"accounts_list_devices", R"(
    SELECT device_id, name, created_at, last_active_at FROM devices
    WHERE user_id = $1 ORDER BY last_active_at DESC, device_id
)"};
const Statement deleteDeviceStatement{"accounts_delete_device", R"(
    DELETE FROM devices WHERE user_id = $1 AND device_id = $2
)"};
// By primary key.
const Statement goneDevicesStatement{"accounts_gone_devices", R"(
    SELECT i.user_id, i.device_id
    FROM unnest($1::bigint[], $2::bigint[]) AS i (user_id, device_id)
    LEFT JOIN devices d ON d.user_id = i.user_id AND d.device_id = i.device_id
    WHERE d.device_id IS NULL
)"};
const Statement acknowledgeStatement{"accounts_acknowledge", R"(
    UPDATE devices d SET cursor_seq = least($3, u.last_update_seq)
    FROM users u
    WHERE d.user_id = $1 AND d.device_id = $2 AND u.user_id = d.user_id
      AND d.cursor_seq < least($3, u.last_update_seq)
)"};
// The row as it was before: whether it is there.
const Statement recordActiveStatement{"accounts_record_active", R"(
    WITH written AS (
        UPDATE devices SET last_active_at = now()
        WHERE user_id = $1 AND device_id = $2 AND last_active_at < now() - interval '1 minute'
    )
    SELECT 1 FROM devices WHERE user_id = $1 AND device_id = $2
)"};

constexpr int passwordHashColumn = people::userColumns;
constexpr int newestUpdateColumn = people::userColumns + 1;
constexpr int deviceCountColumn = people::userColumns + 2;
constexpr int privacyColumn = people::userColumns + 3;

Privacy privacyOf(const store::Rows &account)
{
    return {.hidesReadReceipts = account.boolAt(0, privacyColumn),
            .hidesLastSeen = account.boolAt(0, privacyColumn + 1)};
}
constexpr int isDisabledColumn = people::userColumns + 5;

Entrance entranceOf(const User &user, const TokenPair &pair)
{
    return {.user = user,
            .device = pair.token.device,
            .token = pair.token.text(),
            .refreshToken = pair.refresh.text(),
            .tokenExpiresAtMs = pair.expiresAtMs};
}

/// All of a new account but its device; one transaction.
std::vector<Query> insertAccount(const User &user, const std::string &passwordHash)
{
    std::vector<Query> queries;
    queries.push_back({.statement = &insertNameStatement, .parameters = {}});
    queries.back().parameters.addText(user.userName).add(user.id);
    queries.push_back({.statement = &insertUserStatement, .parameters = {}});
    queries.back()
            .parameters.add(user.id)
            .addText(user.userName)
            .addText(user.displayName)
            .addText(passwordHash);
    queries.push_back({.statement = &insertWordsStatement, .parameters = {}});
    queries.back().parameters.add(user.id).addTextArray(
            people::searchWordsOf(user.userName, user.displayName));
    return queries;
}

auto wrongPassword()
{
    return failure(ErrorCode::WrongPassword, "the user name or the password is wrong");
}

} // namespace

AccountService::AccountService(store::Database &database, IdGenerator &ids, PasswordHasher &hasher,
                               EntranceLimits limits, RunHere runHere,
                               std::chrono::milliseconds tokenLifetime)
    : database_(database), ids_(ids), hasher_(hasher), limits_(limits),
      runHere_(std::move(runHere)), tokens_(database, tokenLifetime)
{ }

QCoro::Task<Result<Entrance>> AccountService::registerAccount(Registration registration)
{
    const auto deviceName = validation::normalizedDeviceName(registration.deviceName);
    if (!deviceName)
        co_return tl::unexpected(deviceName.error());
    co_return co_await create(std::move(registration), *deviceName);
}

QCoro::Task<Result<User>> AccountService::addAccount(Registration registration)
{
    const auto created = co_await create(std::move(registration), std::nullopt);
    if (!created)
        co_return tl::unexpected(created.error());
    co_return created->user;
}

QCoro::Task<Result<Entrance>> AccountService::create(Registration registration,
                                                     std::optional<std::string> deviceName)
{
    const auto userName = validation::normalizedUserName(registration.userName);
    if (!userName)
        co_return tl::unexpected(userName.error());
    const auto displayName = validation::normalizedDisplayName(
            registration.displayName.empty() ? *userName : registration.displayName);
    if (!displayName)
        co_return tl::unexpected(displayName.error());
    if (const auto checked = validation::checkPassword(registration.password); !checked)
        co_return tl::unexpected(checked.error());

    // Before the expensive hash; the insert below has the last word.
    Parameters name;
    name.addText(*userName);
    const auto taken = co_await database_.run(findNameStatement, std::move(name));
    if (!taken)
        co_return tl::unexpected(store::toError(taken.error()));
    if (!taken->isEmpty())
        co_return failure(ErrorCode::UserNameTaken, "the user name is taken");
    if (const auto allowed = takeRegistration(registration.network); !allowed)
        co_return tl::unexpected(allowed.error());
    const auto passwordHash = co_await hash(std::move(registration.password));
    if (!passwordHash) {
        limits_.registrations.giveBack(registration.network);
        co_return tl::unexpected(passwordHash.error());
    }

    Entrance entrance{
            .user = {.id = UserId{ids_.next()}, .userName = *userName, .displayName = *displayName},
            .device = {}};
    std::vector<Query> queries = insertAccount(entrance.user, *passwordHash);
    if (deviceName) {
        const DeviceId device{ids_.next()};
        const TokenPair pair = TokenPair::make(entrance.user.id, device, tokens_.lifetime());
        queries.push_back(DeviceTokens::insert(pair, *deviceName, *passwordHash));
        entrance = entranceOf(entrance.user, pair);
    }
    const auto done = co_await database_.runAll(std::move(queries));
    if (!done && done.error().kind == DatabaseError::Kind::UniqueViolation)
        co_return failure(ErrorCode::UserNameTaken, "the user name is taken");
    if (!done)
        co_return tl::unexpected(store::toError(done.error()));
    co_return entrance;
}

Result<void> AccountService::takeRegistration(const std::string &network)
{
    if (network.empty())
        return {};
    const auto wait = limits_.registrations.take(network, throttle::Clock::now());
    if (wait.count() > 0) {
        return failure(ErrorCode::RateLimited, "too many new accounts from this address",
                       std::chrono::ceil<std::chrono::milliseconds>(wait));
    }
    return {};
}

QCoro::Task<Result<Entrance>> AccountService::signIn(Credentials credentials)
{
    const auto deviceName = validation::normalizedDeviceName(credentials.deviceName);
    if (!deviceName)
        co_return tl::unexpected(deviceName.error());
    // A name that cannot exist takes the same way as one that does not.
    const std::string userName =
            validation::normalizedUserName(credentials.userName).value_or(std::string());
    Parameters name;
    name.addText(userName);
    const auto found = co_await database_.run(findNameStatement, std::move(name));
    if (!found)
        co_return tl::unexpected(store::toError(found.error()));
    Parameters id;
    id.add(found->isEmpty() ? std::int64_t{0} : found->int64At(0, 0));
    const auto account = co_await database_.run(readAccountStatement, std::move(id));
    if (!account)
        co_return tl::unexpected(store::toError(account.error()));

    std::string storedHash;
    if (!account->isEmpty())
        storedHash = std::string(account->bytesAt(0, passwordHashColumn));
    const auto isRight = co_await verifySlowly(credentials.network, userName,
                                               std::move(credentials.password), storedHash);
    if (!isRight)
        co_return tl::unexpected(isRight.error());
    if (!*isRight)
        co_return wrongPassword();
    // Only to those who know the password.
    if (account->boolAt(0, isDisabledColumn))
        co_return failure(ErrorCode::AccountDisabled, "the account is disabled");
    if (account->int64At(0, deviceCountColumn) >= std::int64_t{limits::devicesPerUser})
        co_return failure(ErrorCode::TooManyDevices, "the account has too many devices");

    const User user = people::userAt(*account, 0);
    const DeviceId device{ids_.next()};
    const TokenPair pair = TokenPair::make(user.id, device, tokens_.lifetime());
    std::vector<Query> queries;
    queries.push_back(DeviceTokens::insert(pair, *deviceName, storedHash));
    const auto done = co_await database_.runAll(std::move(queries));
    if (!done)
        co_return tl::unexpected(store::toError(done.error()));
    if (done->front().affected() == 0)
        co_return wrongPassword();
    Entrance entrance = entranceOf(user, pair);
    entrance.newestUpdateSeq = UpdateSeq{account->int64At(0, newestUpdateColumn)};
    entrance.privacy = privacyOf(*account);
    co_return entrance;
}

QCoro::Task<Result<Entrance>> AccountService::authenticate(std::string text)
{
    const auto token = Token::parse(text);
    if (!token)
        co_return failure(ErrorCode::InvalidToken, "the token is not valid");
    const auto cursor = co_await tokens_.check(*token);
    if (!cursor)
        co_return tl::unexpected(cursor.error());
    co_return co_await entranceOfDevice(token->user, token->device, *cursor);
}

QCoro::Task<Result<Entrance>> AccountService::refresh(std::string text)
{
    const auto token = RefreshToken::parse(text);
    if (!token)
        co_return failure(ErrorCode::InvalidToken, "the token is not valid");
    const auto pair = co_await tokens_.rotate(*token);
    if (!pair && pair.error().code == ErrorCode::DeviceRevoked && onSpentToken_)
        onSpentToken_(token->user, token->device);
    if (!pair)
        co_return tl::unexpected(pair.error());
    co_return co_await entranceWith(*pair);
}

QCoro::Task<Result<Entrance>> AccountService::beginRefresh(UserId user, DeviceId device)
{
    const auto pair = co_await tokens_.begin(user, device);
    if (!pair)
        co_return tl::unexpected(pair.error());
    co_return co_await entranceWith(*pair);
}

QCoro::Task<Result<Entrance>> AccountService::entranceWith(TokenPair pair)
{
    const UpdateSeq unknown; // a device that has tokens to replace knows its cursor
    auto entrance = co_await entranceOfDevice(pair.token.user, pair.token.device, unknown);
    if (!entrance)
        co_return entrance;
    entrance->token = pair.token.text();
    entrance->refreshToken = pair.refresh.text();
    entrance->tokenExpiresAtMs = pair.expiresAtMs;
    co_return entrance;
}

QCoro::Task<Result<Entrance>> AccountService::entranceOfDevice(UserId user, DeviceId device,
                                                               UpdateSeq cursor)
{
    Parameters id;
    id.add(user);
    const auto account = co_await database_.run(readAccountStatement, std::move(id));
    if (!account)
        co_return tl::unexpected(store::toError(account.error()));
    if (account->isEmpty())
        co_return failure(ErrorCode::InvalidToken, "the token is not valid");
    co_return Entrance{.user = people::userAt(*account, 0),
                       .device = device,
                       .newestUpdateSeq = UpdateSeq{account->int64At(0, newestUpdateColumn)},
                       .cursor = cursor,
                       .privacy = privacyOf(*account)};
}

QCoro::Task<Result<std::vector<DeviceInfo>>> AccountService::devices(UserId user)
{
    Parameters parameters;
    parameters.add(user);
    const auto rows = co_await database_.run(listDevicesStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    std::vector<DeviceInfo> devices;
    for (int row = 0; row < rows->count(); ++row) {
        devices.push_back({.id = DeviceId{rows->int64At(row, 0)},
                           .name = std::string(rows->bytesAt(row, 1)),
                           .createdAtMs = rows->timestampAt(row, 2),
                           .lastActiveAtMs = rows->timestampAt(row, 3)});
    }
    co_return devices;
}

QCoro::Task<Result<void>> AccountService::revokeDevice(UserId user, DeviceId device)
{
    std::vector<Query> queries;
    queries.push_back({.statement = &deleteDeviceStatement, .parameters = {}});
    queries.back().parameters.add(user).add(device);
    queries.push_back(tellSessionEnd({.user = user, .device = device}));
    const auto done = co_await database_.runAll(std::move(queries));
    if (!done)
        co_return tl::unexpected(store::toError(done.error()));
    if (done->front().affected() == 0)
        co_return failure(ErrorCode::DeviceNotFound, "there is no such device");
    co_return Result<void>();
}

QCoro::Task<Result<std::vector<Device>>> AccountService::goneAmong(std::vector<Device> devices)
{
    std::vector<std::int64_t> users;
    std::vector<std::int64_t> numbers;
    for (const Device &device : devices) {
        users.push_back(device.user.value);
        numbers.push_back(device.id.value);
    }
    Parameters parameters;
    parameters.addInt64Array(users).addInt64Array(numbers);
    const auto rows = co_await database_.run(goneDevicesStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    std::vector<Device> gone;
    for (int row = 0; row < rows->count(); ++row)
        gone.push_back(
                {.user = UserId{rows->int64At(row, 0)}, .id = DeviceId{rows->int64At(row, 1)}});
    co_return gone;
}

QCoro::Task<Result<void>> AccountService::acknowledgeCursor(UserId user, DeviceId device,
                                                            UpdateSeq seq)
{
    Parameters parameters;
    parameters.add(user).add(device).add(seq);
    const auto done = co_await database_.run(acknowledgeStatement, std::move(parameters));
    if (!done)
        co_return tl::unexpected(store::toError(done.error()));
    co_return Result<void>();
}

QCoro::Task<Result<bool>> AccountService::recordActive(UserId user, DeviceId device)
{
    Parameters parameters;
    parameters.add(user).add(device);
    const auto rows = co_await database_.run(recordActiveStatement, std::move(parameters));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    co_return !rows->isEmpty();
}

} // namespace dunlin::accounts
