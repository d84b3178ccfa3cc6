// SPDX-License-Identifier: Apache-2.0
#include "dunlin/ids.h"

#include <QUuid>

#include <algorithm>
#include <charconv>

namespace dunlin {

std::optional<ClientId> ClientId::fromBytes(std::string_view raw) noexcept
{
    ClientId id;
    if (raw.size() != id.bytes.size())
        return std::nullopt;
    std::memcpy(id.bytes.data(), raw.data(), raw.size());
    if (std::ranges::all_of(id.bytes, [](std::uint8_t byte) { return byte == 0; }))
        return std::nullopt;
    return id;
}

ClientId ClientId::random()
{
    const QByteArray raw = QUuid::createUuid().toRfc4122();
    ClientId id;
    std::memcpy(id.bytes.data(), raw.constData(), id.bytes.size());
    return id;
}

std::optional<std::int64_t> parsePositiveId(std::string_view text) noexcept
{
    if (text.empty() || text.front() < '1' || text.front() > '9')
        return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace dunlin
