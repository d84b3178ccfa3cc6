// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "ids/id_generator.h"
#include "store/database.h"
#include "types/types.h"
#include "updates/update_log.h"

#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace dunlin::messaging {

struct Post {
    ConversationId conversation;
    UserId sender;
    ClientId clientId;
    std::string text = {};
    std::vector<Image> images = {};
    /// Of the same conversation; one that is not there is ignored.
    MessageSeq replyToSeq = {};
    UserId forwardedFrom = {};
    /// Why it cannot be posted, such as a message to forward that is gone. Unless it was posted
    /// before: then it is answered with the first result.
    std::optional<Error> refusal = {};
};

/// Where a message is, once it is durable.
struct Posted {
    MessageSeq seq = {};
    MessageId id = {};
    std::int64_t sentAtMs = 0;
};

/// A member's receipt. read <= delivered.
struct Raise {
    ConversationId conversation;
    UserId user;
    MessageSeq delivered = {};
    MessageSeq read = {};
};

/// Makes messages and receipts durable: the one writer of an I/O thread, with a database connection
/// of its own.
///
/// It takes whatever has arrived while its last transaction was in flight and commits it as one: a
/// lone message pays one commit, a flood pays one commit per hundreds. Nobody is answered, and
/// nothing is published, before the commit is durable. After a batch the next one begins a moment
/// later, a small part of what the batch took, so that those who were just answered and write again
/// at once are in it and not in the one after it.
///
/// - A post with a client id that was posted before is answered with the first result.
/// - What may fail is checked before it joins the transaction, so that one bad message fails alone;
///   should PostgreSQL still refuse a batch, each part is tried by itself.
/// - Rows are locked in one order (blobs, members, conversations, users, each by ascending id);
///   deadlocks and a resend that crossed its first try are retried.
/// - A connection lost in flight answers UNAVAILABLE: whether the commit came through is unknown,
///   and the resend finds out.
///
/// Lives on its thread; callbacks are called there, never from inside post() or raise().
class PostWriter {
public:
    /// publish: see Publish. ids outlives the writer.
    PostWriter(const std::string &conninfo, IdGenerator &ids, Publish publish);
    /// As close().
    ~PostWriter();
    PostWriter(const PostWriter &) = delete;
    PostWriter &operator=(const PostWriter &) = delete;

    /// text may be empty with images, whose blobs have to be whole.
    /// Errors: CONVERSATION_NOT_FOUND (or not a member), INVALID_IMAGE, MESSAGE_EMPTY,
    /// MESSAGE_TOO_LONG, INVALID_UTF8, INVALID_ARGUMENT, OVERLOADED, UNAVAILABLE, SHUTTING_DOWN,
    /// INTERNAL; the post's refusal.
    void post(Post post, std::function<void(Result<Posted>)> callback);
    QCoro::Task<Result<Posted>> post(Post post);

    /// Watermarks only rise: a lower value changes nothing, one beyond the last message is held at
    /// it. Errors as of post().
    void raise(Raise raise, std::function<void(Result<void>)> callback);
    QCoro::Task<Result<void>> raise(Raise raise);

    /// Answers what waits, and whatever comes from then on, with SHUTTING_DOWN, and what is in
    /// flight with UNAVAILABLE; both at once.
    void close();

    /// Nothing waits and nothing is in flight.
    [[nodiscard]] bool isIdle() const noexcept { return queue_.empty() && !isRunning_; }

private:
    struct PostJob {
        Post post;
        std::function<void(Result<Posted>)> callback;
    };
    struct RaiseJob {
        Raise raise;
        std::function<void(Result<void>)> callback;
    };
    using Job = std::variant<PostJob, RaiseJob>;
    class Batch;

    void enqueue(Job job);
    QCoro::Task<void> run();
    QCoro::Task<void> commit(std::vector<Job> jobs);
    QCoro::Task<store::DbResult<void>> attempt(Batch &batch);
    QCoro::Task<store::DbResult<std::vector<store::Rows>>> ask(std::vector<store::Query> queries);
    static void fail(Job &job, const Error &error);

    IdGenerator &ids_;
    const Publish publish_;
    std::unique_ptr<store::Connection> connection_;
    std::deque<Job> queue_;
    QTimer gatherTimer_;
    bool isRunning_ = false;
    bool isStopping_ = false;
};

} // namespace dunlin::messaging
