// SPDX-License-Identifier: Apache-2.0
#include "store/connection.h"

#include "log/log.h"
#include "metrics/metrics.h"

#include <QPointer>
#include <QSocketNotifier>

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>

namespace dunlin::store {
namespace {

constexpr std::chrono::milliseconds firstRetry(50);
constexpr std::chrono::milliseconds longestRetry(2000);
constexpr int binaryFormat = 1;

std::atomic<std::int64_t> slowMs = 0;

void countError(DatabaseError::Kind kind)
{
    using metrics::Counter;
    switch (kind) {
    case DatabaseError::Kind::Unavailable:
        metrics::add(Counter::DatabaseErrorsUnavailable);
        return;
    case DatabaseError::Kind::UniqueViolation:
    case DatabaseError::Kind::Retryable:
        metrics::add(Counter::DatabaseErrorsConflict);
        return;
    case DatabaseError::Kind::Other:
        metrics::add(Counter::DatabaseErrorsOther);
    }
}

DatabaseError unavailable()
{
    return {.kind = DatabaseError::Kind::Unavailable,
            .sqlState = {},
            .message = "the connection to PostgreSQL is down"};
}

/// What a coroutine waits for: resumed by the connection's callback.
class Answer {
public:
    Answer(Connection &connection, std::vector<Query> queries)
        : connection_(connection), queries_(std::move(queries))
    { }

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting)
    {
        connection_.send(std::move(queries_), [this, waiting](auto result) {
            result_ = std::move(result);
            waiting.resume();
        });
    }
    DbResult<std::vector<Rows>> await_resume() { return std::move(result_); }

private:
    Connection &connection_;
    std::vector<Query> queries_;
    DbResult<std::vector<Rows>> result_;
};

} // namespace

Connection::Connection(std::string conninfo, std::string setup, QObject *parent)
    : QObject(parent), conninfo_(std::move(conninfo)), setup_(std::move(setup)),
      connection_(nullptr, PQfinish), nextRetry_(firstRetry)
{
    retryTimer_.setSingleShot(true);
    connect(&retryTimer_, &QTimer::timeout, this, &Connection::connectNow);
    retryTimer_.start(0);
}

Connection::~Connection()
{
    const std::deque<Group> lost = std::exchange(groups_, {});
    if (state_ == State::Ready)
        metrics::change(metrics::Gauge::DatabaseConnections, -1);
    state_ = State::Waiting;
    for (const Group &group : lost)
        group.callback(tl::unexpected(unavailable()));
}

QCoro::Task<DbResult<Rows>> Connection::run(const Statement &statement, Parameters parameters)
{
    std::vector<Query> queries;
    queries.push_back({.statement = &statement, .parameters = std::move(parameters)});
    Answer answer(*this, std::move(queries));
    DbResult<std::vector<Rows>> rows = co_await answer;
    if (!rows)
        co_return tl::unexpected(std::move(rows.error()));
    co_return std::move(rows->front());
}

QCoro::Task<DbResult<std::vector<Rows>>> Connection::runAll(std::vector<Query> queries)
{
    Answer answer(*this, std::move(queries));
    co_return co_await answer;
}

void Connection::send(std::vector<Query> queries, Callback callback)
{
    if (state_ != State::Ready) {
        QMetaObject::invokeMethod(
                this, [callback = std::move(callback)] { callback(tl::unexpected(unavailable())); },
                Qt::QueuedConnection);
        return;
    }
    Group &group = groups_.emplace_back();
    group.queries = std::move(queries);
    group.callback = std::move(callback);
    if (!sendGroup(group) || PQpipelineSync(connection_.get()) != 1) {
        // Never from inside send(): the caller's coroutine has not gone to sleep yet.
        QMetaObject::invokeMethod(this, &Connection::lose, Qt::QueuedConnection);
        return;
    }
    flush();
}

