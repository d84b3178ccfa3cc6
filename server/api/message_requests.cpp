// SPDX-License-Identifier: Apache-2.0
#include "api/message_requests.h"

#include "messaging/images.h"

namespace dunlin::api {
namespace {

using Reply = QCoro::Task<Result<v1::ServerFrame>>;

/// Gives post what it forwards. Whether that was posted already is for the writer to say, so that a
/// resend gets the first result after the message it forwarded is gone.
void take(Result<Message> source, messaging::Post &post)
{
    if (!source) {
        post.refusal = source.error();
        return;
    }
    post.text = std::move(source->text);
    post.images = std::move(source->images);
    post.forwardedFrom = source->forwardedFrom ? source->forwardedFrom : source->sender;
}

} // namespace

Reply postMessage(Services &services, Identity who, v1::PostMessage request)
{
    const auto clientId = ClientId::fromBytes(request.client_id());
    if (!clientId)
        co_return failure(ErrorCode::InvalidArgument, "client_id has to be 16 random bytes");
    messaging::Post post{.conversation = ConversationId{request.conversation_id()},
                         .sender = who.user,
                         .clientId = *clientId,
                         .replyToSeq = MessageSeq{request.reply_to_seq()}};
    if (request.has_forward_of()) {
        const ConversationId from{request.forward_of().conversation_id()};
        const MessageSeq seq{request.forward_of().seq()};
        auto source = co_await services.messages.forwardable(who.user, from, seq);
        take(std::move(source), post);
    } else {
        auto images = messaging::imagesFrom(who.user, request.images());
        if (!images)
            co_return tl::unexpected(images.error());
        post.text = std::move(*request.mutable_text());
        post.images = std::move(*images);
    }
    const auto posted = co_await services.writer.post(std::move(post));
    if (!posted)
        co_return tl::unexpected(posted.error());
    v1::ServerFrame frame;
    v1::MessagePosted &answer = *frame.mutable_message_posted();
    answer.set_conversation_id(request.conversation_id());
    answer.set_seq(posted->seq.value);
    answer.set_message_id(posted->id.value);
    answer.set_sent_at_ms(posted->sentAtMs);
    answer.set_client_id(request.client_id());
    co_return frame;
}

} // namespace dunlin::api
