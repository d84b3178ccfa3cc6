// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database.h"
#include "ledger.h"

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <cstdint>
#include <memory>
#include <string>

namespace dunlin::bench {

/// Stops every server that was started, and ends the program.
[[noreturn]] void die(const QString &reason);

/// A server with a fresh private PostgreSQL, filled with users by SQL: registering 20,000 through
/// the server would hash 20,000 passwords.
class Bed {
public:
    static constexpr int users = 20'600;
    static constexpr int pairs = 500;
    static constexpr int followers = 500;
    static constexpr int awayUpdates = 10'000;

    /// Who is who among the users: users 2 p and 2 p + 1 are pair p.
    static constexpr int presenceUser = 2 * pairs;
    static constexpr int awayUser = presenceUser + 1;
    static constexpr int historyUser = presenceUser + 2;
    static constexpr int firstFollower = presenceUser + 3;
    static constexpr int firstIdleUser = firstFollower + followers;

    struct Options {
        QString serverProgram = {};
        /// Milliseconds that each flush to disk takes longer.
        int flushDelayMs = 0;
        /// Messages of the long conversation.
        int historyMessages = 1'000'000;
    };

    explicit Bed(Options options);
    ~Bed();
    Bed(const Bed &) = delete;
    Bed &operator=(const Bed &) = delete;

    /// Stops the server and starts it again on the same data.
    void restart();

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] pid_t process() const { return static_cast<pid_t>(server_.processId()); }
    [[nodiscard]] Database database() const { return Database(conninfo()); }
    [[nodiscard]] int historyMessages() const { return options_.historyMessages; }
    /// All messages of the pairs so far.
    Ledger ledger;

    static std::int64_t userId(int user) { return 1'000'000 + user; }
    static std::string token(int user);
    static std::int64_t pairConversation(int pair) { return 10'000'000 + pair; }
    static std::int64_t historyConversation() { return 20'000'000; }
    static std::int64_t awayConversation() { return 20'000'001; }

private:
    void start();
    void stop();
    void fill();
    [[nodiscard]] QString conninfo() const;

    const Options options_;
    QTemporaryDir directory_;
    QProcess server_;
    int port_ = 0;
};

} // namespace dunlin::bench
