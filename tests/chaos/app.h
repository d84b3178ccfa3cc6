// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record.h"

#include "client.h"

#include <QUrl>

#include <memory>
#include <vector>

namespace dunlin::chaos {

/// The app's own core as one more device: its outbox, its sync and its store.
class App {
public:
    App(const QString &directory, const client::Person &self, const QUrl &server,
        const std::string &token, Record &record);

    QCoro::Task<void> start();
    QCoro::Task<void> post(ConversationId conversation, QString text);
    /// Everything is sent and everything received.
    QCoro::Task<bool> isSettled(UpdateSeq newest);
    /// What its store shows, and that what was queued is there as sent.
    QCoro::Task<void> note();
    [[nodiscard]] UserId user() const { return self_.id; }

private:
    const client::Person self_;
    const QUrl server_;
    const std::string token_;
    Record &record_;
    const QString directory_;
    std::unique_ptr<client::Client> client_;
    std::vector<std::pair<ClientId, ConversationId>> queued_;
};

} // namespace dunlin::chaos
