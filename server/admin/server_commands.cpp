// SPDX-License-Identifier: Apache-2.0
#include "admin/commands.h"

#include "dunlin/limits.h"
#include "updates/update_log_trimmer.h"

#include <array>

namespace dunlin::admin {
namespace {

// Whole tables are read here, which nothing that serves a request may do.
const store::Statement statisticsStatement{"admin_statistics", R"(
    SELECT (SELECT count(*) FROM users WHERE deleted_at IS NULL),
           (SELECT count(*) FROM users WHERE disabled_at IS NOT NULL AND deleted_at IS NULL),
           (SELECT count(*) FROM users WHERE deleted_at IS NOT NULL),
           (SELECT count(*) FROM devices),
           (SELECT count(*) FROM devices WHERE last_active_at > now() - interval '1 day'),
           (SELECT count(*) FROM conversations),
           (SELECT coalesce(sum(last_seq), 0)::bigint FROM conversations),
           (SELECT coalesce(sum(last_update_seq - update_tail_seq), 0)::bigint FROM users),
           (SELECT count(*) FROM blobs WHERE sha256 IS NOT NULL),
           (SELECT coalesce(sum(used_bytes), 0)::bigint FROM blob_quotas),
           pg_database_size(current_database()),
           (SELECT max(version)::bigint FROM schema_versions)
)"};
constexpr std::array statisticsNames{
        "users",         "usersDisabled", "usersDeleted", "devices", "devicesActiveToday",
        "conversations", "messages",      "updates",      "blobs",   "blobBytes",
        "databaseBytes", "schemaVersion"};

} // namespace

Reply showStatistics(Workplace &workplace, Command)
{
    const auto rows = co_await workplace.database().run(statisticsStatement, {});
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    Fields fields;
    for (std::size_t i = 0; i < statisticsNames.size(); ++i)
        fields.emplace_back(QLatin1String(statisticsNames[i]),
                            number(rows->int64At(0, static_cast<int>(i))));
    Report report;
    report.rows.push_back(std::move(fields));
    co_return report;
}

Reply collectGarbage(Workplace &workplace, Command)
{
    if (const auto opened = workplace.openBlobs(); !opened)
        co_return tl::unexpected(opened.error());
    const auto blobs = co_await workplace.blobs().collect();
    if (!blobs)
        co_return tl::unexpected(blobs.error());
    updates::UpdateLogTrimmer trimmer(workplace.database());
    const auto updates = co_await trimmer.trim(limits::updateLogRetention);
    if (!updates)
        co_return tl::unexpected(store::toError(updates.error()));
    const auto accounts = co_await workplace.deletion().eraseAll();
    if (!accounts)
        co_return tl::unexpected(accounts.error());
    const auto messages = co_await workplace.retention().removeAll();
    if (!messages)
        co_return tl::unexpected(messages.error());
    Report report;
    report.rows.push_back({{QStringLiteral("messagesRemoved"), number(*messages)},
                           {QStringLiteral("blobsRemoved"), number(*blobs)},
                           {QStringLiteral("updatesRemoved"), number(*updates)},
                           {QStringLiteral("accountsErased"), number(*accounts)}});
    co_return report;
}

Result<Report> showMigrations(Workplace &workplace)
{
    const auto applied = workplace.reach();
    if (!applied)
        return tl::unexpected(applied.error());
    Report report{.isList = true};
    int last = 0;
    const auto add = [&report](int version, const std::string &name, std::int64_t atMs,
                               const char *state) {
        report.rows.push_back({{QStringLiteral("version"), version},
                               {QStringLiteral("name"), QString::fromStdString(name)},
                               {QStringLiteral("appliedAt"), time(atMs)},
                               {QStringLiteral("state"), QLatin1String(state)}});
    };
    const auto known = store::builtInMigrations();
    for (const store::AppliedMigration &step : *applied) {
        last = step.version;
        const bool isKnown = last <= known.back().version;
        add(step.version, step.name, step.appliedAtMs, isKnown ? "applied" : "of a newer server");
    }
    for (const store::Migration &step : known) {
        if (step.version > last)
            add(step.version, step.name, 0, "at the next start");
    }
    return report;
}

} // namespace dunlin::admin
