// SPDX-License-Identifier: Apache-2.0
#include "clock.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dunlin::chaos {
namespace {

constexpr std::size_t fileBytes = 4096;

} // namespace

Clock::Clock(const QString &file) : file_(file)
{
    const int descriptor =
            ::open(file.toLocal8Bit().constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0 || ::ftruncate(descriptor, fileBytes) != 0)
        qFatal("cannot make %s", qPrintable(file));
    ::fchmod(descriptor, 0644); // the server is another user
    void *memory = ::mmap(nullptr, fileBytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    if (memory == MAP_FAILED)
        qFatal("cannot map %s", qPrintable(file));
    offsetNs_ = static_cast<std::atomic<std::int64_t> *>(memory);
}

Clock::~Clock()
{
    ::munmap(offsetNs_, fileBytes);
}

void Clock::addTo(QProcessEnvironment &environment) const
{
    environment.insert(QStringLiteral("LD_PRELOAD"),
                       QCoreApplication::applicationDirPath()
                               + QLatin1String("/dunlin-clock-jump.so"));
    environment.insert(QStringLiteral("DUNLIN_CHAOS_CLOCK"), file_);
}

void Clock::setOffset(std::int64_t milliseconds)
{
    offsetNs_->store(milliseconds * 1'000'000);
}

} // namespace dunlin::chaos
