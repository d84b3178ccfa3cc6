// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

/// The server's log: one line an event on standard error, with a name and fields, never with the
/// text of a message, a token, a key or a password. Thread-safe.
namespace dunlin::log {

enum class Level { Debug, Info, Warning, Error };
enum class Format { Text, Json };

/// A name and a value of an event. Views have to live until the call returns.
struct Field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, bool> value;
};

/// Events below level are dropped. Also takes over what Qt's own code reports. Call once, before
/// any thread runs.
void start(Level level, Format format);

/// Whether an event of this level is written: for what it costs to find its fields.
bool isWritten(Level level);

/// event: what happened, in a few words that stay the same, such as "connection refused".
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void debug(std::string_view event, std::initializer_list<Field> fields = {})
{
    write(Level::Debug, event, fields);
}
inline void info(std::string_view event, std::initializer_list<Field> fields = {})
{
    write(Level::Info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {})
{
    write(Level::Warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {})
{
    write(Level::Error, event, fields);
}

/// The line write() makes, without its line break; a function of its own for the tests.
std::string lineOf(Format format, std::int64_t timeMs, Level level, std::string_view event,
                   std::initializer_list<Field> fields);

} // namespace dunlin::log
