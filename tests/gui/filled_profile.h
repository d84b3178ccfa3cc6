// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types.h"

#include "dunlin.pb.h"

#include <QString>

/// A profile as someone has it who has used the app for a while, made without a server: what the
/// screens are looked at with.
namespace dunlin::test {

/// Ana, whose profile it is, and Ben, whom the open conversation is with.
constexpr UserId ana{1};
constexpr UserId ben{2};
constexpr ConversationId talk{101};
/// Of the newest messages of the talk, all of them Ben's.
constexpr int unreadCount = 3;
constexpr int conversationCount = 6;
/// Nothing listens there: the app is offline.
const QString nowhere = QStringLiteral("ws://127.0.0.1:1");
extern const char *const longText;

/// A message as the server would tell it.
v1::Message messageOf(ConversationId id, int seq, UserId sender, qint64 minutesAgo,
                      const char *text);
/// The messages of the talk.
int talkLength();

/// Signed in at nowhere, in a new directory of this name; with conversations when isFilled.
void makeProfile(const QString &directory, bool isFilled);

} // namespace dunlin::test
