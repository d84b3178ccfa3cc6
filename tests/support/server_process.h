// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "test_port.h"

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <string>

namespace dunlin::test {

/// How a command of the program has ended.
struct CommandResult {
    int exitCode = -1;
    QByteArray output = {};
    QByteArray error = {};
};

/// The real dunlin-server as a process of its own, on a free port of the loopback.
class ServerProcess {
public:
    /// conninfo: the database; arguments: further flags.
    explicit ServerProcess(const std::string &conninfo, QStringList arguments = {});
    /// kill -9, if it runs.
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    /// The path of dunlin-server.
    static QString program();
    /// Starts it and waits until it serves; on the same port each time.
    bool start();
    /// kill -9.
    void kill();
    /// Runs a command of the program on this server's database and files, whether it runs or not.
    [[nodiscard]] CommandResult run(const QStringList &words, const QByteArray &input = {}) const;

    /// The same, without waiting for its end.
    void begin(QProcess &process, const QStringList &words) const;

    /// SIGTERM; returns the exit code, -1 when it does not end or crashes.
    int terminate();
    /// SIGSTOP and SIGCONT.
    void freeze();
    void thaw();
    /// SIGHUP.
    void reload();

    [[nodiscard]] quint16 port() const { return port_.number(); }
    [[nodiscard]] QUrl webSocketUrl() const;
    /// wss://localhost, for a server that has a certificate.
    [[nodiscard]] QUrl secureUrl() const;
    [[nodiscard]] QUrl httpUrl(const QString &path) const;
    /// Of this server alone; it survives a restart and is removed with the object.
    [[nodiscard]] QString dataDirectory() const;
    [[nodiscard]] qint64 processId() const { return process_.processId(); }
    /// Its resident memory.
    [[nodiscard]] qint64 residentBytes() const;
    /// What it has logged.
    [[nodiscard]] QString log() const;

private:
    static void becomeOwnerOfTheCluster(QProcess &process);
    void signal(int number);

    const std::string conninfo_;
    const QStringList arguments_;
    TestPort port_;
    QProcess process_;
    QString log_;
};

} // namespace dunlin::test
