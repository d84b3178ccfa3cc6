// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account_service.h"

namespace dunlin::accounts {

/// An account as its operator sees it.
struct Account {
    User user;
    std::int64_t createdAtMs = 0;
    /// 0: never, or it is not known.
    std::int64_t lastSeenAtMs = 0;
    /// 0: it is not.
    std::int64_t disabledAtMs = 0;
    std::int64_t deletedAtMs = 0;
    std::int64_t devices = 0;
    std::int64_t conversations = 0;
    std::int64_t blobBytes = 0;
};

/// What an operator does with accounts, beside AccountService, which does what users do with their
/// own. Whatever takes devices away also ends their sessions, on every server of the database.
/// Lives on one thread. Errors of every function, beside those named: UNAVAILABLE, INTERNAL.
class AccountAdmin {
public:
    /// Both outlive the object and its tasks.
    AccountAdmin(store::Database &database, AccountService &accounts)
        : database_(database), accounts_(accounts)
    { }

    /// By user name or by id. Error: USER_NOT_FOUND.
    QCoro::Task<Result<UserId>> find(std::string nameOrId);
    /// Error: USER_NOT_FOUND.
    QCoro::Task<Result<Account>> show(UserId user);
    /// At most limit accounts with higher ids than after, which is those made later.
    QCoro::Task<Result<std::vector<Account>>> list(UserId after, std::int64_t limit);

    /// Signs it out everywhere, and nobody can sign in until it is enabled. Error: USER_NOT_FOUND
    /// (also when it is deleted).
    QCoro::Task<Result<void>> disable(UserId user);
    /// Error: USER_NOT_FOUND (also when it is deleted).
    QCoro::Task<Result<void>> enable(UserId user);
    /// Also signs it out everywhere: who knew the old password may be signed in. Errors:
    /// USER_NOT_FOUND (also when it is deleted), OVERLOADED, those of validation::checkPassword().
    QCoro::Task<Result<void>> resetPassword(UserId user, std::string password);

private:
    QCoro::Task<Result<void>> changeAndSignOut(store::Query change, UserId user, ErrorCode code);
    QCoro::Task<Result<std::vector<Account>>> read(std::vector<std::int64_t> users);

    store::Database &database_;
    AccountService &accounts_;
};

} // namespace dunlin::accounts
