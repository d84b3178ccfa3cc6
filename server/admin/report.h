// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonValue>
#include <QString>

#include <string>
#include <utility>
#include <vector>

namespace dunlin::admin {

/// Names as in JSON, in the order people read them.
using Fields = std::vector<std::pair<QString, QJsonValue>>;

/// What a command answers.
struct Report {
    std::vector<Fields> rows = {};
    /// Any number of rows, which are printed as a table; else one, printed line by line.
    bool isList = false;
    /// The answer was given already, on the standard output: this is said beside it.
    bool isAside = false;
};

/// An id or another 64-bit number: a text, as everywhere in JSON.
QJsonValue number(std::int64_t value);
/// ISO 8601 in UTC; null for 0.
QJsonValue time(std::int64_t ms);

/// As JSON: an object, or an array of objects. Ends with a line break.
std::string toJson(const Report &report);
/// For people: the same in columns.
std::string toText(const Report &report);

} // namespace dunlin::admin
