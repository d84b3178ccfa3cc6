// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/close_code.h"

#include <QByteArray>

#include <tl/expected.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dunlin::net {

/// Takes the bytes that a client sends on a WebSocket apart into messages and control frames (RFC
/// 6455, section 5), strictly: whatever a client may not do is a mistake that ends the connection.
/// What has been read of a message is all that is kept, at most maximumBytes.
///
/// QWebSocket is not used for this: of a client it takes frames that are not masked, it breaks a
/// character that lies in two fragments, and does not tell that a message has begun and does not
/// go on.
class WebSocketReader {
public:
    enum class Kind { Text, Binary, Ping, Pong, Close };

    struct Message {
        Kind kind = Kind::Binary;
        /// Of a Close: the bytes behind the code. Text is not looked at, whether it is UTF-8.
        QByteArray payload = {};
        /// Of a Close that has one.
        std::optional<std::uint16_t> closeCode = {};
    };

    /// What the client did wrong, and the code to close with.
    struct Mistake {
        CloseCode code = CloseCode::ProtocolError;
        const char *reason = "";
    };

    explicit WebSocketReader(std::size_t maximumBytes) : maximumBytes_(maximumBytes) { }

    /// Takes bytes from the front until a message is whole. nullopt: all are taken, and it is not.
    /// Not to be called again after a mistake.
    tl::expected<std::optional<Message>, Mistake> next(std::string_view &bytes);

    /// A message or a frame has begun and is not whole.
    [[nodiscard]] bool isInMidst() const noexcept { return headSize_ > 0 || hasBegun_; }
    /// Counts what has begun: for telling whether it is still the same that is not whole.
    [[nodiscard]] std::uint64_t begun() const noexcept { return begun_; }

private:
    using Checked = tl::expected<void, Mistake>;

    /// False: the head is not whole.
    tl::expected<bool, Mistake> takeHead(std::string_view &bytes);
    [[nodiscard]] Checked checkStart() const;
    [[nodiscard]] tl::expected<std::uint64_t, Mistake> payloadLength() const;
    void takePayload(std::string_view &bytes);
    tl::expected<std::optional<Message>, Mistake> finishFrame();
    static tl::expected<std::optional<Message>, Mistake> closeFrom(QByteArray payload);

    [[nodiscard]] unsigned opcode() const noexcept;
    [[nodiscard]] bool isControl() const noexcept;
    [[nodiscard]] bool isFinal() const noexcept;

    const std::size_t maximumBytes_;
    std::array<std::uint8_t, 14> head_{}; ///< 2 bytes, 0 to 8 of length, 4 of mask.
    std::size_t headSize_ = 0;
    bool isHeadWhole_ = false;
    std::uint64_t payloadLeft_ = 0;
    std::size_t maskAt_ = 0;
    QByteArray control_;
    QByteArray message_;
    Kind messageKind_ = Kind::Binary;
    bool hasBegun_ = false; ///< A message's first fragment is there, its last is not.
    std::uint64_t begun_ = 0;
};

/// Whether a close frame may have this code (section 7.4).
bool isCloseCodeAllowed(std::uint16_t code) noexcept;

/// The head of a frame that the server sends: whole, not masked.
QByteArray serverFrameHead(WebSocketReader::Kind kind, std::uint64_t payloadBytes);

} // namespace dunlin::net
