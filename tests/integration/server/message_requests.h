// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire_client.h"

#include <string>
#include <vector>

/// The requests about messages, as tests write them.
namespace dunlin::test {

inline v1::ServerFrame editMessage(WireClient &who, std::int64_t talk, std::int64_t seq,
                                   const std::string &text)
{
    v1::ClientFrame frame;
    frame.mutable_edit_message()->set_conversation_id(talk);
    frame.mutable_edit_message()->set_seq(seq);
    frame.mutable_edit_message()->set_text(text);
    return who.request(frame);
}

enum class DeleteFor { Everyone, Self };

inline v1::ServerFrame deleteMessages(WireClient &who, std::int64_t talk,
                                      const std::vector<std::int64_t> &seqs, DeleteFor whom)
{
    v1::ClientFrame frame;
    frame.mutable_delete_messages()->set_conversation_id(talk);
    frame.mutable_delete_messages()->set_for_everyone(whom == DeleteFor::Everyone);
    for (const std::int64_t seq : seqs)
        frame.mutable_delete_messages()->add_seqs(seq);
    return who.request(frame);
}

inline v1::ClientFrame reactionFrame(std::int64_t talk, std::int64_t seq, const std::string &emoji)
{
    v1::ClientFrame frame;
    frame.mutable_set_reaction()->set_conversation_id(talk);
    frame.mutable_set_reaction()->set_seq(seq);
    frame.mutable_set_reaction()->set_emoji(emoji);
    return frame;
}

inline v1::ServerFrame setReaction(WireClient &who, std::int64_t talk, std::int64_t seq,
                                   const std::string &emoji)
{
    return who.request(reactionFrame(talk, seq, emoji));
}

inline v1::ServerFrame pinMessage(WireClient &who, std::int64_t talk, std::int64_t seq,
                                  bool isPinned = true)
{
    v1::ClientFrame frame;
    frame.mutable_pin_message()->set_conversation_id(talk);
    frame.mutable_pin_message()->set_seq(seq);
    frame.mutable_pin_message()->set_is_pinned(isPinned);
    return who.request(frame);
}

inline v1::ServerFrame replyTo(WireClient &who, std::int64_t talk, std::int64_t seq,
                               const std::string &text)
{
    v1::ClientFrame frame;
    frame.mutable_post_message()->set_conversation_id(talk);
    frame.mutable_post_message()->set_client_id(ClientId::random().toBytes());
    frame.mutable_post_message()->set_text(text);
    frame.mutable_post_message()->set_reply_to_seq(seq);
    return who.request(frame);
}

/// With a text of the request's own, which the server does not look at.
inline v1::ServerFrame forwardMessage(WireClient &who, std::int64_t to, std::int64_t from,
                                      std::int64_t seq, const ClientId &id = ClientId::random())
{
    v1::ClientFrame frame;
    v1::PostMessage &post = *frame.mutable_post_message();
    post.set_conversation_id(to);
    post.set_client_id(id.toBytes());
    post.set_text("words of the request");
    post.mutable_forward_of()->set_conversation_id(from);
    post.mutable_forward_of()->set_seq(seq);
    return who.request(frame);
}

inline v1::ServerFrame saveDraft(WireClient &who, std::int64_t talk, const std::string &text,
                                 std::int64_t replyTo = 0)
{
    v1::ClientFrame frame;
    frame.mutable_save_draft()->set_conversation_id(talk);
    frame.mutable_save_draft()->mutable_draft()->set_text(text);
    frame.mutable_save_draft()->mutable_draft()->set_reply_to_seq(replyTo);
    return who.request(frame);
}

inline v1::ServerFrame setRetention(WireClient &who, std::int64_t talk, std::uint32_t days,
                                    bool untilDelivered = false)
{
    v1::ClientFrame frame;
    frame.mutable_set_retention()->set_conversation_id(talk);
    frame.mutable_set_retention()->mutable_retention()->set_days(days);
    frame.mutable_set_retention()->mutable_retention()->set_until_delivered(untilDelivered);
    return who.request(frame);
}

/// The newest entry of who's update log.
inline std::int64_t newestUpdate(WireClient &who)
{
    v1::ClientFrame frame;
    frame.mutable_heartbeat();
    return who.request(frame).heartbeat_answer().newest_update_seq();
}

} // namespace dunlin::test
