// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/error_code.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

/// What the server counts while it works. Every thread counts in a place of its own, which nobody
/// else writes: no lock and no shared cache line where messages pass. snapshot() adds them up; the
/// places of threads that have ended stay, so that no counter goes back.
///
/// All functions may be called on any thread.
namespace dunlin::metrics {

/// Only ever rises.
enum class Counter {
    Requests,
    MessagesPosted,
    MessagesDeliveredLive,
    MessagesDeliveredBySync,
    DatabaseErrorsUnavailable,
    DatabaseErrorsConflict,
    DatabaseErrorsOther,
    DatabaseReconnects,
    SlowQueries,
    BlobBytesReceived,
    BlobBytesSent,
    MessagesRemoved,
    Count
};

/// Goes up and down.
enum class Gauge { Sessions, DatabaseConnections, PostsWaiting, PasswordsWaiting, Count };

/// How often which value was seen.
enum class Histogram {
    PostSeconds,
    BatchJobs,
    DatabaseSeconds,
    UpdateLagSeconds,
    UpdateLagEntries,
    Count
};

template <typename Kind>
inline constexpr std::size_t countOf = static_cast<std::size_t>(Kind::Count);
inline constexpr std::size_t errorCodes = static_cast<std::size_t>(ErrorCode::Internal) + 1;

void add(Counter counter, std::uint64_t by = 1);
void change(Gauge gauge, std::int64_t by);
/// value in the unit of the histogram's name.
void observe(Histogram histogram, double value);
void observe(Histogram histogram, std::chrono::steady_clock::duration time);
/// A request was answered with this error.
void countError(ErrorCode code);

/// Where a histogram's buckets end, ascending; what is above the last one has a bucket of its own.
const std::vector<double> &boundsOf(Histogram histogram);

struct Snapshot {
    struct Distribution {
        /// One more than bounds.
        std::vector<std::uint64_t> buckets = {};
        double sum = 0;
    };
    std::array<std::uint64_t, countOf<Counter>> counters{};
    std::array<std::int64_t, countOf<Gauge>> gauges{};
    std::array<Distribution, countOf<Histogram>> histograms{};
    std::array<std::uint64_t, errorCodes> errors{};
};

Snapshot snapshot();

} // namespace dunlin::metrics
