// SPDX-License-Identifier: Apache-2.0
#include "net/admission.h"

namespace dunlin::net {

void Peer::authenticated()
{
    if (admission_ != nullptr)
        std::exchange(admission_, nullptr)->leave(network_);
}

std::shared_ptr<Peer> Admission::greet(const QHostAddress &address)
{
    return isProxy(address) ? std::make_shared<Peer>() : admit(address);
}

std::shared_ptr<Peer> Admission::admit(const QHostAddress &address, std::string_view forwardedFor)
{
    const QHostAddress sender =
            throttle::forwardedAddress(address, forwardedFor, options_.trustedProxies);
    if (options_.exempt.contains(sender))
        return std::make_shared<Peer>();
    std::string network = throttle::networkOf(sender);
    if (options_.unauthenticatedPerAddress > 0) {
        const std::scoped_lock lock(mutex_);
        int &taken = places_[network];
        if (taken >= options_.unauthenticatedPerAddress)
            return nullptr;
        ++taken;
    }
    const bool isCounted = options_.unauthenticatedPerAddress > 0;
    return std::make_shared<Peer>(std::move(network), isCounted ? this : nullptr);
}

void Admission::leave(const std::string &network)
{
    const std::scoped_lock lock(mutex_);
    const auto found = places_.find(network);
    if (--found->second == 0)
        places_.erase(found);
}

} // namespace dunlin::net
