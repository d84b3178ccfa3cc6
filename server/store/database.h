// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.h"

#include <memory>
#include <vector>

namespace dunlin::store {

/// What a connection is set up with before it is used: plans by index, made once, and limits on how
/// long a lock may be waited for.
const char *defaultSessionSetup();

/// The database as one I/O thread sees it: a few connections for what handlers read and write, each
/// used by many handlers at once (pipelining), and transactions that have a connection of their own
/// while they run. Lives on its thread; nothing of it outlives it.
class Database {
public:
    struct Options {
        int sharedConnections = 2;
        int transactionConnections = 2;
    };

    Database(std::string conninfo, Options options);
    /// As close().
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Answers what is under way, and whatever is asked from then on, as Unavailable: for ending
    /// handlers while everything they use is still there.
    void close();

    /// True when at least one shared connection works.
    [[nodiscard]] bool isReady() const;

    /// As of Connection.
    QCoro::Task<DbResult<Rows>> run(const Statement &statement, Parameters parameters);
    QCoro::Task<DbResult<std::vector<Rows>>> runAll(std::vector<Query> queries);

    /// An open transaction and the only user of its connection. Rolled back when it is destroyed
    /// without commit().
    class Transaction {
    public:
        Transaction(Transaction &&other) noexcept;
        Transaction &operator=(Transaction &&other) noexcept
        {
            std::swap(database_, other.database_);
            std::swap(connection_, other.connection_);
            std::swap(isOpen_, other.isOpen_);
            return *this;
        }
        ~Transaction();

        QCoro::Task<DbResult<Rows>> run(const Statement &statement, Parameters parameters);
        QCoro::Task<DbResult<std::vector<Rows>>> runAll(std::vector<Query> queries);
        /// Error Unavailable: unknown whether it came through.
        QCoro::Task<DbResult<void>> commit();

    private:
        friend class Database;
        Transaction(Database *database, Connection *connection)
            : database_(database), connection_(connection)
        { }
        Database *database_;
        Connection *connection_;
        bool isOpen_ = true;
    };

    /// Waits for a free connection. Error: Unavailable.
    QCoro::Task<DbResult<Transaction>> begin();

private:
    class Free;
    void giveBack(Connection *connection);
    Connection &nextShared();

    std::vector<std::unique_ptr<Connection>> shared_;
    std::vector<std::unique_ptr<Connection>> transactional_;
    std::vector<Connection *> free_;
    std::deque<std::coroutine_handle<>> waiting_;
    std::size_t next_ = 0;
    bool isClosing_ = false;
};

} // namespace dunlin::store
