// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "await.h"
#include "client.h"

#include <QDir>

#include <memory>

/// The app's core in tests. A header alone: who includes it links dunlin_client_core.
namespace dunlin::test {

/// Of someone who does not wait long.
inline client::ConnectionTimes quick()
{
    return {.firstBackoff = std::chrono::milliseconds(20),
            .longestBackoff = std::chrono::milliseconds(200),
            .requestDeadline = std::chrono::milliseconds(5000)};
}

/// The core with its profile in this folder of the directory, which is made where it is not there.
inline std::unique_ptr<client::Client> openProfile(const QString &directory, const QString &name)
{
    QDir(directory).mkpath(name);
    auto opened = std::make_unique<client::Client>(QDir(directory).filePath(name), quick());
    if (!await(opened->start()))
        qFatal("the profile does not open");
    return opened;
}

/// It gets a new account.
inline void registerAs(client::Client &client, const QUrl &server, const QString &userName,
                       const QString &password = QStringLiteral("correct horse"))
{
    const auto done = await(client.session().registerAccount(server, userName, {}, password,
                                                             QStringLiteral("test")));
    if (!done)
        qFatal("cannot register: %s", done.error().message.c_str());
}

} // namespace dunlin::test
