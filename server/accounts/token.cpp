// SPDX-License-Identifier: Apache-2.0
#include "accounts/token.h"

#include <QtEndian>

#include <sodium.h>

#include <algorithm>

namespace dunlin::accounts {
namespace {

constexpr std::size_t rawBytes = 8 + 8 + 32;
constexpr std::size_t textChars = rawBytes / 3 * 4;
constexpr int base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

static_assert(textChars == 64);

} // namespace

Token Token::make(UserId user, DeviceId device)
{
    Token token{.user = user, .device = device};
    randombytes_buf(token.secret.data(), token.secret.size());
    return token;
}

std::optional<Token> Token::parse(std::string_view text)
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
    Token token{.user = UserId{qFromBigEndian<std::int64_t>(raw.data())},
                .device = DeviceId{qFromBigEndian<std::int64_t>(raw.data() + 8)}};
    if (token.user.value <= 0 || token.device.value <= 0)
        return std::nullopt;
    std::copy(raw.begin() + 16, raw.end(), token.secret.begin());
    return token;
}

std::string Token::text() const
{
    std::array<std::uint8_t, rawBytes> raw{};
    qToBigEndian(user.value, raw.data());
    qToBigEndian(device.value, raw.data() + 8);
    std::copy(secret.begin(), secret.end(), raw.begin() + 16);

    std::array<char, textChars + 1> text{};
    sodium_bin2base64(text.data(), text.size(), raw.data(), raw.size(), base64);
    return {text.data(), textChars};
}

std::string Token::hash() const
{
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), secret.data(), secret.size(), nullptr, 0);
    return {reinterpret_cast<const char *>(hash.data()), hash.size()};
}

bool Token::matches(std::string_view storedHash) const
{
    const std::string own = hash();
    return storedHash.size() == own.size()
            && sodium_memcmp(storedHash.data(), own.data(), own.size()) == 0;
}

} // namespace dunlin::accounts
