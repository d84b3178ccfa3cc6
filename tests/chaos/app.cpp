// SPDX-License-Identifier: Apache-2.0
#include "app.h"

#include <QDir>

namespace dunlin::chaos {
namespace {

constexpr int pageMessages = 5000;

client::ConnectionTimes quick()
{
    return {.firstBackoff = std::chrono::milliseconds(30),
            .longestBackoff = std::chrono::milliseconds(500),
            .requestDeadline = std::chrono::milliseconds(5000)};
}

} // namespace

App::App(const QString &directory, const client::Person &self, const QUrl &server,
         const std::string &token, Record &record)
    : self_(self), server_(server), token_(token), record_(record), directory_(directory)
{ }

QCoro::Task<void> App::start()
{
    QDir().mkpath(directory_);
    {
        // As a sign-in leaves it; passwords would cost 100 ms each.
        client::LocalStore store(directory_ + QLatin1String("/store.db"));
        co_await store.open();
        co_await store.setAccount(self_);
        co_await store.setMeta(QStringLiteral("server"), server_.toString());
        client::FileTokenStore tokens(directory_ + QLatin1String("/token"));
        if (!tokens.write(QString::fromStdString(token_)))
            qFatal("cannot keep a token");
    }
    client_ = std::make_unique<client::Client>(directory_, quick());
    const auto started = co_await client_->start();
    if (!started || !*started)
        qFatal("an app does not start");
}

QCoro::Task<void> App::post(ConversationId conversation, QString text)
{
    const auto row = co_await client_->store().queueMessage(conversation, text);
    if (!row)
        qFatal("an app cannot queue: %s", row.error().message.c_str());
    record_.sent[row->clientId] = {.conversation = conversation,
                                   .sender = self_.id,
                                   .text = fingerprintOf(text.toStdString())};
    queued_.emplace_back(row->clientId, conversation);
    client_->outbox().wake();
}

QCoro::Task<bool> App::isSettled(UpdateSeq newest)
{
    const auto rows = co_await client_->store().outbox();
    co_return rows && rows->isEmpty() && client_->sync().cursor() == newest;
}

QCoro::Task<void> App::note()
{
    StoreRecord store{.user = self_.id};
    std::unordered_map<ClientId, Kept> own;
    for (const auto &[conversation, members] : record_.members) {
        std::vector<Kept> &kept = store.messages[conversation];
        MessageSeq after{};
        while (true) {
            const auto page =
                    co_await client_->store().messagesAfter(conversation, after, pageMessages);
            if (!page || page->messages.isEmpty())
                break;
            for (const client::StoredMessage &message : page->messages) {
                kept.push_back({.seq = message.seq,
                                .clientId = message.clientId,
                                .sender = message.sender,
                                .text = fingerprintOf(message.text.toStdString()),
                                .id = message.id});
                if (message.sender == self_.id)
                    own[message.clientId] = kept.back();
            }
            after = kept.back().seq;
        }
        if (kept.empty())
            store.messages.erase(conversation);
    }
    // Shown as sent is as good as acknowledged; one that is nowhere is lost.
    for (const auto &[clientId, conversation] : queued_)
        record_.acknowledge(clientId, own[clientId].seq, own[clientId].id);
    record_.stores.push_back(std::move(store));
}

} // namespace dunlin::chaos
