// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/metrics.h"

#include <string>
#include <vector>

namespace dunlin::metrics {

/// A value that is looked up when someone asks for it.
struct Sample {
    enum class Kind { Gauge, Counter };
    std::string name;
    std::string help;
    Kind kind = Kind::Gauge;
    double value = 0;
};

/// Of what is in text(); see the Prometheus documentation, "Exposition formats".
inline constexpr const char *expositionContentType = "text/plain; version=0.0.4; charset=utf-8";

/// The metrics as Prometheus reads them.
std::string exposition(const Snapshot &snapshot, const std::vector<Sample> &samples);

} // namespace dunlin::metrics
