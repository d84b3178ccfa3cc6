// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <string>
#include <string_view>

/// The rules for what users type, one definition for both sides: the client shows the error while
/// typing, the server has the last word. All functions are pure and may be called on any thread.
namespace dunlin::validation {

/// True when text is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool isValidUtf8(std::string_view text) noexcept;

/// The user name in its stored form: surrounding spaces removed, ASCII letters in lower case.
/// Error: INVALID_USER_NAME.
Result<std::string> normalizedUserName(std::string_view userName);

/// The display name with surrounding white space removed and control characters refused.
/// Errors: INVALID_UTF8, INVALID_ARGUMENT (empty, or a control character), DISPLAY_NAME_TOO_LONG.
Result<std::string> normalizedDisplayName(std::string_view displayName);

/// Errors: INVALID_UTF8, PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG.
Result<void> checkPassword(std::string_view password);

/// Errors: INVALID_UTF8, ABOUT_TOO_LONG.
Result<void> checkAbout(std::string_view about);

/// A message is kept byte for byte as it was written.
/// Errors: INVALID_UTF8, MESSAGE_EMPTY (nothing but white space), MESSAGE_TOO_LONG,
/// INVALID_ARGUMENT (a NUL, which PostgreSQL cannot hold in text).
Result<void> checkMessageText(std::string_view text);

/// A draft is kept byte for byte, and may be empty.
/// Errors: as of checkMessageText(), but MESSAGE_EMPTY.
Result<void> checkDraftText(std::string_view text);

/// One emoji, as isEmoji() knows them, of at most limits::reactionBytes.
/// Errors: INVALID_UTF8, INVALID_ARGUMENT.
Result<void> checkReaction(std::string_view emoji);

/// The device name with surrounding white space removed and cut to its limit at a character's
/// boundary; "Unnamed device" when nothing is left. Error: INVALID_UTF8.
Result<std::string> normalizedDeviceName(std::string_view deviceName);

} // namespace dunlin::validation
