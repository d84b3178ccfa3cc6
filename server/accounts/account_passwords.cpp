// SPDX-License-Identifier: Apache-2.0
// AccountService: checking and changing passwords.
#include "accounts/account_service.h"

#include "accounts/session_ends.h"
#include "async/answer.h"
#include "dunlin/limits.h"
#include "dunlin/validation.h"

namespace dunlin::accounts {

using store::Parameters;
using store::Statement;

namespace {

const Statement readPasswordStatement{"accounts_read_password", R"(
    SELECT user_name, password_hash FROM users WHERE user_id = $1
)"};
// Only over the password that was checked: of two changes at once one comes too late.
const Statement setPasswordStatement{"accounts_set_password", R"(
    UPDATE users SET password_hash = $2 WHERE user_id = $1 AND password_hash = $3
)"};
const Statement deleteOtherDevicesStatement{"accounts_delete_other_devices", R"(
    DELETE FROM devices WHERE user_id = $1 AND device_id <> $2 RETURNING device_id
)"};

} // namespace

QCoro::Task<Result<std::string>> AccountService::hash(std::string password)
{
    Answer<Result<std::string>> answer([&](auto callback) {
        hasher_.hash(password, [runHere = runHere_, callback](Result<std::string> result) {
            runHere([callback, result = std::move(result)] { callback(result); });
        });
    });
    co_return co_await answer;
}

QCoro::Task<Result<bool>> AccountService::verify(std::string password, std::string storedHash)
{
    Answer<Result<bool>> answer([&](auto callback) {
        hasher_.verify(password, storedHash, [runHere = runHere_, callback](Result<bool> result) {
            runHere([callback, result = std::move(result)] { callback(result); });
        });
    });
    co_return co_await answer;
}

QCoro::Task<Result<std::string>> AccountService::hashPassword(std::string password)
{
    if (const auto checked = validation::checkPassword(password); !checked)
        co_return tl::unexpected(checked.error());
    co_return co_await hash(std::move(password));
}

QCoro::Task<Result<bool>> AccountService::verifySlowly(std::string network, std::string userName,
                                                       std::string password, std::string storedHash)
{
    const auto allowed = limits_.signIns.begin(network, userName, throttle::Clock::now());
    if (!allowed)
        co_return tl::unexpected(allowed.error());
    // One that is too long is not worth hashing, but takes the same time.
    const bool isTooLong = password.size() > limits::passwordMaxBytes;
    if (isTooLong)
        password.clear();
    auto isRight = co_await verify(std::move(password), std::move(storedHash));
    if (!isRight)
        limits_.signIns.withdraw(network, userName);
    else if (isTooLong)
        isRight = false;
    else if (*isRight)
        limits_.signIns.succeeded(network, userName);
    co_return isRight;
}

QCoro::Task<Result<std::string>> AccountService::hashIfRight(UserId user, std::string network,
                                                             std::string password)
{
    Parameters id;
    id.add(user);
    const auto account = co_await database_.run(readPasswordStatement, std::move(id));
    if (!account)
        co_return tl::unexpected(store::toError(account.error()));
    if (account->isEmpty())
        co_return failure(ErrorCode::UserNotFound, "there is no such user");
    std::string userName(account->bytesAt(0, 0));
    std::string storedHash(account->bytesAt(0, 1));
    const auto isRight = co_await verifySlowly(std::move(network), std::move(userName),
                                               std::move(password), storedHash);
    if (!isRight)
        co_return tl::unexpected(isRight.error());
    if (!*isRight)
        storedHash.clear();
    co_return storedHash;
}

QCoro::Task<Result<void>> AccountService::checkPassword(UserId user, std::string network,
                                                        std::string password)
{
    const auto hash = co_await hashIfRight(user, std::move(network), std::move(password));
    if (!hash)
        co_return tl::unexpected(hash.error());
    if (hash->empty())
        co_return failure(ErrorCode::WrongPassword, "the password is wrong");
    co_return Result<void>();
}

QCoro::Task<Result<std::vector<DeviceId>>> AccountService::changePassword(PasswordChange change)
{
    if (const auto checked = validation::checkPassword(change.newPassword); !checked)
        co_return tl::unexpected(checked.error());
    const auto oldHash = co_await hashIfRight(change.user, std::move(change.network),
                                              std::move(change.oldPassword));
    if (!oldHash)
        co_return tl::unexpected(oldHash.error());
    if (oldHash->empty())
        co_return failure(ErrorCode::WrongPassword, "the old password is wrong");
    const auto newHash = co_await hash(std::move(change.newPassword));
    if (!newHash)
        co_return tl::unexpected(newHash.error());
    co_return co_await replacePassword(change.user, change.device, *oldHash, *newHash);
}

/// In one transaction, so that who signs in meanwhile with the old password is either signed out
/// with the others or refused.
QCoro::Task<Result<std::vector<DeviceId>>> AccountService::replacePassword(UserId user,
                                                                           DeviceId kept,
                                                                           std::string oldHash,
                                                                           std::string newHash)
{
    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return tl::unexpected(store::toError(transaction.error()));
    Parameters hashes;
    hashes.add(user).addText(newHash).addText(oldHash);
    const auto changed = co_await transaction->run(setPasswordStatement, std::move(hashes));
    if (!changed)
        co_return tl::unexpected(store::toError(changed.error()));
    if (changed->affected() == 0)
        co_return failure(ErrorCode::WrongPassword, "the old password is wrong");
    Parameters others;
    others.add(user).add(kept);
    const auto removed = co_await transaction->run(deleteOtherDevicesStatement, std::move(others));
    if (!removed)
        co_return tl::unexpected(store::toError(removed.error()));
    std::vector<DeviceId> devices;
    std::vector<store::Query> ends;
    for (int row = 0; row < removed->count(); ++row) {
        devices.push_back(DeviceId{removed->int64At(row, 0)});
        ends.push_back(tellSessionEnd({.user = user, .device = devices.back()}));
    }
    if (!ends.empty()) {
        const auto told = co_await transaction->runAll(std::move(ends));
        if (!told)
            co_return tl::unexpected(store::toError(told.error()));
    }
    const auto committed = co_await transaction->commit();
    if (!committed)
        co_return tl::unexpected(store::toError(committed.error()));
    co_return devices;
}

} // namespace dunlin::accounts
