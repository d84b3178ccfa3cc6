// SPDX-License-Identifier: Apache-2.0
#include "messaging/message_service.h"

#include "messaging/conversation_reader.h"
#include "messaging/message_reader.h"

#include <algorithm>

namespace dunlin::messaging {
namespace {

auto noConversation()
{
    return failure(ErrorCode::ConversationNotFound, "there is no such conversation");
}

auto noMessage()
{
    return failure(ErrorCode::MessageNotFound, "there is no such message");
}

} // namespace

QCoro::Task<Result<Message>> MessageService::forwardable(UserId user, ConversationId conversation,
                                                         MessageSeq seq)
{
    const auto members = co_await readMembers(database_, conversation);
    if (!members)
        co_return tl::unexpected(store::toError(members.error()));
    if (std::find(members->begin(), members->end(), user) == members->end())
        co_return noConversation();
    std::vector<MessagePlace> places;
    places.emplace_back(conversation, seq);
    auto messages = co_await readMessages(database_, user, std::move(places));
    if (!messages)
        co_return tl::unexpected(store::toError(messages.error()));
    if (messages->empty() || messages->front().isDeleted || messages->front().isHidden)
        co_return noMessage();
    co_return std::move(messages->front());
}

} // namespace dunlin::messaging
