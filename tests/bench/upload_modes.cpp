// SPDX-License-Identifier: Apache-2.0
#include "cpu_meter.h"
#include "http_peer.h"
#include "nginx.h"
#include "pairs.h"
#include "upload_crowd.h"

#include <unistd.h>

#include <optional>

namespace dunlin::bench {
namespace {

constexpr std::size_t uploadBytes = 20 * 1024 * 1024;
constexpr double megabyte = 1e6;
constexpr int chatPairs = 50;
constexpr int chatRate = 500;

std::string madeBytes()
{
    std::string bytes(uploadBytes, '\0');
    std::uint32_t state = 42;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return bytes;
}

double megabytesPerSecond(Samples &durations)
{
    return double(uploadBytes) / megabyte / (durations.percentileMs(0.5) / 1e3);
}

/// How long one upload takes as a client makes it: announced, sent, durable when answered. It is
/// removed afterwards. nullopt when it fails.
std::optional<std::int64_t> timeOfUpload(int port, int user, std::string_view bytes)
{
    HttpPeer peer(port);
    const std::int64_t begin = clockNs();
    const std::string path = beginUpload(peer, user, bytes.size());
    const std::string answer =
            peer.request("PATCH " + path,
                         tusFields(user)
                                 + "Content-Type: application/offset+octet-stream\r\n"
                                   "Upload-Offset: 0\r\n",
                         bytes);
    const std::int64_t took = clockNs() - begin;
    const bool isRemoved =
            peer.request("DELETE " + path, tusFields(user), {}).starts_with("HTTP/1.1 204");
    return answer.starts_with("HTTP/1.1 204") && isRemoved ? std::optional(took) : std::nullopt;
}

/// The same by PUT.
std::optional<std::int64_t> timeOfPut(int port, std::string_view bytes)
{
    HttpPeer peer(port);
    const std::int64_t begin = clockNs();
    const std::string answer = peer.request("PUT /picture", {}, bytes);
    const std::int64_t took = clockNs() - begin;
    const bool isRemoved = peer.request("DELETE /picture", {}, {}).starts_with("HTTP/1.1 204");
    return answer.starts_with("HTTP/1.1 201") && isRemoved ? std::optional(took) : std::nullopt;
}

} // namespace

void runUploadsAtOnce(Run &run, QJsonObject &row, int clients)
{
    const std::string bytes = madeBytes();
    ::sync(); // the disk has done with what earlier rounds wrote and removed
    Pairs chat(run, chatPairs);
    QJsonObject idle;
    chat.measure(idle, 0, chatRate, run.seconds);
    {
        // What is made once is not what an upload costs.
        UploadCrowd first(run.bed, Bed::firstIdleUser, clients,
                          std::string_view(bytes).substr(0, 1));
        first.start();
    }
    UploadCrowd crowd(run.bed, Bed::firstIdleUser, clients, bytes);
    const std::int64_t memoryBefore = CpuMeter(run.bed.process()).serverMemory();
    bool hasBegun = false;
    constexpr double secondsAtMost = 120;
    chat.measure(row, 0, chatRate, secondsAtMost, [&] {
        if (!std::exchange(hasBegun, true))
            crowd.start();
        return crowd.isDone();
    });
    row[QStringLiteral("idle_p99_ms")] = idle[QLatin1String("p99_ms")];
    row[QStringLiteral("p99_ratio")] =
            row[QLatin1String("p99_ms")].toDouble() / idle[QLatin1String("p99_ms")].toDouble();
    row[QStringLiteral("memory_growth_mb")] = double(crowd.peakMemory() - memoryBefore) / megabyte;
    row[QStringLiteral("upload_mb_per_second")] =
            double(uploadBytes) * clients / megabyte / crowd.seconds();
    row[QStringLiteral("errors")] = row[QLatin1String("errors")].toInt() + crowd.failed();
}

void runUploadAlone(Run &run, QJsonObject &row)
{
    const std::string bytes = madeBytes();
    const Nginx nginx;
    Samples ours;
    Samples theirs;
    int errors = 0;
    constexpr int warmUps = 2;
    const std::int64_t end = clockNs() + std::int64_t(run.seconds * 1e9);
    const auto take = [&](Samples &samples, std::optional<std::int64_t> took, bool isWarm) {
        if (!took)
            ++errors;
        else if (isWarm)
            samples.add(*took);
    };
    for (int i = 0; i < warmUps || clockNs() < end; ++i) {
        // In turn: what disturbs the disk disturbs both.
        take(ours, timeOfUpload(run.bed.port(), Bed::firstIdleUser, bytes), i >= warmUps);
        if (nginx.port() != 0)
            take(theirs, timeOfPut(nginx.port(), bytes), i >= warmUps);
    }
    row[QStringLiteral("upload_mb_per_second")] = megabytesPerSecond(ours);
    if (nginx.port() != 0) {
        row[QStringLiteral("nginx_mb_per_second")] = megabytesPerSecond(theirs);
        row[QStringLiteral("nginx_ratio")] = megabytesPerSecond(ours) / megabytesPerSecond(theirs);
    } else {
        qWarning("nginx, to compare with, is not there (apt install nginx-light)");
    }
    row[QStringLiteral("errors")] = errors;
}

} // namespace dunlin::bench
