// SPDX-License-Identifier: Apache-2.0
#include "app/stored_amounts.h"

namespace dunlin::app {
namespace {

const store::Statement readStatement{"stored_amounts", R"(
    SELECT u.users, u.updates, (SELECT coalesce(sum(used_bytes), 0)::bigint FROM blob_quotas)
    FROM (SELECT count(*) FILTER (WHERE deleted_at IS NULL) AS users,
                 coalesce(sum(last_update_seq - update_tail_seq), 0)::bigint AS updates
          FROM users) AS u
)"};

} // namespace

QCoro::Task<void> StoredAmounts::refresh(store::Database &database)
{
    const auto rows = co_await database.run(readStatement, {});
    if (!rows)
        co_return;
    users_ = rows->int64At(0, 0);
    updates_ = rows->int64At(0, 1);
    blobBytes_ = rows->int64At(0, 2);
}

std::vector<metrics::Sample> StoredAmounts::samples() const
{
    const auto sample = [](const char *name, const char *help, std::int64_t value) {
        return metrics::Sample{.name = name, .help = help, .value = static_cast<double>(value)};
    };
    return {sample("dunlin_users", "Accounts, those that are deleted apart", users_),
            sample("dunlin_update_log_entries", "Entries of all update logs", updates_),
            sample("dunlin_blob_stored_bytes", "Bytes of pictures that are kept", blobBytes_)};
}

} // namespace dunlin::app
