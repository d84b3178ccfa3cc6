// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "dunlin.pb.h"

namespace dunlin::client {

/// What this device proves itself to the server with: a token that ends, and one to get the next.
struct DeviceTokens {
    QString token = {};
    /// Empty: of a server, or a time, without them; then the token does not end.
    QString refreshToken = {};
    /// When to get the next pair, by this machine's clock: half-way to the end.
    qint64 renewAtMs = 0;

    [[nodiscard]] bool isEmpty() const { return token.isEmpty(); }
    [[nodiscard]] bool isRenewalDue(qint64 nowMs) const
    {
        return !refreshToken.isEmpty() && nowMs >= renewAtMs;
    }

    /// As one opaque text, for a TokenStore.
    [[nodiscard]] QString toText() const;
    static DeviceTokens fromText(const QString &text);
    /// Of an answer that has a token. nowMs: this machine's time.
    static DeviceTokens from(const v1::SignedIn &info, qint64 nowMs);

    bool operator==(const DeviceTokens &) const = default;
};

} // namespace dunlin::client
