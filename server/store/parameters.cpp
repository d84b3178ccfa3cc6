// SPDX-License-Identifier: Apache-2.0
#include "store/parameters.h"

#include "store/rows.h"

#include <QtEndian>

namespace dunlin::store {
namespace {

// The OIDs of pg_type.dat; they never change.
enum Oid : unsigned {
    BoolOid = 16,
    ByteaOid = 17,
    Int8Oid = 20,
    Int4Oid = 23,
    TextOid = 25,
    ByteaArrayOid = 1001,
    TextArrayOid = 1009,
    Int8ArrayOid = 1016,
    TimestamptzOid = 1184,
    TimestamptzArrayOid = 1185,
    UuidOid = 2950,
    UuidArrayOid = 2951,
};

template <typename Integer> void appendBigEndian(std::string &out, Integer value)
{
    const Integer swapped = qToBigEndian(value);
    out.append(reinterpret_cast<const char *>(&swapped), sizeof swapped);
}

std::string bigEndian(std::int64_t value)
{
    std::string out;
    appendBigEndian(out, value);
    return out;
}

std::int64_t toPostgresTime(std::int64_t milliseconds)
{
    return (milliseconds - postgresEpochMs) * 1000;
}

/// The head of an array of one dimension without NULLs (array_send in PostgreSQL's arrayfuncs.c).
std::string arrayHead(unsigned elementType, std::size_t count)
{
    std::string out;
    appendBigEndian<std::int32_t>(out, count == 0 ? 0 : 1);
    appendBigEndian<std::int32_t>(out, 0);
    appendBigEndian<std::uint32_t>(out, elementType);
    if (count > 0) {
        appendBigEndian(out, static_cast<std::int32_t>(count));
        appendBigEndian<std::int32_t>(out, 1);
    }
    return out;
}

void appendElement(std::string &out, std::string_view element)
{
    appendBigEndian(out, static_cast<std::int32_t>(element.size()));
    out.append(element);
}

} // namespace

Parameters &Parameters::add(std::int64_t value)
{
    return push(Int8Oid, bigEndian(value));
}

Parameters &Parameters::add(std::int32_t value)
{
    std::string out;
    appendBigEndian(out, value);
    return push(Int4Oid, std::move(out));
}

Parameters &Parameters::add(bool value)
{
    return push(BoolOid, std::string(1, value ? '\1' : '\0'));
}

Parameters &Parameters::addText(std::string_view text)
{
    return push(TextOid, std::string(text));
}

Parameters &Parameters::addBytes(std::string_view bytes)
{
    return push(ByteaOid, std::string(bytes));
}

Parameters &Parameters::addUuid(const ClientId &id)
{
    return push(UuidOid, id.toBytes());
}

Parameters &Parameters::addTimestamp(std::int64_t milliseconds)
{
    return push(TimestamptzOid, bigEndian(toPostgresTime(milliseconds)));
}

Parameters &Parameters::addInt64Array(std::span<const std::int64_t> values)
{
    std::string out = arrayHead(Int8Oid, values.size());
    for (const std::int64_t value : values)
        appendElement(out, bigEndian(value));
    return push(Int8ArrayOid, std::move(out));
}

Parameters &Parameters::addTextArray(std::span<const std::string> values)
{
    std::string out = arrayHead(TextOid, values.size());
    for (const std::string &value : values)
        appendElement(out, value);
    return push(TextArrayOid, std::move(out));
}

Parameters &Parameters::addBytesArray(std::span<const std::string> values)
{
    std::string out = arrayHead(ByteaOid, values.size());
    for (const std::string &value : values)
        appendElement(out, value);
    return push(ByteaArrayOid, std::move(out));
}

Parameters &Parameters::addUuidArray(std::span<const ClientId> values)
{
    std::string out = arrayHead(UuidOid, values.size());
    for (const ClientId &value : values)
        appendElement(out, value.view());
    return push(UuidArrayOid, std::move(out));
}

Parameters &Parameters::addTimestampArray(std::span<const std::int64_t> milliseconds)
{
    std::string out = arrayHead(TimestamptzOid, milliseconds.size());
    for (const std::int64_t value : milliseconds)
        appendElement(out, bigEndian(toPostgresTime(value)));
    return push(TimestamptzArrayOid, std::move(out));
}

Parameters &Parameters::push(unsigned type, std::string value)
{
    types_.push_back(type);
    values_.push_back(std::move(value));
    return *this;
}

} // namespace dunlin::store
