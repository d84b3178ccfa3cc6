// SPDX-License-Identifier: Apache-2.0
//
// Preloaded into the server and PostgreSQL: their wall clock is off by what the first eight bytes
// of the file DUNLIN_CHAOS_CLOCK say, in ns. Not libfaketime, whose processes share a semaphore:
// one that is killed while it holds it stops all the others.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

constexpr std::int64_t second = 1'000'000'000;

const std::atomic<std::int64_t> *mapped()
{
    const char *file = std::getenv("DUNLIN_CHAOS_CLOCK"); // NOLINT(concurrency-mt-unsafe)
    const int descriptor = file != nullptr ? ::open(file, O_RDONLY | O_CLOEXEC) : -1;
    if (descriptor < 0)
        return nullptr;
    void *memory = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    return memory == MAP_FAILED ? nullptr : static_cast<const std::atomic<std::int64_t> *>(memory);
}

/// ns since 1970.
std::int64_t now()
{
    static const std::atomic<std::int64_t> *const offset = mapped();
    timespec real{};
    ::syscall(SYS_clock_gettime, CLOCK_REALTIME, &real);
    return std::int64_t{real.tv_sec} * second + real.tv_nsec
            + (offset != nullptr ? offset->load(std::memory_order_relaxed) : 0);
}

} // namespace

extern "C" int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)
        return static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
    const std::int64_t ns = now();
    *time = {.tv_sec = ns / second, .tv_nsec = ns % second};
    return 0;
}

extern "C" int gettimeofday(timeval *time, void * /*zone*/) noexcept
{
    const std::int64_t ns = now();
    *time = {.tv_sec = ns / second, .tv_usec = ns % second / 1000};
    return 0;
}

extern "C" time_t time(time_t *result) noexcept
{
    const time_t seconds = now() / second;
    if (result != nullptr)
        *result = seconds;
    return seconds;
}
