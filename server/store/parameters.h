// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dunlin::store {

/// The values of $1, $2, ... of a statement, in PostgreSQL's binary format. Values are copied.
class Parameters {
public:
    Parameters &add(std::int64_t value);
    Parameters &add(std::int32_t value);
    Parameters &add(bool value);
    template <typename Tag> Parameters &add(StrongId<Tag> id) { return add(id.value); }
    /// Valid UTF-8 without NUL.
    Parameters &addText(std::string_view text);
    Parameters &addBytes(std::string_view bytes);
    Parameters &addUuid(const ClientId &id);
    /// timestamptz, from milliseconds since 1970-01-01 UTC.
    Parameters &addTimestamp(std::int64_t milliseconds);

    Parameters &addInt64Array(std::span<const std::int64_t> values);
    Parameters &addTextArray(std::span<const std::string> values);
    /// bytea[]
    Parameters &addBytesArray(std::span<const std::string> values);
    Parameters &addUuidArray(std::span<const ClientId> values);
    Parameters &addTimestampArray(std::span<const std::int64_t> milliseconds);

    [[nodiscard]] int count() const noexcept { return static_cast<int>(types_.size()); }
    /// PostgreSQL's type numbers.
    [[nodiscard]] const std::vector<unsigned> &types() const noexcept { return types_; }
    [[nodiscard]] const std::string &valueAt(int index) const
    {
        return values_[static_cast<std::size_t>(index)];
    }

private:
    Parameters &push(unsigned type, std::string value);

    std::vector<unsigned> types_;
    std::vector<std::string> values_;
};

} // namespace dunlin::store
