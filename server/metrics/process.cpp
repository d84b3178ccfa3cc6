// SPDX-License-Identifier: Apache-2.0
#include "metrics/process.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace dunlin::metrics {
namespace {

/// Pages of the whole process, and of those in memory; proc(5), /proc/pid/statm.
struct Pages {
    double all = 0;
    double resident = 0;
};

Pages readPages()
{
    Pages pages;
    std::ifstream("/proc/self/statm") >> pages.all >> pages.resident;
    return pages;
}

/// In ticks after the system's start; field 22 of /proc/pid/stat, whose second one may have spaces.
double readStartTicks()
{
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream fields(line.substr(std::min(line.size(), line.rfind(')') + 1)));
    std::string field;
    for (int number = 3; number <= 22; ++number)
        fields >> field;
    return field.empty() ? 0 : std::stod(field);
}

double readBootSeconds()
{
    std::ifstream file("/proc/stat");
    std::string word;
    while (file >> word) {
        if (word == "btime") {
            double seconds = 0;
            file >> seconds;
            return seconds;
        }
    }
    return 0;
}

double secondsOf(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double countOpenFiles()
{
    std::error_code error;
    double count = 0;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
        static_cast<void>(entry);
        ++count;
    }
    return count;
}

} // namespace

std::vector<Sample> processSamples()
{
    const auto pageBytes = static_cast<double>(::sysconf(_SC_PAGESIZE));
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    const Pages pages = readPages();
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    static const double startSeconds = readBootSeconds() + readStartTicks() / ticks;
    return {{.name = "process_resident_memory_bytes",
             .help = "Resident memory",
             .value = pages.resident * pageBytes},
            {.name = "process_virtual_memory_bytes",
             .help = "Virtual memory",
             .value = pages.all * pageBytes},
            {.name = "process_cpu_seconds_total",
             .help = "Processor time",
             .kind = Sample::Kind::Counter,
             .value = secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime)},
            {.name = "process_open_fds",
             .help = "Open file descriptors",
             .value = countOpenFiles()},
            {.name = "process_max_fds",
             .help = "How many there may be",
             .value = static_cast<double>(files.rlim_cur)},
            {.name = "process_start_time_seconds",
             .help = "When it started, since 1970",
             .value = startSeconds}};
}

} // namespace dunlin::metrics
