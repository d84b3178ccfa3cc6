// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <string>
#include <string_view>

namespace dunlin::store {

/// Why PostgreSQL did not do what it was asked.
struct DatabaseError {
    enum class Kind {
        Unavailable, ///< No connection, or it was lost: whether a commit came through is unknown.
        UniqueViolation, ///< SQLSTATE 23505.
        Retryable, ///< Serialization failure, deadlock: the same again may succeed.
        Other
    };

    Kind kind = Kind::Other;
    std::string sqlState; ///< Five characters; empty when the server did not answer.
    std::string message; ///< PostgreSQL's primary message: names tables, never their contents.
};

template <typename T> using DbResult = tl::expected<T, DatabaseError>;

/// What an SQLSTATE (PostgreSQL documentation, appendix A) means for the caller.
DatabaseError::Kind kindOfSqlState(std::string_view sqlState) noexcept;

/// For requests that cannot do better: UNAVAILABLE with retryAfter, or INTERNAL.
Error toError(const DatabaseError &error);

} // namespace dunlin::store
