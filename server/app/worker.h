// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/readiness.h"
#include "api/services.h"
#include "api/session.h"
#include "app/configuration.h"
#include "app/stored_amounts.h"
#include "net/http_router.h"
#include "net/io_thread.h"
#include "net/listener.h"
#include "net/web_socket_acceptor.h"

#include <memory>
#include <unordered_set>

namespace dunlin::app {

/// What all workers share. Outlives them.
struct Shared {
    const Configuration &configuration;
    std::string conninfo;
    IdGenerator &ids;
    accounts::PasswordHasher &hasher;
    presence::PresenceTable &presence;
    api::Hub &hub;
    net::SocketLimit &socketLimit;
    net::Admission &admission;
    const net::TlsIdentity *tls; ///< nullptr: plain text.
    throttle::SignInThrottle &signIns;
    throttle::KeyedLimiter &registrations;
    throttle::KeyedLimiter &requests;
    blobs::BlobStore &blobStore;
    std::atomic<bool> &isStopping;
    const StoredAmounts &storedAmounts;
};

/// Everything one I/O thread owns: its database connections, services, sessions and listener. Made,
/// used and destroyed on that thread.
class Worker {
public:
    Worker(Shared &shared, net::IoThread &thread);
    /// Cuts what is left of its connections.
    ~Worker();

    [[nodiscard]] api::SessionRegistry &registry() { return registry_; }
    [[nodiscard]] api::Services &services() { return services_; }
    [[nodiscard]] store::Database &database() { return database_; }

    Result<void> listen(net::FileDescriptor socket);
    void stopListening();
    /// Nothing that was begun is unfinished.
    [[nodiscard]] bool isIdle() const;
    /// Tells every session that the server goes (1001).
    void sendAway();

    /// Ends the sessions of devices that are not there any more.
    QCoro::Task<void> endSessionsWithoutDevice();

private:
    [[nodiscard]] std::vector<metrics::Sample> samples() const;
    void accept(std::unique_ptr<net::WebSocketConnection> connection);

    Shared &shared_;
    api::SessionRegistry registry_;
    store::Database database_;
    messaging::PostWriter writer_;
    accounts::AccountService accounts_;
    people::PeopleService people_;
    people::PrivacyService privacy_;
    messaging::ConversationService conversations_;
    messaging::MessageService messages_;
    messaging::SyncService sync_;
    blobs::BlobService blobs_;
    data_rights::AccountDeletion deletion_;
    retention::RetentionService retention_;
    api::NewestSeqs newestSeqs_;
    api::Readiness readiness_;
    api::Services services_;
    net::HttpRouter router_;
    QObject connections_; ///< Parent of HTTP connections.
    net::WebSocketAcceptor acceptor_;
    net::Listener listener_;
    std::unordered_set<std::shared_ptr<api::Session>> sessions_;
};

} // namespace dunlin::app
