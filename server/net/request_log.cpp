// SPDX-License-Identifier: Apache-2.0
#include "net/request_log.h"

#include "log/log.h"

#include <QRandomGenerator>

#include <algorithm>
#include <atomic>

namespace dunlin::net {
namespace {

constexpr std::size_t idMaxChars = 64;

bool isIdCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
            || c == '.' || c == '_';
}

} // namespace

std::string requestIdOf(const HttpRequest &request)
{
    const std::string_view given = request.header("x-request-id");
    if (!given.empty() && given.size() <= idMaxChars
        && std::all_of(given.begin(), given.end(), isIdCharacter))
        return std::string(given);
    static const QByteArray prefix =
            QByteArray::number(QRandomGenerator::system()->generate(), 16) + '-';
    static std::atomic<std::uint64_t> last = 0;
    return prefix.toStdString() + std::to_string(++last);
}

void RequestLogEntry::write(int status) const
{
    constexpr int serverErrors = 500;
    const log::Level level = status >= serverErrors ? log::Level::Warning : log::Level::Debug;
    if (!log::isWritten(level))
        return;
    const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - begin_);
    log::write(level, "http request",
               {{"request_id", std::string_view(id_)},
                {"method", std::string_view(method_)},
                {"path", std::string_view(path_)},
                {"status", std::int64_t{status}},
                {"ms", std::int64_t{time.count()}}});
}

} // namespace dunlin::net
