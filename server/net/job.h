// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace dunlin::net {

/// Work that is run once on another thread. Unlike std::function it may own what cannot be copied.
class Job {
public:
    Job() = default;

    template <typename Function>
    requires(!std::is_same_v<std::remove_cvref_t<Function>,
                             Job> && std::is_invocable_v<std::remove_cvref_t<Function> &>)
            Job(Function &&function) // NOLINT(google-explicit-constructor): a lambda is a job
        : work_(std::make_unique<Holder<std::remove_cvref_t<Function>>>(
                std::forward<Function>(function)))
    { }

    void operator()() { work_->run(); }
    explicit operator bool() const noexcept { return work_ != nullptr; }

private:
    struct Work {
        Work() = default;
        Work(const Work &) = delete;
        Work &operator=(const Work &) = delete;
        virtual ~Work() = default;
        virtual void run() = 0;
    };
    template <typename Function> struct Holder final : Work {
        explicit Holder(Function &&held) : function(std::move(held)) { }
        explicit Holder(const Function &held) : function(held) { }
        void run() override { function(); }
        Function function;
    };

    std::unique_ptr<Work> work_;
};

} // namespace dunlin::net
