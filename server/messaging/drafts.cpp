// SPDX-License-Identifier: Apache-2.0
#include "messaging/drafts.h"

namespace dunlin::messaging {
namespace {

const store::Statement readStatement{
        "drafts_read",
        "SELECT conversation_id, " DUNLIN_DRAFT_COLUMNS " FROM user_conversations"
        " WHERE user_id = $1 AND conversation_id = ANY ($2::bigint[])"};

} // namespace

store::Query readDrafts(UserId user, std::span<const std::int64_t> conversations)
{
    store::Query query{.statement = &readStatement, .parameters = {}};
    query.parameters.add(user).addInt64Array(conversations);
    return query;
}

std::map<ConversationId, Draft> draftsIn(const store::Rows &rows)
{
    std::map<ConversationId, Draft> drafts;
    for (int row = 0; row < rows.count(); ++row)
        drafts[ConversationId{rows.int64At(row, 0)}] = draftAt(rows, row, 1);
    return drafts;
}

Draft draftAt(const store::Rows &rows, int row, int firstColumn)
{
    return {.text = std::string(rows.bytesAt(row, firstColumn)),
            .replyToSeq = MessageSeq{rows.int64At(row, firstColumn + 1)},
            .savedAtMs = rows.timestampAt(row, firstColumn + 2)};
}

} // namespace dunlin::messaging
