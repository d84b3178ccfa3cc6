// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.h"
#include "types/types.h"

#include <span>

namespace dunlin::people {

/// The columns userAt() reads, for SELECT lists of the table users.
#define DUNLIN_USER_COLUMNS                                                                        \
    "user_id, user_name, display_name, about, avatar_color::bigint, coalesce(avatar_blob, 0), "    \
    "deleted_at IS NOT NULL"
constexpr int userColumns = 7;

/// The user whose columns begin at firstColumn.
User userAt(const store::Rows &rows, int row, int firstColumn = 0);

/// The users with these ids, in any order, by primary key.
store::Query readUsers(std::span<const std::int64_t> ids);

} // namespace dunlin::people
