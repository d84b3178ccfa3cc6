// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <algorithm>

namespace dunlin::store {
namespace {

// Planned once: parameters are arrays and ids whose values say nothing a plan could use, and the
// tables are always read by an index.
constexpr const char *sessionSetup = "SET plan_cache_mode = force_generic_plan;"
                                     "SET enable_seqscan = off;"
                                     "SET enable_hashjoin = off;"
                                     "SET enable_mergejoin = off;"
                                     "SET jit = off;"
                                     "SET lock_timeout = '20s';"
                                     "SET idle_in_transaction_session_timeout = '30s'";

const Statement beginStatement{"begin", "BEGIN"};
const Statement commitStatement{"commit", "COMMIT"};
const Statement rollbackStatement{"rollback", "ROLLBACK"};

DatabaseError closing()
{
    return {.kind = DatabaseError::Kind::Unavailable,
            .sqlState = {},
            .message = "the database is closing"};
}

} // namespace

const char *defaultSessionSetup()
{
    return sessionSetup;
}

/// Waits until a connection for a transaction is free.
class Database::Free {
public:
    explicit Free(Database &database) : database_(database) { }
    [[nodiscard]] bool await_ready() const noexcept { return !database_.free_.empty(); }
    void await_suspend(std::coroutine_handle<> handle) { database_.waiting_.push_back(handle); }
    Connection *await_resume()
    {
        if (database_.isClosing_ || database_.free_.empty())
            return nullptr;
        Connection *connection = database_.free_.back();
        database_.free_.pop_back();
        return connection;
    }

private:
    Database &database_;
};

Database::Database(std::string conninfo, Options options)
{
    for (int i = 0; i < options.sharedConnections; ++i)
        shared_.push_back(std::make_unique<Connection>(conninfo, sessionSetup));
    for (int i = 0; i < options.transactionConnections; ++i) {
        transactional_.push_back(std::make_unique<Connection>(conninfo, sessionSetup));
        free_.push_back(transactional_.back().get());
    }
}

Database::~Database()
{
    close();
}

void Database::close()
{
    isClosing_ = true;
    while (!waiting_.empty()) {
        const auto handle = waiting_.front();
        waiting_.pop_front();
        handle.resume();
    }
    // Each answers what is under way; handlers that go on from there are told that it is over.
    shared_.clear();
    transactional_.clear();
}

bool Database::isReady() const
{
    return std::any_of(shared_.begin(), shared_.end(),
                       [](const auto &connection) { return connection->isReady(); });
}

Connection &Database::nextShared()
{
    for (std::size_t tried = 0; tried < shared_.size(); ++tried) {
        next_ = (next_ + 1) % shared_.size();
        if (shared_[next_]->isReady())
            break;
    }
    return *shared_[next_];
}

QCoro::Task<DbResult<Rows>> Database::run(const Statement &statement, Parameters parameters)
{
    if (isClosing_)
        co_return tl::unexpected(closing());
    co_return co_await nextShared().run(statement, std::move(parameters));
}

QCoro::Task<DbResult<std::vector<Rows>>> Database::runAll(std::vector<Query> queries)
{
    if (isClosing_)
        co_return tl::unexpected(closing());
    co_return co_await nextShared().runAll(std::move(queries));
}

QCoro::Task<DbResult<Database::Transaction>> Database::begin()
{
    Free free(*this);
    Connection *connection = co_await free;
    if (connection == nullptr) {
        co_return tl::unexpected(closing());
    }
    Transaction transaction(this, connection);
    auto begun = co_await connection->run(beginStatement, {});
    if (!begun) {
        transaction.isOpen_ = false;
        co_return tl::unexpected(std::move(begun.error()));
    }
    co_return std::move(transaction);
}

void Database::giveBack(Connection *connection)
{
    if (isClosing_)
        return;
    free_.push_back(connection);
    if (waiting_.empty())
        return;
    const auto handle = waiting_.front();
    waiting_.pop_front();
    handle.resume();
}

Database::Transaction::Transaction(Transaction &&other) noexcept
    : database_(other.database_), connection_(std::exchange(other.connection_, nullptr)),
      isOpen_(other.isOpen_)
{ }

Database::Transaction::~Transaction()
{
    if (connection_ == nullptr)
        return;
    // In order on the connection: the next transaction begins behind it.
    if (isOpen_ && !database_->isClosing_)
        connection_->send({Query{.statement = &rollbackStatement, .parameters = {}}},
                          [](const auto &) {});
    database_->giveBack(connection_);
}

QCoro::Task<DbResult<Rows>> Database::Transaction::run(const Statement &statement,
                                                       Parameters parameters)
{
    if (database_->isClosing_)
        co_return tl::unexpected(closing());
    co_return co_await connection_->run(statement, std::move(parameters));
}

QCoro::Task<DbResult<std::vector<Rows>>> Database::Transaction::runAll(std::vector<Query> queries)
{
    if (database_->isClosing_)
        co_return tl::unexpected(closing());
    co_return co_await connection_->runAll(std::move(queries));
}

QCoro::Task<DbResult<void>> Database::Transaction::commit()
{
    auto done = co_await run(commitStatement, {});
    isOpen_ = false;
    if (!done)
        co_return tl::unexpected(std::move(done.error()));
    co_return DbResult<void>();
}

} // namespace dunlin::store
