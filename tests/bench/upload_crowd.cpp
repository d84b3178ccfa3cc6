// SPDX-License-Identifier: Apache-2.0
#include "upload_crowd.h"

#include "cpu_meter.h"
#include "loop.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>

namespace dunlin::bench {
namespace {

constexpr std::size_t pieceBytes = 64 * 1024;
constexpr int sendBufferBytes = 128 * 1024;
constexpr std::int64_t memoryInterval = 20'000'000;

} // namespace

UploadCrowd::UploadCrowd(const Bed &bed, int firstUser, int users, std::string_view bytes)
    : server_(bed.process()), bytes_(bytes), all_(std::size_t(users))
{
    for (int i = 0; i < users; ++i) {
        One &one = all_[std::size_t(i)];
        one.peer = std::make_unique<HttpPeer>(bed.port());
        // A network would not take megabytes of each at once, as the loopback does.
        ::setsockopt(one.peer->descriptor(), SOL_SOCKET, SO_SNDBUF, &sendBufferBytes,
                     sizeof sendBufferBytes);
        const int user = firstUser + i;
        const std::string path = beginUpload(*one.peer, user, bytes.size());
        one.head = HttpPeer::headOf("PATCH " + path,
                                    tusFields(user)
                                            + "Content-Type: application/offset+octet-stream\r\n"
                                              "Upload-Offset: 0\r\n",
                                    bytes.size());
    }
}

UploadCrowd::~UploadCrowd()
{
    if (thread_.joinable())
        thread_.join();
}

void UploadCrowd::start()
{
    thread_ = std::thread([this] { run(); });
}

/// Sends another piece, or takes the answer; false when the connection has ended.
bool UploadCrowd::advance(One &one) const
{
    const std::size_t all = one.head.size() + bytes_.size();
    if (one.sent < all) {
        const std::string_view left = one.sent < one.head.size()
                ? std::string_view(one.head).substr(one.sent)
                : bytes_.substr(one.sent - one.head.size());
        const auto sent = ::send(one.peer->descriptor(), left.data(),
                                 std::min(left.size(), pieceBytes), MSG_DONTWAIT | MSG_NOSIGNAL);
        one.sent += std::size_t(std::max<ssize_t>(sent, 0));
        return sent >= 0 || errno == EAGAIN;
    }
    std::array<char, 4096> answer{};
    const auto got = ::recv(one.peer->descriptor(), answer.data(), answer.size(), 0);
    one.isAnswered = got > 0
            && std::string_view(answer.data(), std::size_t(got)).starts_with("HTTP/1.1 204");
    return false;
}

void UploadCrowd::run()
{
    const CpuMeter meter(server_);
    const std::int64_t begin = clockNs();
    std::int64_t nextLook = begin;
    std::vector<One *> busy;
    for (One &one : all_)
        busy.push_back(&one);
    std::vector<pollfd> waits;
    while (!busy.empty()) {
        waits.clear();
        for (const One *one : busy) {
            const bool isSending = one->sent < one->head.size() + bytes_.size();
            waits.push_back({.fd = one->peer->descriptor(),
                             .events = short(isSending ? POLLOUT : POLLIN),
                             .revents = 0});
        }
        ::poll(waits.data(), waits.size(), int(memoryInterval / 1'000'000));
        std::vector<One *> left;
        for (std::size_t i = 0; i < busy.size(); ++i) {
            if (waits[i].revents == 0 || advance(*busy[i]))
                left.push_back(busy[i]);
        }
        busy = std::move(left);
        if (clockNs() >= nextLook) {
            peakMemory_ = std::max(peakMemory_, meter.serverMemory());
            nextLook = clockNs() + memoryInterval;
        }
    }
    seconds_ = double(clockNs() - begin) / 1e9;
    failed_ = int(std::count_if(all_.begin(), all_.end(),
                                [](const One &one) { return !one.isAnswered; }));
    isDone_ = true;
}

} // namespace dunlin::bench
