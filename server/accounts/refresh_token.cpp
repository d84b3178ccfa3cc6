// SPDX-License-Identifier: Apache-2.0
#include "accounts/refresh_token.h"

#include <QtEndian>

#include <sodium.h>

#include <algorithm>

namespace dunlin::accounts {
namespace {

constexpr std::size_t idsBytes = 16;
constexpr std::size_t rawBytes = idsBytes + 24 + 32;
constexpr std::size_t textChars = rawBytes / 3 * 4;
constexpr int base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

static_assert(textChars == 96);

template <std::size_t size> std::string hashOf(const std::array<std::uint8_t, size> &bytes)
{
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes.data(), bytes.size(), nullptr, 0);
    return {reinterpret_cast<const char *>(hash.data()), hash.size()};
}

bool areEqual(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

} // namespace

RefreshToken RefreshToken::make(UserId user, DeviceId device)
{
    RefreshToken token{.user = user, .device = device};
    randombytes_buf(token.family.data(), token.family.size());
    return token.next();
}

RefreshToken RefreshToken::next() const
{
    RefreshToken token = *this;
    randombytes_buf(token.secret.data(), token.secret.size());
    return token;
}

std::optional<RefreshToken> RefreshToken::parse(std::string_view text)
{
    std::array<std::uint8_t, rawBytes> raw{};
    std::size_t length = 0;
    if (text.size() != textChars
        || sodium_base642bin(raw.data(), raw.size(), text.data(), text.size(), nullptr, &length,
                             nullptr, base64)
                != 0
        || length != raw.size()) {
        return std::nullopt;
    }
    RefreshToken token{.user = UserId{qFromBigEndian<std::int64_t>(raw.data())},
                       .device = DeviceId{qFromBigEndian<std::int64_t>(raw.data() + 8)}};
    if (token.user.value <= 0 || token.device.value <= 0)
        return std::nullopt;
    std::copy_n(raw.begin() + idsBytes, token.family.size(), token.family.begin());
    std::copy_n(raw.begin() + idsBytes + token.family.size(), token.secret.size(),
                token.secret.begin());
    return token;
}

std::string RefreshToken::text() const
{
    std::array<std::uint8_t, rawBytes> raw{};
    qToBigEndian(user.value, raw.data());
    qToBigEndian(device.value, raw.data() + 8);
    std::copy(family.begin(), family.end(), raw.begin() + idsBytes);
    std::copy(secret.begin(), secret.end(), raw.begin() + idsBytes + family.size());
    std::array<char, textChars + 1> text{};
    sodium_bin2base64(text.data(), text.size(), raw.data(), raw.size(), base64);
    return {text.data(), textChars};
}

std::string RefreshToken::hash() const
{
    return hashOf(secret);
}

std::string RefreshToken::familyHash() const
{
    return hashOf(family);
}

bool RefreshToken::matches(std::string_view storedHash) const
{
    return areEqual(hash(), storedHash);
}

bool RefreshToken::isOfFamily(std::string_view storedHash) const
{
    return areEqual(familyHash(), storedHash);
}

} // namespace dunlin::accounts
