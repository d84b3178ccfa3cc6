// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <QHostAddress>
#include <QPair>
#include <QStringList>

#include <string>
#include <string_view>
#include <vector>

namespace dunlin::throttle {

/// The unit that limits by address count by: an IPv4 address, also when it came as IPv6
/// ("::ffff:a.b.c.d"), and of IPv6 the first 64 bits, which is what one customer is given.
std::string networkOf(const QHostAddress &address);

/// A set of networks, as an operator writes it: "127.0.0.1", "10.0.0.0/8", "fd00::/8".
class NetworkList {
public:
    NetworkList() = default;

    /// Error: INVALID_ARGUMENT, with the word that is not a network.
    static Result<NetworkList> parse(const QStringList &words);

    [[nodiscard]] bool contains(const QHostAddress &address) const;

private:
    std::vector<QPair<QHostAddress, int>> subnets_;
};

/// Who sent a request that came from peer with this X-Forwarded-For field: every proxy appends whom
/// it got the request from, so the last address that is not a trusted proxy's is the sender; what
/// stands before it anybody may have written. peer itself when it is not a trusted proxy, or the
/// field says nothing.
QHostAddress forwardedAddress(const QHostAddress &peer, std::string_view forwardedFor,
                              const NetworkList &trustedProxies);

} // namespace dunlin::throttle
