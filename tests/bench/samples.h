// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dunlin::bench {

/// Durations in nanoseconds, all of them kept: percentiles are exact.
class Samples {
public:
    void add(std::int64_t nanoseconds) { values_.push_back(nanoseconds); }
    void clear() { values_.clear(); }
    [[nodiscard]] std::size_t count() const { return values_.size(); }

    /// share: 0.5 for the median. Milliseconds; 0 when there are none.
    [[nodiscard]] double percentileMs(double share)
    {
        if (values_.empty())
            return 0;
        const auto place = std::min(values_.size() - 1,
                                    static_cast<std::size_t>(share * double(values_.size())));
        const auto nth = values_.begin() + static_cast<std::ptrdiff_t>(place);
        std::nth_element(values_.begin(), nth, values_.end());
        return double(*nth) / 1e6;
    }

private:
    std::vector<std::int64_t> values_;
};

} // namespace dunlin::bench
