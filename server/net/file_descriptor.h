// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <utility>

namespace dunlin::net {

/// Owns one open file descriptor and closes it. Move-only. -1 is "none".
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int descriptor) noexcept : descriptor_(descriptor) { }
    FileDescriptor(FileDescriptor &&other) noexcept : descriptor_(other.release()) { }
    FileDescriptor &operator=(FileDescriptor &&other) noexcept
    {
        reset(other.release());
        return *this;
    }
    FileDescriptor(const FileDescriptor &) = delete;
    FileDescriptor &operator=(const FileDescriptor &) = delete;
    ~FileDescriptor() { reset(); }

    [[nodiscard]] int get() const noexcept { return descriptor_; }
    [[nodiscard]] bool isValid() const noexcept { return descriptor_ >= 0; }
    /// Gives the descriptor to the caller, who closes it.
    [[nodiscard]] int release() noexcept { return std::exchange(descriptor_, -1); }
    void reset(int descriptor = -1) noexcept
    {
        const int old = std::exchange(descriptor_, descriptor);
        if (old >= 0)
            ::close(old);
    }

private:
    int descriptor_ = -1;
};

} // namespace dunlin::net
