// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcessEnvironment>
#include <QString>

#include <atomic>
#include <cstdint>

namespace dunlin::chaos {

/// The wall clock of other processes, which can be made to jump: they preload clock_jump.cpp, which
/// adds what this file says. The monotonic clock goes on, as it does on a real machine.
class Clock {
public:
    explicit Clock(const QString &file);
    ~Clock();
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;

    void addTo(QProcessEnvironment &environment) const;
    void setOffset(std::int64_t milliseconds);

private:
    const QString file_;
    std::atomic<std::int64_t> *offsetNs_ = nullptr;
};

} // namespace dunlin::chaos
