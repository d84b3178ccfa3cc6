// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types/types.h"

#include "dunlin.pb.h"

#include <string>
#include <string_view>
#include <vector>

/// The reactions to a message: to the wire, and as the column messages.reactions.
namespace dunlin::messaging {

void fill(v1::Reaction &to, const Reaction &from);

/// Empty for no reactions.
std::string encodeReactions(const std::vector<Reaction> &reactions);
std::vector<Reaction> decodeReactions(std::string_view bytes);

} // namespace dunlin::messaging
