// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "modes.h"
#include "samples.h"

namespace dunlin::bench {

/// Pairs of users: one writes, the other receives. A message counts when the recipient's socket
/// has it.
class Pairs {
public:
    Pairs(Run &run, int pairs);

    /// Keeps window messages of each pair on their way (rate 0), or begins rate messages a second,
    /// all pairs in turn, whatever is on its way; for as long, or until it is done. Afterwards
    /// waits for what is under way.
    void measure(
            QJsonObject &row, int window, int rate, double seconds,
            const std::function<bool()> &isDone = [] { return false; });

private:
    [[nodiscard]] int pairs() const { return int(clients_.size() / 2); }
    void send(int pair, std::int64_t sentNs);
    void onFrame(int user, const v1::ServerFrame &frame);
    void arrive(int pair, const v1::Update &update);

    Run &run_;
    Clients clients_;
    v1::ClientFrame request_;
    std::uint64_t lastId_ = 1;
    Samples samples_;
    bool isClosedLoop_ = true;
    bool isSending_ = false;
    int errors_ = 0;
};

} // namespace dunlin::bench