bool Connection::sendGroup(Group &group)
{
    for (const Query &query : group.queries) {
        const Parameters &parameters = query.parameters;
        if (prepared_.insert(query.statement->name).second) {
            group.steps.emplace_back(Step::Prepare, query.statement);
            if (PQsendPrepare(connection_.get(), query.statement->name, query.statement->sql,
                              parameters.count(), parameters.types().data())
                != 1) {
                return false;
            }
        }
        std::vector<const char *> values;
        std::vector<int> lengths;
        for (int index = 0; index < parameters.count(); ++index) {
            values.push_back(parameters.valueAt(index).data());
            lengths.push_back(static_cast<int>(parameters.valueAt(index).size()));
        }
        const std::vector<int> formats(values.size(), binaryFormat);
        group.steps.emplace_back(Step::Query, query.statement);
        if (PQsendQueryPrepared(connection_.get(), query.statement->name, parameters.count(),
                                values.data(), lengths.data(), formats.data(), binaryFormat)
            != 1) {
            return false;
        }
    }
    return true;
}

void Connection::connectNow()
{
    state_ = State::Connecting;
    connection_.reset(PQconnectStart(conninfo_.c_str()));
    if (!connection_ || PQstatus(connection_.get()) == CONNECTION_BAD) {
        lose();
        return;
    }
    watch(true);
}

void Connection::watch(bool wantsWrite)
{
    const int socket = PQsocket(connection_.get());
    if (!readNotifier_ || readNotifier_->socket() != socket) {
        readNotifier_ = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
        writeNotifier_ = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Write);
        const auto onEvent = [this] {
            if (state_ == State::Connecting)
                advanceConnecting();
            else
                readAnswers();
        };
        connect(readNotifier_.get(), &QSocketNotifier::activated, this, onEvent);
        connect(writeNotifier_.get(), &QSocketNotifier::activated, this, [this, onEvent] {
            if (state_ == State::Connecting)
                onEvent();
            else
                flush();
        });
    }
    writeNotifier_->setEnabled(wantsWrite);
}

void Connection::advanceConnecting()
{
    switch (PQconnectPoll(connection_.get())) {
    case PGRES_POLLING_OK:
        setUp();
        break;
    case PGRES_POLLING_READING:
        watch(false);
        break;
    case PGRES_POLLING_WRITING:
        watch(true);
        break;
    default:
        lose();
        break;
    }
}

void Connection::setUp()
{
    watch(false);
    // libpq would print notices, which may quote values, to the standard error.
    PQsetNoticeProcessor(
            connection_.get(), [](void *, const char *) {}, nullptr);
    if (PQsetnonblocking(connection_.get(), 1) != 0) {
        lose();
        return;
    }
    if (setup_.empty()) {
        becomeReady();
        return;
    }
    state_ = State::SettingUp;
    if (PQsendQuery(connection_.get(), setup_.c_str()) != 1)
        lose();
    else
        flush();
}

void Connection::becomeReady()
{
    if (PQenterPipelineMode(connection_.get()) != 1) {
        lose();
        return;
    }
    nextRetry_ = firstRetry;
    state_ = State::Ready;
    metrics::change(metrics::Gauge::DatabaseConnections, 1);
    if (std::exchange(hasBeenReady_, true))
        metrics::add(metrics::Counter::DatabaseReconnects);
    Q_EMIT readyChanged(true);
}

void Connection::lose()
{
    if (retryTimer_.isActive())
        return; // lost already
    const bool wasReady = state_ == State::Ready;
    state_ = State::Waiting;
    if (wasReady)
        metrics::change(metrics::Gauge::DatabaseConnections, -1);
    readNotifier_.reset();
    writeNotifier_.reset();
    connection_.reset();
    prepared_.clear();
    retryTimer_.start(nextRetry_);
    nextRetry_ = std::min(nextRetry_ * 2, longestRetry);

    // The last step, since a callback may delete this.
    const QPointer<Connection> self(this);
    const std::deque<Group> lost = std::exchange(groups_, {});
    for (const Group &group : lost) {
        countError(DatabaseError::Kind::Unavailable);
        group.callback(tl::unexpected(unavailable()));
    }
    if (self && wasReady)
        Q_EMIT readyChanged(false);
}

