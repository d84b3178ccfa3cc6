// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

namespace dunlin {

/// When messages are removed by themselves. Both may be set.
struct Retention {
    /// From the server alone, once every device of every member has them.
    bool untilDelivered = false;
    /// From the server and the devices, so long after they were sent; 0: never.
    int days = 0;

    bool operator==(const Retention &) const = default;
};

/// Both hold: what one of them removes is removed, by the shorter time.
inline Retention both(const Retention &a, const Retention &b)
{
    const bool isBounded = a.days > 0 && b.days > 0;
    return {.untilDelivered = a.untilDelivered || b.untilDelivered,
            .days = isBounded ? std::min(a.days, b.days) : std::max(a.days, b.days)};
}

} // namespace dunlin
