// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account_service.h"
#include "api/hub.h"
#include "api/newest_seqs.h"
#include "api/session_registry.h"
#include "blobs/blob_service.h"
#include "data_rights/account_deletion.h"
#include "messaging/conversation_service.h"
#include "messaging/message_service.h"
#include "messaging/post_writer.h"
#include "messaging/sync_service.h"
#include "people/people_service.h"
#include "people/privacy_service.h"
#include "presence/presence_table.h"
#include "retention/retention_service.h"
#include "throttle/keyed_limiter.h"

#include <chrono>
#include <string>

namespace dunlin::api {

/// What requests are answered with, one set for each I/O thread. The references outlive every
/// session and request of the thread.
struct Services {
    accounts::AccountService &accounts;
    people::PeopleService &people;
    people::PrivacyService &privacy;
    messaging::ConversationService &conversations;
    messaging::MessageService &messages;
    messaging::SyncService &sync;
    messaging::PostWriter &writer;
    blobs::BlobService &blobs;
    data_rights::AccountDeletion &deletion;
    retention::RetentionService &retention;
    NewestSeqs &newestSeqs;
    SessionRegistry &registry;
    Hub &hub; ///< Shared by all threads.
    presence::PresenceTable &presence; ///< Shared by all threads.
    throttle::KeyedLimiter &requests; ///< By device, see requestLimiterOf(). Shared by all threads.
    std::chrono::milliseconds heartbeatInterval{5000};
    std::string serverId;
};

/// Who asks: a device that has proved whose it is.
struct Identity {
    UserId user;
    DeviceId device;
};

/// What counts the requests of a device, on whatever connections they come.
inline std::shared_ptr<throttle::RateLimiter> requestLimiterOf(Services &services, Identity who)
{
    return services.requests.of(std::to_string(who.user.value) + ' '
                                + std::to_string(who.device.value));
}

} // namespace dunlin::api
