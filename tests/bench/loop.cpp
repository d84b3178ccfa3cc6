// SPDX-License-Identifier: Apache-2.0
#include "loop.h"

#include "client.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace dunlin::bench {

std::int64_t clockNs()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

Loop::Loop() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) { }

Loop::~Loop()
{
    ::close(epoll_);
}

void Loop::add(Client &client)
{
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT; // the end of connecting is a writable socket
    event.data.ptr = &client;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.descriptor(), &event);
}

void Loop::remove(Client &client)
{
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, client.descriptor(), nullptr);
    std::erase(dirty_, &client);
}

void Loop::waitWritable(Client &client, bool isWaiting)
{
    epoll_event event{};
    event.events = isWaiting ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.data.ptr = &client;
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, client.descriptor(), &event);
}

void Loop::flush()
{
    for (std::size_t i = 0; i < dirty_.size(); ++i)
        dirty_[i]->flush();
    dirty_.clear();
}

void Loop::turn(std::int64_t untilNs)
{
    std::array<epoll_event, 512> events{};
    const std::int64_t left = std::max<std::int64_t>(0, untilNs - clockNs());
    const timespec timeout{.tv_sec = left / 1'000'000'000, .tv_nsec = left % 1'000'000'000};
    const int count = ::epoll_pwait2(epoll_, events.data(), int(events.size()), &timeout, nullptr);
    for (int i = 0; i < count; ++i) {
        auto *client = static_cast<Client *>(events[std::size_t(i)].data.ptr);
        client->onReady(events[std::size_t(i)].events);
    }
}

bool Loop::run(std::int64_t deadlineNs, const std::function<bool()> &isDone,
               const std::function<std::int64_t()> &tick)
{
    while (true) {
        std::int64_t until = deadlineNs;
        if (tick)
            until = std::min(until, tick());
        flush();
        if (isDone())
            return true;
        if (clockNs() >= deadlineNs)
            return false;
        turn(until);
    }
}

} // namespace dunlin::bench
