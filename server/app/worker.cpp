// SPDX-License-Identifier: Apache-2.0
#include "app/worker.h"

#include "api/blob_routes.h"
#include "api/rest.h"
#include "net/http_connection.h"

#include <algorithm>

namespace dunlin::app {

namespace {

constexpr auto recheckPause = std::chrono::milliseconds(500);

Publish publishTo(api::Hub &hub)
{
    return [&hub](const std::vector<UserUpdates> &updates) { hub.publish(updates); };
}

} // namespace

Worker::Worker(Shared &shared, net::IoThread &thread)
    : shared_(shared), database_(shared.conninfo, store::Database::Options()),
      writer_(shared.conninfo, shared.ids, publishTo(shared.hub)),
      accounts_(
              database_, shared.ids, shared.hasher,
              {.signIns = shared.signIns, .registrations = shared.registrations},
              [&thread](std::function<void()> work) { thread.post(std::move(work)); },
              shared.configuration.tokenLifetime),
      people_(database_, publishTo(shared.hub)), privacy_(database_, publishTo(shared.hub)),
      conversations_(database_, shared.ids, publishTo(shared.hub)),
      messages_(database_, publishTo(shared.hub)), sync_(database_),
      blobs_(database_, shared.blobStore, shared.ids,
             [&thread](std::function<void()> work) { thread.post(std::move(work)); }),
      deletion_(database_, blobs_, publishTo(shared.hub)),
      retention_(database_, shared.configuration.retention, publishTo(shared.hub)),
      newestSeqs_(database_), readiness_(database_, [&shared] { return shared.isStopping.load(); }),
      services_{.accounts = accounts_,
                .people = people_,
                .privacy = privacy_,
                .conversations = conversations_,
                .messages = messages_,
                .sync = sync_,
                .writer = writer_,
                .blobs = blobs_,
                .deletion = deletion_,
                .retention = retention_,
                .newestSeqs = newestSeqs_,
                .registry = registry_,
                .hub = shared.hub,
                .presence = shared.presence,
                .requests = shared.requests,
                .heartbeatInterval = shared.configuration.heartbeatInterval,
                .serverId = shared.configuration.serverId},
      acceptor_(shared.configuration.allowedOrigins,
                [this](std::unique_ptr<net::WebSocketConnection> connection) {
                    accept(std::move(connection));
                }),
      listener_(
              shared.socketLimit, shared.admission,
              [this](std::unique_ptr<QTcpSocket> socket, std::shared_ptr<net::Peer> peer) {
                  // Owned by connections_, deletes itself earlier.
                  auto *connection = new net::HttpConnection(std::move(socket), router_, acceptor_,
                                                             &connections_);
                  connection->setPeer(std::move(peer), shared_.admission);
              },
              shared.tls)
{
    accounts_.setOnSpentToken([&hub = shared.hub](UserId user, DeviceId device) {
        hub.endSessions({.user = user, .device = device});
    });
    api::addBlobRoutes(router_, services_);
    api::addRoutes(router_, services_, readiness_);
    api::addMetricsRoute(router_, shared.configuration.metricsAccess, [this] { return samples(); });
}

Worker::~Worker()
{
    listener_.close();
    // Every request under way is answered and ends here, while all that it uses is there; then
    // the sessions leave what they are registered in.
    writer_.close();
    newestSeqs_.close();
    readiness_.close();
    blobs_.close();
    database_.close();
    const auto sessions = std::exchange(sessions_, {});
    for (const auto &session : sessions)
        session->disconnect(&connections_);
}

std::vector<metrics::Sample> Worker::samples() const
{
    std::vector<metrics::Sample> samples = shared_.storedAmounts.samples();
    samples.push_back({.name = "dunlin_connections",
                       .help = "Open connections, signed in or not, WebSocket or HTTP",
                       .value = static_cast<double>(shared_.socketLimit.open())});
    samples.push_back({.name = "dunlin_connections_max",
                       .help = "How many there may be",
                       .value = static_cast<double>(shared_.socketLimit.maximum())});
    return samples;
}

Result<void> Worker::listen(net::FileDescriptor socket)
{
    return listener_.start(std::move(socket));
}

void Worker::stopListening()
{
    listener_.close();
}

bool Worker::isIdle() const
{
    return writer_.isIdle()
            && std::all_of(sessions_.begin(), sessions_.end(),
                           [](const auto &session) { return session->isIdle(); });
}

void Worker::sendAway()
{
    const auto sessions = sessions_; // a session that closes leaves the set
    for (const auto &session : sessions)
        session->goAway();
}

QCoro::Task<void> Worker::endSessionsWithoutDevice()
{
    std::vector<accounts::Device> devices;
    for (const UserId user : registry_.users()) {
        registry_.forEachOf(user, [&devices, user](const api::Session &session) {
            devices.push_back({.user = user, .id = session.device()});
        });
    }
    const auto gone = co_await accounts_.goneAmong(std::move(devices));
    if (!gone) {
        if (!shared_.isStopping)
            QTimer::singleShot(recheckPause, &connections_, [this] { endSessionsWithoutDevice(); });
        co_return;
    }
    for (const accounts::Device &device : *gone) {
        registry_.forEachOf(device.user, [&device](api::Session &session) {
            if (session.device() == device.id)
                session.end(ErrorCode::DeviceRevoked);
        });
    }
}

void Worker::accept(std::unique_ptr<net::WebSocketConnection> connection)
{
    const auto session = std::make_shared<api::Session>(std::move(connection), services_);
    sessions_.insert(session);
    QObject::connect(session.get(), &api::Session::closed, &connections_,
                     [this, raw = session.get()] {
                         // In a later turn: it is on the call stack now.
                         const auto found = raw->shared_from_this();
                         QMetaObject::invokeMethod(
                                 &connections_, [this, found] { sessions_.erase(found); },
                                 Qt::QueuedConnection);
                     });
}

} // namespace dunlin::app
