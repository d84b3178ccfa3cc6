// SPDX-License-Identifier: Apache-2.0
#include "dunlin/codec.h"

#include "dunlin/limits.h"
#include "dunlin/validation.h"

#include <google/protobuf/util/json_util.h>

namespace dunlin::codec {
namespace {

namespace json = google::protobuf::util;

/// protobuf 3.21 parses a proto3 string that is not UTF-8 and only logs an error, so the strings
/// are looked at here, once, for every message type. Frames of pure ASCII skip it.
bool hasValidStrings(const google::protobuf::Message &message)
{
    const auto *reflection = message.GetReflection();
    std::vector<const google::protobuf::FieldDescriptor *> fields;
    reflection->ListFields(message, &fields);
    std::string scratch;
    for (const auto *field : fields) {
        using Field = google::protobuf::FieldDescriptor;
        if (field->cpp_type() == Field::CPPTYPE_MESSAGE) {
            const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
            for (int index = 0; index < count; ++index) {
                const auto &child = field->is_repeated()
                        ? reflection->GetRepeatedMessage(message, field, index)
                        : reflection->GetMessage(message, field);
                if (!hasValidStrings(child))
                    return false;
            }
        } else if (field->type() == Field::TYPE_STRING && !field->is_repeated()) {
            if (!validation::isValidUtf8(reflection->GetStringReference(message, field, &scratch)))
                return false;
        }
    }
    return true;
}

bool isAscii(std::string_view bytes) noexcept
{
    for (const char byte : bytes) {
        if (static_cast<unsigned char>(byte) >= 0x80)
            return false;
    }
    return true;
}

template <typename Frame> Result<Frame> decode(std::string_view bytes, FrameKind kind)
{
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
    if (!frame.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return failure(ErrorCode::MalformedFrame,
                       "the binary frame is not protobuf of this protocol");
    if (!isAscii(bytes) && !hasValidStrings(frame))
        return failure(ErrorCode::InvalidUtf8, "a string in the frame is not valid UTF-8");
    return frame;
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
