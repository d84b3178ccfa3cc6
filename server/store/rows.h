// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

struct pg_result;

namespace dunlin::store {

/// 2000-01-01 UTC, where PostgreSQL's time begins, in milliseconds since 1970-01-01 UTC.
inline constexpr std::int64_t postgresEpochMs = 946'684'800'000;

/// The rows of an answer, in PostgreSQL's binary format. Rows and columns count from 0; the type
/// asked for has to be the column's. Views live as long as any copy of the Rows.
class Rows {
public:
    Rows() = default;
    /// Takes ownership.
    explicit Rows(pg_result *result);

    [[nodiscard]] int count() const;
    [[nodiscard]] bool isEmpty() const { return count() == 0; }
    /// How many rows an INSERT, UPDATE or DELETE touched.
    [[nodiscard]] std::int64_t affected() const;

    [[nodiscard]] bool isNull(int row, int column) const;
    [[nodiscard]] std::int64_t int64At(int row, int column) const;
    [[nodiscard]] std::int32_t int32At(int row, int column) const;
    [[nodiscard]] bool boolAt(int row, int column) const;
    /// text, bytea or uuid.
    [[nodiscard]] std::string_view bytesAt(int row, int column) const;
    /// timestamptz in milliseconds since 1970-01-01 UTC, rounded down.
    [[nodiscard]] std::int64_t timestampAt(int row, int column) const;

private:
    std::shared_ptr<pg_result> result_;
};

} // namespace dunlin::store
