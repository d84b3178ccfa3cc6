// SPDX-License-Identifier: Apache-2.0
#include "sample_frames.h"

#include <QtGlobal>
#include <google/protobuf/descriptor.h>

namespace dunlin::test {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;

constexpr int elements = 2;

/// Positive, and another for every name and element.
std::int64_t numberOf(const FieldDescriptor &field, int element)
{
    std::uint32_t hash = 2166136261U + static_cast<std::uint32_t>(element);
    for (const char c : field.full_name())
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return 1 + (hash >> 2);
}

std::string textOf(const FieldDescriptor &field, int element)
{
    std::string path = field.full_name();
    if (element != 0)
        path.append("#").append(std::to_string(element));
    return path;
}

void fill(Message &message);

void addElement(Message &message, const FieldDescriptor &field, int element)
{
    const auto &reflection = *message.GetReflection();
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
        return fill(*reflection.AddMessage(&message, &field));
    case FieldDescriptor::CPPTYPE_STRING:
        return reflection.AddString(&message, &field, textOf(field, element));
    case FieldDescriptor::CPPTYPE_INT64:
        return reflection.AddInt64(&message, &field, numberOf(field, element));
    default:
        qFatal("no sample for a list of %s", field.full_name().c_str());
    }
}

void set(Message &message, const FieldDescriptor &field)
{
    const auto &reflection = *message.GetReflection();
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
        return fill(*reflection.MutableMessage(&message, &field));
    case FieldDescriptor::CPPTYPE_STRING:
        return reflection.SetString(&message, &field, textOf(field, 0));
    case FieldDescriptor::CPPTYPE_INT64:
        return reflection.SetInt64(&message, &field, numberOf(field, 0));
    case FieldDescriptor::CPPTYPE_UINT64:
        return reflection.SetUInt64(&message, &field,
                                    static_cast<std::uint64_t>(numberOf(field, 0)));
    case FieldDescriptor::CPPTYPE_UINT32:
        return reflection.SetUInt32(&message, &field,
                                    static_cast<std::uint32_t>(numberOf(field, 0)));
    case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(&message, &field, true);
    default:
        qFatal("no sample for %s", field.full_name().c_str());
    }
}

/// Everything but what excludes each other.
void fill(Message &message)
{
    const Descriptor &type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
        const FieldDescriptor &field = *type.field(i);
        if (field.containing_oneof() != nullptr)
            continue;
        if (!field.is_repeated()) {
            set(message, field);
            continue;
        }
        for (int element = 0; element < elements; ++element)
            addElement(message, field, element);
    }
}

/// The frame with this choice, and one for each choice inside of it.
template <typename Kind>
void addFrames(std::map<std::string, Frame> &frames, const std::string &name, Kind &frame,
               Message &body)
{
    fill(body);
    const Descriptor &type = *body.GetDescriptor();
    if (type.oneof_decl_count() == 0) {
        frames[name] = frame;
        return;
    }
    const OneofDescriptor &choice = *type.oneof_decl(0);
    for (int i = 0; i < choice.field_count(); ++i) {
        set(body, *choice.field(i));
        frames[name + '.' + choice.field(i)->name()] = frame;
    }
}

template <typename Kind>
void addKinds(std::map<std::string, Frame> &frames, const std::string &prefix)
{
    const OneofDescriptor &choice = *Kind::descriptor()->oneof_decl(0);
    for (int i = 0; i < choice.field_count(); ++i) {
        const FieldDescriptor &field = *choice.field(i);
        Kind frame;
        frame.set_request_id(7);
        Message &body = *frame.GetReflection()->MutableMessage(&frame, &field);
        addFrames(frames, prefix + field.name(), frame, body);
    }
}

} // namespace

std::map<std::string, Frame> sampleFrames()
{
    std::map<std::string, Frame> frames;
    addKinds<v1::ClientFrame>(frames, "client.");
    addKinds<v1::ServerFrame>(frames, "server.");
    const OneofDescriptor &events = *v1::Update::descriptor()->oneof_decl(0);
    for (int i = 0; i < events.field_count(); ++i) {
        v1::ServerFrame frame;
        v1::LiveUpdates &live = *frame.mutable_live_updates();
        live.set_prev_seq(6);
        live.add_updates()->set_seq(7);
        set(*live.mutable_updates(0), *events.field(i));
        frames[std::string("update.").append(events.field(i)->name())] = frame;
    }
    return frames;
}

} // namespace dunlin::test
