// SPDX-License-Identifier: Apache-2.0
#include "messaging/reactions.h"

namespace dunlin::messaging {

void fill(v1::Reaction &to, const Reaction &from)
{
    to.set_user_id(from.user.value);
    to.set_emoji(from.emoji);
}

std::string encodeReactions(const std::vector<Reaction> &reactions)
{
    v1::ReactionList list;
    for (const Reaction &reaction : reactions)
        fill(*list.add_reactions(), reaction);
    return list.SerializeAsString();
}

std::vector<Reaction> decodeReactions(std::string_view bytes)
{
    std::vector<Reaction> reactions;
    v1::ReactionList list;
    if (bytes.empty() || !list.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return reactions;
    for (const v1::Reaction &reaction : list.reactions())
        reactions.push_back({.user = UserId{reaction.user_id()}, .emoji = reaction.emoji()});
    return reactions;
}

} // namespace dunlin::messaging
