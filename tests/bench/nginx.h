// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace dunlin::bench {

/// nginx as an ordinary process that takes files by PUT (its dav module), on a free port, with all
/// its files in a temporary directory on the same disk as the server's.
class Nginx {
public:
    Nginx();
    ~Nginx();
    Nginx(const Nginx &) = delete;
    Nginx &operator=(const Nginx &) = delete;

    /// 0 when nginx is not installed or does not start.
    [[nodiscard]] int port() const { return port_; }

private:
    QTemporaryDir directory_;
    QProcess process_;
    int port_ = 0;
};

} // namespace dunlin::bench
