// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/configuration.h"

namespace dunlin::app {

/// Asks the server that runs with this configuration whether it is ready (/readyz), for containers,
/// which have no other program to ask with. Waits 5 seconds at most; prints the answer or what is
/// wrong. Returns the exit code: 0 when it is ready, 1 when not. Needs a QCoreApplication.
int checkHealth(const Configuration &configuration);

} // namespace dunlin::app
