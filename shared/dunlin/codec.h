// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include "dunlin.pb.h"

#include <QByteArray>

#include <string_view>

/// Turns frames into bytes and back: protobuf in binary WebSocket frames, proto3 JSON in text
/// frames. The only place that knows both encodings. Thread-safe: no state.
namespace dunlin::codec {

enum class FrameKind { Binary, Text };

/// Errors: FRAME_TOO_LARGE (more than limits::frameBytes), MALFORMED_FRAME, INVALID_UTF8 (a string
/// field that is not UTF-8). An unknown field, in either encoding, is ignored.
Result<v1::ClientFrame> decodeClientFrame(std::string_view bytes, FrameKind kind);

/// As decodeClientFrame, without the size limit: a server's answer may hold a page.
Result<v1::ServerFrame> decodeServerFrame(std::string_view bytes, FrameKind kind);

/// The bytes of one WebSocket frame. A message built by this program always encodes.
QByteArray encode(const v1::ClientFrame &frame, FrameKind kind);
QByteArray encode(const v1::ServerFrame &frame, FrameKind kind);

} // namespace dunlin::codec
