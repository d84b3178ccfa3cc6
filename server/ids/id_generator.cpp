// SPDX-License-Identifier: Apache-2.0
#include "ids/id_generator.h"

#include <QtGlobal>

#include <algorithm>

namespace dunlin {
namespace {

constexpr std::int64_t counterMask = (std::int64_t{1} << IdGenerator::counterBits) - 1;
constexpr std::int64_t nodeMask = IdGenerator::maxNode;
constexpr int timeShift = IdGenerator::nodeBits + IdGenerator::counterBits;

} // namespace

IdGenerator::IdGenerator(int node, Clock clock) : node_(node), clock_(std::move(clock))
{
    Q_ASSERT(node >= 0 && node <= maxNode);
}

std::int64_t IdGenerator::next()
{
    const auto now =
            std::chrono::floor<std::chrono::milliseconds>(clock_().time_since_epoch()) - epoch;
    const std::int64_t earliest = std::max<std::int64_t>(now.count(), 0) << counterBits;

    std::int64_t last = last_.load(std::memory_order_relaxed);
    std::int64_t mine = 0;
    do {
        mine = std::max(last + 1, earliest);
    } while (!last_.compare_exchange_weak(last, mine, std::memory_order_relaxed));

    return ((mine >> counterBits) << timeShift) | (node_ << counterBits) | (mine & counterMask);
}

std::chrono::milliseconds IdGenerator::timeOf(std::int64_t id) noexcept
{
    return epoch + std::chrono::milliseconds(id >> timeShift);
}

int IdGenerator::nodeOf(std::int64_t id) noexcept
{
    return static_cast<int>((id >> counterBits) & nodeMask);
}

} // namespace dunlin
