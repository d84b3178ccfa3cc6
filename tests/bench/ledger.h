// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database.h"

#include "dunlin/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace dunlin::bench {

/// What was sent, what the server acknowledged, what arrived; and whether PostgreSQL says the same.
class Ledger {
public:
    struct Entry {
        std::int64_t conversation = 0;
        std::int64_t seq = 0; ///< 0 until acknowledged.
        std::int64_t sentNs = 0;
        std::uint64_t random = 0;
        bool hasArrived = false;
    };

    /// A new message; returns its client id.
    std::string add(std::int64_t conversation, std::int64_t sentNs);
    /// nullptr for a client id that is not of this ledger.
    Entry *find(const std::string &clientId);

    void acknowledge(const std::string &clientId, std::int64_t seq);
    /// The recipient has it. Returns the entry the first time only.
    Entry *arrive(const std::string &clientId);

    [[nodiscard]] std::size_t sent() const { return entries_.size(); }
    [[nodiscard]] std::size_t acknowledged() const { return acknowledged_; }
    [[nodiscard]] std::size_t arrived() const { return arrived_; }
    [[nodiscard]] bool isComplete() const { return acknowledged_ == sent() && arrived_ == sent(); }

    /// Compares with PostgreSQL: every acknowledged message is there once, at the place that was
    /// told, and nothing else is. Returns how many differ.
    std::size_t differences(Database &database) const;

private:
    std::vector<Entry> entries_;
    std::size_t acknowledged_ = 0;
    std::size_t arrived_ = 0;
    std::size_t doubled_ = 0;
};

} // namespace dunlin::bench
