// SPDX-License-Identifier: Apache-2.0
#include "app/server.h"

#include "app/service_manager.h"
#include "dunlin/limits.h"
#include "store/migrations.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QThread>

namespace dunlin::app {
namespace {

using namespace std::chrono_literals;

/// Files, the database's connections and what libraries open.
constexpr int descriptorReserve = 256;
constexpr auto finishDeadline = 5s;
constexpr auto closeDeadline = 1s;
constexpr auto presenceCheckInterval = 500ms;
constexpr auto trimInterval = 1h;
// With a policy of the server's every conversation is looked at.
constexpr auto retentionInterval = 10min;
constexpr auto amountsInterval = 5min;

int threadCount(const Configuration &configuration)
{
    return configuration.ioThreads > 0 ? configuration.ioThreads
                                       : std::max(1, QThread::idealThreadCount());
}

} // namespace

Server::Server(Configuration configuration, net::FileDescriptor inherited, QObject *parent)
    : QObject(parent), configuration_(std::move(configuration)), inherited_(std::move(inherited)),
      ids_(configuration_.nodeId), hasher_({.threads = configuration_.passwordThreads}),
      presence_(configuration_.heartbeatInterval * limits::heartbeatsMissedUntilOffline),
      socketLimit_(net::SocketLimit::maximumFromSystem(descriptorReserve)),
      admission_({.unauthenticatedPerAddress = configuration_.limits.unauthenticatedPerAddress,
                  .trustedProxies = configuration_.trustedProxies,
                  .exempt = configuration_.limits.exemptAddresses}),
      signIns_({.failuresPerAccount = configuration_.limits.signInFailuresPerAccount,
                .failuresPerAddress = configuration_.limits.signInFailuresPerAddress,
                .window = limits::signInFailureWindow}),
      registrations_({.count = configuration_.limits.registrationsPerHour,
                      .period = 1h,
                      .burst = configuration_.limits.registrationsPerHour}),
      requests_({.count = configuration_.limits.requestsPerSecond,
                 .burst = std::int64_t{configuration_.limits.requestsPerSecond}
                         * limits::requestsBurst / limits::requestsPerSecond})
{
    connect(&presenceTimer_, &QTimer::timeout, this, &Server::housekeep);
    connect(&trimTimer_, &QTimer::timeout, this, &Server::trim);
    connect(&retentionTimer_, &QTimer::timeout, this, &Server::removeMessages);
    connect(&amountsTimer_, &QTimer::timeout, this, &Server::lookUpAmounts);
}

Server::~Server()
{
    stop();
}

Result<std::string> Server::startDatabase()
{
    if (!configuration_.databaseUrl.empty())
        return configuration_.databaseUrl;
    cluster_ = std::make_unique<store::PrivateCluster>(store::PrivateCluster::Options{
            .directory = configuration_.dataDirectory + QLatin1String("/postgresql")});
    if (const auto started = cluster_->start(); !started)
        return tl::unexpected(started.error());
    return cluster_->conninfo();
}

void Server::warnOfPlainText() const
{
    if (!tls_ && !address_.isLoopback()) {
        log::warning("serving in plain text where others can listen",
                     {{"address", address_.toString().toStdString()},
                      {"advice",
                       std::string_view("set tls.certificate and tls.private_key, or let "
                                        "a proxy give TLS")}});
    }
}

void Server::reloadCertificate()
{
    if (!tls_)
        return;
    const auto loaded = tls_->load();
    if (loaded)
        log::info("certificate reloaded");
    else
        log::error("certificate not reloaded",
                   {{"reason", std::string_view(loaded.error().message)}});
}

Result<void> Server::start()
{
    store::Connection::logSlowerThan(configuration_.slowQuery);
    if (!configuration_.tlsCertificate.isEmpty()) {
        tls_ = std::make_unique<net::TlsIdentity>(configuration_.tlsCertificate,
                                                  configuration_.tlsPrivateKey);
        if (auto loaded = tls_->load(); !loaded)
            return loaded;
    }
    const auto conninfo = startDatabase();
    if (!conninfo)
        return tl::unexpected(conninfo.error());
    const auto version = store::migrate(*conninfo, store::builtInMigrations());
    if (!version)
        return failure(ErrorCode::Unavailable, "the database: " + version.error().message);
    auto blobStore = blobs::FileBlobStore::open(
            (configuration_.dataDirectory + QLatin1String("/blobs")).toStdString());
    if (!blobStore)
        return tl::unexpected(blobStore.error());
    blobStore_ = std::move(*blobStore);
    shared_ = std::make_unique<Shared>(Shared{.configuration = configuration_,
                                              .conninfo = *conninfo,
                                              .ids = ids_,
                                              .hasher = hasher_,
                                              .presence = presence_,
                                              .hub = hub_,
                                              .socketLimit = socketLimit_,
                                              .admission = admission_,
                                              .tls = tls_.get(),
                                              .signIns = signIns_,
                                              .registrations = registrations_,
                                              .requests = requests_,
                                              .blobStore = *blobStore_,
                                              .isStopping = isStopping_,
                                              .storedAmounts = storedAmounts_});
    if (auto started = startThreads(); !started)
        return started;
    listenForSessionEnds();
    presenceTimer_.start(presenceCheckInterval);
    trimTimer_.start(trimInterval);
    retentionTimer_.start(retentionInterval);
    amountsTimer_.start(amountsInterval);
    lookUpAmounts();
    trim();
    removeMessages();
    log::info("serving",
              {{"address", address_.toString().toStdString()},
               {"port", std::int64_t{port_}},
               {"tls", tls_ != nullptr},
               {"io_threads", static_cast<std::int64_t>(threads_.size())},
               {"schema", std::int64_t{*version}},
               {"private_database", cluster_ != nullptr}});
    warnOfPlainText();
    return {};
}

Result<void> Server::startThreads()
{
    const int count = threadCount(configuration_);
    auto sockets = inherited_.isValid()
            ? shareSocket(std::move(inherited_), count)
            : net::openListeningSockets(configuration_.address, configuration_.port, count);
    if (!sockets)
        return tl::unexpected(sockets.error());
    port_ = net::portOf(sockets->front());
    address_ = net::addressOf(sockets->front());
    for (int index = 0; index < count; ++index) {
        threads_.push_back(std::make_unique<net::IoThread>(index));
        workers_.emplace_back();
        net::IoThread &thread = *threads_.back();
        thread.start();
        thread.runBlocking([this, &thread, &worker = workers_.back()] {
            worker = std::make_unique<Worker>(*shared_, thread);
        });
        hub_.attach(thread, workers_.back()->registry());
    }
    // Only once every thread has its database and is known to the hub does anyone come in; who
    // comes earlier waits in the socket's queue.
    QDeadlineTimer deadline(finishDeadline);
    while (!haveDatabase() && !deadline.hasExpired())
        QThread::msleep(5);
    for (std::size_t i = 0; i < threads_.size(); ++i) {
        Result<void> listening;
        threads_[i]->runBlocking([&, &worker = *workers_[i]] {
            listening = worker.listen(std::move((*sockets)[i]));
        });
        if (!listening)
            return listening;
    }
    return {};
}

/// On every thread: nobody can choose the one that answers.
bool Server::haveDatabase()
{
    bool isReady = true;
    onEveryThread([&](Worker &worker) { isReady = isReady && worker.database().isReady(); });
    return isReady;
}

void Server::listenForSessionEnds()
{
    sessionEnds_ = std::make_unique<SessionEndListener>(shared_->conninfo);
    connect(sessionEnds_.get(), &SessionEndListener::told, this,
            [this](const accounts::SessionEnd &end) { hub_.endSessions(end); });
    connect(sessionEnds_.get(), &SessionEndListener::listening, this, [this] {
        for (std::size_t i = 0; i < threads_.size(); ++i)
            threads_[i]->post([&worker = *workers_[i]] { worker.endSessionsWithoutDevice(); });
    });
}

void Server::onEveryThread(const std::function<void(Worker &)> &work)
{
    for (std::size_t i = 0; i < threads_.size(); ++i) {
        if (workers_[i])
            threads_[i]->runBlocking([&work, &worker = *workers_[i]] { work(worker); });
    }
}

void Server::afterATurnOfEveryThread(const std::function<void()> &done)
{
    auto left = std::make_shared<std::atomic<std::size_t>>(threads_.size());
    for (const auto &thread : threads_) {
        thread->post([this, left, done] {
            if (left->fetch_sub(1) == 1)
                QMetaObject::invokeMethod(this, done, Qt::QueuedConnection);
        });
    }
}

bool Server::areIdle()
{
    bool idle = true;
    onEveryThread([&](Worker &worker) { idle = idle && worker.isIdle(); });
    return idle;
}

void Server::stop()
{
    if (isStopping_.exchange(true))
        return;
    presenceTimer_.stop();
    trimTimer_.stop();
    retentionTimer_.stop();
    amountsTimer_.stop();
    sessionEnds_.reset();
    if (cluster_)
        cluster_->beginStop();
    onEveryThread([](Worker &worker) { worker.stopListening(); });
    QDeadlineTimer deadline(finishDeadline);
    while (!areIdle() && !deadline.hasExpired())
        QThread::msleep(5);
    onEveryThread([](Worker &worker) { worker.sendAway(); });
    // For the close frames to leave.
    QDeadlineTimer closing(closeDeadline);
    while (socketLimit_.open() > 0 && !closing.hasExpired())
        QThread::msleep(5);
    for (std::size_t i = 0; i < threads_.size(); ++i)
        threads_[i]->runBlocking([&worker = workers_[i]] { worker.reset(); });
    blobStore_.reset(); // its last answers still find the threads
    for (const auto &thread : threads_)
        thread->stop();
    if (cluster_)
        cluster_->stop();
    log::info("stopped");
}

void Server::housekeep()
{
    const auto gone = presence_.expire(std::chrono::steady_clock::now());
    if (gone.empty())
        return;
    threads_.front()->post([this, gone] {
        const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
        hub_.announce(gone, now);
        for (const presence::Transition &transition : gone)
            workers_.front()->services().people.recordLastSeen(transition.user, now);
    });
}

void Server::lookUpAmounts()
{
    threads_.front()->post([this] { storedAmounts_.refresh(workers_.front()->database()); });
}

void Server::trim()
{
    threads_.front()->post([this] {
        const auto collected = [](const Result<std::int64_t> &removed) {
            if (!removed)
                log::warning("blobs were not collected",
                             {{"message", std::string_view(removed.error().message)}});
            else if (*removed > 0)
                log::info("blobs collected", {{"blobs", *removed}});
        };
        workers_.front()->services().blobs.collect().then(collected);
        workers_.front()->services().deletion.eraseAll().then([](const auto &accounts) {
            if (!accounts)
                log::warning("deleted accounts were not erased",
                             {{"message", std::string_view(accounts.error().message)}});
        });
        auto trimmer = std::make_shared<updates::UpdateLogTrimmer>(workers_.front()->database());
        trimmer->trim(limits::updateLogRetention).then([trimmer](const auto &removed) {
            if (!removed)
                log::warning("the update log was not trimmed",
                             {{"message", std::string_view(removed.error().message)}});
            else if (*removed > 0)
                log::info("update log trimmed", {{"entries", *removed}});
        });
    });
}

void Server::removeMessages()
{
    if (isRemovingMessages_.exchange(true))
        return; // there was much to do
    threads_.front()->post([this] {
        workers_.front()->services().retention.removeAll().then([this](const auto &removed) {
            isRemovingMessages_ = false;
            if (!removed)
                log::warning("messages were not removed by retention",
                             {{"message", std::string_view(removed.error().message)}});
        });
    });
}

} // namespace dunlin::app
