// SPDX-License-Identifier: Apache-2.0
#include "people/user_rows.h"

namespace dunlin::people {
namespace {

const store::Statement readUsersStatement{"users_read",
                                          "SELECT " DUNLIN_USER_COLUMNS
                                          " FROM users WHERE user_id = ANY ($1::bigint[])"};

} // namespace

User userAt(const store::Rows &rows, int row, int firstColumn)
{
    const UserId id{rows.int64At(row, firstColumn)};
    return {.id = id,
            .userName = std::string(rows.bytesAt(row, firstColumn + 1)),
            .displayName = std::string(rows.bytesAt(row, firstColumn + 2)),
            .about = std::string(rows.bytesAt(row, firstColumn + 3)),
            .avatarColor = static_cast<int>(rows.int64At(row, firstColumn + 4)),
            .avatar = {.owner = id, .number = rows.int64At(row, firstColumn + 5)},
            .isDeleted = rows.boolAt(row, firstColumn + 6)};
}

store::Query readUsers(std::span<const std::int64_t> ids)
{
    store::Query query{.statement = &readUsersStatement, .parameters = {}};
    query.parameters.addInt64Array(ids);
    return query;
}

} // namespace dunlin::people
