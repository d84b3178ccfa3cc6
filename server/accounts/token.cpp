// SPDX-License-Identifier: Apache-2.0
#include "accounts/token.h"

#include "accounts/token_text.h"

namespace dunlin::accounts {

static_assert(token_text::chars<32>() == 64);

Token Token::make(UserId user, DeviceId device)
{
    Token token{.user = user, .device = device};
    randombytes_buf(token.secret.data(), token.secret.size());
    return token;
}

std::optional<Token> Token::parse(std::string_view text)
{
    const auto parts = token_text::read<32>(text);
    if (!parts)
        return std::nullopt;
    return Token{.user = parts->user, .device = parts->device, .secret = parts->random};
}

std::string Token::text() const
{
    return token_text::write<32>({.user = user, .device = device, .random = secret});
}

std::string Token::hash() const
{
    return token_text::hashOf(secret);
}

bool Token::matches(std::string_view storedHash) const
{
    return token_text::areEqual(storedHash, hash());
}

} // namespace dunlin::accounts
