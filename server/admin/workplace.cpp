// SPDX-License-Identifier: Apache-2.0
#include "admin/workplace.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>

namespace dunlin::admin {
namespace {

using namespace std::chrono_literals;

constexpr auto connectDeadline = 10s;

tl::unexpected<Error> unavailable(const std::string &message)
{
    return failure(ErrorCode::Unavailable, message);
}

std::string withoutLineBreak(std::string text)
{
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

QCoro::Task<bool> canBegin(store::Database &database)
{
    const auto transaction = co_await database.begin();
    co_return transaction.has_value() && database.isReady();
}

} // namespace

// Ids of a number of their own, which no server should have (see --node-id); the tables refuse one
// that is there.
Workplace::Workplace(Place place) : place_(std::move(place)), ids_(IdGenerator::maxNode) { }

Workplace::~Workplace()
{
    deletion_.reset();
    blobs_.reset();
    blobStore_.reset();
    accountAdmin_.reset();
    accounts_.reset();
    hasher_.reset();
    database_.reset();
}

Result<std::vector<store::AppliedMigration>> Workplace::reach()
{
    const QString directory = place_.dataDirectory + QLatin1String("/postgresql");
    auto cluster = std::make_unique<store::PrivateCluster>(
            store::PrivateCluster::Options{.directory = directory});
    conninfo_ = place_.databaseUrl.empty() ? cluster->conninfo() : place_.databaseUrl;
    auto applied = store::appliedMigrations(conninfo_);
    if (applied)
        return *applied;
    if (!place_.databaseUrl.empty()) {
        return unavailable("the database cannot be reached: "
                           + withoutLineBreak(applied.error().message));
    }
    if (!QFileInfo::exists(directory + QLatin1String("/data"))) {
        return unavailable("there is no database in " + directory.toStdString()
                           + ": start the server once, or name its data directory by --data-dir");
    }
    // No server runs, it seems.
    if (auto started = cluster->start(); !started)
        return tl::unexpected(started.error());
    cluster_ = std::move(cluster);
    applied = store::appliedMigrations(conninfo_);
    if (!applied) {
        return unavailable("the database cannot be reached: "
                           + withoutLineBreak(applied.error().message));
    }
    return *applied;
}

Result<void> Workplace::open()
{
    const auto applied = reach();
    if (!applied)
        return tl::unexpected(applied.error());
    const int theirs = applied->empty() ? 0 : applied->back().version;
    const int ours = store::builtInMigrations().back().version;
    if (theirs != ours) {
        return unavailable("the database has schema version " + std::to_string(theirs)
                           + ", this program works with " + std::to_string(ours) + ": "
                           + (theirs < ours ? "start this version of the server first"
                                            : "use the program of the server that runs"));
    }
    connect();
    // A transaction has a connection of its own.
    const QDeadlineTimer deadline(connectDeadline);
    while (!QCoro::waitFor(canBegin(*database_))) {
        if (deadline.hasExpired())
            return unavailable("the database does not answer");
        QEventLoop loop;
        QTimer::singleShot(10ms, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return {};
}

void Workplace::connect()
{
    const auto runHere = [this](std::function<void()> work) {
        QMetaObject::invokeMethod(&here_, std::move(work), Qt::QueuedConnection);
    };
    database_ = std::make_unique<store::Database>(
            conninfo_,
            store::Database::Options{.sharedConnections = 1, .transactionConnections = 1});
    hasher_ = std::make_unique<accounts::PasswordHasher>(accounts::PasswordHasher::Options());
    const accounts::EntranceLimits limits{.signIns = signIns_, .registrations = registrations_};
    accounts_ =
            std::make_unique<accounts::AccountService>(*database_, ids_, *hasher_, limits, runHere);
    accountAdmin_ = std::make_unique<accounts::AccountAdmin>(*database_, *accounts_);
    // As below.
    retention_ = std::make_unique<retention::RetentionService>(
            *database_, place_.retention, [](const std::vector<UserUpdates> &) {});
}

Result<void> Workplace::openBlobs()
{
    auto opened = blobs::FileBlobStore::open(
            (place_.dataDirectory + QLatin1String("/blobs")).toStdString());
    if (!opened)
        return tl::unexpected(opened.error());
    blobStore_ = std::move(*opened);
    blobs_ = std::make_unique<blobs::BlobService>(
            *database_, *blobStore_, ids_, [this](std::function<void()> work) {
                QMetaObject::invokeMethod(&here_, std::move(work), Qt::QueuedConnection);
            });
    // Devices that are connected hear of it by their next heartbeat.
    deletion_ = std::make_unique<data_rights::AccountDeletion>(
            *database_, *blobs_, [](const std::vector<UserUpdates> &) {});
    return {};
}

} // namespace dunlin::admin
