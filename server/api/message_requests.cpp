// SPDX-License-Identifier: Apache-2.0
#include "api/message_requests.h"

#include "api/done.h"
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

Reply editMessage(Services &services, Identity who, v1::EditMessage request)
{
    const auto edited =
            co_await services.messages.edit(who.user, ConversationId{request.conversation_id()},
                                            MessageSeq{request.seq()}, request.text());
    co_return doneOr(edited);
}

Reply deleteMessages(Services &services, Identity who, v1::DeleteMessages request)
{
    const ConversationId conversation{request.conversation_id()};
    std::vector<MessageSeq> seqs;
    for (const std::int64_t seq : request.seqs())
        seqs.push_back(MessageSeq{seq});
    auto deletion = request.for_everyone()
            ? services.messages.deleteForEveryone(who.user, conversation, std::move(seqs))
            : services.messages.hide(who.user, conversation, std::move(seqs));
    const auto deleted = co_await std::move(deletion);
    co_return doneOr(deleted);
}

Reply setReaction(Services &services, Identity who, v1::SetReaction request)
{
    const auto set =
            co_await services.messages.react(who.user, ConversationId{request.conversation_id()},
                                             MessageSeq{request.seq()}, request.emoji());
    co_return doneOr(set);
}

Reply pinMessage(Services &services, Identity who, v1::PinMessage request)
{
    const auto pinned =
            co_await services.messages.pin(who.user, ConversationId{request.conversation_id()},
                                           MessageSeq{request.seq()}, request.is_pinned());
    co_return doneOr(pinned);
}

Reply saveDraft(Services &services, Identity who, v1::SaveDraft request)
{
    Draft draft{.text = std::move(*request.mutable_draft()->mutable_text()),
                .replyToSeq = MessageSeq{request.draft().reply_to_seq()}};
    const auto saved = co_await services.conversations.saveDraft(
            who.user, ConversationId{request.conversation_id()}, std::move(draft));
    co_return doneOr(saved);
}

} // namespace dunlin::api
