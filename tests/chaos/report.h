// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "round.h"

#include <QJsonObject>

namespace dunlin::chaos {

/// For people, on standard output.
void printResult(const RoundResult &result);

/// All rounds together, and each.
QJsonObject toJson(const std::vector<RoundResult> &results, unsigned seed);

} // namespace dunlin::chaos
