// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record.h"

#include <array>
#include <string>
#include <vector>

namespace dunlin::chaos {

/// What Dunlin promises about messages, and how a promise can be broken.
enum class Breach {
    Lost, ///< Acknowledged, or in the database, and missing somewhere; or a hole in a conversation.
    Doubled, ///< The same message twice.
    Reordered, ///< Two devices, or a device and the conversation, disagree on the order.
    Invented, ///< Nobody sent it, or not as this.
    CursorSkipped, ///< A device went past an update it never got.
    WatermarkFell, ///< A receipt went back, or was acknowledged and is not there.
    ResendDiffered, ///< A resend was answered with something else than the first result.
    RefusedHalf, ///< Refused for good, and yet it is there.
};
inline constexpr std::array allBreaches = {
        Breach::Lost,          Breach::Doubled,       Breach::Reordered,      Breach::Invented,
        Breach::CursorSkipped, Breach::WatermarkFell, Breach::ResendDiffered, Breach::RefusedHalf};

/// Such as "cursor_skipped".
std::string nameOf(Breach breach);

struct Violation {
    Breach breach = Breach::Lost;
    std::string what = {};
};

/// Everything in the record that breaks a promise; empty when all are kept. The record is that of a
/// run that has settled: every device has been told that it has everything.
std::vector<Violation> check(const Record &record);

} // namespace dunlin::chaos
