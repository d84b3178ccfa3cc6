// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/limits.h"
#include "throttle/network_address.h"

#include <QDeadlineTimer>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dunlin::net {

class Admission;

/// Who is at the other end of a connection: where it comes from, and, until it has proved whose it
/// is, the place it takes among the few that each address has. Lives with the connection.
class Peer {
public:
    /// One that no limit is for.
    Peer() = default;
    Peer(std::string network, Admission *admission)
        : network_(std::move(network)), admission_(admission)
    { }
    ~Peer() { authenticated(); }
    Peer(const Peer &) = delete;
    Peer &operator=(const Peer &) = delete;

    /// What limits by address count by; empty: none.
    [[nodiscard]] const std::string &network() const noexcept { return network_; }
    /// By then the peer has to have proved whose it is, counted from when it came.
    [[nodiscard]] QDeadlineTimer signInDeadline() const { return deadline_; }
    /// It has: its place is free for another.
    void authenticated();

private:
    const std::string network_;
    Admission *admission_ = nullptr; ///< While it takes a place.
    const QDeadlineTimer deadline_{limits::signInDeadline};
};

/// Who may connect: each address has a number of places for connections that have not signed in.
/// Shared by all listeners; thread-safe. Outlives every peer.
class Admission {
public:
    struct Options {
        /// Connections of an address that have not signed in; 0: no limit.
        int unauthenticatedPerAddress = limits::unauthenticatedPerAddress;
        /// Whose word about where a request comes from is believed.
        throttle::NetworkList trustedProxies = {};
        /// Whom no limit by address is for.
        throttle::NetworkList exempt = {};
    };

    explicit Admission(Options options) : options_(std::move(options)) { }

    /// Its peers are known only once the head of a request is read.
    [[nodiscard]] bool isProxy(const QHostAddress &address) const
    {
        return options_.trustedProxies.contains(address);
    }

    /// A new connection. A proxy's takes no place: each of its requests says who it is from.
    /// nullptr: the address has no place left.
    std::shared_ptr<Peer> greet(const QHostAddress &address);
    /// nullptr: the address has no place left. forwardedFor: the field X-Forwarded-For, which
    /// counts when address is a proxy's.
    std::shared_ptr<Peer> admit(const QHostAddress &address, std::string_view forwardedFor = {});

private:
    friend class Peer;
    void leave(const std::string &network);

    const Options options_;
    std::mutex mutex_;
    std::unordered_map<std::string, int> places_;
};

} // namespace dunlin::net