void Connection::readAnswers()
{
    if (PQconsumeInput(connection_.get()) != 1) {
        lose();
        return;
    }
    const QPointer<Connection> self(this);
    while (connection_ && PQisBusy(connection_.get()) == 0) {
        pg_result *result = PQgetResult(connection_.get());
        if (state_ == State::SettingUp) {
            if (result == nullptr) {
                becomeReady();
                return;
            }
            const bool isGood = PQresultStatus(result) != PGRES_FATAL_ERROR;
            PQclear(result);
            if (!isGood) {
                lose();
                return;
            }
            continue;
        }
        // In pipeline mode, NULL ends one step's answer; nothing more is expected when no group is
        // under way.
        if (result != nullptr)
            take(result);
        else if (groups_.empty())
            break;
        if (!self)
            return;
    }
    if (!connection_)
        return;
    flush();
    takeNotifications();
}

void Connection::takeNotifications()
{
    const QPointer<Connection> self(this);
    while (self && connection_) {
        const std::unique_ptr<PGnotify, void (*)(void *)> told(PQnotifies(connection_.get()),
                                                               PQfreemem);
        if (!told)
            return;
        Q_EMIT notified(told->relname, told->extra);
    }
}

void Connection::take(pg_result *result)
{
    const ExecStatusType status = PQresultStatus(result);
    if (groups_.empty()) {
        PQclear(result);
        lose(); // the server said goodbye: FATAL between two requests
        return;
    }
    Group &group = groups_.front();
    if (status == PGRES_PIPELINE_SYNC) {
        PQclear(result);
        Group done = std::move(group);
        groups_.pop_front();
        measure(done);
        if (done.error)
            done.callback(tl::unexpected(std::move(*done.error)));
        else
            done.callback(std::move(done.rows));
        return;
    }
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        takeError(group, result);
        return;
    }
    const Step step = group.steps.front().first;
    group.steps.pop_front();
    Rows rows(result);
    if (step == Step::Query)
        group.rows.push_back(std::move(rows));
}

void Connection::measure(const Group &group)
{
    const auto time = std::chrono::steady_clock::now() - group.since;
    metrics::observe(metrics::Histogram::DatabaseSeconds, time);
    const std::int64_t limit = slowMs.load(std::memory_order_relaxed);
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    if (limit == 0 || ms < limit)
        return;
    metrics::add(metrics::Counter::SlowQueries);
    std::string names;
    for (const Query &query : group.queries) {
        if (!names.empty())
            names += ',';
        names += query.statement->name;
    }
    log::warning("slow query", {{"statements", std::string_view(names)}, {"ms", std::int64_t{ms}}});
}

void Connection::logSlowerThan(std::chrono::milliseconds time)
{
    slowMs = time.count();
}

void Connection::takeError(Group &group, pg_result *result)
{
    if (!group.steps.empty()) {
        const auto [step, statement] = group.steps.front();
        group.steps.pop_front();
        // A preparation that failed, or that an earlier error made PostgreSQL skip.
        if (step == Step::Prepare)
            prepared_.erase(statement->name);
    }
    if (!group.error && PQresultStatus(result) != PGRES_PIPELINE_ABORTED) {
        const char *sqlState = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
        DatabaseError error{.sqlState = sqlState != nullptr ? sqlState : "",
                            .message = message != nullptr ? message : ""};
        error.kind = kindOfSqlState(error.sqlState);
        countError(error.kind);
        group.error = std::make_unique<DatabaseError>(std::move(error));
    }
    PQclear(result);
    if (PQstatus(connection_.get()) == CONNECTION_BAD)
        lose();
}

void Connection::flush()
{
    if (!connection_)
        return;
    const int result = PQflush(connection_.get());
    if (result < 0)
        QMetaObject::invokeMethod(this, &Connection::lose, Qt::QueuedConnection);
    else
        writeNotifier_->setEnabled(result == 1);
}

} // namespace dunlin::store
