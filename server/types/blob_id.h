// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <optional>
#include <string>
#include <string_view>

namespace dunlin {

/// A blob: who uploaded it, and a number of the server's. To clients it is an opaque text.
struct BlobId {
    UserId owner = {};
    std::int64_t number = 0;

    auto operator<=>(const BlobId &) const noexcept = default;
    explicit operator bool() const noexcept { return number != 0; }

    /// "OWNER-NUMBER": digits and one dash, safe in a path and as a file's name.
    [[nodiscard]] std::string text() const
    {
        return std::to_string(owner.value) + '-' + std::to_string(number);
    }
    /// nullopt unless it is exactly what text() gives.
    static std::optional<BlobId> parse(std::string_view text)
    {
        const auto dash = text.find('-');
        if (dash == std::string_view::npos)
            return std::nullopt;
        const auto owner = parsePositiveId(text.substr(0, dash));
        const auto number = parsePositiveId(text.substr(dash + 1));
        if (!owner || !number)
            return std::nullopt;
        return BlobId{.owner = UserId{*owner}, .number = *number};
    }
};

} // namespace dunlin
