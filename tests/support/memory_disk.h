// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

namespace dunlin::test {

/// A small disk in memory, mounted on a directory, that can become full to the last byte. Only root
/// can make one: see isThere().
class MemoryDisk {
public:
    MemoryDisk(const QString &directory, qint64 bytes) : directory_(directory)
    {
        const QByteArray size = "size=" + QByteArray::number(bytes);
        isThere_ =
                ::mount("none", directory.toLocal8Bit().constData(), "tmpfs", 0, size.constData())
                == 0;
    }
    ~MemoryDisk()
    {
        if (isThere_)
            ::umount2(directory_.toLocal8Bit().constData(), MNT_DETACH);
    }
    MemoryDisk(const MemoryDisk &) = delete;
    MemoryDisk &operator=(const MemoryDisk &) = delete;

    [[nodiscard]] bool isThere() const { return isThere_; }

    void fill() const
    {
        const int file = ::open(ballast().constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        off_t size = 0;
        for (off_t step = 16 * 1024 * 1024; step >= 4096;) {
            if (::posix_fallocate(file, size, step) == 0)
                size += step;
            else
                step /= 4;
        }
        ::close(file);
    }
    void empty() const { ::unlink(ballast().constData()); }

private:
    [[nodiscard]] QByteArray ballast() const
    {
        return (directory_ + QLatin1String("/ballast")).toLocal8Bit();
    }

    const QString directory_;
    bool isThere_ = false;
};

} // namespace dunlin::test
