// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database_error.h"
#include "store/parameters.h"
#include "store/rows.h"

#include <QCoroTask>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <coroutine>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

struct pg_conn;
class QSocketNotifier;

namespace dunlin::store {

/// One SQL statement, a constant of the class that owns its table. It is prepared once on each
/// connection, under its name, with the types of the parameters it is first run with.
struct Statement {
    const char *name;
    const char *sql;
};

struct Query {
    const Statement *statement = nullptr;
    Parameters parameters = {};
};

/// One connection to PostgreSQL by libpq's non-blocking calls, in pipeline mode: what is asked
/// while earlier answers are under way is sent at once, and answered in the order it was asked.
///
/// Lives on one thread with an event loop. A lost connection fails what is under way as Unavailable
/// and is made anew, after 50 ms at first and up to 2 s later.
class Connection : public QObject {
    Q_OBJECT

public:
    using Callback = std::function<void(DbResult<std::vector<Rows>>)>;

    /// conninfo: as of libpq. setup: run on every new connection before it is ready, such as
    /// "SET plan_cache_mode = force_generic_plan".
    explicit Connection(std::string conninfo, std::string setup = {}, QObject *parent = nullptr);
    /// What is under way fails as Unavailable.
    ~Connection() override;

    [[nodiscard]] bool isReady() const noexcept { return state_ == State::Ready; }

    /// One statement. Errors: see DatabaseError; Unavailable at once while not ready.
    QCoro::Task<DbResult<Rows>> run(const Statement &statement, Parameters parameters);

    /// Several statements in one pipeline: one transaction, unless one is open already. The first
    /// error fails them all.
    QCoro::Task<DbResult<std::vector<Rows>>> runAll(std::vector<Query> queries);

    /// As runAll(); the callback is never called from inside send().
    void send(std::vector<Query> queries, Callback callback);

    /// Of all connections: what takes longer, from its way to PostgreSQL to its answer, is logged
    /// with the names of its statements. 0: nothing is. Any thread.
    static void logSlowerThan(std::chrono::milliseconds time);

Q_SIGNALS:
    void readyChanged(bool isReady);
    /// A NOTIFY on a channel that setup LISTENs to. What is told while there is no connection is
    /// lost.
    void notified(const std::string &channel, const std::string &payload);

private:
    enum class State { Waiting, Connecting, SettingUp, Ready };

    /// What one answer on the wire belongs to.
    enum class Step { Prepare, Query };
    struct Group {
        std::vector<Query> queries;
        std::deque<std::pair<Step, const Statement *>> steps; ///< Sent and not answered.
        std::vector<Rows> rows;
        std::unique_ptr<DatabaseError> error;
        Callback callback;
        std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
    };

    void connectNow();
    void advanceConnecting();
    void setUp();
    void becomeReady();
    void lose();
    void watch(bool wantsWrite);

    bool sendGroup(Group &group);
    void readAnswers();
    void takeNotifications();
    void take(pg_result *result);
    void takeError(Group &group, pg_result *result);
    void flush();
    static void measure(const Group &group);

    const std::string conninfo_;
    const std::string setup_;
    State state_ = State::Waiting;
    std::unique_ptr<pg_conn, void (*)(pg_conn *)> connection_;
    std::unique_ptr<QSocketNotifier> readNotifier_;
    std::unique_ptr<QSocketNotifier> writeNotifier_;
    QTimer retryTimer_;
    std::chrono::milliseconds nextRetry_;
    bool hasBeenReady_ = false;
    std::deque<Group> groups_;
    std::unordered_set<std::string_view> prepared_;
};

} // namespace dunlin::store
