// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

namespace dunlin::net {

/// How many accepted sockets the process may hold, so that files and the database always find a
/// descriptor. Shared by all listeners; thread-safe.
class SocketLimit {
public:
    /// The right to hold one socket; given back when it is destroyed. Move-only.
    class Slot {
    public:
        Slot() = default;
        explicit operator bool() const noexcept { return limit_ != nullptr; }

    private:
        friend class SocketLimit;
        struct GiveBack {
            void operator()(SocketLimit *limit) const noexcept { --limit->open_; }
        };
        explicit Slot(SocketLimit *limit) : limit_(limit) { }
        std::unique_ptr<SocketLimit, GiveBack> limit_;
    };

    explicit SocketLimit(int maximum) : maximum_(maximum) { }

    /// Raises the soft limit of open files to the hard one. What RLIMIT_NOFILE leaves after reserve
    /// descriptors for everything else; at least 1.
    static int maximumFromSystem(int reserve)
    {
        rlimit files{};
        constexpr rlim_t most = 1'000'000;
        if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
            return 1;
        // The soft limit is often 1024, for the sake of programs that use select(2).
        files.rlim_cur = files.rlim_max;
        if (::setrlimit(RLIMIT_NOFILE, &files) != 0)
            ::getrlimit(RLIMIT_NOFILE, &files);
        return std::max(1, static_cast<int>(std::min(files.rlim_cur, most)) - reserve);
    }

    /// An empty slot when the limit is reached. The limit outlives its slots.
    [[nodiscard]] Slot tryAcquire()
    {
        if (open_.fetch_add(1) >= maximum_) {
            --open_;
            return {};
        }
        return Slot(this);
    }

    [[nodiscard]] int open() const noexcept { return open_.load(); }
    [[nodiscard]] int maximum() const noexcept { return maximum_; }

private:
    const int maximum_;
    std::atomic<int> open_ = 0;
};

} // namespace dunlin::net
