// SPDX-License-Identifier: Apache-2.0
#include "store/rows.h"

#include <QtEndian>

#include <libpq-fe.h>

#include <charconv>
#include <chrono>

namespace dunlin::store {

Rows::Rows(pg_result *result) : result_(result, PQclear) { }

int Rows::count() const
{
    return PQntuples(result_.get());
}

std::int64_t Rows::affected() const
{
    const std::string_view text = result_ ? PQcmdTuples(result_.get()) : "";
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

bool Rows::isNull(int row, int column) const
{
    return PQgetisnull(result_.get(), row, column) == 1;
}

std::int64_t Rows::int64At(int row, int column) const
{
    Q_ASSERT(bytesAt(row, column).size() == sizeof(std::int64_t));
    return qFromBigEndian<std::int64_t>(PQgetvalue(result_.get(), row, column));
}

std::int32_t Rows::int32At(int row, int column) const
{
    Q_ASSERT(bytesAt(row, column).size() == sizeof(std::int32_t));
    return qFromBigEndian<std::int32_t>(PQgetvalue(result_.get(), row, column));
}

bool Rows::boolAt(int row, int column) const
{
    return *PQgetvalue(result_.get(), row, column) != '\0';
}

std::string_view Rows::bytesAt(int row, int column) const
{
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::int64_t Rows::timestampAt(int row, int column) const
{
    const std::chrono::microseconds since2000(int64At(row, column));
    return std::chrono::floor<std::chrono::milliseconds>(since2000).count() + postgresEpochMs;
}

} // namespace dunlin::store
