// SPDX-License-Identifier: Apache-2.0
//
// Preloaded into PostgreSQL: every flush to disk takes DUNLIN_BENCH_FLUSH_MS longer.
#include <chrono>
#include <cstdlib>
#include <thread>

#include <sys/syscall.h>
#include <unistd.h>

namespace {

void wait()
{
    static const int milliseconds = [] {
        const char *text = std::getenv("DUNLIN_BENCH_FLUSH_MS"); // NOLINT(concurrency-mt-unsafe)
        return text != nullptr ? std::atoi(text) : 0; // NOLINT(cert-err34-c)
    }();
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

} // namespace

extern "C" int fdatasync(int descriptor)
{
    wait();
    return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
}

extern "C" int fsync(int descriptor)
{
    wait();
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}
