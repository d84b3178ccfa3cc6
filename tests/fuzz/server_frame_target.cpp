// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"
#include "dunlin/codec.h"
#include "targets.h"

namespace dunlin::fuzz {
namespace {

using namespace client;

void take(const v1::Message &message)
{
    const QByteArray images = encodeImages(message.images());
    require(decodeImages(images).size() == message.images_size(), "pictures survive the store");
    const QByteArray reactions = encodeReactions(message.reactions());
    require(decodeReactions(reactions).size() == message.reactions_size(),
            "reactions survive the store");
    toReactions(message.reactions());
}

void take(const v1::Conversation &conversation)
{
    for (const v1::User &user : conversation.members())
        toPerson(user);
    take(conversation.last_message());
    toDraft(conversation.draft());
}

void take(const v1::Update &update)
{
    take(update.message_added());
    take(update.message_changed());
    take(update.conversation_added());
    toPerson(update.profile_changed());
    const Privacy privacy = toPrivacy(update.privacy_changed());
    require(decodePrivacy(encodePrivacy(privacy)) == privacy, "privacy survives the store");
}

} // namespace

/// The kind of frame, then what a peer's messages have become behind a server of any honesty.
void serverFrame(std::string_view bytes)
{
    const auto kind = takeByte(bytes) % 2 == 0 ? codec::FrameKind::Binary : codec::FrameKind::Text;
    const auto frame = codec::decodeServerFrame(bytes, kind);
    if (!frame)
        return;
    for (const v1::Update &update : frame->live_updates().updates())
        take(update);
    for (const v1::Update &update : frame->sync_page().updates())
        take(update);
    for (const v1::Conversation &conversation : frame->sync_page().conversations())
        take(conversation);
    for (const v1::Message &message : frame->history_page().messages())
        take(message);
    take(frame->conversation_opened().conversation());
    for (const v1::User &user : frame->user_list().users())
        toPerson(user);
    for (const v1::Device &device : frame->device_list().devices())
        toDevice(device);
    toPresence(frame->presence());
}

} // namespace dunlin::fuzz
