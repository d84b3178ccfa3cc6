// SPDX-License-Identifier: Apache-2.0
#include "dunlin/emoji.h"

#include <QString>

#include <algorithm>
#include <array>

namespace dunlin {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

/// Where Unicode has emoji (the property Emoji without digits and flag letters), with what is not
/// assigned yet in the blocks that grow. Ascending.
constexpr std::array pictographs{
        Range{0xA9, 0xA9},       Range{0xAE, 0xAE},       Range{0x203C, 0x203C},
        Range{0x2049, 0x2049},   Range{0x2122, 0x2122},   Range{0x2139, 0x2139},
        Range{0x2194, 0x2199},   Range{0x21A9, 0x21AA},   Range{0x231A, 0x231B},
        Range{0x2328, 0x2328},   Range{0x23CF, 0x23CF},   Range{0x23E9, 0x23F3},
        Range{0x23F8, 0x23FA},   Range{0x24C2, 0x24C2},   Range{0x25AA, 0x25AB},
        Range{0x25B6, 0x25B6},   Range{0x25C0, 0x25C0},   Range{0x25FB, 0x25FE},
        Range{0x2600, 0x2604},   Range{0x260E, 0x260E},   Range{0x2611, 0x2611},
        Range{0x2614, 0x2615},   Range{0x2618, 0x2618},   Range{0x261D, 0x261D},
        Range{0x2620, 0x2620},   Range{0x2622, 0x2623},   Range{0x2626, 0x2626},
        Range{0x262A, 0x262A},   Range{0x262E, 0x262F},   Range{0x2638, 0x263A},
        Range{0x2640, 0x2640},   Range{0x2642, 0x2642},   Range{0x2648, 0x2653},
        Range{0x265F, 0x2660},   Range{0x2663, 0x2663},   Range{0x2665, 0x2666},
        Range{0x2668, 0x2668},   Range{0x267B, 0x267B},   Range{0x267E, 0x267F},
        Range{0x2692, 0x2697},   Range{0x2699, 0x2699},   Range{0x269B, 0x269C},
        Range{0x26A0, 0x26A1},   Range{0x26A7, 0x26A7},   Range{0x26AA, 0x26AB},
        Range{0x26B0, 0x26B1},   Range{0x26BD, 0x26BE},   Range{0x26C4, 0x26C5},
        Range{0x26C8, 0x26C8},   Range{0x26CE, 0x26CF},   Range{0x26D1, 0x26D1},
        Range{0x26D3, 0x26D4},   Range{0x26E9, 0x26EA},   Range{0x26F0, 0x26F5},
        Range{0x26F7, 0x26FA},   Range{0x26FD, 0x26FD},   Range{0x2702, 0x2702},
        Range{0x2705, 0x2705},   Range{0x2708, 0x270D},   Range{0x270F, 0x270F},
        Range{0x2712, 0x2712},   Range{0x2714, 0x2714},   Range{0x2716, 0x2716},
        Range{0x271D, 0x271D},   Range{0x2721, 0x2721},   Range{0x2728, 0x2728},
        Range{0x2733, 0x2734},   Range{0x2744, 0x2744},   Range{0x2747, 0x2747},
        Range{0x274C, 0x274C},   Range{0x274E, 0x274E},   Range{0x2753, 0x2755},
        Range{0x2757, 0x2757},   Range{0x2763, 0x2764},   Range{0x2795, 0x2797},
        Range{0x27A1, 0x27A1},   Range{0x27B0, 0x27B0},   Range{0x27BF, 0x27BF},
        Range{0x2934, 0x2935},   Range{0x2B05, 0x2B07},   Range{0x2B1B, 0x2B1C},
        Range{0x2B50, 0x2B50},   Range{0x2B55, 0x2B55},   Range{0x3030, 0x3030},
        Range{0x303D, 0x303D},   Range{0x3297, 0x3297},   Range{0x3299, 0x3299},
        Range{0x1F004, 0x1F004}, Range{0x1F0CF, 0x1F0CF}, Range{0x1F170, 0x1F171},
        Range{0x1F17E, 0x1F17F}, Range{0x1F18E, 0x1F18E}, Range{0x1F191, 0x1F19A},
        Range{0x1F201, 0x1F202}, Range{0x1F21A, 0x1F21A}, Range{0x1F22F, 0x1F22F},
        Range{0x1F232, 0x1F23A}, Range{0x1F250, 0x1F251}, Range{0x1F300, 0x1F53D},
        Range{0x1F546, 0x1F64F}, Range{0x1F680, 0x1F6FF}, Range{0x1F7E0, 0x1F7FF},
        Range{0x1F90C, 0x1F9FF}, Range{0x1FA70, 0x1FAFF}};

constexpr char32_t joiner = 0x200D;
constexpr char32_t emojiStyle = 0xFE0F;
constexpr char32_t keycapEnd = 0x20E3;
constexpr char32_t tagEnd = 0xE007F;

bool isSkinTone(char32_t c)
{
    return c >= 0x1F3FB && c <= 0x1F3FF;
}

bool isFlagLetter(char32_t c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

bool isTag(char32_t c)
{
    return c >= 0xE0020 && c <= 0xE007E;
}

bool isPictograph(char32_t c)
{
    const auto *const range = std::ranges::lower_bound(pictographs, c, std::less<>(), &Range::last);
    return range != pictographs.end() && c >= range->first;
}

bool isKeycapStart(char32_t c)
{
    return (c >= U'0' && c <= U'9') || c == U'#' || c == U'*';
}

/// Walks through a text, one element of a sequence after the other.
class Walk {
public:
    explicit Walk(std::u32string_view text) : text_(text) { }

    [[nodiscard]] bool isAtEnd() const { return text_.empty(); }

    bool takeIf(bool isWanted)
    {
        if (isWanted)
            text_.remove_prefix(1);
        return isWanted;
    }
    bool take(char32_t c) { return takeIf(next() == c); }

    bool takeKeycap()
    {
        if (!takeIf(isKeycapStart(next())))
            return false;
        take(emojiStyle);
        return take(keycapEnd);
    }
    bool takeFlag() { return takeIf(isFlagLetter(next())) && takeIf(isFlagLetter(next())); }
    bool takePictograph()
    {
        if (!takeIf(isPictograph(next())))
            return false;
        take(emojiStyle);
        if (takeIf(isSkinTone(next())))
            take(emojiStyle);
        if (!takeIf(isTag(next())))
            return true;
        while (takeIf(isTag(next()))) { }
        return take(tagEnd); // a flag of a region
    }

    /// 0 at the end.
    [[nodiscard]] char32_t next() const { return text_.empty() ? U'\0' : text_.front(); }

private:
    std::u32string_view text_;
};

} // namespace

bool isEmoji(std::string_view text)
{
    const auto decoded = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    const std::u32string codePoints = decoded.toStdU32String();
    Walk walk(codePoints);
    if (isKeycapStart(walk.next()))
        return walk.takeKeycap() && walk.isAtEnd();
    do {
        const bool isTaken = isFlagLetter(walk.next()) ? walk.takeFlag() : walk.takePictograph();
        if (!isTaken)
            return false;
    } while (walk.take(joiner));
    return walk.isAtEnd();
}

} // namespace dunlin
