// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace dunlin::bench {

class Client;

/// Nanoseconds of the monotonic clock.
std::int64_t clockNs();

/// The generator's event loop: epoll over its clients. What was sent in a turn is written at its
/// end, one write a client.
class Loop {
public:
    Loop();
    ~Loop();
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    void add(Client &client);
    void remove(Client &client);
    /// The client has something to write at the end of the turn.
    void wantWrite(Client &client) { dirty_.push_back(&client); }
    /// The client's socket is full: write when it is writable.
    void waitWritable(Client &client, bool isWaiting);

    /// Runs until isDone() or until the deadline; true when done. tick, if given, is called every
    /// turn and returns when it wants to be called again (in ns of the clock, at the latest).
    bool run(std::int64_t deadlineNs, const std::function<bool()> &isDone,
             const std::function<std::int64_t()> &tick = {});

private:
    void flush();
    void turn(std::int64_t untilNs);

    int epoll_ = -1;
    std::vector<Client *> dirty_;
};

} // namespace dunlin::bench
