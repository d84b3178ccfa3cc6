// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdlib>
#include <string_view>

namespace dunlin::planted {

/// Whether the bug of this name is to be there: that of the environment variable
/// DUNLIN_PLANTED_BUG.
inline bool is(std::string_view name)
{
    static const char *const wanted = std::getenv("DUNLIN_PLANTED_BUG");
    return wanted != nullptr && name == wanted;
}

/// The same, for one of many times.
inline bool now(std::string_view name, unsigned ofMany)
{
    static std::atomic<unsigned> times = 0;
    return is(name) && times.fetch_add(1) % ofMany == ofMany - 1;
}

} // namespace dunlin::planted
