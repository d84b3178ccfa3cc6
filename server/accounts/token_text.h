// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <QtEndian>

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What tokens of devices have in common: a text (base64url without padding) of the user's and the
/// device's id and random bytes, and hashes of those. Thread-safe.
namespace dunlin::accounts::token_text {

template <std::size_t size> using Bytes = std::array<std::uint8_t, size>;

constexpr std::size_t idsBytes = 16;
constexpr int base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

template <std::size_t size> struct Parts {
    UserId user;
    DeviceId device;
    Bytes<size> random{};
};

/// Divisible by three, so that there is one text for each token.
template <std::size_t size> constexpr std::size_t chars()
{
    static_assert((idsBytes + size) % 3 == 0);
    return (idsBytes + size) / 3 * 4;
}

template <std::size_t size> std::string write(const Parts<size> &parts)
{
    Bytes<idsBytes + size> raw{};
    qToBigEndian(parts.user.value, raw.data());
    qToBigEndian(parts.device.value, raw.data() + 8);
    std::copy(parts.random.begin(), parts.random.end(), raw.begin() + idsBytes);
    std::array<char, chars<size>() + 1> text{};
    sodium_bin2base64(text.data(), text.size(), raw.data(), raw.size(), base64);
    return {text.data(), chars<size>()};
}

/// nullopt unless text has exactly the form that write() gives.
template <std::size_t size> std::optional<Parts<size>> read(std::string_view text)
{
    Bytes<idsBytes + size> raw{};
    std::size_t length = 0;
    if (text.size() != chars<size>()
        || sodium_base642bin(raw.data(), raw.size(), text.data(), text.size(), nullptr, &length,
                             nullptr, base64)
                != 0
        || length != raw.size()) {
        return std::nullopt;
    }
    Parts<size> parts{.user = UserId{qFromBigEndian<std::int64_t>(raw.data())},
                      .device = DeviceId{qFromBigEndian<std::int64_t>(raw.data() + 8)}};
    if (parts.user.value <= 0 || parts.device.value <= 0)
        return std::nullopt;
    std::copy(raw.begin() + idsBytes, raw.end(), parts.random.begin());
    // libsodium 1.0.18 takes bytes beyond ASCII for digits.
    if (write(parts) != text)
        return std::nullopt;
    return parts;
}

/// BLAKE2b, 32 bytes.
template <std::size_t size> std::string hashOf(const Bytes<size> &bytes)
{
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes.data(), bytes.size(), nullptr, 0);
    return {reinterpret_cast<const char *>(hash.data()), hash.size()};
}

/// In a time that does not depend on where they differ.
inline bool areEqual(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

} // namespace dunlin::accounts::token_text
