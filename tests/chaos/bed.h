// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "test_port.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QHostAddress>
#include <QProcess>
#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

namespace dunlin::chaos {

class NetworkNamespace;
class Clock;

/// A real dunlin-server with its own PostgreSQL, and everything that can happen to the machine
/// below it. What needs root is left out without it, see can...().
class Bed {
public:
    struct Options {
        QString serverProgram = {};
        /// Where the data is: a directory, or a memory disk of this size that can become full.
        qint64 memoryDiskBytes = 0;
        /// In a network of its own, whose cable can be pulled.
        bool hasOwnNetwork = false;
        QString plantedBug = {};
    };

    explicit Bed(Options options);
    ~Bed();
    Bed(const Bed &) = delete;
    Bed &operator=(const Bed &) = delete;

    /// Starts the server; the time in ms until it serves, or nullopt when it does not within a
    /// minute or is killed meanwhile.
    QCoro::Task<std::optional<qint64>> start();
    /// As start(), again and again until it serves.
    QCoro::Task<qint64> startForSure();
    void killServer();
    /// SIGTERM; the time in ms until it has ended.
    QCoro::Task<qint64> terminate();
    [[nodiscard]] bool isRunning() const;

    [[nodiscard]] pid_t server() const { return static_cast<pid_t>(process_->processId()); }
    /// 0 while there is none.
    [[nodiscard]] pid_t postmaster() const;
    /// Its children: backends, and those that write.
    [[nodiscard]] std::vector<pid_t> postgresProcesses() const;
    void freezePostgres(bool isFrozen);

    [[nodiscard]] bool canFillDisk() const { return !diskPath_.isEmpty(); }
    void fillDisk();
    void emptyDisk();
    [[nodiscard]] bool canPullCable() const { return network_ != nullptr; }
    void pullCable(bool isPulled);
    /// For the server and PostgreSQL, from now on.
    void setClockOffset(qint64 milliseconds);

    [[nodiscard]] QHostAddress address() const;
    [[nodiscard]] quint16 port() const { return port_.number(); }
    [[nodiscard]] std::string conninfo() const;
    /// The last lines of the server's log.
    [[nodiscard]] QString logTail() const;

private:
    void prepareProcess();
    [[nodiscard]] QString dataDirectory() const;

    const Options options_;
    QTemporaryDir directory_;
    QString diskPath_;
    std::unique_ptr<NetworkNamespace> network_;
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<QProcess> process_;
    std::vector<pid_t> frozen_;
    test::TestPort port_;
};

} // namespace dunlin::chaos
