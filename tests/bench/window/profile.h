// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <QString>

namespace dunlin::bench {

inline constexpr ConversationId talk{101};

/// Makes a profile whose conversation has this many pictures, all of them on the disk already, as
/// after they were looked at once.
void fillWithPictures(const QString &directory, int pictures);

} // namespace dunlin::bench
