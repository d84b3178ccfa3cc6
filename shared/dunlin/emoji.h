// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dunlin {

/// True when text, which is valid UTF-8, is what is shown as one emoji: a sequence of the form that
/// Unicode Technical Standard #51 gives (section 1.4.9): a pictograph with an optional skin tone or
/// variation selector, a keycap, a flag, or several pictographs joined by ZERO WIDTH JOINER.
///
/// Of the form, not one of the sequences that fonts have today: emoji of a newer Unicode are taken
/// by an older server. Pure; any thread.
bool isEmoji(std::string_view text);

} // namespace dunlin
