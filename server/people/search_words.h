// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dunlin::people {

/// The words of a text as they are compared when people are searched: letters and digits, without
/// case and without marks ("Zoë O'Neill" gives "zoe", "o", "neill"); each word once.
std::vector<std::string> searchWords(std::string_view text);

/// The words under which a user is found: those of both names, and the user name as a whole.
std::vector<std::string> searchWordsOf(std::string_view userName, std::string_view displayName);

} // namespace dunlin::people
