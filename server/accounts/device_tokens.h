// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/refresh_token.h"
#include "accounts/token.h"
#include "store/database.h"
#include "types/types.h"

#include <QCoroTask>

#include <chrono>
#include <string>

namespace dunlin::accounts {

/// What a device is given to prove itself with, now and later.
struct TokenPair {
    Token token;
    RefreshToken refresh;
    std::int64_t expiresAtMs = 0; ///< Of the token.

    static TokenPair make(UserId user, DeviceId device, std::chrono::milliseconds lifetime);
};

/// The tokens of devices in the table devices. The pair that was replaced works until the new one
/// is used for the first time, so that an answer that is lost costs nothing; then its refresh token
/// is spent, and whoever shows it again has signed the device out: it is in two hands.
///
/// Lives on one I/O thread. Errors of every function, beside those named: UNAVAILABLE, INTERNAL.
class DeviceTokens {
public:
    DeviceTokens(store::Database &database, std::chrono::milliseconds lifetime)
        : database_(database), lifetime_(lifetime)
    { }

    [[nodiscard]] std::chrono::milliseconds lifetime() const { return lifetime_; }

    /// A new device, as long as the account's password still is the one behind passwordHash.
    static store::Query insert(const TokenPair &pair, const std::string &name,
                               const std::string &passwordHash);

    /// Whose device it is, and its cursor. Errors: INVALID_TOKEN, TOKEN_EXPIRED.
    QCoro::Task<Result<UpdateSeq>> check(Token token);

    /// The next pair. Errors: INVALID_TOKEN; DEVICE_REVOKED: the token was spent, and the device is
    /// gone.
    QCoro::Task<Result<TokenPair>> rotate(RefreshToken shown);
    /// The first pair of a device from before there were refresh tokens. Error: INVALID_TOKEN.
    QCoro::Task<Result<TokenPair>> begin(UserId user, DeviceId device);

private:
    struct Row;
    QCoro::Task<Result<Row>> lock(store::Database::Transaction &transaction, UserId user,
                                  DeviceId device);
    QCoro::Task<Result<void>> replace(store::Database::Transaction &transaction, TokenPair pair,
                                      bool isPreviousKept);

    store::Database &database_;
    const std::chrono::milliseconds lifetime_;
};

} // namespace dunlin::accounts
