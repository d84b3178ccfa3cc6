// SPDX-License-Identifier: Apache-2.0
#include "store/database_error.h"

namespace dunlin::store {

DatabaseError::Kind kindOfSqlState(std::string_view sqlState) noexcept
{
    using Kind = DatabaseError::Kind;
    if (sqlState == "23505")
        return Kind::UniqueViolation;
    // 26000: a statement whose preparation was cut short by an earlier error in the pipeline.
    if (sqlState == "40001" || sqlState == "40P01" || sqlState == "26000")
        return Kind::Retryable;
    // 08: connection; 57P: shutting down or starting; 53: out of resources.
    if (sqlState.empty() || sqlState.starts_with("08") || sqlState.starts_with("57P")
        || sqlState.starts_with("53")) {
        return Kind::Unavailable;
    }
    return Kind::Other;
}

Error toError(const DatabaseError &error)
{
    if (error.kind == DatabaseError::Kind::Unavailable
        || error.kind == DatabaseError::Kind::Retryable) {
        return {.code = ErrorCode::Unavailable,
                .message = "the database cannot be reached",
                .retryAfter = std::chrono::seconds(1)};
    }
    return {.code = ErrorCode::Internal, .message = "the database refused a statement"};
}

} // namespace dunlin::store
