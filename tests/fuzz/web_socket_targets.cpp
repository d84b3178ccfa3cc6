// SPDX-License-Identifier: Apache-2.0
#include "dunlin/limits.h"
#include "net/web_socket_reader.h"
#include "targets.h"

#include <string>
#include <vector>

namespace dunlin::fuzz {
namespace {

using net::WebSocketReader;

struct Reading {
    std::vector<WebSocketReader::Message> messages;
    std::string mistake;
};

Reading read(std::string_view bytes, std::size_t pieceBytes)
{
    WebSocketReader reader(limits::frameBytes);
    Reading reading;
    while (!bytes.empty()) {
        std::string_view piece = bytes.substr(0, pieceBytes);
        bytes.remove_prefix(piece.size());
        while (true) {
            const auto message = reader.next(piece);
            if (!message) {
                reading.mistake = message.error().reason;
                return reading;
            }
            if (!*message)
                break;
            require(static_cast<std::size_t>((*message)->payload.size()) <= limits::frameBytes,
                    "a message is not larger than allowed");
            reading.messages.push_back(**message);
        }
        require(piece.empty(), "all bytes are taken");
    }
    return reading;
}

} // namespace

void webSocketFrames(std::string_view bytes)
{
    const std::size_t pieceBytes = 1 + takeByte(bytes);
    const Reading atOnce = read(bytes, bytes.size());
    const Reading inPieces = read(bytes, pieceBytes);
    require(atOnce.mistake == inPieces.mistake
                    && atOnce.messages.size() == inPieces.messages.size(),
            "it does not matter in what pieces frames come");
    for (std::size_t i = 0; i < atOnce.messages.size(); ++i) {
        const auto &one = atOnce.messages[i];
        const auto &other = inPieces.messages[i];
        require(one.kind == other.kind && one.payload == other.payload
                        && one.closeCode == other.closeCode,
                "it does not matter in what pieces a message comes");
        require(!one.closeCode || net::isCloseCodeAllowed(*one.closeCode), "codes are allowed");
    }
}

} // namespace dunlin::fuzz
