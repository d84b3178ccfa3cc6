// SPDX-License-Identifier: Apache-2.0
#include "accounts/refresh_token.h"

#include "accounts/token_text.h"

#include <algorithm>

namespace dunlin::accounts {
namespace {

using token_text::areEqual;
using token_text::hashOf;

constexpr std::size_t randomBytes = 24 + 32;

static_assert(token_text::chars<randomBytes>() == 96);

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
    const auto parts = token_text::read<randomBytes>(text);
    if (!parts)
        return std::nullopt;
    RefreshToken token{.user = parts->user, .device = parts->device};
    std::copy_n(parts->random.begin(), token.family.size(), token.family.begin());
    std::copy_n(parts->random.begin() + token.family.size(), token.secret.size(),
                token.secret.begin());
    return token;
}

std::string RefreshToken::text() const
{
    token_text::Parts<randomBytes> parts{.user = user, .device = device};
    std::copy(family.begin(), family.end(), parts.random.begin());
    std::copy(secret.begin(), secret.end(), parts.random.begin() + family.size());
    return token_text::write(parts);
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
