// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>

#include <cstdint>
#include <vector>

#include <sys/types.h>

namespace dunlin::bench {

/// Processor time of the three that share the machine, in cores (1.0: one core all the time).
class CpuMeter {
public:
    /// server: the process; its children and theirs are PostgreSQL.
    explicit CpuMeter(pid_t server);

    /// From now on.
    void start();
    /// Writes server_cores, postgres_cores and generator_cores, and with operations > 0 also
    /// server_us and postgres_us: microseconds for each.
    void stop(QJsonObject &row, std::int64_t operations = 0);

    /// Resident memory of the server, bytes.
    [[nodiscard]] std::int64_t serverMemory() const;

private:
    struct Times {
        double server = 0;
        double postgres = 0;
        double generator = 0;
    };
    [[nodiscard]] Times read() const;
    [[nodiscard]] std::vector<pid_t> postgres() const;

    const pid_t server_;
    Times begin_;
    std::int64_t beginNs_ = 0;
};

} // namespace dunlin::bench
