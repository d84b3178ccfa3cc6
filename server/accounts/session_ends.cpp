// SPDX-License-Identifier: Apache-2.0
#include "accounts/session_ends.h"

namespace dunlin::accounts {
namespace {

const store::Statement tellStatement{"session_ends_tell", R"(
    SELECT pg_notify($1, $2)
)"};

} // namespace

std::string payloadOf(const SessionEnd &end)
{
    return std::to_string(end.user.value) + ' ' + std::to_string(end.device.value) + ' '
            + std::string(toWireName(end.code));
}

store::Query tellSessionEnd(const SessionEnd &end)
{
    store::Query query{.statement = &tellStatement, .parameters = {}};
    query.parameters.addText(sessionEndsChannel).addText(payloadOf(end));
    return query;
}

std::optional<SessionEnd> sessionEndIn(std::string_view payload)
{
    const auto first = payload.find(' ');
    if (first == std::string_view::npos)
        return std::nullopt;
    const auto second = payload.find(' ', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    const std::string_view device = payload.substr(first + 1, second - first - 1);
    const auto userId = parsePositiveId(payload.substr(0, first));
    const auto deviceId = device == "0" ? std::optional<std::int64_t>(0) : parsePositiveId(device);
    const auto code = errorCodeFromWireName(payload.substr(second + 1));
    if (!userId || !deviceId || !code)
        return std::nullopt;
    return SessionEnd{.user = UserId{*userId}, .device = DeviceId{*deviceId}, .code = *code};
}

} // namespace dunlin::accounts
