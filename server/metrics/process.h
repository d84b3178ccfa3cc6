// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/exposition.h"

namespace dunlin::metrics {

/// What the system says of this process, by the names every Prometheus client uses: memory, time,
/// open files. Reads /proc.
std::vector<Sample> processSamples();

} // namespace dunlin::metrics
