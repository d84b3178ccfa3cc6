// SPDX-License-Identifier: Apache-2.0
#include "messaging/retention_rows.h"

namespace dunlin::messaging {
namespace {

const store::Statement readStatement{"retention_read",
                                     "SELECT conversation_id, " DUNLIN_RETENTION_COLUMNS
                                     " FROM conversations"
                                     " WHERE conversation_id = ANY ($1::bigint[])"};

} // namespace

store::Query readRetention(std::span<const std::int64_t> conversations)
{
    store::Query query{.statement = &readStatement, .parameters = {}};
    query.parameters.addInt64Array(conversations);
    return query;
}

std::map<ConversationId, RetentionState> retentionIn(const store::Rows &rows)
{
    std::map<ConversationId, RetentionState> states;
    for (int row = 0; row < rows.count(); ++row)
        states[ConversationId{rows.int64At(row, 0)}] = retentionAt(rows, row, 1);
    return states;
}

RetentionState retentionAt(const store::Rows &rows, int row, int firstColumn)
{
    return {.retention = {.untilDelivered = rows.boolAt(row, firstColumn),
                          .days = static_cast<int>(rows.int64At(row, firstColumn + 1))},
            .first = MessageSeq{rows.int64At(row, firstColumn + 2)},
            .expiredBeforeMs = rows.timestampAt(row, firstColumn + 3)};
}

} // namespace dunlin::messaging
