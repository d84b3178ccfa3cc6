// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <QObject>
#include <QProcess>
#include <QString>
#include <QTimer>

#include <memory>
#include <string>

struct pg_conn;

namespace dunlin::store {

/// A PostgreSQL of the server's own: a cluster in a directory, made when it is not there, reachable
/// by a unix socket only its owner can open, with fsync on. For an operator who has no database.
///
/// Lives on a thread with an event loop, by which a PostgreSQL that ends by itself is started
/// again. When this process dies, however it does, PostgreSQL shuts down.
class PrivateCluster final : public QObject {
    Q_OBJECT

public:
    struct Options {
        /// Made with mode 0700 when missing; its parent has to exist.
        QString directory = {};
        /// Who PostgreSQL runs as, which has to own the directory; empty: this process's user.
        /// PostgreSQL refuses root.
        QString user = {};
    };

    explicit PrivateCluster(Options options, QObject *parent = nullptr);
    /// As stop().
    ~PrivateCluster() override;

    /// Makes the cluster if needed, starts it and waits until it takes connections: 1 s for an
    /// existing one, some seconds for the first time or after a crash. A PostgreSQL that a killed
    /// server has left behind is waited for, and ended when it hangs.
    /// Error: UNAVAILABLE; the message names the log to read.
    Result<void> start();

    /// stop() is near: PostgreSQL begins to write out what a stop would have to, and goes on taking
    /// queries meanwhile. Does not wait.
    void beginStop();
    /// What is committed stays; open connections are ended. Waits.
    void stop();

    /// An immediate stop, as a crash would be; for tests. Not started again by itself.
    void crash();

    [[nodiscard]] std::string conninfo() const;
    /// What PostgreSQL has to say.
    [[nodiscard]] QString logFile() const;

private:
    Result<void> initialise();
    Result<void> launch();
    Result<void> waitForLeftover();
    Result<void> waitUntilReady();
    Result<void> runTool(const QString &name, const QStringList &arguments);
    void prepare(QProcess &process) const;
    void end(int signal);
    [[nodiscard]] QString dataDirectory() const;
    [[nodiscard]] QString socketDirectory() const;
    [[nodiscard]] std::string conninfoOf(const std::string &database) const;

    const Options options_;
    QProcess postgres_;
    QTimer restartTimer_;
    std::unique_ptr<pg_conn, void (*)(pg_conn *)> checkpointing_;
    bool isWanted_ = false;
};

} // namespace dunlin::store
