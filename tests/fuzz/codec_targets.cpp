// SPDX-License-Identifier: Apache-2.0
#include "dunlin/codec.h"
#include "dunlin/limits.h"
#include "dunlin/validation.h"
#include "targets.h"

#include <google/protobuf/reflection.h>
#include <google/protobuf/util/message_differencer.h>

namespace dunlin::fuzz {
namespace {

using codec::FrameKind;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void requireUtf8(const Message &message);

void requireUtf8(const Message &message, const FieldDescriptor &field)
{
    const auto &reflection = *message.GetReflection();
    const int count = field.is_repeated() ? reflection.FieldSize(message, &field) : 1;
    for (int i = 0; i < count; ++i) {
        if (field.type() == FieldDescriptor::TYPE_STRING) {
            require(validation::isValidUtf8(
                            field.is_repeated() ? reflection.GetRepeatedString(message, &field, i)
                                                : reflection.GetString(message, &field)),
                    "strings are UTF-8 behind the codec");
        } else if (field.type() == FieldDescriptor::TYPE_MESSAGE) {
            requireUtf8(field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, i)
                                            : reflection.GetMessage(message, &field));
        }
    }
}

/// PostgreSQL and the peer's app would choke on anything else.
void requireUtf8(const Message &message)
{
    std::vector<const FieldDescriptor *> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const FieldDescriptor *field : fields)
        requireUtf8(message, *field);
}

/// What a frame says is the same after it has been written and read again, in either encoding.
void requireSurvives(v1::ClientFrame frame, FrameKind kind)
{
    frame.DiscardUnknownFields();
    const QByteArray written = codec::encode(frame, kind);
    const auto read = codec::decodeClientFrame(
            {written.constData(), static_cast<std::size_t>(written.size())}, kind);
    if (!read) {
        require(read.error().code == ErrorCode::FrameTooLarge, "what was written can be read");
        return;
    }
    require(google::protobuf::util::MessageDifferencer::Equals(*read, frame),
            "a frame survives being written");
}

void clientFrame(std::string_view bytes, FrameKind kind)
{
    const auto frame = codec::decodeClientFrame(bytes, kind);
    if (!frame)
        return;
    require(bytes.size() <= limits::frameBytes, "a frame is not larger than allowed");
    requireUtf8(*frame);
    requireSurvives(*frame, FrameKind::Binary);
    requireSurvives(*frame, FrameKind::Text);
}

} // namespace

void clientFrameBinary(std::string_view bytes)
{
    clientFrame(bytes, FrameKind::Binary);
}

void clientFrameJson(std::string_view bytes)
{
    clientFrame(bytes, FrameKind::Text);
}

} // namespace dunlin::fuzz
