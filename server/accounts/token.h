// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dunlin::accounts {

/// What a device proves itself with. To a client it is 64 opaque characters (base64url); inside are
/// the user and the device it belongs to, so that it is looked up by primary key, and 256 random
/// bits. The server keeps only a hash of the random bits: who reads the database cannot sign in.
///
/// All functions are thread-safe.
struct Token {
    UserId user;
    DeviceId device;
    std::array<std::uint8_t, 32> secret{};

    /// A new one, its secret from the system's random generator.
    static Token make(UserId user, DeviceId device);
    /// nullopt unless text has exactly the form that text() gives.
    static std::optional<Token> parse(std::string_view text);

    /// The form that clients see. Never logged.
    [[nodiscard]] std::string text() const;
    /// What is stored: 32 bytes, BLAKE2b of the secret. The secret has 256 bits of its own, so it
    /// needs no salt and no slow hash.
    [[nodiscard]] std::string hash() const;
    /// Whether storedHash is this token's, in a time that does not depend on where they differ.
    [[nodiscard]] bool matches(std::string_view storedHash) const;
};

} // namespace dunlin::accounts
