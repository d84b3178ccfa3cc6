// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin.pb.h"

#include <map>
#include <string>
#include <variant>

/// A frame of every kind that the protocol has now, with every field filled.
namespace dunlin::test {

using Frame = std::variant<v1::ClientFrame, v1::ServerFrame>;

/// By names such as "client.post_message", "server.sync_page", "update.message_added"; of a choice
/// inside one frame, such as the position in get_history, there is a frame for each. What is in a
/// field follows from the field's name, so that no two have the same.
std::map<std::string, Frame> sampleFrames();

} // namespace dunlin::test
