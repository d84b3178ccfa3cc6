// SPDX-License-Identifier: Apache-2.0
#include "metrics/metrics.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

namespace dunlin::metrics {
namespace {

constexpr std::size_t bucketsMax = 20;

/// Written by one thread, read by those that take a snapshot: a load and a store instead of an
/// addition that locks the bus.
template <typename T> void raise(std::atomic<T> &value, T by)
{
    value.store(value.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}

struct Place {
    std::array<std::atomic<std::uint64_t>, countOf<Counter>> counters{};
    std::array<std::atomic<std::int64_t>, countOf<Gauge>> gauges{};
    std::array<std::array<std::atomic<std::uint64_t>, bucketsMax>, countOf<Histogram>> buckets{};
    std::array<std::atomic<double>, countOf<Histogram>> sums{};
    std::array<std::atomic<std::uint64_t>, errorCodes> errors{};
};

/// Of all threads that have ever counted.
class Places {
public:
    Place &add()
    {
        const std::scoped_lock lock(mutex_);
        return *places_.emplace_back(std::make_unique<Place>());
    }

    template <typename Visit> void forEach(const Visit &visit)
    {
        const std::scoped_lock lock(mutex_);
        for (const auto &place : places_)
            visit(*place);
    }

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<Place>> places_;
};

Places &places()
{
    // Never destroyed: threads may count until the process ends.
    static Places &all = *new Places;
    return all;
}

Place &own()
{
    thread_local Place &place = places().add();
    return place;
}

template <typename Kind> std::size_t indexOf(Kind kind)
{
    return static_cast<std::size_t>(kind);
}

} // namespace

const std::vector<double> &boundsOf(Histogram histogram)
{
    static const std::vector<double> seconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                             0.1,    0.25,  0.5,    1,     2.5,  5,     10};
    static const std::vector<double> numbers{1,   2,   5,    10,   20,   50,    100,
                                             200, 500, 1000, 2000, 5000, 10000, 20000};
    const bool isTime = histogram == Histogram::PostSeconds
            || histogram == Histogram::DatabaseSeconds || histogram == Histogram::UpdateLagSeconds;
    return isTime ? seconds : numbers;
}

void add(Counter counter, std::uint64_t by)
{
    raise(own().counters[indexOf(counter)], by);
}

void change(Gauge gauge, std::int64_t by)
{
    raise(own().gauges[indexOf(gauge)], by);
}

void observe(Histogram histogram, double value)
{
    const std::vector<double> &bounds = boundsOf(histogram);
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), value) - bounds.begin();
    Place &place = own();
    raise(place.buckets[indexOf(histogram)][static_cast<std::size_t>(bucket)], std::uint64_t{1});
    raise(place.sums[indexOf(histogram)], value);
}

void observe(Histogram histogram, std::chrono::steady_clock::duration time)
{
    observe(histogram, std::chrono::duration<double>(time).count());
}

void countError(ErrorCode code)
{
    raise(own().errors[indexOf(code)], std::uint64_t{1});
}

Snapshot snapshot()
{
    Snapshot all;
    for (std::size_t i = 0; i < countOf<Histogram>; ++i)
        all.histograms[i].buckets.resize(boundsOf(static_cast<Histogram>(i)).size() + 1);
    places().forEach([&all](const Place &place) {
        for (std::size_t i = 0; i < place.counters.size(); ++i)
            all.counters[i] += place.counters[i].load(std::memory_order_relaxed);
        for (std::size_t i = 0; i < place.gauges.size(); ++i)
            all.gauges[i] += place.gauges[i].load(std::memory_order_relaxed);
        for (std::size_t i = 0; i < place.errors.size(); ++i)
            all.errors[i] += place.errors[i].load(std::memory_order_relaxed);
        for (std::size_t i = 0; i < countOf<Histogram>; ++i) {
            auto &histogram = all.histograms[i];
            for (std::size_t bucket = 0; bucket < histogram.buckets.size(); ++bucket)
                histogram.buckets[bucket] +=
                        place.buckets[i][bucket].load(std::memory_order_relaxed);
            histogram.sum += place.sums[i].load(std::memory_order_relaxed);
        }
    });
    return all;
}

} // namespace dunlin::metrics
