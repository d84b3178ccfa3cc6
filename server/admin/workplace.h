// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account_admin.h"
#include "blobs/file_blob_store.h"
#include "data_rights/account_deletion.h"
#include "retention/retention_service.h"
#include "store/migrations.h"
#include "store/private_cluster.h"

#include <QObject>

#include <memory>

namespace dunlin::admin {

/// Where the server keeps what commands are about.
struct Place {
    QString dataDirectory = {};
    /// Empty: the private PostgreSQL in the data directory.
    std::string databaseUrl = {};
    /// What the operator has decided for every conversation.
    Retention retention = {};
};

/// What commands work with: the server's database, by connections of their own, and its files. A
/// private PostgreSQL that does not run is started for the time of the command.
///
/// Lives on the main thread, with a QCoreApplication.
class Workplace {
public:
    explicit Workplace(Place place);
    ~Workplace();

    /// The steps the database has taken. Finds, or starts, the database. Blocks.
    Result<std::vector<store::AppliedMigration>> reach();
    /// As reach(), and connects. Error: UNAVAILABLE, also for a database with other tables than
    /// this program knows.
    Result<void> open();
    /// The files of blobs, too. After open(). Error: INTERNAL.
    Result<void> openBlobs();

    [[nodiscard]] store::Database &database() { return *database_; }
    [[nodiscard]] retention::RetentionService &retention() { return *retention_; }
    [[nodiscard]] accounts::AccountService &accounts() { return *accounts_; }
    [[nodiscard]] accounts::AccountAdmin &accountAdmin() { return *accountAdmin_; }
    /// After openBlobs().
    [[nodiscard]] blobs::BlobService &blobs() { return *blobs_; }
    [[nodiscard]] data_rights::AccountDeletion &deletion() { return *deletion_; }

private:
    void connect();

    const Place place_;
    std::string conninfo_;
    std::unique_ptr<store::PrivateCluster> cluster_; ///< Started by us.
    IdGenerator ids_;
    std::unique_ptr<accounts::PasswordHasher> hasher_;
    // Whoever may run this program is not held to them.
    throttle::SignInThrottle signIns_{throttle::SignInThrottle::Options()};
    throttle::KeyedLimiter registrations_{throttle::Rate()};
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<accounts::AccountService> accounts_;
    std::unique_ptr<accounts::AccountAdmin> accountAdmin_;
    std::unique_ptr<retention::RetentionService> retention_;
    std::unique_ptr<blobs::FileBlobStore> blobStore_;
    std::unique_ptr<blobs::BlobService> blobs_;
    std::unique_ptr<data_rights::AccountDeletion> deletion_;
    QObject here_; ///< What is called from other threads runs on its thread.
};

} // namespace dunlin::admin
