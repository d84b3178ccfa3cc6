// SPDX-License-Identifier: Apache-2.0
#include "net/web_socket_reader.h"

#include "dunlin/validation.h"

#include <QtEndian>

#include <algorithm>

namespace dunlin::net {
namespace {

constexpr std::uint8_t finalBit = 0x80;
constexpr std::uint8_t reservedBits = 0x70;
constexpr std::uint8_t opcodeBits = 0x0F;
constexpr std::uint8_t controlBit = 0x08;
constexpr std::uint8_t maskBit = 0x80;
constexpr std::uint8_t lengthBits = 0x7F;
constexpr std::uint8_t length16 = 126;
constexpr std::uint8_t length64 = 127;
constexpr std::size_t startBytes = 2;
constexpr std::size_t maskBytes = 4;
constexpr std::uint64_t controlBytesMax = 125;

enum Opcode : unsigned { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

tl::unexpected<WebSocketReader::Mistake> mistake(const char *reason,
                                                 CloseCode code = CloseCode::ProtocolError)
{
    return tl::unexpected(WebSocketReader::Mistake{.code = code, .reason = reason});
}

bool isKnown(unsigned opcode) noexcept
{
    return opcode <= binary || (opcode >= close && opcode <= pong);
}

std::size_t lengthBytes(std::uint8_t second) noexcept
{
    const std::uint8_t length = second & lengthBits;
    return length == length16 ? 2 : length == length64 ? 8 : 0;
}

unsigned opcodeOf(WebSocketReader::Kind kind) noexcept
{
    switch (kind) {
    case WebSocketReader::Kind::Text:
        return text;
    case WebSocketReader::Kind::Binary:
        return binary;
    case WebSocketReader::Kind::Ping:
        return ping;
    case WebSocketReader::Kind::Pong:
        return pong;
    case WebSocketReader::Kind::Close:
        break;
    }
    return close;
}

} // namespace

bool isCloseCodeAllowed(std::uint16_t code) noexcept
{
    // 1004 is reserved, 1005, 1006 and 1015 are never sent; 1012 to 1014 are IANA's.
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014)
            || (code >= 3000 && code <= 4999);
}

QByteArray serverFrameHead(WebSocketReader::Kind kind, std::uint64_t payloadBytes)
{
    std::array<std::uint8_t, 10> head{};
    head[0] = static_cast<std::uint8_t>(finalBit | opcodeOf(kind));
    qsizetype size = startBytes;
    if (payloadBytes < length16) {
        head[1] = static_cast<std::uint8_t>(payloadBytes);
    } else if (payloadBytes <= UINT16_MAX) {
        head[1] = length16;
        qToBigEndian(static_cast<std::uint16_t>(payloadBytes), head.data() + startBytes);
        size += 2;
    } else {
        head[1] = length64;
        qToBigEndian(payloadBytes, head.data() + startBytes);
        size += 8;
    }
    return {reinterpret_cast<const char *>(head.data()), size};
}

unsigned WebSocketReader::opcode() const noexcept
{
    return head_[0] & opcodeBits;
}

bool WebSocketReader::isControl() const noexcept
{
    return (head_[0] & controlBit) != 0;
}

bool WebSocketReader::isFinal() const noexcept
{
    return (head_[0] & finalBit) != 0;
}

tl::expected<std::optional<WebSocketReader::Message>, WebSocketReader::Mistake>
WebSocketReader::next(std::string_view &bytes)
{
    while (true) {
        if (!isHeadWhole_) {
            const auto isWhole = takeHead(bytes);
            if (!isWhole)
                return tl::unexpected(isWhole.error());
            if (!*isWhole)
                return std::nullopt;
        }
        takePayload(bytes);
        if (payloadLeft_ > 0)
            return std::nullopt;
        auto message = finishFrame();
        if (!message || *message)
            return message;
    }
}

tl::expected<bool, WebSocketReader::Mistake> WebSocketReader::takeHead(std::string_view &bytes)
{
    const auto takeUntil = [&](std::size_t size) {
        const std::size_t count = std::min(size - headSize_, bytes.size());
        std::copy_n(bytes.begin(), count, head_.begin() + static_cast<std::ptrdiff_t>(headSize_));
        headSize_ += count;
        bytes.remove_prefix(count);
        return headSize_ == size;
    };
    if (headSize_ < startBytes) {
        if (headSize_ == 0 && !bytes.empty() && !hasBegun_)
            ++begun_;
        if (!takeUntil(startBytes))
            return false;
        // At once: what is wrong with these two is not waited for.
        if (const auto checked = checkStart(); !checked)
            return tl::unexpected(checked.error());
    }
    if (!takeUntil(startBytes + lengthBytes(head_[1]) + maskBytes))
        return false;
    const auto length = payloadLength();
    if (!length)
        return tl::unexpected(length.error());
    if (!isControl()) {
        if (*length > maximumBytes_ - static_cast<std::size_t>(message_.size()))
            return mistake("the message is too long", CloseCode::TooLarge);
        if (opcode() != continuation)
            messageKind_ = opcode() == text ? Kind::Text : Kind::Binary;
        hasBegun_ = true;
        message_.reserve(message_.size()
                         + static_cast<qsizetype>(std::min<std::uint64_t>(*length, bytes.size())));
    }
    payloadLeft_ = *length;
    maskAt_ = 0;
    isHeadWhole_ = true;
    return true;
}

WebSocketReader::Checked WebSocketReader::checkStart() const
{
    if ((head_[0] & reservedBits) != 0)
        return mistake("a reserved bit is set");
    if (!isKnown(opcode()))
        return mistake("the opcode is reserved");
    if ((head_[1] & maskBit) == 0)
        return mistake("a client's frame is masked");
    if (isControl()) {
        if (!isFinal())
            return mistake("a control frame is not fragmented");
        if ((head_[1] & lengthBits) > controlBytesMax)
            return mistake("a control frame has at most 125 bytes");
        return {};
    }
    if (opcode() == continuation && !hasBegun_)
        return mistake("there is nothing to continue");
    if (opcode() != continuation && hasBegun_)
        return mistake("the message before is not whole");
    return {};
}

tl::expected<std::uint64_t, WebSocketReader::Mistake> WebSocketReader::payloadLength() const
{
    const std::uint8_t length = head_[1] & lengthBits;
    if (length == length16) {
        const auto longer = qFromBigEndian<std::uint16_t>(head_.data() + startBytes);
        if (longer < length16)
            return mistake("the length is not in its shortest form");
        return longer;
    }
    if (length == length64) {
        const auto longer = qFromBigEndian<std::uint64_t>(head_.data() + startBytes);
        if (longer > static_cast<std::uint64_t>(INT64_MAX))
            return mistake("the length has 63 bits");
        if (longer <= UINT16_MAX)
            return mistake("the length is not in its shortest form");
        return longer;
    }
    return length;
}

void WebSocketReader::takePayload(std::string_view &bytes)
{
    const auto count = static_cast<qsizetype>(std::min<std::uint64_t>(payloadLeft_, bytes.size()));
    QByteArray &to = isControl() ? control_ : message_;
    const qsizetype from = to.size();
    to.append(bytes.data(), count);
    const std::uint8_t *mask = head_.data() + startBytes + lengthBytes(head_[1]);
    char *masked = to.data() + from;
    for (qsizetype i = 0; i < count; ++i)
        masked[i] =
                static_cast<char>(masked[i] ^ mask[(maskAt_ + static_cast<std::size_t>(i)) & 3U]);
    maskAt_ = (maskAt_ + static_cast<std::size_t>(count)) & 3U;
    payloadLeft_ -= static_cast<std::uint64_t>(count);
    bytes.remove_prefix(static_cast<std::size_t>(count));
}

tl::expected<std::optional<WebSocketReader::Message>, WebSocketReader::Mistake>
WebSocketReader::finishFrame()
{
    isHeadWhole_ = false;
    headSize_ = 0;
    if (isControl()) {
        QByteArray payload = std::exchange(control_, {});
        if (opcode() == close)
            return closeFrom(std::move(payload));
        return Message{.kind = opcode() == ping ? Kind::Ping : Kind::Pong,
                       .payload = std::move(payload)};
    }
    if (!isFinal())
        return std::nullopt;
    hasBegun_ = false;
    return Message{.kind = messageKind_, .payload = std::exchange(message_, {})};
}

tl::expected<std::optional<WebSocketReader::Message>, WebSocketReader::Mistake>
WebSocketReader::closeFrom(QByteArray payload)
{
    if (payload.isEmpty())
        return Message{.kind = Kind::Close};
    if (payload.size() < 2)
        return mistake("a close code has two bytes");
    const auto code = qFromBigEndian<std::uint16_t>(payload.constData());
    if (!isCloseCodeAllowed(code))
        return mistake("this close code is not sent");
    payload.remove(0, 2);
    if (!validation::isValidUtf8({payload.constData(), static_cast<std::size_t>(payload.size())}))
        return mistake("the reason is not UTF-8", CloseCode::WrongData);
    return Message{.kind = Kind::Close, .payload = std::move(payload), .closeCode = code};
}

} // namespace dunlin::net
