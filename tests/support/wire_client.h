// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/codec.h"
#include "dunlin/ids.h"

#include <QObject>
#include <QUrl>
#include <QWebSocket>

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace dunlin::test {

/// A client of the bare protocol: sends frames, waits for answers, keeps what comes unasked. For
/// looking at the server without the app's own core in between.
class WireClient : public QObject {
    Q_OBJECT

public:
    explicit WireClient(QUrl server, codec::FrameKind kind = codec::FrameKind::Binary);

    /// authority: a PEM file, of whoever vouches for a server with TLS.
    bool open(const QString &authority = {});
    [[nodiscard]] bool isOpen() const { return socket_.isValid(); }
    QWebSocket &socket() { return socket_; }

    /// The answer; an Error with code "NO_ANSWER" when none comes.
    v1::ServerFrame request(v1::ClientFrame frame);
    /// Sends and returns the request id; for several at once.
    std::uint64_t send(v1::ClientFrame frame);
    v1::ServerFrame answerTo(std::uint64_t requestId);

    v1::ServerFrame registerAccount(const std::string &userName);
    v1::ServerFrame signIn(const std::string &userName, const std::string &password = passwordOf());
    v1::ServerFrame authenticate(const std::string &token);
    /// 0 when refused.
    std::int64_t openConversation(std::int64_t userId);
    v1::ServerFrame post(std::int64_t conversation, const std::string &text,
                         const ClientId &clientId = ClientId::random());
    /// All updates after since, page by page.
    std::vector<v1::Update> syncAll(std::int64_t since);

    [[nodiscard]] std::int64_t userId() const { return info_.user().user_id(); }
    [[nodiscard]] const std::string &token() const { return info_.token(); }
    [[nodiscard]] const v1::SignedIn &info() const { return info_; }

    /// All answers so far, by request id.
    [[nodiscard]] const std::map<std::uint64_t, v1::ServerFrame> &answers() const
    {
        return answers_;
    }
    /// Frames that came unasked, oldest first.
    std::vector<v1::ServerFrame> &unasked() { return unasked_; }
    /// The updates of all live_updates frames.
    [[nodiscard]] std::vector<v1::Update> liveUpdates() const;

    static std::string passwordOf() { return "correct horse"; }

private:
    void onBytes(const QByteArray &bytes, codec::FrameKind kind);
    v1::ServerFrame enter(v1::ClientFrame frame);

    QUrl server_;
    codec::FrameKind kind_;
    QWebSocket socket_;
    std::uint64_t lastRequestId_ = 0;
    std::map<std::uint64_t, v1::ServerFrame> answers_;
    std::vector<v1::ServerFrame> unasked_;
    v1::SignedIn info_;
};

} // namespace dunlin::test
