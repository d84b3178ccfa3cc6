// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/private_cluster.h"

#include <QTemporaryDir>

#include <memory>
#include <string>

namespace dunlin::test {

/// A new PostgreSQL of the test's own in a temporary directory, removed with the object. PostgreSQL
/// refuses root: a test run by root starts it as the user "postgres".
class TestCluster {
public:
    /// Makes the cluster and starts it. isRunning() tells whether that worked.
    TestCluster();
    ~TestCluster();
    TestCluster(const TestCluster &) = delete;
    TestCluster &operator=(const TestCluster &) = delete;

    /// Starts it and waits until it takes connections.
    bool start();
    /// An immediate stop, as a crash would be: what is not committed is lost.
    void crash();

    [[nodiscard]] bool isRunning() const { return isRunning_; }
    [[nodiscard]] std::string conninfo() const { return cluster_->conninfo(); }
    /// Runs one statement on a connection of its own; the first value of the answer, or "".
    std::string run(const std::string &statement) const;
    /// What PostgreSQL has logged.
    [[nodiscard]] QString log() const;

private:
    QTemporaryDir directory_;
    std::unique_ptr<store::PrivateCluster> cluster_;
    bool isRunning_ = false;
};

} // namespace dunlin::test
