// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// What outsiders can reach with bytes of their own, a function each. libFuzzer calls one with
/// whatever it makes up (tests/fuzz/run); tst_fuzz_corpora calls all with what is kept in corpus/,
/// under every compiler and sanitizer. A function returns for any bytes, soon, and aborts where
/// something that has to hold does not.
namespace dunlin::fuzz {

// The server's.
void clientFrameBinary(std::string_view bytes);
void clientFrameJson(std::string_view bytes);
void forwardedFor(std::string_view bytes);
void httpRequest(std::string_view bytes);
void restBody(std::string_view bytes);
void texts(std::string_view bytes);
void tokens(std::string_view bytes);
void uploadHeaders(std::string_view bytes);
void webSocketFrames(std::string_view bytes);
void webSocketHandshake(std::string_view bytes);
// The app's: what a peer or a page sends.
void animation(std::string_view bytes);
void appLink(std::string_view bytes);
void messageFormat(std::string_view bytes);
void picture(std::string_view bytes);
void serverFrame(std::string_view bytes);

struct Target {
    const char *name; ///< Of its folder in corpus/.
    void (*run)(std::string_view bytes);
};

inline constexpr std::array serverTargets{
        Target{"client_frame_binary", clientFrameBinary},
        Target{"client_frame_json", clientFrameJson},
        Target{"forwarded_for", forwardedFor},
        Target{"http_request", httpRequest},
        Target{"rest_body", restBody},
        Target{"texts", texts},
        Target{"tokens", tokens},
        Target{"upload_headers", uploadHeaders},
        Target{"web_socket_frames", webSocketFrames},
        Target{"web_socket_handshake", webSocketHandshake},
};

inline constexpr std::array appTargets{
        Target{"animation", animation},          Target{"app_link", appLink},
        Target{"message_format", messageFormat}, Target{"picture", picture},
        Target{"server_frame", serverFrame},
};

/// Something that has to hold.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// The first byte, which is taken away; 0 at the end.
inline std::uint8_t takeByte(std::string_view &bytes)
{
    if (bytes.empty())
        return 0;
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    return byte;
}

/// What stands before the first line feed, which are taken away.
inline std::string_view takeLine(std::string_view &bytes)
{
    const auto end = bytes.find('\n');
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    return line;
}

} // namespace dunlin::fuzz
