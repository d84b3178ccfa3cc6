// SPDX-License-Identifier: Apache-2.0
#include "dunlin/codec.h"

#include "dunlin/limits.h"
#include "dunlin/validation.h"

#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/unknown_field_set.h>
#include <google/protobuf/util/json_util.h>

namespace dunlin::codec {
namespace {

namespace json = google::protobuf::util;

bool isAscii(std::string_view bytes) noexcept
{
    for (const char byte : bytes) {
        if (static_cast<unsigned char>(byte) >= 0x80)
            return false;
    }
    return true;
}

/// libprotobuf writes a line to stderr, in a format of its own, for each string that is not UTF-8:
/// strangers could fill an operator's log. What is wrong is told by the answer.
void silenceLibrary()
{
    [[maybe_unused]] static const auto before = google::protobuf::SetLogHandler(nullptr);
}

template <typename Frame> Result<Frame> decode(std::string_view bytes, FrameKind kind)
{
    silenceLibrary();
    Frame frame;
    if (kind == FrameKind::Text) {
        if (!validation::isValidUtf8(bytes))
            return failure(ErrorCode::InvalidUtf8, "the text frame is not valid UTF-8");
        json::JsonParseOptions options;
        options.ignore_unknown_fields = true;
        const auto status = json::JsonStringToMessage(
                google::protobuf::StringPiece(bytes.data(), bytes.size()), &frame, options);
        if (!status.ok())
            return failure(ErrorCode::MalformedFrame,
                           "the text frame is not JSON of this protocol");
        return frame;
    }
    if (frame.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return frame;
    // The generated parser refuses a string that is not UTF-8 like any other mistake. Where the
    // frame is whole without a look at its strings, they are what is wrong.
    google::protobuf::UnknownFieldSet fields;
    const bool isWhole = fields.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    if (isWhole && !isAscii(bytes))
        return failure(ErrorCode::InvalidUtf8, "a string in the frame is not valid UTF-8");
    return failure(ErrorCode::MalformedFrame, "the binary frame is not protobuf of this protocol");
}

template <typename Frame> QByteArray encodeFrame(const Frame &frame, FrameKind kind)
{
    if (kind == FrameKind::Text) {
        std::string text;
        json::JsonPrintOptions options;
        const auto status = json::MessageToJsonString(frame, &text, options);
        Q_ASSERT(status.ok());
        return QByteArray::fromStdString(text);
    }
    const auto size = frame.ByteSizeLong();
    QByteArray bytes(static_cast<qsizetype>(size), Qt::Uninitialized);
    frame.SerializeWithCachedSizesToArray(reinterpret_cast<std::uint8_t *>(bytes.data()));
    return bytes;
}

} // namespace

Result<v1::ClientFrame> decodeClientFrame(std::string_view bytes, FrameKind kind)
{
    if (bytes.size() > limits::frameBytes)
        return failure(ErrorCode::FrameTooLarge, "a frame has at most 64 KiB");
    return decode<v1::ClientFrame>(bytes, kind);
}

Result<v1::ServerFrame> decodeServerFrame(std::string_view bytes, FrameKind kind)
{
    return decode<v1::ServerFrame>(bytes, kind);
}

QByteArray encode(const v1::ClientFrame &frame, FrameKind kind)
{
    return encodeFrame(frame, kind);
}

QByteArray encode(const v1::ServerFrame &frame, FrameKind kind)
{
    return encodeFrame(frame, kind);
}

} // namespace dunlin::codec
