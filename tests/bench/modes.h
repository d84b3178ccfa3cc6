// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bed.h"
#include "client.h"

#include <QJsonObject>

#include <functional>
#include <memory>
#include <vector>

namespace dunlin::bench {

/// What a mode runs on.
struct Run {
    Bed &bed;
    Loop &loop;
    double seconds = 0;
};

/// One thing that is measured.
struct Mode {
    /// Names it: "mode" and its parameters. The figures are added to a copy.
    QJsonObject name = {};
    double seconds = 5;
    int flushDelayMs = 0;
    /// Needs a server that has done nothing yet: its memory is measured.
    bool needsFreshServer = false;
    std::function<void(Run &, QJsonObject &)> run = {};
};

std::vector<Mode> allModes();

/// Modes that post messages. Rate: messages per second in all; 0 for a closed loop.
void runPairs(Run &run, QJsonObject &row, int pairs, int window, int rate);
void runActiveAmongIdle(Run &run, QJsonObject &row, int pairs, int idle);

void runIdle(Run &run, QJsonObject &row, int connections);
void runHeartbeats(Run &run, QJsonObject &row, int connections);
void runSignIns(Run &run, QJsonObject &row);
void runPresence(Run &run, QJsonObject &row);

void runHistory(Run &run, QJsonObject &row, double place);
void runSync(Run &run, QJsonObject &row);

/// Many uploads at once, and what they do to memory and to those who chat meanwhile.
void runUploadsAtOnce(Run &run, QJsonObject &row, int clients);
/// One upload at a time, in turn with the same to nginx.
void runUploadAlone(Run &run, QJsonObject &row);

using Clients = std::vector<std::unique_ptr<Client>>;
/// Connects and authenticates users, many at a time. Ends the program when one is refused.
Clients connectUsers(Run &run, int firstUser, int count, const Client::OnFrame &onFrame = {});
/// Sends one request and waits for its answer.
v1::ServerFrame ask(Run &run, Client &client, v1::ClientFrame request);

} // namespace dunlin::bench
