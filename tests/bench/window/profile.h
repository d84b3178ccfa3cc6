// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include "dunlin.pb.h"

#include <QString>

namespace dunlin::bench {

inline constexpr ConversationId talk{101};

/// Makes a profile whose conversation has this many pictures, all of them on the disk already, as
/// after they were looked at once.
void fillWithPictures(const QString &directory, int pictures);

/// Makes a profile with this many conversations of this many text messages each: talk and those
/// after it. The last message of conversation i is i minutes old, each before it ten minutes older.
void fillWithText(const QString &directory, int conversations, int messagesEach);
/// A text message of a conversation that fillWithText() made, or one that follows.
v1::Message textMessage(ConversationId conversation, int seq, qint64 sentAtMs);

} // namespace dunlin::bench
