// SPDX-License-Identifier: Apache-2.0
#include "conversions.h"

namespace dunlin::client {

QByteArray toByteArray(const ClientId &id)
{
    const auto view = id.view();
    return QByteArray(view.data(), qsizetype(view.size()));
}

Person toPerson(const v1::User &user)
{
    return {.id = UserId{user.user_id()},
            .userName = toQString(user.user_name()),
            .displayName = toQString(user.display_name()),
            .about = toQString(user.about()),
            .avatarColor = int(user.avatar_color())};
}

Presence toPresence(const v1::Presence &presence)
{
    return {.user = UserId{presence.user_id()},
            .isOnline = presence.is_online(),
            .lastSeenMs = presence.last_seen_ms()};
}

Device toDevice(const v1::Device &device)
{
    return {.id = DeviceId{device.device_id()},
            .name = toQString(device.name()),
            .createdAtMs = device.created_at_ms(),
            .lastActiveAtMs = device.last_active_at_ms(),
            .isCurrent = device.is_current(),
            .isOnline = device.is_online()};
}

} // namespace dunlin::client
