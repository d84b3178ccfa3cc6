// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/ids.h"

#include <QString>

#include <optional>
#include <variant>

namespace dunlin::client {

/// dunlin://user/NAME: a person of the server one is signed in to, by user name.
struct PersonLink {
    QString userName;
    bool operator==(const PersonLink &) const = default;
};
/// dunlin://conversation/ID: a conversation of one's own.
struct ConversationLink {
    ConversationId conversation;
    bool operator==(const ConversationLink &) const = default;
};
using AppLink = std::variant<PersonLink, ConversationLink>;

/// Links come from web pages: anything but exactly these two forms is none.
std::optional<AppLink> parseAppLink(const QString &link);

} // namespace dunlin::client
