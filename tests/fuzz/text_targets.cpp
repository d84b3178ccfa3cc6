// SPDX-License-Identifier: Apache-2.0
#include "dunlin/emoji.h"
#include "dunlin/limits.h"
#include "dunlin/validation.h"
#include "people/search_words.h"
#include "targets.h"

#include <algorithm>

namespace dunlin::fuzz {
namespace {

using namespace validation;

/// What is stored is a form that stays as it is when it comes once more.
template <typename Normalize> void requireSettled(const Normalize &normalize, std::string_view text)
{
    const auto once = normalize(text);
    if (!once)
        return;
    const auto twice = normalize(*once);
    require(twice && *twice == *once, "a normalised text is normal");
    require(isValidUtf8(*once), "a normalised text is UTF-8");
}

} // namespace

void texts(std::string_view bytes)
{
    requireSettled(normalizedUserName, bytes);
    requireSettled(normalizedDisplayName, bytes);
    requireSettled(normalizedDeviceName, bytes);
    if (const auto name = normalizedDeviceName(bytes)) {
        require(!name->empty() && name->size() <= limits::deviceNameBytes,
                "a device's name is there and short");
    }
    const bool isUtf8 = isValidUtf8(bytes);
    const bool isDraft = checkDraftText(bytes).has_value();
    require(isUtf8 || !isDraft, "a draft is UTF-8");
    require(isDraft || !checkMessageText(bytes), "what is no draft is no message");
    require(isUtf8 || !checkAbout(bytes), "an about text is UTF-8");
    require(isUtf8 || !checkPassword(bytes), "a password is UTF-8");
    require(!checkReaction(bytes) || isEmoji(bytes), "a reaction is an emoji");

    for (const std::string &word : people::searchWords(bytes))
        require(!word.empty() && isValidUtf8(word), "what is searched for are words in UTF-8");
}

} // namespace dunlin::fuzz
