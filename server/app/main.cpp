// SPDX-License-Identifier: Apache-2.0
#include "admin/run_command.h"
#include "app/backup_command.h"
#include "app/configuration.h"
#include "app/health_check.h"
#include "app/privileges.h"
#include "app/server.h"
#include "app/service_manager.h"
#include "app/signals.h"

#include <QCoreApplication>

#include <iostream>

namespace {

int runCommand(const dunlin::app::Invocation &invocation, int argc, char *argv[])
{
    using namespace dunlin;
    const app::Configuration &configuration = invocation.configuration;
    log::start(log::Level::Warning, configuration.logFormat);
    if (const auto dropped = app::dropRoot(configuration.user); !dropped) {
        std::cerr << "dunlin-server: " << dropped.error().message << '\n';
        return 1;
    }
    const QCoreApplication application(argc, argv);
    return admin::runCommand(invocation.command,
                             {.dataDirectory = configuration.dataDirectory,
                              .databaseUrl = configuration.databaseUrl,
                              .retention = configuration.retention},
                             invocation.settings);
}

} // namespace

int main(int argc, char *argv[])
{
    using namespace dunlin;
    if (const auto exitCode = app::runBackupCommand(argc, argv))
        return *exitCode;
    const app::Invocation invocation = app::readInvocation(argc, argv);
    if (invocation.isHealthCheck) {
        const QCoreApplication application(argc, argv);
        return app::checkHealth(invocation.configuration);
    }
    if (invocation.command)
        return runCommand(invocation, argc, argv);
    if (!invocation.isRun) {
        (invocation.exitCode == 0 ? std::cout : std::cerr) << invocation.output;
        return invocation.exitCode;
    }
    const app::Configuration &configuration = invocation.configuration;
    log::start(configuration.logLevel, configuration.logFormat);
    app::ServiceManager serviceManager; // first: no child shall see what it takes
    const auto prepared =
            app::prepareDataDirectory(configuration.dataDirectory, configuration.user);
    if (!prepared) {
        log::error("cannot start", {{"reason", std::string_view(prepared.error().message)}});
        return 1;
    }
    app::keepMemoryPrivate();
    QCoreApplication application(argc, argv);
    app::Signals signalWatch;
    auto inherited = serviceManager.takeSocket();
    if (!inherited) {
        log::error("cannot start", {{"reason", std::string_view(inherited.error().message)}});
        return 1;
    }
    app::Server server(configuration, std::move(*inherited));
    // Before start(), which may take a while: a signal then is not lost, only late.
    QObject::connect(&signalWatch, &app::Signals::stopRequested, &application, [&](int signal) {
        log::info("stopping", {{"signal", std::int64_t{signal}}});
        serviceManager.tellStopping();
        QCoreApplication::quit();
    });
    QObject::connect(&signalWatch, &app::Signals::reloadRequested, &server,
                     &app::Server::reloadCertificate);
    const auto started = server.start();
    if (!started) {
        log::error("cannot start", {{"reason", std::string_view(started.error().message)}});
        return 1;
    }
    serviceManager.tellReady(server);
    const int exitCode = QCoreApplication::exec();
    server.stop();
    return exitCode;
}
