// SPDX-License-Identifier: Apache-2.0
#include "device_tokens.h"

#include <QStringList>

#include <algorithm>
#include <limits>

namespace dunlin::client {

QString DeviceTokens::toText() const
{
    if (refreshToken.isEmpty())
        return token;
    return QStringList{token, refreshToken, QString::number(renewAtMs)}.join(u' ');
}

DeviceTokens DeviceTokens::fromText(const QString &text)
{
    const QStringList words = text.split(u' ');
    return {.token = words.value(0),
            .refreshToken = words.value(1),
            .renewAtMs = words.value(2).toLongLong()};
}

DeviceTokens DeviceTokens::from(const v1::SignedIn &info, qint64 nowMs)
{
    // By the difference of two times of the server's: this machine's clock may be wrong.
    const qint64 lifetimeMs =
            std::max<qint64>(0, info.token_expires_at_ms() - info.server_time_ms());
    const bool isEndless = info.token_expires_at_ms() == 0;
    return {.token = QString::fromStdString(info.token()),
            .refreshToken = QString::fromStdString(info.refresh_token()),
            .renewAtMs = isEndless ? std::numeric_limits<qint64>::max() : nowMs + lifetimeMs / 2};
}

} // namespace dunlin::client
