// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "admin/command.h"
#include "admin/report.h"
#include "api/metrics_route.h"
#include "dunlin/limits.h"
#include "dunlin/result.h"
#include "log/log.h"
#include "throttle/network_address.h"
#include "types/types.h"

#include <QHostAddress>
#include <QString>
#include <QStringList>

#include <chrono>
#include <string>

namespace dunlin::app {

/// What strangers and devices may do; 0: no limit. See shared/dunlin/limits.h.
struct Limits {
    int unauthenticatedPerAddress = limits::unauthenticatedPerAddress;
    int requestsPerSecond = limits::requestsPerSecond;
    int signInFailuresPerAccount = limits::signInFailuresPerAccount;
    int signInFailuresPerAddress = limits::signInFailuresPerAddress;
    int registrationsPerHour = limits::registrationsPerHour;
    /// Whom no limit by address is for.
    throttle::NetworkList exemptAddresses = {};
};

/// Everything an operator can set. What is not set has the default written here. Flags win over
/// environment variables (DUNLIN_...), these over the file.
struct Configuration {
    /// Where the private PostgreSQL lives.
    QString dataDirectory = {};
    /// libpq's connection string or URL; empty: a private PostgreSQL.
    std::string databaseUrl = {};
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 7380;
    /// 0: one for each core.
    int ioThreads = 0;
    /// How many password hashes run at once, 64 MiB each.
    int passwordThreads = 1;
    /// Distinguishes servers of a cluster in the ids they make, 0 to 1023.
    int nodeId = 0;
    std::string serverId = "dunlin-1";
    std::chrono::milliseconds heartbeatInterval{5000};
    /// Who the server becomes when root starts it.
    QString user = QStringLiteral("dunlin");
    QStringList allowedOrigins = {};
    /// Whose X-Forwarded-For is believed.
    throttle::NetworkList trustedProxies = {};
    Limits limits = {};
    /// How long a device's token works before it needs the next.
    std::chrono::milliseconds tokenLifetime = limits::tokenLifetime;
    /// What is done in every conversation, beside what its members set.
    Retention retention = {};
    /// PEM files; both or none. None: plain text.
    QString tlsCertificate = {};
    QString tlsPrivateKey = {};
    log::Level logLevel = log::Level::Info;
    log::Format logFormat = log::Format::Text;
    /// 0: none is logged.
    std::chrono::milliseconds slowQuery{500};
    api::MetricsAccess metricsAccess = {};
};

/// What the command line asks for: a configuration to run with, or a text to print and an exit
/// code.
struct Invocation {
    bool isRun = false;
    /// Not to run a server but to ask the one that runs, see health_check.h.
    bool isHealthCheck = false;
    /// Not to run a server but to do something beside the one that runs.
    admin::Command command = {};
    Configuration configuration = {};
    /// The settings that count, by the names of their options, without secrets.
    admin::Fields settings = {};
    std::string output = {};
    int exitCode = 0;
};

/// Reads the command line, the environment and the file it names. Mistakes are told in the output,
/// with the key they are about.
Invocation readInvocation(int argc, const char *const *argv);

/// ~/.local/share/dunlin-server, or /var/lib/dunlin-server for root.
QString defaultDataDirectory(bool isRoot);

} // namespace dunlin::app
