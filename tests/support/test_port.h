// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QLockFile>
#include <QTcpServer>

#include <unistd.h>

#include <memory>

namespace dunlin::test {

/// A port of the loopback that no other test takes while this object lives, also while nothing
/// listens there, as between a server's end and its next start.
class TestPort {
public:
    TestPort()
    {
        // Below the range that the system hands out to clients.
        for (quint16 candidate = quint16(20'000 + ::getpid() % 10'000); number_ == 0; ++candidate) {
            auto lock = std::make_unique<QLockFile>(
                    QDir::temp().filePath(QStringLiteral("dunlin-test-port-%1").arg(candidate)));
            lock->setStaleLockTime(0); // held for as long as the test takes
            QTcpServer probe;
            if (!lock->tryLock() || !probe.listen(QHostAddress::LocalHost, candidate))
                continue;
            number_ = candidate;
            lock_ = std::move(lock);
        }
    }

    [[nodiscard]] quint16 number() const { return number_; }

private:
    std::unique_ptr<QLockFile> lock_;
    quint16 number_ = 0;
};

} // namespace dunlin::test
