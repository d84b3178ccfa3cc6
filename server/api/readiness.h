// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"

#include <QTimer>

#include <functional>
#include <vector>

namespace dunlin::api {

/// Whether the server can serve: it is not stopping, and PostgreSQL answers. A PostgreSQL that
/// hangs keeps its connections, so it is asked. Lives on one thread; close() before the database.
class Readiness {
public:
    /// Shorter than what Kubernetes waits for a probe unless told otherwise, which is a second.
    static constexpr auto deadline = std::chrono::milliseconds(800);

    /// database outlives the object.
    Readiness(store::Database &database, std::function<bool()> isStopping);
    ~Readiness() { close(); }
    Readiness(const Readiness &) = delete;
    Readiness &operator=(const Readiness &) = delete;

    /// Takes as long as the database, at most the deadline.
    QCoro::Task<bool> check();

    /// Answers who waits with false.
    void close() { answerAll(false); }

private:
    QCoro::Task<void> ask();
    void answerAll(bool isReady);

    store::Database &database_;
    const std::function<bool()> isStopping_;
    std::vector<std::function<void(bool)>> waiting_;
    bool isAsking_ = false;
    QTimer deadlineTimer_;
};

} // namespace dunlin::api
