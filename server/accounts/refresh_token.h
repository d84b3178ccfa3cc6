// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dunlin::accounts {

/// What a device gets its next token with; works once. To a client it is 96 opaque characters;
/// inside are the user and the device, a part that all refresh tokens of the device have in common
/// (its family), and a part of this one's own. Whoever shows the family's part and not the newest
/// own part has a token that was used already. The server keeps only hashes.
///
/// All functions are thread-safe.
struct RefreshToken {
    UserId user;
    DeviceId device;
    std::array<std::uint8_t, 24> family{};
    std::array<std::uint8_t, 32> secret{};

    /// The first of a family.
    static RefreshToken make(UserId user, DeviceId device);
    /// The next of the same family.
    [[nodiscard]] RefreshToken next() const;
    /// nullopt unless text has exactly the form that text() gives.
    static std::optional<RefreshToken> parse(std::string_view text);

    /// The form that clients see. Never logged.
    [[nodiscard]] std::string text() const;
    /// What is stored: BLAKE2b, 32 bytes each.
    [[nodiscard]] std::string hash() const;
    [[nodiscard]] std::string familyHash() const;
    /// In a time that does not depend on where they differ.
    [[nodiscard]] bool matches(std::string_view storedHash) const;
    [[nodiscard]] bool isOfFamily(std::string_view storedHash) const;
};

} // namespace dunlin::accounts
