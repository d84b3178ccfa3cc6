// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <string>

namespace dunlin::admin {

/// A new password: asked for twice on a terminal, which does not show it; else the first line of
/// the standard input. Blocks. Error: INVALID_ARGUMENT.
Result<std::string> readNewPassword();

/// Whether someone at the terminal writes name, to confirm that it is meant. Where there is no
/// terminal, nobody does.
bool isConfirmed(const std::string &question, const std::string &name);

} // namespace dunlin::admin
