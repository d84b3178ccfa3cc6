// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace dunlin::admin {

/// What the command line asks for beside running a server.
struct Command {
    /// As it was written: "user add"; empty: nothing.
    std::string words = {};
    bool isJson = false;
    /// A user name or an id.
    std::string user = {};
    std::string device = {};
    std::string displayName = {};
    std::string after = {};
    int limit = 1000;
    /// What cannot be undone has been confirmed.
    bool isSure = false;

    explicit operator bool() const noexcept { return !words.empty(); }
};

/// Adds the commands to the program's command line; parsing it fills command, which outlives cli.
void describe(CLI::App &cli, Command &command);

} // namespace dunlin::admin
