// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

namespace dunlin::chaos {

enum class FaultKind {
    KillServer, ///< kill -9, and again value times while it starts.
    KillPostgres, ///< kill -9 of the postmaster.
    KillBackend, ///< kill -9 of one of PostgreSQL's other processes, number value.
    FreezeServer, ///< SIGSTOP.
    FreezePostgres, ///< SIGSTOP of all its processes.
    RestartServer, ///< SIGTERM and start, under load.
    CutAll, ///< Every connection of a proxy is reset.
    CutAfter, ///< The same after value bytes, wherever that is in a frame.
    Delay, ///< value ms each way.
    Stall, ///< Nothing is taken, either way.
    LoseToServer, ///< Half open: requests vanish.
    LoseToClient, ///< Half open: answers vanish.
    LoseBoth, ///< The cable of some clients is pulled.
    Split, ///< Bytes travel one by one.
    SlowReaders, ///< Clients that do not read.
    Refuse, ///< No new connections, after all were cut.
    PullServerCable, ///< The network between the server and everyone is down.
    JumpClock, ///< The server's and PostgreSQL's wall clock is value ms off.
    Storm, ///< value clients connect in one moment, and leave in one.
    FillDisk, ///< Not a byte is left.
};

std::string nameOf(FaultKind kind);

struct Fault {
    FaultKind kind = FaultKind::KillServer;
    int afterMs = 0; ///< Of quiet before it.
    int forMs = 0;
    int value = 0;
    int proxy = -1; ///< The one it is for; -1: all.
};

std::string textOf(const Fault &fault);

/// What a machine may be put through.
struct PlanOptions {
    int serverKills = 20;
    int postgresKills = 4;
    int backendKills = 3;
    /// How often each other kind happens.
    int ofEachOther = 1;
    int proxies = 4;
    bool canFillDisk = false;
    bool canPullCable = false;
};

/// The same for the same seed and options.
std::vector<Fault> makePlan(unsigned seed, const PlanOptions &options);

} // namespace dunlin::chaos
