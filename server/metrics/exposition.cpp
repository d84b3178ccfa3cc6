// SPDX-License-Identifier: Apache-2.0
#include "metrics/exposition.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace dunlin::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

struct Description {
    const char *name;
    const char *help;
    /// Tells apart what has the same name, as "name=value"; none when empty.
    const char *labelName = "";
    const char *labelValue = "";
};

// In the order of the enumerations; what has one name stands together.
constexpr std::array<Description, countOf<Counter>> counters{{
        {"dunlin_requests_total", "Requests of WebSocket clients"},
        {"dunlin_messages_posted_total", "New messages, committed"},
        {"dunlin_messages_delivered_total", "Messages sent to devices, once for each", "way",
         "live"},
        {"dunlin_messages_delivered_total", "", "way", "sync"},
        {"dunlin_database_errors_total", "Statements PostgreSQL did not do", "kind", "unavailable"},
        {"dunlin_database_errors_total", "", "kind", "conflict"},
        {"dunlin_database_errors_total", "", "kind", "other"},
        {"dunlin_database_reconnects_total", "Connections to PostgreSQL that were made anew"},
        {"dunlin_slow_queries_total", "Statements that took longer than log.slow_query_ms"},
        {"dunlin_blob_received_bytes_total", "Bytes of pictures that were uploaded"},
        {"dunlin_blob_sent_bytes_total", "Bytes of pictures that were sent"},
        {"dunlin_messages_removed_total", "Messages removed by retention"},
}};
constexpr std::array<Description, countOf<Gauge>> gauges{{
        {"dunlin_sessions", "Devices that are connected and signed in"},
        {"dunlin_database_connections", "Connections to PostgreSQL that work"},
        {"dunlin_queue_depth", "What waits", "queue", "posts"},
        {"dunlin_queue_depth", "", "queue", "passwords"},
}};
constexpr std::array<Description, countOf<Histogram>> histograms{{
        {"dunlin_post_seconds", "From a message's arrival to its answer, after the commit"},
        {"dunlin_batch_jobs", "Messages and receipts that one transaction commits"},
        {"dunlin_database_seconds", "From a statement's way to PostgreSQL to its answer"},
        {"dunlin_update_lag_seconds", "From an update's commit to its way to connected devices"},
        {"dunlin_update_lag_entries", "How far a device was behind its update log when it asked"},
}};

class Families {
public:
    ClientMetric &add(const Description &description, MetricType type)
    {
        if (families_.empty() || families_.back().name != description.name) {
            families_.emplace_back();
            families_.back().name = description.name;
            families_.back().help = description.help;
            families_.back().type = type;
        }
        ClientMetric &metric = families_.back().metric.emplace_back();
        if (*description.labelName != '\0')
            metric.label.push_back({description.labelName, description.labelValue});
        return metric;
    }

    [[nodiscard]] std::string text() const
    {
        return prometheus::TextSerializer().Serialize(families_);
    }

private:
    std::vector<MetricFamily> families_;
};

void fill(ClientMetric::Histogram &to, const Snapshot::Distribution &from,
          const std::vector<double> &bounds)
{
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < from.buckets.size(); ++i) {
        count += from.buckets[i];
        const bool isLast = i == bounds.size();
        to.bucket.push_back({count, isLast ? std::numeric_limits<double>::infinity() : bounds[i]});
    }
    to.sample_count = count;
    to.sample_sum = from.sum;
}

} // namespace

std::string exposition(const Snapshot &snapshot, const std::vector<Sample> &samples)
{
    Families families;
    for (std::size_t i = 0; i < counters.size(); ++i) {
        families.add(counters[i], MetricType::Counter).counter.value =
                static_cast<double>(snapshot.counters[i]);
    }
    for (std::size_t i = 0; i < errorCodes; ++i) {
        const std::string code(toWireName(static_cast<ErrorCode>(i)));
        const Description description{"dunlin_request_errors_total",
                                      "Requests answered with an error", "code", code.c_str()};
        families.add(description, MetricType::Counter).counter.value =
                static_cast<double>(snapshot.errors[i]);
    }
    for (std::size_t i = 0; i < gauges.size(); ++i) {
        families.add(gauges[i], MetricType::Gauge).gauge.value =
                static_cast<double>(snapshot.gauges[i]);
    }
    for (std::size_t i = 0; i < histograms.size(); ++i) {
        fill(families.add(histograms[i], MetricType::Histogram).histogram, snapshot.histograms[i],
             boundsOf(static_cast<Histogram>(i)));
    }
    for (const Sample &sample : samples) {
        const bool isCounter = sample.kind == Sample::Kind::Counter;
        ClientMetric &metric = families.add({sample.name.c_str(), sample.help.c_str()},
                                            isCounter ? MetricType::Counter : MetricType::Gauge);
        (isCounter ? metric.counter.value : metric.gauge.value) = sample.value;
    }
    return families.text();
}

} // namespace dunlin::metrics
