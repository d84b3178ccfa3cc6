// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session_end_listener.h"
#include "app/worker.h"
#include "blobs/file_blob_store.h"
#include "store/private_cluster.h"
#include "updates/update_log_trimmer.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace dunlin::app {

/// The whole server: its database, its I/O threads, and the order in which they come and go. Lives
/// on the main thread.
class Server final : public QObject {
    Q_OBJECT

public:
    /// inherited: a socket that listens already and is used instead of the configured address and
    /// port; an invalid one opens these.
    explicit Server(Configuration configuration, net::FileDescriptor inherited = {},
                    QObject *parent = nullptr);
    /// As stop().
    ~Server() override;

    /// Brings everything up; it serves when this returns. Blocks. Error: UNAVAILABLE, with words
    /// for an operator.
    Result<void> start();

    /// Accepts no more, finishes what is in flight (at most 5 s), closes every connection with
    /// 1001, and stops the private database. Blocks.
    void stop();

    /// Reads the certificate and its key again: for connections from now on, those there are stay.
    /// Only once started.
    void reloadCertificate();

    [[nodiscard]] quint16 port() const { return port_; }

    /// Calls done on the main thread once every I/O thread has run a turn of its loop.
    void afterATurnOfEveryThread(const std::function<void()> &done);

private:
    Result<std::string> startDatabase();
    Result<void> startThreads();
    void listenForSessionEnds();
    void warnOfPlainText() const;
    bool haveDatabase();
    bool areIdle();
    void onEveryThread(const std::function<void(Worker &)> &work);
    void housekeep();
    void lookUpAmounts();
    /// The update log, and blobs that nothing shows.
    void trim();
    void removeMessages();

    const Configuration configuration_;
    net::FileDescriptor inherited_;
    std::unique_ptr<store::PrivateCluster> cluster_;
    std::unique_ptr<blobs::FileBlobStore> blobStore_;
    IdGenerator ids_;
    accounts::PasswordHasher hasher_;
    presence::PresenceTable presence_;
    api::Hub hub_;
    net::SocketLimit socketLimit_;
    net::Admission admission_;
    std::unique_ptr<net::TlsIdentity> tls_;
    throttle::SignInThrottle signIns_;
    throttle::KeyedLimiter registrations_;
    throttle::KeyedLimiter requests_;
    std::atomic<bool> isStopping_ = false;
    std::atomic<bool> isRemovingMessages_ = false;
    std::unique_ptr<Shared> shared_;
    std::vector<std::unique_ptr<net::IoThread>> threads_;
    std::vector<std::unique_ptr<Worker>> workers_; ///< workers_[i] lives on threads_[i].
    std::unique_ptr<SessionEndListener> sessionEnds_;
    QTimer presenceTimer_;
    QTimer trimTimer_;
    QTimer retentionTimer_;
    StoredAmounts storedAmounts_;
    QTimer amountsTimer_;
    quint16 port_ = 0;
    QHostAddress address_;
};

} // namespace dunlin::app
