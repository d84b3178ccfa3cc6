// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/qhashfunctions.h>

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace dunlin {

/// A 64-bit number that means one thing. Ids of different kinds do not convert into each other, so
/// a UserId can never be passed where a ConversationId is meant. 0 is "none".
template <typename Tag> struct StrongId {
    std::int64_t value = 0;

    constexpr explicit operator bool() const noexcept { return value != 0; }
    constexpr auto operator<=>(const StrongId &) const noexcept = default;
    friend size_t qHash(StrongId id, size_t seed = 0) noexcept { return ::qHash(id.value, seed); }
};

using UserId = StrongId<struct UserIdTag>;
using DeviceId = StrongId<struct DeviceIdTag>;
using ConversationId = StrongId<struct ConversationIdTag>;
using MessageId = StrongId<struct MessageIdTag>;

/// A message's place in its conversation, dense from 1. 0 is "before the first".
using MessageSeq = StrongId<struct MessageSeqTag>;
/// An update's place in one user's update log, dense from 1. 0 is "before the first".
using UpdateSeq = StrongId<struct UpdateSeqTag>;

/// The 128-bit id a client gives to what it sends, so that the same thing sent again is recognised.
struct ClientId {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const ClientId &) const noexcept = default;

    /// nullopt unless raw is exactly 16 bytes that are not all zero.
    static std::optional<ClientId> fromBytes(std::string_view raw) noexcept;
    /// A new one from the system's random generator (RFC 4122 version 4).
    static ClientId random();

    [[nodiscard]] std::string_view view() const noexcept
    {
        return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
    }
    [[nodiscard]] std::string toBytes() const { return std::string(view()); }

    friend size_t qHash(const ClientId &id, size_t seed = 0) noexcept
    {
        return ::qHashBits(id.bytes.data(), id.bytes.size(), seed);
    }
};

/// Parses the decimal form used in URLs and JSON; nullopt unless it is a positive 64-bit number
/// without sign, space or leading zero.
std::optional<std::int64_t> parsePositiveId(std::string_view text) noexcept;

} // namespace dunlin

template <typename Tag> struct std::hash<dunlin::StrongId<Tag>> {
    std::size_t operator()(dunlin::StrongId<Tag> id) const noexcept
    {
        return std::hash<std::int64_t>{}(id.value);
    }
};

template <> struct std::hash<dunlin::ClientId> {
    std::size_t operator()(const dunlin::ClientId &id) const noexcept
    {
        return std::hash<std::string_view>{}(id.view());
    }
};
