// SPDX-License-Identifier: Apache-2.0
#include "messaging/post_writer.h"

#include "async/answer.h"
#include "dunlin/validation.h"
#include "log/log.h"
#include "messaging/post_batch.h"
#include "metrics/metrics.h"

#include <QDateTime>

namespace dunlin::messaging {

using store::DatabaseError;
using store::Statement;

namespace {

/// More would only make each answer wait longer: the cost of a commit is long shared by then.
constexpr std::size_t jobsPerBatch = 500;
constexpr std::size_t jobsWaitingMax = 20'000;
constexpr int triesMax = 10;
/// The part of a batch's time that the next one gathers for.
constexpr int gatherPart = 8;
constexpr auto gatherMax = std::chrono::milliseconds(2);

const Statement rollbackStatement{"post_rollback", "ROLLBACK"};

Error shuttingDown()
{
    return {.code = ErrorCode::ShuttingDown, .message = "the server is shutting down"};
}

} // namespace

PostWriter::PostWriter(const std::string &conninfo, IdGenerator &ids, Publish publish)
    : ids_(ids), publish_(std::move(publish)),
      connection_(std::make_unique<store::Connection>(conninfo, store::defaultSessionSetup()))
{
    gatherTimer_.setSingleShot(true);
    gatherTimer_.setTimerType(Qt::PreciseTimer);
    QObject::connect(&gatherTimer_, &QTimer::timeout, &gatherTimer_, [this] { run(); });
}

PostWriter::~PostWriter()
{
    close();
}

void PostWriter::close()
{
    isStopping_ = true;
    gatherTimer_.stop();
    // Ends the transaction in flight, and with it run(), while everything it uses is still there.
    connection_.reset();
    auto waiting = std::exchange(queue_, {});
    metrics::change(metrics::Gauge::PostsWaiting, -static_cast<std::int64_t>(waiting.size()));
    for (Job &job : waiting)
        fail(job, shuttingDown());
}

void PostWriter::fail(Job &job, const Error &error)
{
    std::visit([&](auto &kind) { kind.callback(tl::unexpected(error)); }, job);
}

void PostWriter::post(Post post, std::function<void(Result<Posted>)> callback)
{
    enqueue(PostJob{.post = std::move(post), .callback = std::move(callback)});
}

QCoro::Task<Result<Posted>> PostWriter::post(Post post)
{
    const bool needsText = !post.refusal && (post.images.empty() || !post.text.empty());
    if (const auto checked = validation::checkMessageText(post.text); !checked && needsText)
        co_return tl::unexpected(checked.error());
    const auto begin = std::chrono::steady_clock::now();
    Answer<Result<Posted>> answer(
            [&](auto callback) { this->post(std::move(post), std::move(callback)); });
    auto posted = co_await answer;
    if (posted)
        metrics::observe(metrics::Histogram::PostSeconds, std::chrono::steady_clock::now() - begin);
    co_return posted;
}

void PostWriter::raise(Raise raise, std::function<void(Result<void>)> callback)
{
    enqueue(RaiseJob{.raise = raise, .callback = std::move(callback)});
}

QCoro::Task<Result<void>> PostWriter::raise(Raise raise)
{
    if (raise.delivered.value < 0 || raise.read.value < 0)
        co_return failure(ErrorCode::InvalidArgument, "a watermark is not negative");
    Answer<Result<void>> answer([&](auto callback) { this->raise(raise, std::move(callback)); });
    co_return co_await answer;
}

void PostWriter::enqueue(Job job)
{
    if (isStopping_) {
        fail(job, shuttingDown());
        return;
    }
    if (queue_.size() >= jobsWaitingMax) {
        fail(job,
             {.code = ErrorCode::Overloaded,
              .message = "the server has too much to write",
              .retryAfter = std::chrono::seconds(1)});
        return;
    }
    queue_.push_back(std::move(job));
    metrics::change(metrics::Gauge::PostsWaiting, 1);
    if (!isRunning_ && !gatherTimer_.isActive())
        run();
}

QCoro::Task<void> PostWriter::run()
{
    using Clock = std::chrono::steady_clock;
    isRunning_ = true;
    while (!queue_.empty() && !isStopping_) {
        const auto begin = Clock::now();
        const std::size_t count = std::min(queue_.size(), jobsPerBatch);
        std::vector<Job> jobs(
                std::make_move_iterator(queue_.begin()),
                std::make_move_iterator(queue_.begin() + static_cast<std::ptrdiff_t>(count)));
        queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
        metrics::change(metrics::Gauge::PostsWaiting, -static_cast<std::int64_t>(count));
        co_await commit(std::move(jobs));
        const auto gather = std::chrono::duration_cast<std::chrono::milliseconds>(
                std::min<Clock::duration>(gatherMax, (Clock::now() - begin) / gatherPart));
        if (gather.count() > 0 && !isStopping_) {
            gatherTimer_.start(gather);
            break;
        }
    }
    isRunning_ = false;
}

QCoro::Task<void> PostWriter::commit(std::vector<Job> jobs)
{
    Batch batch(std::move(jobs));
    for (int tries = 1; !isStopping_; ++tries) {
        const auto done = co_await attempt(batch);
        if (done) {
            metrics::observe(metrics::Histogram::BatchJobs, static_cast<double>(batch.size()));
            metrics::add(metrics::Counter::MessagesPosted, batch.newMessages());
            publish_(batch.updates());
            batch.answer();
            co_return;
        }
        const DatabaseError &error = done.error();
        if (error.kind == DatabaseError::Kind::Unavailable) {
            batch.fail(store::toError(error));
            co_return;
        }
        std::vector<store::Query> rollback;
        rollback.push_back({.statement = &rollbackStatement, .parameters = {}});
        co_await ask(std::move(rollback));
        // A unique violation is a resend that crossed its first try on another thread; the next
        // look finds it.
        const bool canRetry = error.kind != DatabaseError::Kind::Other && tries < triesMax;
        if (canRetry)
            continue;
        log::error("a batch could not be written",
                   {{"size", static_cast<std::int64_t>(batch.size())},
                    {"sqlstate", std::string_view(error.sqlState)},
                    {"message", std::string_view(error.message)}});
        if (batch.size() == 1) {
            batch.fail(store::toError(error));
            co_return;
        }
        for (Job &job : batch.takeJobs()) {
            std::vector<Job> alone;
            alone.push_back(std::move(job));
            co_await commit(std::move(alone));
        }
        co_return;
    }
    batch.fail(shuttingDown());
}

QCoro::Task<store::DbResult<std::vector<store::Rows>>>
PostWriter::ask(std::vector<store::Query> queries)
{
    if (!connection_) {
        co_return tl::unexpected(DatabaseError{.kind = DatabaseError::Kind::Unavailable,
                                               .sqlState = {},
                                               .message = "the server is shutting down"});
    }
    co_return co_await connection_->runAll(std::move(queries));
}

QCoro::Task<store::DbResult<void>> PostWriter::attempt(Batch &batch)
{
    const auto first = co_await ask(batch.first());
    if (!first)
        co_return tl::unexpected(first.error());
    batch.takeFirst(*first);
    if (batch.needsSecond()) {
        const auto second = co_await ask(batch.second(ids_, QDateTime::currentMSecsSinceEpoch()));
        if (!second)
            co_return tl::unexpected(second.error());
        if (!batch.takeSecond(*second)) {
            co_return tl::unexpected(DatabaseError{.kind = DatabaseError::Kind::Other,
                                                   .sqlState = {},
                                                   .message = "a row of a member is missing"});
        }
    }
    const auto third = co_await ask(batch.third());
    if (!third)
        co_return tl::unexpected(third.error());
    co_return store::DbResult<void>();
}

} // namespace dunlin::messaging
