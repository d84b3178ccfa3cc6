// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bed.h"
#include "http_peer.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace dunlin::bench {

/// Many users, each of whom uploads the same bytes at once, on a thread of its own: one, for all of
/// them, so that the generator takes no more of the machine than it has to.
class UploadCrowd {
public:
    /// Connects and begins the uploads; bytes outlives the crowd.
    UploadCrowd(const Bed &bed, int firstUser, int users, std::string_view bytes);
    ~UploadCrowd();
    UploadCrowd(const UploadCrowd &) = delete;
    UploadCrowd &operator=(const UploadCrowd &) = delete;

    /// Sends.
    void start();
    [[nodiscard]] bool isDone() const { return isDone_; }
    /// Once done: how long it took, and how many were not answered as they should be.
    [[nodiscard]] double seconds() const { return seconds_; }
    [[nodiscard]] int failed() const { return failed_; }
    /// The most that the server had in memory meanwhile.
    [[nodiscard]] std::int64_t peakMemory() const { return peakMemory_; }

private:
    struct One {
        std::unique_ptr<HttpPeer> peer;
        std::string head;
        std::size_t sent = 0; ///< Of head and bytes.
        bool isAnswered = false;
    };

    void run();
    bool advance(One &one) const;

    const pid_t server_;
    const std::string_view bytes_;
    std::vector<One> all_;
    std::atomic<bool> isDone_ = false;
    double seconds_ = 0;
    int failed_ = 0;
    std::int64_t peakMemory_ = 0;
    std::thread thread_;
};

} // namespace dunlin::bench
