// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoroTask>
#include <QJsonObject>
#include <QString>

namespace dunlin::chaos {

/// How long a server with a million messages and a thousand clients is away, by SIGTERM and by kill
/// -9, and until the clients, who are the app's own connections with its own pauses, are back in
/// sync. Prints and returns the figures.
QCoro::Task<QJsonObject> measureRestarts(QString serverProgram, int messages);

} // namespace dunlin::chaos
