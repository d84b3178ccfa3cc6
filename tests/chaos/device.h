// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record.h"

#include "dunlin.pb.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <deque>
#include <map>
#include <memory>
#include <random>
#include <string>

namespace dunlin::chaos {

/// One device of a simulated user: stays connected, keeps up with the update log, posts and reports
/// receipts, and notes in the record whatever it is told. It does what the protocol asks of a
/// client and trusts nothing, and it is not the app's own core, whose mistakes it could share.
class Device : public QObject {
    Q_OBJECT

public:
    struct Options {
        QUrl server = {};
        std::string token = {};
        UserId user = {};
        unsigned seed = 0;
        /// Posts on their way at once.
        std::size_t window = 8;
        /// It watches and writes nothing.
        bool isSilent = false;
    };

    Device(Options options, Record &record);
    ~Device() override;

    void open();
    /// Leaves, and does not come back by itself.
    void close();
    /// Drops the connection, to come back at once.
    void reconnect();

    /// Notes it as sent and sends it until there is an answer that stands; a try that is given up
    /// at the first trouble when isAbandoned.
    void post(ConversationId conversation, std::string text, bool isAbandoned = false);
    /// Sends once more what this or another device has posted.
    void resend(const ClientId &clientId, ConversationId conversation, std::string text);
    /// Asks for what the server refuses for good.
    void postInvalid(ConversationId conversation);

    [[nodiscard]] bool isOnline() const { return isSignedIn_; }
    [[nodiscard]] std::size_t waiting() const { return outbox_.size(); }
    [[nodiscard]] UpdateSeq cursor() const { return cursor_; }
    /// Nothing of a snapshot's history is missing.
    [[nodiscard]] bool hasHistory() const { return histories_.empty(); }
    [[nodiscard]] UserId user() const { return options_.user; }
    [[nodiscard]] int snapshots() const { return snapshots_; }

Q_SIGNALS:
    /// A post was acknowledged that was not known before.
    void posted(const dunlin::ClientId &clientId, dunlin::ConversationId conversation,
                const std::string &text);

private:
    struct Pending {
        ClientId clientId;
        ConversationId conversation;
        std::string text;
        bool isAbandoned = false;
        std::uint64_t request = 0; ///< 0: not on its way.
        qint64 notBeforeMs = 0;
    };

    void lose();
    void tick();
    void onBytes(const QByteArray &bytes);
    void onAnswer(const v1::ServerFrame &frame);
    void onPosted(const v1::MessagePosted &posted);
    void onPostRefused(std::uint64_t request, const v1::Error &error);
    void onSyncPage(const v1::SyncPage &page);
    void onSnapshotPage(const v1::SyncPage &page);
    void askHistory();
    void onHistoryPage(const v1::HistoryPage &page);
    void onLive(const v1::LiveUpdates &updates);
    void apply(const v1::Update &update);
    void pump();
    void sync();
    void raiseWatermarks();
    std::uint64_t send(v1::ClientFrame frame);
    int anyBelow(int end);

    const Options options_;
    Record &record_;
    const std::size_t index_; ///< In record_.devices.
    std::mt19937 random_;
    std::unique_ptr<QWebSocket> socket_;
    bool isWanted_ = false;
    bool isSignedIn_ = false;
    QTimer ticker_;
    QTimer retry_;
    QElapsedTimer clock_;
    qint64 openedMs_ = 0;
    std::uint64_t lastRequest_ = 0;
    std::uint64_t heartbeat_ = 0;
    qint64 heartbeatSentMs_ = 0;

    std::deque<Pending> outbox_;
    std::size_t onTheirWay_ = 0;

    UpdateSeq cursor_;
    UpdateSeq newestKnown_;
    std::uint64_t syncRequest_ = 0;
    std::deque<v1::LiveUpdates> live_;
    std::string snapshotToken_;
    std::deque<ConversationId> histories_; ///< To be fetched.
    int snapshots_ = 0;

    std::map<ConversationId, MessageSeq> seen_;
    std::map<ConversationId, Mark> told_;
    std::map<std::uint64_t, std::pair<ConversationId, Mark>> raises_;
};

/// As the protocol has it.
Kept toKept(const v1::Message &message);

} // namespace dunlin::chaos
