// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <functional>
#include <optional>
#include <utility>

namespace dunlin {

/// Turns a function with a callback into something to co_await:
///
///     Answer<Result<bool>> answer([&](auto callback) { hasher.verify(password, hash, callback);
///     }); const auto isRight = co_await answer;
///
/// The callback is called once, on the thread of the coroutine, at once or later. Give it a name as
/// above: GCC 12 destroys temporaries of a co_await expression too early. (It also
/// copies what is awaited, before it is suspended, which is why this can be copied.)
template <typename T> class Answer {
public:
    using Callback = std::function<void(T)>;

    explicit Answer(std::function<void(Callback)> start) : start_(std::move(start)) { }

    [[nodiscard]] bool await_ready() const noexcept { return false; }

    /// False when the callback came at once: the coroutine goes on without being suspended.
    bool await_suspend(std::coroutine_handle<> waiting)
    {
        start_([this, waiting](T value) {
            value_ = std::move(value);
            if (isSuspended_)
                waiting.resume();
        });
        isSuspended_ = !value_.has_value();
        return isSuspended_;
    }

    T await_resume() { return std::move(*value_); }

private:
    std::function<void(Callback)> start_;
    std::optional<T> value_;
    bool isSuspended_ = false;
};

} // namespace dunlin
