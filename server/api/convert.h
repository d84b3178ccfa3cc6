// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account_service.h"
#include "dunlin/codec.h"
#include "messaging/live_stream.h"
#include "messaging/sync_service.h"
#include "types/types.h"

#include <QByteArray>

#include <memory>

/// From the server's own types to the protocol's.
namespace dunlin::api {

void fill(v1::User &to, const User &from);
void fill(v1::Message &to, const Message &from);
void fill(v1::Watermark &to, const Watermark &from);
void fill(v1::Conversation &to, const Conversation &from);
void fill(v1::Draft &to, const Draft &from);
void fill(v1::Privacy &to, const Privacy &from);
void fill(v1::Retention &to, const Retention &from);
void fill(v1::ConversationSettings &to, const ConversationSettings &from);
void fill(v1::Update &to, const Update &from);
void fill(v1::SyncPage &to, const messaging::SyncPage &from);
void fill(v1::SignedIn &to, const accounts::Entrance &from);
void fill(v1::Error &to, const Error &from);

/// The updates as a live_updates frame in the binary encoding.
messaging::LiveBatch toLiveBatch(const UserUpdates &updates);

} // namespace dunlin::api
