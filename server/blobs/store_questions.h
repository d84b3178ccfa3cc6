// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "async/answer.h"
#include "blobs/blob_store.h"

#include <QCoroTask>

#include <map>
#include <memory>

namespace dunlin::blobs {

/// Asks a BlobStore from one thread, and brings its answers back there. Lives on that thread.
class StoreQuestions {
public:
    /// Runs work on the asker's thread, from any thread.
    using RunHere = std::function<void(std::function<void()>)>;

    /// store outlives the object and its tasks.
    StoreQuestions(BlobStore &store, RunHere runHere) : store_(store), runHere_(std::move(runHere))
    { }
    /// As close().
    ~StoreQuestions() { close(); }
    StoreQuestions(const StoreQuestions &) = delete;
    StoreQuestions &operator=(const StoreQuestions &) = delete;

    /// Answers who waits with UNAVAILABLE, and whoever asks from then on.
    void close()
    {
        const auto waiting = std::exchange(waiting_, nullptr);
        if (!waiting)
            return;
        for (const auto &[ticket, resume] : std::exchange(*waiting, {}))
            resume(false);
    }

    /// question calls one function of the store, with the callback it is given.
    template <typename T>
    QCoro::Task<Result<T>> ask(std::function<void(BlobStore &, BlobStore::Done<T>)> question)
    {
        if (!waiting_)
            co_return failure(ErrorCode::Unavailable, "the server is shutting down");
        const auto answer = std::make_shared<Result<T>>();
        Answer<bool> arrival([&](auto callback) {
            const std::uint64_t ticket = ++lastTicket_;
            waiting_->emplace(ticket, std::move(callback));
            question(store_,
                     [runHere = runHere_, weak = std::weak_ptr(waiting_), ticket,
                      answer](Result<T> result) {
                         runHere([weak, ticket, answer, result = std::move(result)] {
                             const auto waiting = weak.lock();
                             if (!waiting)
                                 return;
                             *answer = result;
                             if (const auto waiter = waiting->extract(ticket); !waiter.empty())
                                 waiter.mapped()(true);
                         });
                     });
        });
        const bool hasArrived = co_await arrival;
        if (!hasArrived)
            co_return failure(ErrorCode::Unavailable, "the server is shutting down");
        co_return std::move(*answer);
    }

    /// For what needs no answer.
    [[nodiscard]] BlobStore &store() const { return store_; }

private:
    /// Who waits, by ticket; called with true when there is an answer.
    using Waiting = std::map<std::uint64_t, std::function<void(bool)>>;

    BlobStore &store_;
    const RunHere runHere_;
    /// Null when closed: answers that come later find nobody.
    std::shared_ptr<Waiting> waiting_ = std::make_shared<Waiting>();
    std::uint64_t lastTicket_ = 0;
};

} // namespace dunlin::blobs
