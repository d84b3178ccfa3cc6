// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "admin/command.h"
#include "admin/report.h"
#include "admin/workplace.h"

namespace dunlin::admin {

/// What scripts tell outcomes by.
enum class ExitCode {
    Done = 0,
    Failed = 1, ///< The database cannot be reached, the disk is full.
    Mistake = 2, ///< In the command line, the settings or the input.
    NotFound = 3, ///< There is no such user or device.
    Refused = 4 ///< The user name is taken, the password is too short.
};

/// Does it, and prints the answer to the standard output or, to the standard error, what is wrong.
/// settings: what "config check" tells. Returns an ExitCode. Blocks; needs a QCoreApplication.
int runCommand(const Command &command, Place place, const Fields &settings);

} // namespace dunlin::admin
