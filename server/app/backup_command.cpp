// SPDX-License-Identifier: Apache-2.0
#include "app/backup_command.h"

#include "app/configuration.h"
#include "backup/backup.h"
#include "backup/restore.h"

#include <QCoreApplication>
#include <QDir>

#include <unistd.h>

#include <iostream>
#include <string_view>
#include <vector>

namespace dunlin::app {
namespace {

constexpr int exitMistake = 2;
constexpr int exitBroken = 3;

constexpr const char *usage =
        "dunlin-server backup FOLDER    makes FOLDER from a server's data; the server may run\n"
        "dunlin-server restore FOLDER   puts it into a data directory without data; no server may "
        "run\n"
        "Both take the settings of the server: see dunlin-server --help.\n";

} // namespace

std::optional<int> runBackupCommand(int argc, char *argv[])
{
    const std::string_view command = argc > 1 ? argv[1] : "";
    if (command != "backup" && command != "restore")
        return std::nullopt;
    if (argc < 3 || argv[2][0] == '-') {
        (argc == 3 && std::string_view(argv[2]) == "--help" ? std::cout : std::cerr) << usage;
        return argc == 3 && std::string_view(argv[2]) == "--help" ? 0 : exitMistake;
    }
    std::vector<const char *> settings{argv[0]};
    settings.insert(settings.end(), argv + 3, argv + argc);
    const Invocation invocation =
            readInvocation(static_cast<int>(settings.size()), settings.data());
    if (!invocation.isRun) {
        std::cerr << invocation.output << usage;
        return exitMistake;
    }
    const QCoreApplication application(argc, argv);
    const Configuration &configuration = invocation.configuration;
    const backup::Place place{.dataDirectory = configuration.dataDirectory,
                              .databaseUrl = configuration.databaseUrl,
                              .owner = ::geteuid() == 0 ? configuration.user : QString()};
    const QString folder = QDir::cleanPath(QDir(QString::fromLocal8Bit(argv[2])).absolutePath());
    const auto done =
            command == "backup" ? backup::backUp(place, folder) : backup::restore(place, folder);
    if (!done) {
        std::cerr << "dunlin-server: " << done.error().message << '\n';
        return 1;
    }
    std::cout << (command == "backup" ? "backed up " : "restored ") << done->users << " users, "
              << done->messages << " messages and " << done->blobs << " pictures ("
              << done->blobBytes << " bytes)\n";
    if (done->brokenBlobs == 0)
        return 0;
    std::cerr << "dunlin-server: " << done->brokenBlobs
              << " pictures are shown and their files are missing or damaged\n";
    return command == "backup" ? exitBroken : 0;
}

} // namespace dunlin::app
