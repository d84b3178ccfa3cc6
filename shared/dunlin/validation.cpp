// SPDX-License-Identifier: Apache-2.0
#include "dunlin/validation.h"

#include "dunlin/emoji.h"
#include "dunlin/limits.h"

#include <QString>

#include <algorithm>

namespace dunlin::validation {
namespace {

/// The number of bytes of the well-formed UTF-8 sequence at the start of text, 0 when it is not
/// one. The ranges are those of the Unicode Standard, table 3-7.
std::size_t sequenceLength(std::string_view text) noexcept
{
    const auto byteAt = [&](std::size_t index) {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
    };
    const auto isTail = [&](std::size_t index) { return (byteAt(index) & 0xC0U) == 0x80U; };
    const auto isIn = [&](std::size_t index, unsigned low, unsigned high) {
        return byteAt(index) >= low && byteAt(index) <= high;
    };

    const unsigned lead = byteAt(0);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return isTail(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = lead == 0xED ? 0x9F : 0xBF;
        return isIn(1, low, high) && isTail(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
        return isIn(1, low, high) && isTail(2) && isTail(3) ? 4 : 0;
    }
    return 0;
}

tl::unexpected<Error> invalidUtf8(std::string_view what)
{
    return failure(ErrorCode::InvalidUtf8, std::string(what) + " is not valid UTF-8");
}

std::string trimmed(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
            .trimmed()
            .toStdString();
}

} // namespace

bool isValidUtf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        const std::size_t length = sequenceLength(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

Result<std::string> normalizedUserName(std::string_view userName)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!userName.empty() && isSpace(userName.front()))
        userName.remove_prefix(1);
    while (!userName.empty() && isSpace(userName.back()))
        userName.remove_suffix(1);

    std::string name(userName);
    std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });

    const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto isAllowed = [&](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    };
    if (name.size() < limits::userNameMinChars || name.size() > limits::userNameMaxChars
        || !isLetter(name.front()) || !std::ranges::all_of(name, isAllowed)) {
        return failure(ErrorCode::InvalidUserName,
                       "a user name has 3 to 32 of a-z 0-9 . _ - and begins with a letter");
    }
    return name;
}

Result<std::string> normalizedDisplayName(std::string_view displayName)
{
    if (!isValidUtf8(displayName))
        return invalidUtf8("the display name");
    std::string name = trimmed(displayName);
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (name.empty() || std::ranges::any_of(name, isControl))
        return failure(ErrorCode::InvalidArgument, "a display name is one line that is not empty");
    if (name.size() > limits::displayNameBytes)
        return failure(ErrorCode::DisplayNameTooLong, "a display name has at most 128 bytes");
    return name;
}

Result<void> checkPassword(std::string_view password)
{
    if (!isValidUtf8(password))
        return invalidUtf8("the password");
    if (password.size() < limits::passwordMinBytes)
        return failure(ErrorCode::PasswordTooShort, "a password has at least 8 bytes");
    if (password.size() > limits::passwordMaxBytes)
        return failure(ErrorCode::PasswordTooLong, "a password has at most 256 bytes");
    return {};
}

Result<void> checkAbout(std::string_view about)
{
    if (!isValidUtf8(about))
        return invalidUtf8("the about text");
    if (about.find('\0') != std::string_view::npos)
        return failure(ErrorCode::InvalidArgument, "the about text contains a NUL");
    if (about.size() > limits::aboutBytes)
        return failure(ErrorCode::AboutTooLong, "the about text has at most 512 bytes");
    return {};
}

Result<void> checkDraftText(std::string_view text)
{
    // Size first: what is too long is not even looked at.
    if (text.size() > limits::messageTextBytes)
        return failure(ErrorCode::MessageTooLong, "a message has at most 16 KiB");
    if (!isValidUtf8(text))
        return invalidUtf8("the message");
    if (text.find('\0') != std::string_view::npos)
        return failure(ErrorCode::InvalidArgument, "the message contains a NUL");
    return {};
}

Result<void> checkMessageText(std::string_view text)
{
    if (auto checked = checkDraftText(text); !checked)
        return checked;

    // Nearly every message begins with something visible: the slow, Unicode-aware look is for the
    // rest.
    const bool startsVisible = !text.empty() && static_cast<unsigned char>(text.front()) > 0x20
            && static_cast<unsigned char>(text.front()) < 0x7F;
    if (!startsVisible && trimmed(text).empty())
        return failure(ErrorCode::MessageEmpty, "the message has nothing but white space");
    return {};
}

Result<void> checkReaction(std::string_view emoji)
{
    if (emoji.size() > limits::reactionBytes)
        return failure(ErrorCode::InvalidArgument, "a reaction has at most 64 bytes");
    if (!isValidUtf8(emoji))
        return invalidUtf8("the reaction");
    if (!isEmoji(emoji))
        return failure(ErrorCode::InvalidArgument, "a reaction is one emoji");
    return {};
}

Result<std::string> normalizedDeviceName(std::string_view deviceName)
{
    if (!isValidUtf8(deviceName))
        return invalidUtf8("the device name");
    std::string name(deviceName);
    std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    name = trimmed(name);
    while (name.size() > limits::deviceNameBytes) {
        // Drop the last whole character: its tail bytes, then its lead byte.
        while ((static_cast<unsigned char>(name.back()) & 0xC0U) == 0x80U)
            name.pop_back();
        name.pop_back();
    }
    name = trimmed(name); // white space that is now at the end
    if (name.empty())
        name = "Unnamed device";
    return name;
}

} // namespace dunlin::validation
