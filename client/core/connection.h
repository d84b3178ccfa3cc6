// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "device_tokens.h"
#include "retry_timer.h"
#include "server_trust.h"
#include "types.h"

#include "dunlin/result.h"

#include "dunlin.pb.h"

#include <QCoroTask>
#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPromise>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <chrono>
#include <memory>

namespace dunlin::client {

struct ConnectionTimes {
    std::chrono::milliseconds firstBackoff{1000};
    std::chrono::milliseconds longestBackoff{30'000};
    std::chrono::milliseconds requestDeadline{15'000};
};

/// The one WebSocket to the server: keeps it open, signs it in with the token, pairs answers with
/// requests, watches the heartbeat. Lives on the GUI thread.
class Connection : public QObject {
    Q_OBJECT
public:
    explicit Connection(ConnectionTimes times = {}, QObject *parent = nullptr);
    ~Connection() override;

    /// Online means signed in. Connecting: the first try since the link was wanted or lost; after
    /// a failed one Offline, until a later try succeeds.
    [[nodiscard]] ConnectionState state() const { return m_state; }

    /// The server could not prove, when it was reached last, that it is the one of the address.
    [[nodiscard]] bool isServerDistrusted() const { return m_isDistrusted; }

    /// Connects and stays connected, signing in with the tokens, and getting the next ones when it
    /// is time, until stop().
    void start(QUrl server, DeviceTokens tokens);
    void stop();
    /// Tries at once instead of after the backoff.
    void retryNow();

    /// Connects without a token and sends a register_account or sign_in. Once the caller has kept
    /// the answer, it calls goOnline(). Errors: the server's, UNAVAILABLE when it cannot be
    /// reached, SERVER_NOT_TRUSTED when its certificate is not one for this address.
    QCoro::Task<Result<v1::SignedIn>> enter(QUrl server, v1::ClientFrame request);
    /// From then on the connection stays as start() keeps it.
    void goOnline(const v1::SignedIn &info);

    /// The answer to a request; its request_id is set here. Errors: the server's; UNAVAILABLE when
    /// not Online, when the connection ends first, or at the deadline.
    QCoro::Task<Result<v1::ServerFrame>> request(v1::ClientFrame frame);

Q_SIGNALS:
    void stateChanged(dunlin::client::ConnectionState state);
    void serverDistrustedChanged();
    /// Signed in on a new socket; comes before stateChanged(Online).
    void signedIn(const dunlin::v1::SignedIn &info);
    /// There are new tokens, to be kept: the server accepts the old ones until these are used.
    void tokensChanged(const dunlin::client::DeviceTokens &tokens);
    /// The token works no more: INVALID_TOKEN, DEVICE_REVOKED or the server's word.
    void signedOut(const QString &code);
    /// A frame the server sent unasked, other than signed_out.
    void frameReceived(const dunlin::v1::ServerFrame &frame);
    /// The newest update the server has for this user.
    void newestUpdateKnown(dunlin::UpdateSeq seq);

private:
    using Answer = Result<v1::ServerFrame>;

    void openSocket();
    void closeSocket();
    void onConnected();
    void onSocketEnded();
    void onBytes(const QByteArray &bytes);
    void onSignedOut(const QString &code);
    void finishOpening(bool isOpen);
    void checkCertificate(QWebSocket &socket);
    void distrust();
    void setDistrusted(bool isDistrusted);
    void sendHeartbeat();
    QCoro::Task<void> authenticate();
    QCoro::Task<Answer> signInWithTokens();
    QCoro::Task<void> renewTokens();
    bool takeTokens(const v1::SignedIn &info);
    void scheduleRenewal();
    QFuture<Answer> exchange(v1::ClientFrame frame);
    void resolve(quint64 requestId, Answer answer);
    void failAll();
    void setState(ConnectionState state);

    ConnectionTimes m_times;
    ConnectionState m_state = ConnectionState::Offline;
    std::unique_ptr<QWebSocket> m_socket;
    QUrl m_server;
    DeviceTokens m_tokens;
    ServerTrust m_trust;
    bool m_isDistrusted = false; ///< The last certificate there was is not the server's.
    bool m_isWanted = false;
    quint64 m_lastRequestId = 0;
    quint64 m_heartbeatRequest = 0; ///< Under way; 0: none.
    int m_heartbeatsMissed = 0;
    QHash<quint64, std::shared_ptr<QPromise<Answer>>> m_pending;
    /// enter() waits for the socket.
    std::shared_ptr<QPromise<bool>> m_opening;
    QTimer m_openTimer;
    RetryTimer m_retryTimer{Backoff(m_times.firstBackoff, m_times.longestBackoff)};
    QTimer m_heartbeatTimer;
    QTimer m_renewalTimer;
};

} // namespace dunlin::client
