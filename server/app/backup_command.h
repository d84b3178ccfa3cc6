// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

namespace dunlin::app {

/// "dunlin-server backup FOLDER" and "dunlin-server restore FOLDER", with the settings of the
/// server whose data it is. nullopt when the command line asks for neither; else the exit code: 0
/// done, 1 not done, 2 a mistake in the command line, 3 backed up although pictures are broken.
std::optional<int> runBackupCommand(int argc, char *argv[]);

} // namespace dunlin::app
